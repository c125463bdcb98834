"""Filters, tabs and links as a reader uses them, and what a server answers that knows no reader."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from dashboard.access import PAGES
from dashboard.metrics.crime import (
    ANTISOCIAL_BEHAVIOUR,
    CRIME_WITHOUT_LOCATION,
    RECORDED_CRIME,
    RECORDED_CRIME_RATE,
)
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.metrics.period import named_period
from dashboard.warehouse import open_warehouse
from tests.browser.conftest import PROJECT, Server, open_at, serve, settle
from tests.browser.session import session

pytestmark = pytest.mark.browser
REDDITCH = "E07000236"
NAMED = [
    "Antisocial behaviour, Worcester",
    "Contact in the contract's time, West Mercia",
    "People waiting for support, Counselling, south",
    "Burglary, Wychavon",
    "Shoplifting, Telford and Wrekin",
    "Vehicle crime, Redditch",
    "Wait from acceptance to support, median, Sexual violence advocates, south",
    "Referred to support in time, Redditch",
    "Wait from acceptance to support, median, Children after sexual abuse",
    "Support in rural places, Herefordshire",
    "Services for priority groups, rural",
    "Referrals by priority group, learning disabled",
]
"""What is planted in the sample, as the Overview names it: each by its clearest series."""


def test_filters_stay_when_the_page_changes_and_stand_in_the_address_with_the_open_question(
    tab: Page, server: Server
) -> None:
    open_at(tab, server, "/")
    tab.get_by_role("combobox", name="Area").fill("Redditch")
    tab.get_by_role("option", name="Redditch").wait_for()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Escape")
    tab.locator(".st-key-status").get_by_text("in Redditch").wait_for()
    tab.wait_for_url(f"**/*area={REDDITCH}*")
    tab.get_by_role("link", name="Crime explorer").click()
    tab.get_by_role("heading", level=1, name=re.compile("What is recorded")).wait_for()
    tab.locator(".st-key-status").get_by_text("in Redditch").wait_for()
    settle(tab)
    assert f"/crime?area={REDDITCH}" in tab.url
    tab.get_by_role("tab", name="Outcomes").click()
    tab.get_by_role("heading", level=2, name="How do cases end?").wait_for()
    tab.wait_for_url(re.compile(f"area={REDDITCH}.*view=Outcomes"))
    tab.goto(tab.url)
    tab.get_by_role("heading", level=2, name="How do cases end?").wait_for()
    tab.locator(".st-key-status").get_by_text("in Redditch").wait_for()


def test_cards_show_what_evaluate_gives(server: Server) -> None:
    warehouse = open_warehouse(server.data_dir)
    period = named_period("latest_12_months", warehouse)
    choice = Choice(areas=(REDDITCH,)).during(period.first_month, period.last_month)
    metrics = (RECORDED_CRIME, RECORDED_CRIME_RATE, ANTISOCIAL_BEHAVIOUR, CRIME_WITHOUT_LOCATION)
    expected = [
        f"{evaluate(each, choice, warehouse=warehouse).frame['value'][0]:,.{each.decimals}f}"
        for each in metrics
    ]
    warehouse.close()
    sent = session(server, f"/crime?area={REDDITCH}", reader=None)
    shown = re.findall(r'"wm-number[^>]*>([\d,.]+)', sent)
    assert shown[: len(expected)] == expected


@pytest.fixture(scope="module")
def overview(context: BrowserContext, server: Server) -> Iterator[Page]:
    """Return a tab with the Overview, for tests that only look at it."""
    tab = context.new_page()
    open_at(tab, server, "/")
    yield tab
    tab.close()


def test_the_overview_names_what_was_planted_and_nothing_else(overview: Page) -> None:
    sentences = overview.locator(".st-key-look_list a").all_inner_texts()
    assert overview.locator(".st-key-look_list .wm-verdict").count() == len(sentences)
    named = [sentence.splitlines()[-1].split(": ")[0] for sentence in sentences]
    assert sorted(named) == sorted(NAMED)


def test_at_1280_the_four_filters_stand_in_one_row(overview: Page) -> None:
    overview.set_viewport_size({"width": 1280, "height": 900})
    settle(overview)
    names = ("Area", "Period", "Crime type", "Compare with")
    boxes = [overview.get_by_role("combobox", name=name).bounding_box() for name in names]
    tops = [round(box["y"] + box["height"] / 2) for box in boxes if box]
    assert len(tops) == len(names)
    assert max(tops) - min(tops) <= 2


def test_on_a_phone_the_filters_fold_into_one_line(overview: Page) -> None:
    overview.set_viewport_size({"width": 390, "height": 844})
    settle(overview)
    area = overview.get_by_role("combobox", name="Area")
    area.wait_for(state="hidden")
    overview.get_by_text("West Mercia · latest 12 months · all crime").click()
    area.wait_for()
    assert area.is_visible()


def test_a_signal_opens_the_crime_explorer_with_its_filters(overview: Page) -> None:
    """The last that is done with that tab, as it leads away."""
    overview.set_viewport_size({"width": 1280, "height": 900})
    settle(overview)
    link = overview.locator(".st-key-look_here a").first
    place = re.search(r", ([^:,]+):", link.inner_text())
    assert place
    link.click()
    overview.locator(".st-key-status").get_by_text(f"in {place.group(1)},").wait_for()
    overview.wait_for_url(re.compile(r"/crime\?area="))
    overview.get_by_role("heading", name="What of behaviour that is not a crime?").wait_for()


@pytest.fixture(scope="module")
def closed(tiny_dir: Path) -> Iterator[Server]:
    """Return a server that has not been told who may read."""
    with serve(tiny_dir, mode="production") as running:
        yield running


def test_without_a_mode_a_page_is_denied(tab: Page, closed: Server) -> None:
    """By its address, as from within app.py; of every page: tests/ui/test_access.py."""
    for path in ("/", "/crime"):
        open_at(tab, closed, path)
        assert tab.locator("h1").all_inner_texts() == ["Nobody can sign in yet"], path
        assert tab.locator(".wm-card").count() == 0, path


def test_on_a_fresh_server_a_path_of_no_page_comes_through_app(tab: Page, tiny_dir: Path) -> None:
    """Streamlit would run a file directly in pages/ without app.py, so without our menu.

    At the path of a page file no run is even begun, so the server is still fresh for the next.
    """
    runs: list[str] = []
    tab.on("websocket", lambda begun: runs.append(begun.url))
    with serve(tiny_dir) as fresh:
        for path in ("/board/overview", "/pages/understand/crime.py"):
            tab.goto(fresh.address + path, wait_until="networkidle")
            assert tab.locator(".wm-card").count() == 0, path
            assert runs == [], path
        open_at(tab, fresh, "/overview")
        assert tab.locator(".wm-brand").count() == 1
        links = tab.locator("[data-testid='stSidebar'] [data-testid='stPageLink'] p")
        assert links.all_inner_texts() == [entry.title for entry in PAGES]
        tab.get_by_role("dialog", name="Page not found").wait_for()


def test_no_page_file_lies_where_streamlit_would_find_it() -> None:
    assert not list((PROJECT / "pages").glob("*.py"))
