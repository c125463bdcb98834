"""Charts of scenarios: both renderers draw them, and words, drawing and table say the same."""

import re

import pytest
from plotly.io import to_json

from dashboard.charts import screen, static
from dashboard.charts.chart import Chart
from dashboard.charts.scenarios import About, Pair, before_and_after, compared, gains

ABOUT = About(
    key="domestic abuse",
    what="domestic abuse, West Mercia",
    version="wh-1-00000000",
    is_invented=True,
    as_of="1 November 2026",
)
UNMET = before_and_after(
    ABOUT,
    [
        Pair(name="Shropshire", before=6_118.3, after=6_056.6, low=1_809.0, high=11_897.0),
        Pair(name="Redditch", before=40.0, after=-20.0, low=-510.0, high=300.0),
        Pair(name="Worcester", before=None, after=None, marker="[c]"),
    ],
    measure="Unmet need",
    unit="people a year",
    headline="With the changes the range includes zero in Redditch",
    definition="Need less people supported.",
)
ACCESS = before_and_after(
    ABOUT,
    [
        Pair(name="Shropshire", before=302.2, after=310.5),
        Pair(name="Bromsgrove", before=None, after=12.0, marker="[z]"),
    ],
    measure="Access",
    unit="places for 1,000 people in need",
    headline="Access changes most in Shropshire, from 302 to 310",
    definition="Capacity within reach.",
)
GAINS = gains(
    ABOUT, [("Shropshire", -372.4), ("Hereford", 30.6), ("Redditch", 0.2)], headline="372 fewer"
)
COMPARED = compared(
    ABOUT,
    ["As shown here", "More at Ludlow"],
    [("Shropshire", (-332.0, 61.7)), ("Redditch", (0.0, 26.0))],
    headline="Side by side",
)
CHARTS = {"unmet": UNMET, "access": ACCESS, "gains": GAINS, "compared": COMPARED}
EVERY = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)


@EVERY
def test_both_renderers_draw_it(chart: Chart) -> None:
    assert static.png(chart).startswith(b"\x89PNG")
    assert b"<svg" in static.svg(chart)
    assert len(to_json(screen.figure(chart))) < 20_000


@EVERY
def test_it_says_that_it_is_modelled(chart: Chart) -> None:
    assert "modelled" in chart.subtitle
    assert chart.caveat.startswith("Modelled, not measured")
    assert "invented" in chart.source


@EVERY
def test_every_number_of_the_alternative_stands_in_the_table(chart: Chart) -> None:
    said = set(re.findall(r"[−+-]?\d[\d,]*", chart.alt.replace("1,000", "")))
    cells = {
        form.format(cell) if form and not isinstance(cell, str | None) else str(cell)
        for row in chart.table.rows
        for cell, form in zip(row, chart.table.formats, strict=True)
    }
    assert {each.replace("−", "-").rstrip(",") for each in said} <= cells | {"0"}


def test_before_and_after_are_two_dots_with_the_range_after() -> None:
    before, after = UNMET.series
    assert before.y == (6_118.3, 40.0)
    assert after.y == (6_056.6, -20.0)
    assert after.lower == (1_809.0, -510.0)
    assert before.lower == ()
    assert UNMET.table.rows[1] == ("Redditch", 40.0, -20.0, -60.0, -510.0, 300.0)
    assert UNMET.table.rows[2] == ("Worcester", "[c]", "[c]", None, None, None)


def test_where_nothing_is_in_reach_there_is_a_marker_and_no_zero() -> None:
    assert ACCESS.table.rows[1] == ("Bromsgrove", "[z]", 12.0, None)
    assert ACCESS.series[0].y == (302.2, None)


def test_gains_are_whole_people_with_a_sign() -> None:
    assert GAINS.series[0].labels == ("Shropshire: −372", "Hereford: +31", "Redditch: 0")


def test_each_scenario_is_a_column() -> None:
    assert COMPARED.table.columns == ("District", "As shown here", "More at Ludlow")
    assert [row.labels for row in COMPARED.series] == [("−332", "+62"), ("0", "+26")]
