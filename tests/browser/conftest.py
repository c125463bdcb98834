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
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PROJECT = Path(__file__).parents[2]
START_SECONDS = 40


@dataclass(frozen=True)
class Server:
    """A running dashboard: its address and the folder whose `published/` it serves."""

    address: str
    data_dir: Path


@pytest.fixture(scope="session")
def sample_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder in which the invented sample is published."""
    folder = tmp_path_factory.mktemp("data")
    subprocess.run(
        [sys.executable, "-m", "pipelines", "sample", "--data-dir", str(folder)],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="session")
def server(sample_dir: Path) -> Iterator[Server]:
    """Return a server of the sample, shared by the tests that leave it as it is."""
    with serve(sample_dir) as running:
        yield running


@contextmanager
def serve(data_dir: Path, *, mode: str = "development") -> Iterator[Server]:
    """Start the dashboard as `make run` does, and stop that very process afterwards."""
    port = _free_port()
    environment = {**os.environ, "WM_DATA_DIR": str(data_dir), "WM_MODE": mode}
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "asgi.py", "--server.port", str(port)],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(address)
        yield Server(address, data_dir)
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium; skip, or fail where one is required, when there is none."""
    found = os.environ.get("WM_CHROMIUM") or _installed_chromium()
    if not found:
        reason = "no Chromium: install one or name it in WM_CHROMIUM"
        if os.environ.get("WM_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        arguments = [
            "--no-sandbox",
            "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader",
            "--disable-background-networking",
            "--disable-component-update",
        ]
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a fresh browser context, 1280 px wide. axe needs the policy of the page set aside."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, bypass_csp=True, accept_downloads=True
    )
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    """Return an empty tab."""
    return context.new_page()


def open_at(tab: Page, server: Server, path: str) -> None:
    """Open a path and wait until its run has ended."""
    tab.goto(server.address + path)
    tab.locator("h1").wait_for()
    settle(tab)


def settle(tab: Page) -> None:
    """Wait until the server has nothing more to say to this tab."""
    tab.wait_for_timeout(150)
    tab.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for()


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


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_up(address: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            if get(f"{address}/_stcore/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"the dashboard did not start within {START_SECONDS} seconds")
