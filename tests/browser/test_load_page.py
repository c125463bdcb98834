"""A file is dropped, checked and sent, in a real browser; what it must not tell stays untold."""

import shutil
import stat
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, WebSocket, expect

from tests.browser.accessibility import serious
from tests.browser.conftest import Server, open_at, serve, settle
from tests.support.street_files import file_name, street_csv
from tests.support.tiny_warehouse import write_version

pytestmark = pytest.mark.browser

MONTH = "2024-09"
NAME = file_name(MONTH)
CHECKING = "Checking the file"
ADDRESS = "jo.bloggs@example.org"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard over the tiny version, with a folder for what it writes for a moment only."""
    folder = tmp_path_factory.mktemp("load")
    (folder / "temporary").mkdir()
    write_version(folder)
    with serve(folder, TMPDIR=str(folder / "temporary")) as running:
        yield running


@pytest.fixture
def own(running: Server) -> Iterator[Server]:
    """That dashboard with nothing in its inbox; whatever a test does, it leaves nothing behind."""
    shutil.rmtree(running.data_dir / "inbox", ignore_errors=True)
    yield running
    assert list((running.data_dir / "temporary").iterdir()) == []


def drop(tab: Page, text: str, name: str = NAME) -> None:
    """Put a file into the box of the page."""
    file = FilePayload(name=name, mimeType="text/csv", buffer=text.encode())
    tab.locator("input[type=file]").set_input_files(file)


def received(tab: Page) -> list[str]:
    """Return a list that grows with what the server sends to this tab."""
    heard: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: heard.append(_text(frame)))

    tab.on("websocket", listen)
    return heard


def _text(frame: str | bytes) -> str:
    return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")


def test_a_good_file_is_sent_and_the_box_is_empty_again(tab: Page, own: Server) -> None:
    open_at(tab, own, "/load")
    drop(tab, street_csv(MONTH, 30))
    tab.get_by_text("No fault was found.").wait_for()
    tab.get_by_role("button", name="Send the file").click()
    tab.get_by_text(f"Sent as {NAME}.").wait_for()
    (sent,) = (own.data_dir / "inbox").iterdir()
    assert sent.read_text(encoding="utf-8") == street_csv(MONTH, 30)
    assert stat.S_IMODE(sent.stat().st_mode) == 0o600
    expect(tab.locator("[data-testid='stFileUploaderFile']")).to_have_count(0)


def test_each_fault_is_named_for_everyone_and_the_rest_is_sent_by_keyboard(
    tab: Page, own: Server
) -> None:
    open_at(tab, own, "/load")
    drop(tab, street_csv(MONTH, 30).replace(f"{MONTH},", "2024-13,", 1))
    tab.get_by_text("1 of 30 rows would be set aside.").wait_for()
    row = tab.get_by_role("row", name="line 2")
    assert "The month cannot be read" in row.inner_text()
    _assert_fits_and_axe_is_content(tab)
    send = tab.get_by_role("button", name="Send the file")
    assert send.is_disabled()
    tab.get_by_role("checkbox", name="Send it, although 1 of 30 rows").press("Space")
    expect(send).to_be_enabled()
    send.press("Enter")
    tab.get_by_text(f"Sent as {NAME}.").wait_for()


def _assert_fits_and_axe_is_content(tab: Page) -> None:
    for width in (1280, 390):
        tab.set_viewport_size({"width": width, "height": 900})
        settle(tab)
        assert serious(tab) == {}, width
        for part in ("[data-testid=stMain]", ".wm-folds"):
            at = f"document.querySelector('{part}')"
            assert tab.evaluate(f"{at}.scrollWidth - {at}.clientWidth") <= 0, (width, part)


def test_a_detail_of_a_person_is_refused_and_never_sent_back(tab: Page, own: Server) -> None:
    heard = received(tab)
    open_at(tab, own, "/load")
    lines = street_csv(MONTH, 30).strip().split("\n")
    drop(tab, "\n".join([f"{lines[0]},Contact", *(f"{each},{ADDRESS}" for each in lines[1:]), ""]))
    tab.get_by_text(f"{NAME} cannot be sent.").wait_for()
    settle(tab)
    shown = tab.locator("body").inner_text()
    assert "column Contact line 2 looks like an e-mail address" in shown
    assert tab.get_by_role("button", name="Send the file").count() == 0
    assert any("looks like an e-mail address" in frame for frame in heard)
    for text in (shown, tab.content(), *heard):
        assert "bloggs" not in text
    assert not (own.data_dir / "inbox").exists()


def test_20_000_rows_are_checked_while_the_page_says_so(tab: Page, own: Server) -> None:
    open_at(tab, own, "/load")
    drop(tab, street_csv(MONTH, 20_000))
    tab.get_by_text(CHECKING).wait_for()
    tab.get_by_text("20,000 rows read.").wait_for()
    settle(tab)
    expect(tab.get_by_text(CHECKING)).to_have_count(0)


def test_another_kind_of_file_is_turned_away(tab: Page, own: Server) -> None:
    open_at(tab, own, "/load")
    drop(tab, "MZ", "setup.exe")
    tab.get_by_text("files are not allowed").wait_for()
    assert tab.get_by_role("button", name="Send the file").count() == 0
