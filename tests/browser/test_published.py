"""What an open page does when the published data changes, fails or goes away."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

from schemas.published import LAST_LOAD_NAME, POINTER_NAME
from tests.browser.conftest import Server, get, open_at, serve, settle
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


def test_b73_a_damaged_version_leaves_the_last_good_one_with_a_banner(
    tab: Page, own_dir: Path
) -> None:
    broken = own_dir / "published" / "wh-2-deadbeef.duckdb"
    with serve(own_dir) as running:
        open_at(tab, running, "/")
        broken.write_bytes(b"not a database")
        (own_dir / "published" / POINTER_NAME).write_text(broken.name, encoding="utf-8")
        banner = tab.locator(".wm-problem")
        banner.wait_for()
        settle(tab)
        assert "failed its checks; showing data to 30 September 2026" in banner.inner_text()
        assert tab.locator(".wm-card").count() > 0


def test_a_load_that_failed_is_told_on_an_open_page(tab: Page, own_dir: Path) -> None:
    with serve(own_dir) as running:
        open_at(tab, running, "/")
        told = '{"outcome": "failed", "started_at": "2026-11-20T08:00:00Z"}'
        (own_dir / "published" / LAST_LOAD_NAME).write_text(told, encoding="utf-8")
        banner = tab.locator(".wm-problem")
        banner.wait_for()
        assert "Update of 20 November 2026 failed its checks" in banner.inner_text()


def test_every_answer_carries_the_security_headers(server: Server, browser: object) -> None:
    for path in ("/", "/healthz", "/_stcore/health", "/nowhere"):
        headers = {name.lower(): value for name, value in get(server.address + path)[2].items()}
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "same-origin", path
