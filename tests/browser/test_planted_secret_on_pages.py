"""The planted secret is on no page: not in what the server sends, nor in any picture or name."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, WebSocket

from dashboard.access import PAGES, PageEntry
from pipelines.places import Places
from tests.browser.conftest import Server, open_at, serve
from tests.support.loading import load
from tests.support.planted import traces, write_planted_files
from tests.support.street_files import write_street

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server over a load that hides the secret."""
    places = Places(tmp_path_factory.mktemp("planted") / "data")
    write_planted_files(places.inbox)
    for number in range(4, 10):
        write_street(places.inbox, f"2026-{number:02d}", 20)
    load(places)
    with serve(places.data_dir) as running:
        yield running


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_it_is_not_in_what_a_page_is_sent(
    context: BrowserContext, planted: Server, entry: PageEntry
) -> None:
    tab = context.new_page()
    frames: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda sent: frames.append(_as_bytes(sent)))

    tab.on("websocket", listen)
    open_at(tab, planted, f"/{entry.path}")
    tab.wait_for_timeout(1500)
    assert sum(map(len, frames)) > 10_000, "the page was sent nothing that could be searched"
    assert traces(b"".join(frames)) == []
    assert traces(tab.content().encode()) == []


def _as_bytes(sent: str | bytes) -> bytes:
    return sent.encode() if isinstance(sent, str) else sent
