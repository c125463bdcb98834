"""What ratios, pairs, bands of travel and the rural map say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import h3
import polars as pl
import pytest

from dashboard.charts import comparisons, rural, screen, static
from dashboard.charts.chart import Chart
from dashboard.charts.rural_map import rural_hexagons
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.metrics.rural import RURAL_PROXY, RURAL_URBAN_RATE, RURAL_URBAN_RATIO
from dashboard.metrics.rural_help import TRAVEL_BANDS
from dashboard.warehouse import Warehouse
from schemas.codes import ANTISOCIAL_BEHAVIOUR
from tests.support.chart_results import counts
from tests.support.every_chart import OUTLINES
from tests.support.rural_results import pairs, ratios, reach, travel

YEAR = Choice(first_month=date(2025, 10, 1), last_month=date(2026, 9, 1))


def test_where_the_limits_hold_one_there_is_no_clear_difference() -> None:
    chart = rural.ratios(ratios({"E07000237": (0.95, 0.8, 1.1)}))
    assert chart.headline == "No clear difference for Worcester"
    assert chart.series[0].tones == ("context",)
    assert chart.table.rows[0][4] == "no clear difference"


def test_above_below_and_neither_are_named_apart() -> None:
    found = {
        "Burglary": (1.4, 1.2, 1.6),
        "Drugs": (0.5, 0.4, 0.6),
        "Robbery": (0.4, 0.3, 0.6),
        "Shoplifting": (0.3, 0.2, 0.4),
        "Other theft": (0.8, 0.7, 0.9),
        "Vehicle crime": (1.0, 0.9, 1.1),
    }
    chart = rural.ratios(ratios(found, by="crime_type"))
    assert chart.headline == (
        "Rural above urban for burglary; rural below urban for 4 of 6 crime types; "
        "no clear difference for vehicle crime"
    )
    assert [*chart.series[0].x][:2] == ["Burglary", "Vehicle crime"]
    assert "Burglary 1.40 (rural above urban)" in chart.alt


def test_antisocial_behaviour_stands_last_with_a_star_and_in_no_headline() -> None:
    found = {ANTISOCIAL_BEHAVIOUR: (3.0, 2.5, 3.5), "Drugs": (0.5, 0.4, 0.6)}
    chart = rural.ratios(ratios(found, by="crime_type"))
    assert chart.headline == "Rural below urban for drugs"
    assert chart.series[0].x == ("Drugs", "Antisocial behaviour*")
    assert chart.notes[0].startswith("* Antisocial behaviour is not a crime")


def test_a_ratio_of_zero_is_in_the_table_and_not_on_the_scale() -> None:
    chart = rural.ratios(ratios({"E07000237": (0.0, 0.0, 0.2), "E07000238": (0.5, 0.4, 0.6)}))
    assert chart.series[0].x == ("Wychavon",)
    assert chart.table.rows[0][:2] == ("Worcester", 0.0)
    assert "A ratio of zero" in chart.notes[0]


def test_the_scale_is_one_of_ratios_with_a_line_at_one() -> None:
    figure = screen.figure(rural.ratios(ratios({"E07000237": (0.5, 0.4, 0.6)})))
    assert figure.layout.xaxis.type == "log"
    assert figure.layout.shapes[0].x0 == 1
    low, high = (10**end for end in figure.layout.xaxis.range)
    assert low < 0.4 < 1 < high


def test_a_pair_names_the_widest_gap_and_both_figures() -> None:
    chart = rural.paired(pairs({"E07000237": (30.0, 85.0), "E07000238": (40.0, 50.0)}))
    assert chart.headline == "Widest gap: Worcester, rural 30.0, urban 85.0 per 1,000 residents"
    assert [series.name for series in chart.series] == ["Rural", "Urban"]
    assert {series.tone for series in chart.series} == {"main", "second"}
    assert "Wychavon rural 40.0, urban 50.0" in chart.alt


def test_a_hidden_side_is_said_by_its_marker_and_the_other_is_drawn() -> None:
    chart = rural.paired(pairs({"E07000237": (None, 85.0)}))
    assert chart.series[0].y == (None,)
    assert chart.series[0].labels == ("Worcester, rural: [c]",)
    assert chart.table.rows[0][1] == "[c]"
    assert "no place has both" in chart.headline
    assert static.png(chart).startswith(b"\x89PNG")
    assert screen.figure(chart).data


def test_travel_bands_name_who_is_furthest() -> None:
    chart = rural.travel_bands(travel({"Rural": (20, 30, 40, 10), "Urban": (80, 15, 5, 0)}))
    assert chart.headline == "Furthest from help: Rural, over 30 minutes away are 50% of residents"
    assert chart.series[0].name == "Within 15 minutes"
    assert chart.alt.endswith("Rural 50; Urban 5.")


def test_without_places_of_help_the_bands_say_so(tiny: Warehouse) -> None:
    by = ("rural_class", "travel_band")
    chart = rural.travel_bands(evaluate(TRAVEL_BANDS, YEAR, warehouse=tiny, by=by))
    assert "no place of help is loaded" in chart.headline
    assert not chart.series


def test_hexagons_hold_all_that_their_small_areas_hold() -> None:
    small = counts("small_area_code", {"A": 3, "B": 4, "C": 5})
    centres = {"A": (52.2, -2.2), "B": (52.2001, -2.2), "C": (52.6, -2.6)}
    chart = rural_hexagons(small, OUTLINES, centres)
    cells = dict(zip(chart.series[0].x, chart.series[0].y, strict=True))
    assert cells == {
        h3.latlng_to_cell(52.2, -2.2, 6): 7,
        h3.latlng_to_cell(52.6, -2.6, 6): 5,
    }
    assert any("Points are moved" in note for note in chart.notes)
    assert "each small area in the hexagon of its centre" in chart.subtitle


def test_a_missing_month_leaves_no_hexagon() -> None:
    small = counts("small_area_code", {"A": 3})
    missing = replace(small, frame=small.frame.with_columns(value=pl.lit(None, pl.Float64)))
    assert not rural_hexagons(missing, OUTLINES, {"A": (52.2, -2.2)}).series


@pytest.mark.parametrize("by", [("area_code",), ("crime_type",)])
def test_real_results_make_charts(tiny: Warehouse, by: tuple[str, ...]) -> None:
    ratio = rural.ratios(evaluate(RURAL_URBAN_RATIO, YEAR, warehouse=tiny, by=by))
    pair = evaluate(RURAL_URBAN_RATE, YEAR, warehouse=tiny, by=(*by, "rural_class"))
    for chart in (ratio, rural.paired(pair)):
        assert isinstance(chart, Chart)
        assert chart.series
        assert screen.figure(chart).data


def test_the_proxy_is_named_a_proxy_wherever_it_is_drawn(tiny: Warehouse) -> None:
    result = evaluate(RURAL_PROXY, YEAR, warehouse=tiny, by=("small_area_code",))
    centres: Mapping[str, tuple[float, float]] = {"E01000001": (52.3, -2.0)}
    chart = rural_hexagons(result, OUTLINES, centres)
    assert "proxy" in chart.headline.lower()
    assert "proxy" in chart.subtitle.lower()
    assert chart.caveat.startswith("A proxy")


def test_where_all_are_counted_the_lowest_is_named_when_several_are_level() -> None:
    shares = {"E07000236": 100.0, "E07000237": 100.0, "E07000238": 68.0}
    assert comparisons.bars(reach(shares)).headline == (
        "Residents near help: lowest in Wychavon, 68% of residents within 30 minutes"
    )
    level = comparisons.bars(reach(dict.fromkeys(shares, 100.0)))
    assert level.headline.endswith(": 100% of residents within 30 minutes everywhere")
    assert "95%" not in level.subtitle
