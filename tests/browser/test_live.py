"""Open pages while data is loaded: what they show by themselves, and what they leave alone."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from pipelines.places import Places
from pipelines.publish import Version, point_to, versions
from schemas.published import LAST_LOAD_NAME
from tests.browser.accessibility import serious
from tests.browser.conftest import PATIENCE, PROJECT, Server, open_at, serve, settle
from tests.support.loading import command, load
from tests.support.street_files import file_name, write_street
from tests.support.tiny_warehouse import write_version

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ARRIVED = "New data has arrived"
TOP = "(box) => box.getBoundingClientRect().top"
IS_FOCUSED = "(box) => document.activeElement === box"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a folder of its own, in which these tests publish one version after the other."""
    folder = tmp_path_factory.mktemp("live")
    write_version(folder)
    with serve(folder) as running:
        yield running


@pytest.fixture
def places(server: Server) -> Places:
    return Places(server.data_dir)


def publish(places: Places) -> Version:
    """Write the next version beside the others and switch the pointer as a load does."""
    number = 1 + max(version.number for version in versions(places))
    version = Version(number, write_version(places.data_dir, number, point=False).name)
    point_to(places, version)
    return version


def line(tab: Page) -> Locator:
    return tab.locator(".st-key-freshness")


def notice(tab: Page, words: str) -> Locator:
    """Return the announced notice with these words."""
    return tab.locator("[role='status']", has_text=words)


@contextmanager
def another(context: BrowserContext) -> Iterator[Page]:
    tab = context.new_page()
    yield tab
    tab.close()


def test_b73_open_pages_follow_what_is_published_and_keep_what_is_typed(
    tab: Page, context: BrowserContext, server: Server, places: Places
) -> None:
    with another(context) as filtered, another(context) as plan:
        open_at(filtered, server, "/crime?area=E07000236")
        open_at(plan, server, "/planner?view=Save+and+compare")
        name = plan.get_by_role("textbox", name="Name of the scenario")
        name.fill("Half a na")
        open_at(tab, server, "/services")
        search = tab.get_by_role("textbox", name="Search", exact=True)
        search.press_sequentially("coun")
        search.evaluate("(box) => box.scrollIntoView({block: 'start'})")
        before = search.evaluate(TOP)
        second = publish(places).name
        for each in (tab, filtered, plan):
            line(each).get_by_text(second).wait_for()
            notice(each, ARRIVED).wait_for()
            settle(each)
        assert (search.input_value(), search.evaluate(IS_FOCUSED)) == ("coun", True)
        assert search.evaluate(TOP) == pytest.approx(before, abs=2)
        assert (name.input_value(), name.evaluate(IS_FOCUSED)) == ("Half a na", True)
        assert "in Redditch" in filtered.locator(".st-key-status").inner_text()

        # A load that failed, a file that was refused, and then a version that is damaged, leave
        # the last good one.
        last_load, started = places.published / LAST_LOAD_NAME, "2026-11-20T08:00:00Z"
        told: dict[str, object] = {"outcome": "failed", "started_at": started}
        last_load.write_text(json.dumps(told), encoding="utf-8")
        notice(filtered, "Update of 20 November 2026 failed its checks").wait_for()
        told = {"outcome": "published", "started_at": started, "refused": [{}]}
        last_load.write_text(json.dumps(told), encoding="utf-8")
        notice(filtered, "Update of 20 November 2026: 1 file was refused.").wait_for()
        damaged = Version(3, "wh-3-00000000.duckdb")
        (places.published / damaged.file_name).write_bytes(b"not a database")
        point_to(places, damaged)
        notice(filtered, "failed its checks; showing data to 30 September 2026").wait_for()
        assert line(filtered).get_by_text(second).count() == 1
        assert filtered.locator(".wm-card").count() > 0
        assert serious(filtered) == {}

        last_load.write_text('{"outcome": "published"}', encoding="utf-8")
        fourth = publish(places).name
        line(filtered).get_by_text(fourth).wait_for()
        settle(filtered)
        expect(filtered.locator(".wm-problem")).to_have_count(0)
        expect(notice(filtered, "refused")).to_have_count(0)


def test_a_filter_changed_while_a_version_arrives_is_not_lost(
    tab: Page, server: Server, places: Places
) -> None:
    open_at(tab, server, "/crime")
    tab.get_by_role("combobox", name="Area").click()
    tab.get_by_role("option", name="Redditch").click()
    arrived = publish(places).name
    line(tab).get_by_text(arrived).wait_for()
    tab.locator(".st-key-status", has_text="in Redditch").wait_for()
    tab.wait_for_url("**/crime?area=E07000236*")


def test_a_page_as_at_a_version_stays_and_its_address_opens_the_same(
    tab: Page, context: BrowserContext, server: Server, places: Places
) -> None:
    first = publish(places)
    publish(places)
    open_at(tab, server, "/crime?area=E07000236")
    tab.get_by_role("button", name="Earlier versions").press("Enter")
    tab.get_by_text(f"{first.number} November 2026, 09:00").click()
    as_at = f"You are looking at data as at {first.number} November 2026, not the newest"
    notice(tab, as_at).wait_for()
    assert f"as_at={first.name}" in tab.url
    settle(tab)
    assert serious(tab) == {}
    tab.get_by_role("link", name="Rural crime").first.click()
    tab.wait_for_url(f"**/rural?*as_at={first.name}*")
    line(tab).get_by_text(first.name).wait_for()
    with another(context) as copied:
        open_at(copied, server, tab.url.removeprefix(server.address))
        newest = publish(places).name
        notice(copied, ARRIVED).wait_for()
        assert line(copied).get_by_text(first.name).count() == 1
        copied.get_by_role("button", name="Show the newest").click()
        line(copied).get_by_text(newest).wait_for()
        assert "as_at" not in copied.url


@contextmanager
def watching(places: Places) -> Iterator[None]:
    """Run a watch over the inbox, and end that very process."""
    arguments = command("watch", "--as-of", "2026-11-01", places=places)
    with subprocess.Popen(
        arguments, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            yield
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


def test_what_lands_in_the_inbox_shows_on_an_open_page(tab: Page, tmp_path: Path) -> None:
    places = Places(tmp_path)
    write_street(places.inbox, "2026-08", 40)
    load(places)
    with serve(places.data_dir) as running, watching(places):
        open_at(tab, running, "/crime")
        card = tab.locator(".wm-card").first
        assert "40" in card.inner_text()
        write_street(places.inbox, "2026-09", 30)
        line(tab).get_by_text("wh-2-").wait_for()
        tab.locator(".wm-card", has_text="70").first.wait_for()
        notice(tab, ARRIVED).wait_for()
        (places.inbox / file_name("2026-09")).write_text("no header of ours\n", encoding="utf-8")
        notice(tab, "1 file was refused.").wait_for()
        assert "70" in card.inner_text()
        write_street(places.inbox, "2026-09", 35)
        tab.locator(".wm-card", has_text="75").first.wait_for()
        notice(tab, "refused").wait_for(state="detached")
