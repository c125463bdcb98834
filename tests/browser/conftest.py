"""A real server on a free port and a real Chromium, for the tests in this folder.

They skip with a reason where there is no browser; with WM_REQUIRE_BROWSER=1 they fail instead.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from dashboard.access import EVERYONE
from tests.support.tiny_warehouse import write_version

PROJECT = Path(__file__).parents[2]
PATIENCE = 90
"""Seconds that anything may take on a machine that is busy with other work."""

FAULT = "[data-testid='stException']"
"""What stands where a page broke."""

_SETTLED = """() => {
    const all = (name) => [...document.querySelectorAll(`[data-testid='${name}']`)];
    const isDrawn = (chart) => {
        const drawing = chart.querySelector('.main-svg, canvas');
        const place = chart.closest("[data-testid='stElementContainer']");
        return drawing && Math.abs(drawing.getBoundingClientRect().width - place.clientWidth) < 2;
    };
    const isMoving = (each) =>
        each.playState === 'running' && each.effect.getComputedTiming().endTime !== Infinity;
    return all('stApp')[0]?.dataset.testScriptState === 'notRunning'
        && all('stSkeleton').length === 0
        && [...all('stPlotlyChart'), ...all('stDeckGlJsonChart')].every(isDrawn)
        && !document.getAnimations().some(isMoving);
}"""


@dataclass(frozen=True)
class Server:
    """A running dashboard: its address and the folder whose `published/` it serves."""

    address: str
    data_dir: Path


@pytest.fixture(scope="session")
def server(sample_dir: Path) -> Iterator[Server]:
    """Return a server of the sample, shared by the tests that leave it as it is."""
    with serve(sample_dir) as running:
        yield running


@pytest.fixture(scope="session")
def tiny_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the tiny version published, for tests that leave it as it is."""
    folder = tmp_path_factory.mktemp("tiny")
    write_version(folder)
    return folder


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server in production mode, whose proxy's header names a reader of each role."""
    folder = tmp_path_factory.mktemp("office")
    write_version(folder)
    with serve_by_role(folder) as running:
        yield running


@contextmanager
def serve_by_role(data_dir: Path) -> Iterator[Server]:
    """Start the dashboard as behind a single-sign-on proxy; `named` makes that proxy's header."""
    roles = data_dir / "roles.toml"
    lines = "".join(f'"{role}@example.org" = "{role}"\n' for role in sorted(EVERYONE))
    roles.write_text(f"[readers]\n{lines}", encoding="utf-8")
    settings = {"WM_SIGN_IN": "header", "WM_ROLES_FILE": str(roles)}
    with serve(data_dir, mode="production", **settings) as running:
        yield running


@contextmanager
def serve(
    data_dir: Path, *, mode: str = "development", script: str = "asgi.py", **settings: str
) -> Iterator[Server]:
    """Start the dashboard as `make run` does, and stop that very process afterwards.

    `settings` are further environment variables.
    """
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)],
        cwd=PROJECT,
        env={**os.environ, "WM_DATA_DIR": str(data_dir), "WM_MODE": mode, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(address, process)
        yield Server(address, data_dir)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium; skip, or fail where one is required, when there is none."""
    found = os.environ.get("WM_CHROMIUM") or _installed_chromium()
    if not found:
        reason = "no Chromium: install one or name it in WM_CHROMIUM"
        if os.environ.get("WM_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        arguments = [
            "--no-sandbox",
            "--disable-gpu",
            "--enable-unsafe-swiftshader",
            "--disable-background-networking",
            "--disable-component-update",
            # No menu under the address bar, which nobody types into: it would be loaded with
            # each tab, for a quarter of what it takes to open a page.
            "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
        ]
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser context, 1280 px wide. axe needs the policy of the page set aside.

    All tests of a worker share it: a browser that has the dashboard's code already opens a page
    in a third of the time.
    """
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, bypass_csp=True, accept_downloads=True
    )
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    """Return an empty tab of a reader who was never here."""
    context.clear_cookies()
    tab = context.new_page()
    yield tab
    tab.close()


def open_at(tab: Page, server: Server, path: str) -> None:
    """Open a path and wait until its page stands there whole."""
    tab.goto(server.address + path)
    tab.locator(f"h1, {FAULT}").first.wait_for()
    assert tab.locator(FAULT).count() == 0, tab.locator(FAULT).inner_text()
    settle(tab)


def named(reader: str | None) -> dict[str, str]:
    """Return the headers with which the proxy names a reader: a role's, another, or none."""
    if reader is None:
        return {}
    return {"X-Remote-User": reader if "@" in reader else f"{reader}@example.org"}


def settle(tab: Page) -> None:
    """Wait until all that was sent to this tab stands there and nothing moves any more.

    A run that has ended is not enough: the browser fetches the code of filters and charts when
    it first meets one, and shows a grey box until then, which no key reaches. Before a first run
    the page is not settled; after a click, wait first for something that only the new run shows.
    """
    tab.wait_for_function(_SETTLED, polling=100)


def get(address: str) -> tuple[int, str, dict[str, str]]:
    """Return status, body and headers of a plain request."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


def _installed_chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
    return next((path for name in names if (path := shutil.which(name))), None)


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_up(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if get(f"{address}/_stcore/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"the dashboard ended, or did not start within {PATIENCE} seconds")
