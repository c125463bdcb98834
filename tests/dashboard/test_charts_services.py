"""Figures of the directory: contracts by the month of their end, and places on a map."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.charts import screen, static
from dashboard.charts.chart import Chart
from dashboard.charts.contract_ends import contract_ends, in_millions, money
from dashboard.charts.service_sites import service_sites
from dashboard.charts.words import Facts
from dashboard.directory.service import Directory
from dashboard.metrics.areas import Outlines
from tests.support.every_chart import SQUARE
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH

AS_OF = date(2026, 11, 1)
OUTLINES = Outlines(
    {BROMSGROVE: (SQUARE,), REDDITCH: (tuple((x + 0.2, y) for x, y in SQUARE),)},
    "Outlines are generalised.",
)
FACTS = Facts(
    source="directory",
    caveat="As confirmed.",
    version="wh-1",
    is_invented=True,
    period="as of 1 November 2026",
    definition="By the directory.",
)


@pytest.fixture
def ends(listed: Directory) -> Chart:
    return contract_ends(listed.services, AS_OF, FACTS)


@pytest.fixture
def sites(listed: Directory) -> Chart:
    return service_sites(listed.services, listed, OUTLINES, FACTS)


def test_contracts_are_counted_in_the_month_in_which_they_end(ends: Chart) -> None:
    rows = {row[0]: row[1:] for row in ends.table.rows}
    assert next(iter(rows)) == "November 2026"
    assert list(rows)[-1] == "October 2027"
    assert rows["March 2027"] == (1, 100_000.0, "Helpline")
    assert rows["September 2027"] == (1, 0, "Safe house")
    assert sum(int(str(count)) for count, *_ in rows.values()) == 2


def test_words_and_drawing_say_the_same_as_the_table(ends: Chart) -> None:
    assert ends.headline == (
        "Two contracts end within twelve months, one of them within six: £100,000 a year by "
        "contract"
    )
    assert ends.alt == ("Bars of contracts that end in each month: March 2027 1, September 2027 1.")
    assert ends.series[0].y == tuple(float(str(row[1])) for row in ends.table.rows)


def test_what_is_not_given_and_what_has_ended_is_told(ends: Chart) -> None:
    assert ends.notes == (
        "1 of 2 can be extended under the contract.",
        "No value is given for 1 of them, which is not zero.",
        "Already ended, and still listed: Court help.",
    )


def test_when_all_end_soon_the_words_say_all(listed: Directory) -> None:
    services = [
        replace(each, record={**each.record, "contract_end": date(2027, 3, 31)})
        for each in listed.services
    ]
    chart = contract_ends(services, AS_OF, FACTS)
    assert chart.headline.startswith("Three contracts end within twelve months, all of them within")


def test_without_a_contract_that_ends_it_says_so(listed: Directory) -> None:
    chart = contract_ends([], AS_OF, FACTS)
    assert chart.headline == "No contract ends within the next twelve months"
    assert chart.alt.endswith("none.")
    assert static.png(chart).startswith(b"\x89PNG")
    assert screen.figure(chart).layout.annotations


def test_in_the_middle_of_a_month_thirteen_months_are_begun(listed: Directory) -> None:
    chart = contract_ends(listed.services, date(2026, 11, 15), FACTS)
    assert len(chart.table.rows) == 13


def test_money_in_words(listed: Directory) -> None:
    assert money(listed.services) == 159_000
    assert (in_millions(159_000), in_millions(5_240_000)) == ("£159,000", "£5.2 million")


def test_places_are_drawn_with_their_number_of_services(sites: Chart) -> None:
    (series,) = sites.series
    assert series.labels == ("Court help, Friends <b>& more</b>: 2", "Court help: 1")
    assert sites.headline == "3 of 4 services see people, at 5 sites"
    assert sites.alt == "Map of 2 places over the districts. Services in each: 2, 1."


def test_confidential_sites_are_told_and_have_no_point(sites: Chart) -> None:
    confidential = [row for row in sites.table.rows if "confidential" in str(row[2])]
    assert [row[4:6] for row in confidential] == [(None, None)]
    assert sites.notes[0] == (
        "Confidential places have no point, only the area they serve: Safe house (Redditch)."
    )
    assert sites.notes[1] == "By telephone or online only: Helpline."


def test_without_a_site_there_is_no_map(listed: Directory) -> None:
    chart = service_sites([], listed, OUTLINES, FACTS)
    assert (chart.series, chart.shapes) == ((), ())
    assert chart.alt == "No map: there is no site that may be shown."
    assert static.png(chart).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["ends", "sites"])
def test_both_renderers_draw_it_and_the_picture_stays_the_same(
    name: str, request: pytest.FixtureRequest
) -> None:
    chart: Chart = request.getfixturevalue(name)
    assert static.png(chart).startswith(b"\x89PNG")
    assert static.svg(chart) == static.svg(chart)
    assert screen.figure(chart).data


def test_the_screen_is_given_no_markup_from_names(sites: Chart) -> None:
    drawn = screen.figure(sites).to_json().replace("\\u003c", "<")
    assert "more</b>" not in drawn
    assert "Friends &lt;b&gt;" in drawn
