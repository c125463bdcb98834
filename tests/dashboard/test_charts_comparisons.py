"""What bars, funnel, matrix, outcomes and changes say."""

from dataclasses import replace

import polars as pl

from dashboard.charts import comparisons
from dashboard.charts.bars import MOST_BARS
from dashboard.metrics.crime import OUTCOME_SHARE, RECORDED_CRIME, RECORDED_CRIME_RATE
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Period
from dashboard.warehouse import Warehouse
from tests.support.chart_results import FIRST, counts, rates
from tests.support.tiny_warehouse import LAST, MONTHS

YEAR = Choice(first_month=MONTHS[12], last_month=LAST)
APART = {"E07000237": (9000, 100_000.0), "E07000238": (5000, 100_000.0), "NONE": (50, None)}


def test_the_highest_rate_is_named_with_its_value() -> None:
    chart = comparisons.bars(rates({**APART, "E07000236": (4000, 100_000.0)}))
    assert (
        chart.headline == "Worcester has the highest recorded crime rate, 90.0 per 1,000 residents"
    )


def test_overlapping_limits_are_no_clear_difference() -> None:
    near = {**APART, "E07000236": (8950, 100_000.0)}
    assert comparisons.bars(rates(near)).headline == (
        "No clear difference between the highest: Worcester and Redditch, 89.5 to 90.0 per 1,000 "
        "residents"
    )


def test_of_counts_the_largest_is_named_since_they_have_no_limits_in_the_chart() -> None:
    chart = comparisons.bars(
        counts("area_code", {"E07000236": 75, "E07000237": 60, "E07000238": 9})
    )
    assert chart.headline.startswith("Recorded crime: highest in Redditch, 75")
    assert not chart.series[0].upper


def test_what_has_no_bar_is_named_with_its_reason() -> None:
    names = [f"S{place}" for place in range(1, 10)]
    held = counts("service_id", dict.fromkeys(names, 20.0))
    marks = ["[c]", "at least 88%", *[""] * 7]
    hides = pl.Series(marks) != ""
    frame = held.frame.with_columns(marker=pl.Series(marks), value=pl.when(~hides).then("value"))
    notes = comparisons.bars(replace(held, frame=frame)).notes
    assert "Hidden to protect people: S1." in notes
    assert "No bar, since only a bound is known: S2 at least 88%." in notes
    every = frame.with_columns(value=None, marker=pl.lit("[c]"))
    notes = comparisons.bars(replace(held, frame=every)).notes
    assert "Hidden to protect people: nine services, which the table names." in notes


def test_places_that_are_no_places_are_never_ranked() -> None:
    chart = comparisons.bars(counts("area_code", {"NONE": 900, "E07000237": 20, "E07000236": 30}))
    assert chart.series[0].x == ("Redditch", "Worcester", "No location recorded")
    assert chart.series[0].tones == ("main", "main", "context")
    assert "No location" not in chart.headline


def test_a_place_without_a_rate_keeps_its_marker_in_the_table() -> None:
    chart = comparisons.bars(rates(APART))
    assert "No location recorded" not in chart.series[0].x
    assert chart.table.rows[-1][:2] == ("No location recorded", "[z]")


def test_many_bars_are_cut_and_the_table_has_all() -> None:
    chart = comparisons.bars(counts("small_area_code", {f"E0100{n:04}": n for n in range(30)}))
    assert len(chart.series[0].x) == MOST_BARS
    assert len(chart.table.rows) == 30
    assert "The 20 highest of 30 are drawn; the table has all." in chart.notes


def test_the_funnel_reads_by_its_adjusted_band() -> None:
    spread = {
        "E07000236": (6400, 100_000.0),
        "E07000237": (6500, 120_000.0),
        "E07000238": (6000, 90_000.0),
        "E07000239": (5400, 95_000.0),
    }
    chart = comparisons.funnel(rates(spread))
    assert "no area differs" in chart.headline
    assert [band.name.partition(":")[0] for band in chart.bands] == [
        "Shaded, dotted edge",
        "Dashed lines",
        "Solid lines",
    ]
    assert chart.series[0].x == (100_000.0, 120_000.0, 90_000.0, 95_000.0)


def test_a_funnel_of_two_places_is_not_drawn() -> None:
    assert not comparisons.funnel(rates(APART)).series


def test_every_cell_of_the_matrix_has_its_figure_in_words(tiny: Warehouse) -> None:
    chart = comparisons.matrix(
        evaluate(RECORDED_CRIME_RATE, YEAR, warehouse=tiny, by=("area_code", "crime_type"))
    )
    burglary = next(row for row in chart.series if row.name == "Burglary")
    assert burglary.x == ("Bromsgrove", "Redditch")
    assert burglary.labels == ("10.0", "10.0")
    assert burglary.y == (1.0, 1.0)


def test_a_hidden_cell_of_the_matrix_says_so_and_its_row_has_no_shade(tiny: Warehouse) -> None:
    result = evaluate(RECORDED_CRIME_RATE, YEAR, warehouse=tiny, by=("area_code", "crime_type"))
    is_hidden = (pl.col("crime_type") == "Burglary") & (pl.col("area_code") == "E07000234")
    frame = result.frame.with_columns(
        value=pl.when(~is_hidden).then("value"),
        marker=pl.when(is_hidden).then(pl.lit("[c]")).otherwise("marker"),
    )
    chart = comparisons.matrix(replace(result, frame=frame))
    burglary = next(row for row in chart.series if row.name == "Burglary")
    assert (burglary.labels, burglary.y) == (("[c]", "10.0"), (None, None))
    assert chart.notes[0].startswith("A crime type of which a figure is hidden or missing")


def test_outcome_shares_of_a_bar_add_up_to_the_whole(tiny: Warehouse) -> None:
    result = evaluate(OUTCOME_SHARE, YEAR, warehouse=tiny, by=("crime_type", "outcome_group"))
    chart = comparisons.outcomes(result)
    place = chart.series[0].x.index("Burglary")
    assert abs(sum(series.y[place] or 0 for series in chart.series) - 100) < 1e-9
    assert len([series for series in chart.series if series.tone != "context"]) == 4


def test_changes_say_which_way_and_hide_percentages_of_few() -> None:
    now = counts("area_code", {"E07000236": 400, "E07000237": 105, "E07000238": 30})
    before = counts("area_code", {"E07000236": 200, "E07000237": 100, "E07000238": 20})
    chart = comparisons.largest_changes(now, before)
    assert chart.headline == "Largest clear rise: Redditch, from 200 to 400"
    assert chart.series[0].tones == ("concern", "context", "context")
    assert [row[4] for row in chart.table.rows] == [100.0, "[z]", 5.0]


def test_changes_without_an_earlier_period_say_so(tiny: Warehouse) -> None:
    by = ("area_code", "crime_type")
    now = evaluate(RECORDED_CRIME, YEAR, warehouse=tiny, by=by)
    gap = Choice(first_month=MONTHS[0], last_month=MONTHS[11])
    before = evaluate(RECORDED_CRIME, gap, warehouse=tiny, by=by)
    chart = comparisons.largest_changes(now, before)
    assert chart.headline.startswith("Change cannot be shown")
    assert not chart.series


def test_a_single_month_is_named_once() -> None:
    chart = comparisons.bars(rates(APART, period=Period(FIRST, FIRST)))
    assert chart.period == "October 2023"
