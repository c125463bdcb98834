"""The planted secret is on no page: not in what the server sends, nor in any picture or name."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, WebSocket

from dashboard.access import PAGES, PageEntry
from pipelines.places import Places
from tests.browser.conftest import Server, open_at, serve
from tests.support.planted import traces

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hiding(planted: Places) -> Iterator[Server]:
    """Return a server over a load that hides the secret."""
    with serve(planted.data_dir) as running:
        yield running


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_it_is_not_in_what_a_page_is_sent(tab: Page, hiding: Server, entry: PageEntry) -> None:
    frames: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda sent: frames.append(_as_bytes(sent)))

    tab.on("websocket", listen)
    open_at(tab, hiding, f"/{entry.path}")
    assert sum(map(len, frames)) > 10_000, "the page was sent nothing that could be searched"
    assert traces(b"".join(frames)) == []
    assert traces(tab.content().encode()) == []


def _as_bytes(sent: str | bytes) -> bytes:
    return sent.encode() if isinstance(sent, str) else sent
