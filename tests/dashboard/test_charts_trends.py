"""What a control chart and its small multiples say."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from dashboard.charts import multiples, screen_trends, trends
from dashboard.metrics.bounds import bounds_as_words
from dashboard.metrics.catalogue import metric
from dashboard.metrics.metric import Choice
from schemas.codes import HIDDEN, NEARLY_ALL
from tests.support.chart_results import COUNTED, STEADY, monthly, monthly_by_area

LONG = STEADY * 4
HELD = replace(COUNTED, target=650.0, target_basis="set by law")
RISEN = (*LONG[:-3], 900.0, 910.0, 905.0)


def test_a_steady_series_stayed_within_its_usual_range() -> None:
    chart = trends.control(monthly(LONG))
    assert chart.headline == "Recorded crime stayed within the usual range"
    assert set(chart.series[0].tones) == {"main"}


def test_a_rise_names_the_place_and_the_month_it_began() -> None:
    result = monthly(RISEN, choice=Choice(areas=("E07000238",), crime_types=("Burglary",)))
    headline = trends.control(result).headline
    assert headline == "Wychavon: burglary lay above the usual range from July 2025 on"


def test_points_of_a_rise_carry_another_shape() -> None:
    assert trends.control(monthly(RISEN)).series[0].tones[-3:] == ("concern",) * 3


def test_fewer_than_twelve_months_have_provisional_limits_and_no_verdict() -> None:
    chart = trends.control(monthly((*LONG[:10], 2000.0), metric=HELD))
    assert chart.headline == (
        "Recorded crime had too few months for a verdict; the usual range is provisional"
    )
    assert chart.bands[0].name.startswith("Shaded: provisional range, ")
    assert "provisional range" in chart.alt
    assert chart.subtitle.endswith("range expected from its own past, provisional")
    assert chart.notes[0].startswith("With fewer than twelve months the limits are provisional")
    assert set(chart.series[0].tones) == {"main"}


def test_fewer_than_six_months_have_no_range_at_all() -> None:
    chart = trends.control(monthly(LONG[:5]))
    assert chart.headline == "Recorded crime had too few months for a usual range"
    assert not chart.bands
    assert not chart.levels


def test_a_missing_month_is_a_gap_and_a_marker_never_zero() -> None:
    chart = trends.control(monthly((*LONG[:5], None, *LONG[6:])))
    assert chart.series[0].y[5] is None
    assert chart.table.rows[5][:2] == (date(2024, 3, 1), "[x]")


def test_a_month_absent_from_the_frame_is_a_gap_too() -> None:
    whole = monthly(LONG)
    result = monthly(LONG, frame=whole.frame.filter(whole.frame["month"] != date(2024, 3, 1)))
    assert trends.control(result).series[0].y[5] is None


def test_a_hidden_month_is_a_gap_that_is_said_and_never_zero() -> None:
    whole = monthly((*LONG[:5], None, *LONG[6:]))
    frame = whole.frame.with_columns(
        marker=pl.when(pl.col("value").is_null()).then(pl.lit(HIDDEN)).otherwise(pl.lit(""))
    )
    chart = trends.control(replace(whole, frame=frame))
    assert chart.series[0].y[5] is None
    assert chart.series[0].labels[5] == "March 2024: [c]"
    assert chart.table.rows[5][:2] == (date(2024, 3, 1), HIDDEN)
    assert chart.notes[0] == (
        "One month has no value, to protect people: a gap in the line, and not zero."
    )


def test_a_bound_is_no_point_of_the_line() -> None:
    whole = monthly(LONG, metric=metric("RJ01"))
    is_first = pl.col("month") == date(2023, 10, 1)
    frame = whole.frame.with_columns(
        value=pl.when(is_first).then(95.0).otherwise("value"),
        marker=pl.when(is_first).then(pl.lit(NEARLY_ALL)).otherwise("marker"),
    )
    chart = trends.control(bounds_as_words(replace(whole, frame=frame)))
    assert chart.series[0].y[0] is None
    assert chart.table.rows[0][1] == "at least 95%"


def test_quarters_are_named_as_the_returns_name_them() -> None:
    quarters = range(0, 36, 3)
    whole = monthly(LONG[:1] * 36, metric=metric("VO01"), by=("quarter",))
    values = [80.0, 82.0, 78.0, 81.0, 79.0, 80.0] * 2
    frame = whole.frame[list(quarters)].rename({"month": "quarter"})
    frame = frame.with_columns(value=pl.Series([*values[:-1], None]), marker=pl.lit(""))
    last = pl.when(pl.col("value").is_null()).then(pl.lit(HIDDEN)).otherwise("marker")
    chart = trends.control(replace(whole, frame=frame.with_columns(marker=last)))
    assert chart.headline.startswith("Satisfied over all had too few quarters for a verdict")
    assert chart.series[0].x[:2] == ("2023-10-01", "2024-01-01")
    assert chart.table.rows[0][:2] == ("2023-24 Q3", 80.0)
    assert chart.table.rows[-1][:2] == ("2026-27 Q2", HIDDEN)
    assert chart.notes[1].startswith("One quarter has no value, to protect people")
    axis = screen_trends.line(chart).layout["xaxis"]
    assert axis["dtick"] == "M6"  # twelve quarters are 34 months: six words, which a phone holds
    full = trends.control(replace(whole, frame=frame.with_columns(value=pl.Series(values))))
    assert full.headline == "Satisfied over all stayed within the usual range"


def test_no_value_at_all_says_so_and_draws_nothing() -> None:
    chart = trends.control(monthly((None,) * 12))
    assert chart.headline.startswith("Recorded crime is not available for West Mercia")
    assert not chart.series


def test_the_target_is_a_level_with_its_number() -> None:
    chart = trends.control(monthly(LONG, metric=HELD))
    assert [level.label for level in chart.levels] == [
        "Dashed: average, 703",
        "Dash and dot: target 650 offences (set by law)",
    ]
    assert [level.is_target for level in chart.levels] == [False, True]
    assert chart.table.columns[-2:] == ("Target", "Reading")
    assert {row[-2] for row in chart.table.rows} == {650.0}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (600.0, "will reliably miss the target of 600 offences"),
        (703.0, "may or may not meet the target of 703 offences"),
        (900.0, "will reliably meet the target of 900 offences"),
    ],
)
def test_headline_and_alternative_say_what_to_expect_of_the_target(
    target: float, words: str
) -> None:
    chart = trends.control(monthly(LONG, metric=replace(HELD, target=target)))
    assert chart.headline == f"Recorded crime stayed within the usual range, and {words}"
    assert chart.alt.endswith(f"Target {target:.0f} offences (set by law), and {words}.")


def test_what_is_neither_better_high_nor_low_meets_no_target() -> None:
    chart = trends.control(monthly(LONG, metric=replace(HELD, better="context")))
    assert chart.headline == "Recorded crime stayed within the usual range"


def test_a_share_is_drawn_no_higher_than_all_of_it() -> None:
    share = replace(metric("VO01"), target=100.0, target_basis="set by law")
    chart = trends.control(monthly([95.0, 99.0, 90.0, 100.0] * 6, metric=share))
    assert max(chart.bands[0].upper) == 100.0
    # The limits themselves reach beyond: all may yet be met.
    assert chart.headline.endswith("and may or may not meet the target of 100%")


def test_each_panel_stands_against_its_own_past() -> None:
    chart = multiples.multiples(
        monthly_by_area({"E07000236": LONG, "E07000238": RISEN, "NONE": LONG}, metric=COUNTED)
    )
    assert chart.headline == "Recorded crime: Wychavon higher than usual"
    assert [series.panel for series in chart.series] == ["Redditch", "Wychavon"]
    drawn = [value for value in chart.series[0].y if value is not None]
    assert abs(sum(drawn) / len(drawn) - 100) < 1e-9


def test_no_panel_that_stands_out_is_said_so() -> None:
    chart = multiples.multiples(monthly_by_area({"E07000236": LONG, "E07000238": LONG}))
    assert chart.headline == "Recorded crime: no area stands out from its own past"
