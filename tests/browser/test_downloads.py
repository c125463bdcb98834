"""Downloads are made on the click, and are what they say."""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, WebSocket

from schemas.codes import SAMPLE_NOTICE
from tests.browser.conftest import Server, open_at

pytestmark = pytest.mark.browser
NAMES = {
    "Picture for print (PNG)": ".png",
    "Picture that scales (SVG)": ".svg",
    "Table (CSV)": ".csv",
    "Table (Excel)": ".xlsx",
}
FRAMES = 12
"""Messages in which the page has looked for news three times at least."""


def test_a_figure_downloads_as_real_bytes_in_each_format_and_waits_for_a_slow_browser(
    tab: Page, server: Server
) -> None:
    sockets: list[WebSocket] = []
    tab.on("websocket", lambda socket: sockets.append(socket))
    open_at(tab, server, "/crime")
    tab.get_by_role("button", name="Download").first.click()
    for name, ending in NAMES.items():
        button = tab.get_by_role("button", name=name)
        button.wait_for()
        with tab.expect_download() as waiting:
            button.click()
        download = waiting.value
        assert download.suggested_filename.endswith(ending)
        assert download.suggested_filename.startswith("recorded-crime")
        CHECKS[ending](Path(download.path()).read_bytes())
    for _ in range(FRAMES):
        sockets[-1].wait_for_event("framereceived")
    asked_late = tab.request.get(download.url)
    assert asked_late.body() == Path(download.path()).read_bytes()


def test_the_template_of_a_return_downloads_from_its_definition(tab: Page, server: Server) -> None:
    open_at(tab, server, "/definitions?view=Returns")
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Download the template (Excel)").click()
    assert waiting.value.suggested_filename == "referrals-template.xlsx"
    content = io.BytesIO(Path(waiting.value.path()).read_bytes())
    assert openpyxl.load_workbook(content).sheetnames[0] == "referrals"


def _is_picture(content: bytes) -> None:
    assert content.startswith(b"\x89PNG")
    assert len(content) > 20_000


def _is_drawing(content: bytes) -> None:
    assert b"<svg" in content
    assert SAMPLE_NOTICE.encode() in content or b"invented" in content


def _is_table(content: bytes) -> None:
    text = content.decode("utf-8-sig")
    assert SAMPLE_NOTICE in text
    assert "September 2026" in text or "2026-09" in text


def _is_workbook(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(SAMPLE_NOTICE in text for text in texts)


CHECKS = {".png": _is_picture, ".svg": _is_drawing, ".csv": _is_table, ".xlsx": _is_workbook}
