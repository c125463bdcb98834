"""What the maps of gaps say and draw: ranges that hold zero, layers, and nothing confidential."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import h3
import polars as pl
import pytest

from dashboard.charts import gap_layers, screen, static
from dashboard.charts.gap_hexagons import gap_hexagons
from dashboard.charts.gap_map import gap_map
from dashboard.charts.geography import inside
from dashboard.charts.provision_map import Beside, provision_map
from dashboard.directory.service import Directory
from dashboard.metrics.areas import Outlines
from dashboard.metrics.gap_map import GAP_MAP_METRICS
from dashboard.metrics.metric import Choice, Period, Result
from dashboard.metrics.needs import ESTIMATED_NEED, about
from dashboard.metrics.provision import WITHOUT_SPECIALIST
from tests.support.tiny_directory import COURT_HELP, FRIENDS, HELPLINE, SAFE_HOUSE
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH

NAMES = {BROMSGROVE: "Bromsgrove", REDDITCH: "Redditch", "E07000237": "Worcester"}
Range = tuple[float, float, float]
METRICS = {each.key: each for each in (*GAP_MAP_METRICS, ESTIMATED_NEED)}
NOTHING = Beside(help={}, seen={}, remote={})


def square(west: float, south: float) -> tuple[tuple[tuple[float, float], ...], ...]:
    east, north = west + 0.2, south + 0.2
    return (((west, south), (east, south), (east, north), (west, north), (west, south)),)


OUTLINES = Outlines(
    {
        BROMSGROVE: square(-2.15, 52.3),
        REDDITCH: square(-1.95, 52.2),
        "E07000237": square(-2.3, 52.1),
    },
    "Outlines are generalised.",
)
TOWNS = pl.DataFrame(
    {
        "town_name": ["Bigtown", "Next door", "Farville"],
        "latitude": [52.35, 52.34, 52.15],
        "longitude": [-2.05, -2.04, -2.2],
    }
)


def result_of(found: Mapping[str, Range | None], key: str, by: str = "area_code") -> Result:
    """Return a result by hand: low, central and high of each place, None for none."""
    ends = {code: each or (None, None, None) for code, each in found.items()}
    return Result(
        metric=about(METRICS[key], "priority_flag", "DA"),
        choice=Choice(),
        by=(by,),
        period=Period(date(2025, 10, 1), date(2026, 9, 1)),
        frame=pl.DataFrame(
            {
                by: list(found),
                "lower": [each[0] for each in ends.values()],
                "value": [each[1] for each in ends.values()],
                "upper": [each[2] for each in ends.values()],
                "marker": ["" if each else "[z]" for each in found.values()],
            },
            schema_overrides={"lower": pl.Float64, "value": pl.Float64, "upper": pl.Float64},
        ),
        version="wh-1-00000000",
        is_invented=True,
        names=NAMES,
    )


FOUND: dict[str, Range | None] = {
    BROMSGROVE: (380, 620, 910),
    REDDITCH: (-90, 310, 720),
    "E07000237": (-500, -300, -100),
}


# By district


def test_a_gap_is_clear_only_where_the_low_end_is_above_zero() -> None:
    chart = gap_map(result_of(FOUND, "unmet_need"), OUTLINES, NOTHING)
    assert [shape.pattern for shape in chart.shapes] == ["", "hatched", "dotted"]
    assert chart.headline == (
        "Unmet need, domestic abuse: clear in Bromsgrove; the range includes zero in Redditch; no "
        "gap in Worcester"
    )
    assert chart.hatched == "the range includes zero"
    assert "Dotted: the whole range is below zero" in chart.notes[0]


@pytest.mark.parametrize(
    ("low", "high", "pattern"),
    [(0, 900, "hatched"), (1, 900, ""), (-900, 0, "hatched"), (-900, -1, "dotted")],
)
def test_a_range_that_ends_at_zero_includes_it(low: float, high: float, pattern: str) -> None:
    centre = (low + high) / 2
    chart = gap_map(result_of({REDDITCH: (low, centre, high)}, "unmet_need"), OUTLINES, NOTHING)
    assert chart.shapes[0].pattern == pattern


def test_the_words_and_the_table_say_what_the_pattern_says() -> None:
    beside = Beside(
        help={BROMSGROVE: "Specialist"},
        seen={BROMSGROVE: ["One", "Two"]},
        remote={REDDITCH: ["Line"]},
    )
    chart = gap_map(result_of(FOUND, "unmet_need"), OUTLINES, beside)
    assert chart.shapes[1].words == (
        "Redditch, not clear: the range includes zero: 300 (-100 to 700)"
    )
    assert chart.table.rows[:2] == (
        ("Bromsgrove", 400, 600, 900, "clear gap", "Specialist", "2: One; Two", "0"),
        (
            *("Redditch", -100, 300, 700, "not clear: the range includes zero"),
            *("no directory", "0", "1: Line"),
        ),
    )
    assert "Redditch, 300 (-100 to 700), not clear" in chart.alt


def test_a_district_without_a_figure_is_grey_and_said() -> None:
    found = {BROMSGROVE: FOUND[BROMSGROVE], REDDITCH: None}
    chart = gap_map(result_of(found, "unmet_need"), OUTLINES, NOTHING)
    assert chart.shapes[1].value is None
    assert "Grey: no figure, which is not zero." in chart.notes
    assert chart.table.rows[1][:4] == ("Redditch", None, "[z]", None)


def test_a_hidden_count_leaves_a_range_that_is_read_without_a_value() -> None:
    result = result_of({BROMSGROVE: (380, 620, 910), REDDITCH: (-90, 310, 720)}, "unmet_need")
    hidden = pl.col("area_code") == REDDITCH
    frame = result.frame.with_columns(
        value=pl.when(~hidden).then("value"),
        marker=pl.when(hidden).then(pl.lit("[c]")).otherwise("marker"),
    )
    chart = gap_map(replace(result, frame=frame), OUTLINES, NOTHING)
    assert (chart.shapes[1].value, chart.shapes[1].pattern) == (None, "hatched")
    assert "the range includes zero in Redditch" in chart.headline
    assert chart.table.rows[1][1:4] == (-100, "[c]", 700)
    assert chart.shapes[1].words.endswith(": [c] (-100 to 700)")


def test_of_need_the_most_and_the_least_are_named_and_nothing_is_hatched() -> None:
    chart = gap_map(result_of(FOUND, "estimated_need"), OUTLINES, NOTHING)
    assert {shape.pattern for shape in chart.shapes} == {""}
    assert chart.headline.endswith(
        "the most in Bromsgrove, 600 (400 to 900), the least in Worcester, -300 (-500 to -100)"
    )
    assert "What the range allows" not in chart.table.columns


def test_without_any_figure_the_map_says_so() -> None:
    chart = gap_map(result_of({REDDITCH: None}, "unmet_need"), OUTLINES, NOTHING)
    assert chart.headline == "Unmet need, domestic abuse: no figure, West Mercia"
    assert static.svg(chart)


def test_provision_is_shaded_by_the_best_help() -> None:
    base = replace(result_of({}, "unmet_need"), metric=WITHOUT_SPECIALIST)
    levels = {BROMSGROVE: "none", REDDITCH: "specialist", "E07000237": "remote"}
    chart = provision_map(base, levels, OUTLINES, NOTHING, group="Rural", as_of=date(2026, 11, 1))
    assert chart.headline == "Help, rural: no service at all in Bromsgrove"
    assert [shape.value for shape in chart.shapes] == [0, 3, 1]
    assert chart.alt.startswith(
        "Map of districts. Help is specialist in one, general in none, remote only in one, none in "
        "one of 3 districts."
    )
    for level, said in (("general", "two of three"), ("specialist", "all three")):
        somewhere = {**levels, BROMSGROVE: level, "E07000237": "specialist"}
        chart = provision_map(
            base, somewhere, OUTLINES, NOTHING, group="Rural", as_of=date(2026, 11, 1)
        )
        assert chart.headline == f"Help, rural: specialist in {said} districts"


# What lies over the map


def test_a_confidential_place_has_no_point(listed: Directory) -> None:
    services = [each for each in listed.services if each.record["service_id"] == SAFE_HOUSE]
    assert gap_layers.fixed_sites(services) == gap_layers.outreach_sites(services) == ()
    assert set(gap_layers.seen_in(services, OUTLINES).values()) == {()}


def test_sites_near_one_another_are_one_point_with_all_names(listed: Directory) -> None:
    services = [
        each for each in listed.services if each.record["service_id"] in (COURT_HELP, FRIENDS)
    ]
    (points,) = gap_layers.fixed_sites(services)
    assert points.labels == (
        "Office or centre where people are seen: Court help, Friends <b>& more</b>",
        "Office or centre where people are seen: Court help",
    )
    assert gap_layers.outreach_sites(services) == ()
    assert gap_layers.seen_in(services, OUTLINES)[BROMSGROVE] == (
        "Court help",
        "Friends <b>& more</b>",
    )


def test_help_from_afar_is_a_number_in_each_district(listed: Directory) -> None:
    lines = [each for each in listed.services if each.record["service_id"] == HELPLINE]
    (marks,) = gap_layers.remote_services({BROMSGROVE: lines, REDDITCH: []}, OUTLINES)
    assert (marks.mark, marks.labels) == ("count", ("Helpline: 1",))


def test_names_of_towns_leave_one_another_room() -> None:
    (names,) = gap_layers.town_names(TOWNS)
    assert names.labels == ("Bigtown", "Farville")


def test_a_hole_is_not_inside() -> None:
    hole = ((1, 1), (1, 3), (3, 3), (3, 1), (1, 1))
    outer = ((0, 0), (4, 0), (4, 4), (0, 4), (0, 0))
    points = [(0.5, 0.5), (2, 2), (5, 5), (3.5, 2)]
    assert inside((outer, hole), points).tolist() == [True, False, False, True]


def test_layers_are_drawn_on_both_maps(listed: Directory) -> None:
    sites = gap_layers.fixed_sites(listed.services)
    layers = (*sites, *gap_layers.town_names(TOWNS))
    beside = replace(NOTHING, layers=layers)
    chart = gap_map(result_of(FOUND, "unmet_need"), OUTLINES, beside)
    modes = [trace.mode for trace in screen.figure(chart).data if trace.type == "scatter"]
    assert modes.count("text") == 1
    names = [trace.name for trace in screen.figure(chart).data]
    assert "Office or centre where people are seen" in names
    assert "hatched: the range includes zero" in names
    assert static.svg(chart) == static.svg(chart)


# By hexagon


CELLS = [h3.latlng_to_cell(52.35 + n / 15, -2.05, 7) for n in range(4)]


def hexagons(key: str, values: list[float | None]) -> Result:
    found = {
        cell: None if value is None else (value / 2, value, value * 2)
        for cell, value in zip(CELLS, values, strict=True)
    }
    return result_of(found, key, by="hexagon_wide")


def test_half_of_the_need_lies_in_few_hexagons() -> None:
    chart = gap_hexagons(hexagons("modelled_need", [60, 20, 15, 5]), OUTLINES, TOWNS)
    assert chart.headline.endswith("half of it lies in 1 of 4 hexagons")
    assert chart.table.rows[0][:6] == (1, "Bigtown", "Bromsgrove", 30, 60, 120)
    assert chart.table.rows[-1][2] == "on the border"


def test_nothing_within_reach_is_blank_and_said_and_not_zero() -> None:
    chart = gap_hexagons(hexagons("access_score", [100, None, 40, None]), OUTLINES, TOWNS)
    assert chart.headline.endswith(
        "nothing within reach in 2 of 4 hexagons; the least near Bigtown, 40"
    )
    assert len(chart.series[0].x) == 2
    assert [row[4] for row in chart.table.rows] == ["[z]", "[z]", 40, 100]
    assert any(note.startswith("Blank inside a district") for note in chart.notes)


def test_without_an_estimate_nothing_is_drawn_and_that_is_said() -> None:
    chart = gap_hexagons(hexagons("modelled_need", [None] * 4), OUTLINES, TOWNS)
    assert not chart.series
    assert chart.notes[0].startswith("There is no published estimate for this group")


def test_the_deck_fits_a_phone_and_no_name_reaches_beyond_the_districts() -> None:
    deck = screen.deck(gap_hexagons(hexagons("modelled_need", [4, 3, 2, 1]), OUTLINES, TOWNS))
    told = json.loads(deck.to_json())
    wide = 512 * 2 ** told["initialViewState"]["zoom"] * (2.3 - 1.75) / 360
    assert wide == pytest.approx(320, abs=2)
    names = next(layer for layer in told["layers"] if layer["id"] == "names")["data"]
    assert all(-2.3 <= row["at"][0] <= -1.75 for row in names)
    assert {row["name"]: row["anchor"] for row in names}["Redditch"] == "end"


def test_points_and_towns_are_layers_of_the_deck(listed: Directory) -> None:
    layers = (*gap_layers.fixed_sites(listed.services), *gap_layers.town_names(TOWNS))
    chart = gap_hexagons(hexagons("modelled_need", [4, 3, 2, 1]), OUTLINES, TOWNS, layers)
    ids = [layer["id"] for layer in json.loads(screen.deck(chart).to_json())["layers"]]
    assert ids == ["hexagons", "districts", "leaders", "names", "points_0", "places_1"]
    assert screen.legend(chart)[-1] == ("#F46A25", "Office or centre where people are seen")
    assert static.svg(chart) == static.svg(chart)
