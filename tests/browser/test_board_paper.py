"""A Board paper from a figure to a file, by keyboard, in a real browser."""

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import serious
from tests.browser.conftest import Server, open_at, serve, settle
from tests.support.leaving import recorded
from tests.support.tiny_warehouse import write_version

pytestmark = pytest.mark.browser

FIGURE = "control_recorded_crime_month"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A server of the tiny version whose workspace is written to."""
    write_version(tmp_path)
    with serve(tmp_path) as running:
        yield running


def test_figures_become_a_paper_in_order_and_leave_as_a_document(tab: Page, own: Server) -> None:
    open_at(tab, own, "/crime")
    # Focus and key in one step: a run in between would take the focus away.
    tab.locator(f".st-key-add_{FIGURE} button").press("Enter")
    tab.get_by_text("Added: one figure in your paper.").wait_for()
    tab.locator(".st-key-add_cards_1 button").press("Enter")
    tab.get_by_text("Added: two figures in your paper.").wait_for()
    settle(tab)
    assert serious(tab) == {}
    tab.get_by_role("link", name="Open your Board paper").last.click()
    tab.get_by_label("Title of the paper").fill("Autumn")
    tab.keyboard.press("Tab")
    tab.get_by_text("“Autumn” has two figures.").wait_for()
    settle(tab)
    tab.get_by_role("button", name="Move 2 up").press("Enter")
    tab.get_by_text("is now number 1 of 2.").wait_for()
    settle(tab)
    assert "Move 1 up" in tab.evaluate("document.activeElement.innerText")
    assert serious(tab) == {}
    tab.get_by_role("tab", name="Documents").click()
    tab.get_by_role("button", name="Make the documents").press("Enter")
    tab.get_by_text("The documents are ready.").wait_for()
    settle(tab)
    assert serious(tab) == {}
    assert not recorded(own.data_dir)
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Download for Word").press("Enter")
    content = Path(waiting.value.path()).read_bytes()
    headings = [
        each.text
        for each in docx.Document(io.BytesIO(content)).paragraphs
        if each.style is not None and each.style.name == "Heading 1"
    ]
    assert "measures" in headings[0]
    assert headings[1].startswith("Recorded crime lay above")
    (line,) = recorded(own.data_dir)
    assert line["what"] == waiting.value.suggested_filename
