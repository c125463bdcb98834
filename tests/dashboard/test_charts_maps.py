"""What the district map and the hexagon map say and draw."""

import json
import re

import h3
import numpy as np
import pydeck

from dashboard.charts import maps, screen, static
from dashboard.charts.geography import inner_point, inside
from dashboard.metrics.areas import Outlines
from tests.support.chart_results import counts, rates
from tests.support.every_chart import OUTLINES, SQUARE

CELLS = {h3.latlng_to_cell(52.2 + n / 100, -2.2, 8): float(n) for n in range(1, 9)}


def test_the_map_shades_districts_and_leaves_no_places_out() -> None:
    result = rates(
        {"E07000237": (9000, 100_000.0), "E07000238": (5000, 100_000.0), "NONE": (9, None)}
    )
    chart = maps.areas(result, OUTLINES)
    assert chart.headline == "Recorded crime rate: Worcester clearly above average"
    assert [shape.label for shape in chart.shapes] == ["Worcester", "Wychavon"]


def test_districts_that_are_not_clearly_apart_are_hatched() -> None:
    chart = maps.areas(
        rates({"E07000237": (7000, 100_000.0), "E07000238": (6990, 100_000.0)}), OUTLINES
    )
    assert {shape.pattern for shape in chart.shapes} == {"hatched"}
    assert chart.headline == "Recorded crime rate: no district is clearly above average"


def test_hexagons_keep_one_order_and_at_most_five_steps() -> None:
    chart = maps.hexagons(counts("hexagon", CELLS), OUTLINES)
    assert list(chart.series[0].x) == sorted(CELLS)
    assert len(chart.scale) <= 5
    assert (
        chart.headline
        == "Recorded crime: half of what has a location lies in 3 of 8 hexagons with any"
    )


def test_the_deck_asks_no_outside_server_for_anything() -> None:
    chart = maps.hexagons(counts("hexagon", CELLS), OUTLINES)
    deck = screen.deck(chart)
    written = deck.to_json()
    assert deck.map_provider is None
    assert not re.search(r"https?://", written)
    layers = json.loads(written)["layers"]
    assert [layer["id"] for layer in layers] == ["hexagons", "districts", "leaders", "names"]
    assert set(layers[0]["data"][0]) == {"hex", "n", "color"}


def test_the_same_map_twice_sends_the_same_rows() -> None:
    backwards = dict(reversed(CELLS.items()))
    one = screen.deck(maps.hexagons(counts("hexagon", CELLS), OUTLINES)).to_json()
    assert one == screen.deck(maps.hexagons(counts("hexagon", backwards), OUTLINES)).to_json()


def test_the_map_keeps_its_true_shape() -> None:
    chart = maps.areas(
        rates({"E07000237": (7000, 100_000.0), "E07000238": (5000, 100_000.0)}), OUTLINES
    )
    axis = screen.figure(chart).layout.yaxis
    assert axis.scaleanchor == "x"
    assert 1.6 < axis.scaleratio < 1.66


def test_the_legend_of_a_deck_is_in_words() -> None:
    chart = maps.hexagons(counts("hexagon", CELLS), OUTLINES)
    assert [words for _, words in screen.legend(chart)] == [step.words for step in chart.scale]
    assert screen.legend(chart)[-1][1] == "7 or more"


def test_islands_and_holes_are_drawn_and_the_name_stands_on_the_land() -> None:
    hole = ((-2.22, 52.18), (-2.22, 52.22), (-2.18, 52.22), (-2.18, 52.18), (-2.22, 52.18))
    island = ((-2.0, 52.1), (-1.95, 52.1), (-1.95, 52.15), (-2.0, 52.1))
    outlines = Outlines({"E07000237": (SQUARE, hole, island)}, "Whose outlines these are.")
    chart = maps.areas(rates({"E07000237": (7000, 100_000.0)}), outlines)
    drawn = screen.figure(chart).data[0]
    gaps = np.flatnonzero(np.isnan(np.array(drawn.x)))
    assert list(gaps) == [len(SQUARE), len(SQUARE) + 1 + len(hole)]
    longitude, latitude = inner_point(chart.shapes[0].rings)
    assert -2.3 < longitude < -2.1
    assert not (-2.22 < longitude < -2.18 and 52.18 < latitude < 52.22)
    assert static.png(chart).startswith(b"\x89PNG")


def test_every_map_says_whose_outlines_it_draws() -> None:
    outlines = Outlines(OUTLINES.rings, "Whose outlines these are.")
    result = rates({"E07000237": (7000, 100_000.0), "E07000238": (5000, 100_000.0)})
    drawn = (maps.areas(result, outlines), maps.hexagons(counts("hexagon", CELLS), outlines))
    assert all("Whose outlines these are." in chart.notes for chart in drawn)


def test_a_map_of_hexagons_is_put_into_words_once_and_sent_without_blanks() -> None:
    chart = maps.hexagons(counts("hexagon", CELLS), OUTLINES)
    deck = screen.deck(chart)
    assert deck.to_json() is deck.to_json()
    as_pydeck_writes_it = pydeck.Deck.to_json(screen.deck(chart))
    assert json.loads(deck.to_json()) == json.loads(as_pydeck_writes_it)
    assert len(deck.to_json()) < 0.5 * len(as_pydeck_writes_it)


def test_a_click_anywhere_in_a_district_finds_its_code_and_no_other() -> None:
    chart = maps.areas(
        rates({"E07000237": (7000, 100_000.0), "E07000238": (5000, 100_000.0)}), OUTLINES
    )
    drawn = screen.figure(chart, can_pick=True)
    targets = next(each for each in drawn.data if each.customdata is not None)
    found: dict[str, list[tuple[float, float]]] = {shape.code: [] for shape in chart.shapes}
    for (code,), x, y in zip(targets.customdata, targets.x, targets.y, strict=True):
        found[code].append((x, y))
    for shape in chart.shapes:
        assert len(found[shape.code]) > 1
        assert inside(shape.rings, found[shape.code]).all()
    assert all(each.customdata is None for each in screen.figure(chart).data)


def test_an_area_smaller_than_the_space_between_points_can_still_be_clicked() -> None:
    tiny = ((-2.2, 52.2), (-2.19, 52.2), (-2.19, 52.21), (-2.2, 52.21), (-2.2, 52.2))
    outlines = Outlines({"E07000237": (tuple((x + 1e-4, y) for x, y in tiny),)}, "")
    chart = maps.areas(rates({"E07000237": (7000, 100_000.0)}), outlines)
    targets = next(each for each in screen.figure(chart, can_pick=True).data if each.customdata)
    assert [list(each) for each in targets.customdata] == [["E07000237"]]
