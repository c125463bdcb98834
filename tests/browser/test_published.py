"""What a page does when no data is published; when it changes or fails: test_live.py."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

from schemas.published import POINTER_NAME
from tests.browser.conftest import Server, get, open_at, serve
from tests.support.tiny_warehouse import write_version

pytestmark = pytest.mark.browser


@pytest.fixture
def own_dir(tmp_path: Path) -> Path:
    """A data folder that a test may change, with a tiny version published."""
    write_version(tmp_path)
    return tmp_path


def test_b72_a_missing_pointer_is_a_page_and_503_and_recovers(tab: Page, own_dir: Path) -> None:
    pointer = own_dir / "published" / POINTER_NAME
    kept = pointer.with_name("kept")
    with serve(own_dir) as running:
        assert get(f"{running.address}/healthz")[0] == 200
        shutil.move(pointer, kept)
        open_at(tab, running, "/crime")
        assert tab.locator("h1").inner_text() == "Data is not available"
        assert "ask " in tab.locator("body").inner_text()
        status, reason, _ = get(f"{running.address}/healthz")
        assert (status, reason.startswith("not ready: ")) == (503, True)
        shutil.move(kept, pointer)
        tab.locator(".wm-card").first.wait_for()
        assert get(f"{running.address}/healthz")[0] == 200


def test_every_answer_carries_the_security_headers(server: Server, browser: object) -> None:
    for path in ("/", "/healthz", "/_stcore/health", "/nowhere"):
        headers = {name.lower(): value for name, value in get(server.address + path)[2].items()}
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "same-origin", path
