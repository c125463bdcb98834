"""The planted secret is on no page: not in what the server sends, nor in any picture or name."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocket

from dashboard.access import PAGES, PageEntry
from pipelines.places import Places
from tests.browser.conftest import Server, open_at, serve, settle
from tests.support.planted import traces

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Reader:
    """A reader who goes from page to page in one tab, and what the server sends to it."""

    tab: Page
    server: Server
    frames: list[bytes]

    def go_to(self, entry: PageEntry) -> bytes:
        """Open a page, by its address or from the page before, and return what came with it."""
        self.frames.clear()
        if self.tab.url == "about:blank":
            open_at(self.tab, self.server, f"/{entry.path}")
        else:
            links = self.tab.get_by_test_id("stSidebar")
            links.get_by_role("link", name=entry.title, exact=True).click()
            heading = self.tab.get_by_role("heading", level=1)
            heading.get_by_text(entry.question, exact=True).wait_for()
            settle(self.tab)
        return b"".join(self.frames)


@pytest.fixture(scope="module")
def reader(planted: Places, context: BrowserContext) -> Iterator[Reader]:
    """Return a reader of a server over a load that hides the secret."""
    frames: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda sent: frames.append(_as_bytes(sent)))

    tab = context.new_page()
    tab.on("websocket", listen)
    with serve(planted.data_dir) as running:
        yield Reader(tab, running, frames)
    tab.close()


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_it_is_not_in_what_a_page_is_sent(reader: Reader, entry: PageEntry) -> None:
    sent = reader.go_to(entry)
    assert escape(entry.question).encode() in sent, "the page was sent nothing to be searched"
    assert traces(sent) == []
    assert traces(reader.tab.content().encode()) == []


def _as_bytes(sent: str | bytes) -> bytes:
    return sent.encode() if isinstance(sent, str) else sent
