"""A headless Chromium that says when a page's words stood there and when it was drawn."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

_PROBE: Final = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
_CARD: Final = '[data-testid="stMetric"], .wm-card'
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_FLAGS: Final = (
    "--no-sandbox",
    # No graphics card: the map is drawn by software, for ours and for the other alike.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # Nothing outside this machine is asked for, and nothing waits for an answer from there.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@dataclass(frozen=True)
class Load:
    """Seconds from asking for a page to its words and cards, and to its last change."""

    words: float
    drawn: float


class TookTooLong(Exception):
    """The page was not drawn in the time allowed."""


def chromium() -> str | None:
    """Return the path of the machine's own Chromium, or None when it has none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def open_browser(*, patience: float) -> Iterator["Reader"]:
    """Give a reader with an empty browser cache, who waits `patience` seconds for anything."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(_FLAGS))
        try:
            context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
            context.add_init_script(_PROBE)
            context.set_default_timeout(patience * 1000)
            yield Reader(context)
        finally:
            browser.close()


class Reader:
    """One person at one browser window. Raises TookTooLong from every method."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._page: Page | None = None
        self._received = 0

    def load(self, url: str) -> Load:
        """Open an address in a new tab, in place of the one before."""
        if self._page:
            self._page.close()
        self._page = self._context.new_page()
        self._page.on("websocket", lambda socket: socket.on("framereceived", self._count))
        with _patiently():
            self._page.goto(url, wait_until="commit")
        self.settle()
        return Load(self._note("cards"), self._note("change"))

    def rerun(self) -> None:
        """Run the page again with nothing changed (Streamlit's own key for it)."""
        with _patiently():
            self.page.locator("body").press("r")
        self.settle()

    def choose(self, label: str, option: str) -> float:
        """Add an option to a filter; return the seconds from the click to the last change."""
        with _patiently():
            box = self.page.get_by_role("combobox", name=label)
            box.click()
            box.fill(option)
            self.settle()
            self.page.get_by_role("option", name=option, exact=True).first.click()
        return self._redrawn()

    def take_back(self, label: str) -> float:
        """Take the last option out of a filter; return seconds as `choose` does."""
        with _patiently():
            self.page.get_by_role("combobox", name=label).press("Backspace")
        return self._redrawn()

    def settle(self) -> None:
        """Wait until all that was sent to the page is drawn."""
        with _patiently():
            self.page.wait_for_function("benchmarkProbe.isSettled()", polling=50)

    def wait_for(self, condition: str, values: list[str]) -> None:
        """Wait until a function in the page, given these values, says yes."""
        with _patiently():
            self.page.wait_for_function(condition, arg=values, polling=20)

    @contextmanager
    def another(self) -> Iterator["Reader"]:
        """Give a second window of the same browser, and close its tab afterwards."""
        second = Reader(self._context)
        yield second
        second.page.close()

    def received_kb(self) -> float:
        """Return the thousands of bytes that servers have sent over websockets so far."""
        return self._received / 1000

    def first_card(self) -> str:
        """Return the words of the first card, by which two views are told apart."""
        return self.page.locator(_CARD).first.inner_text()

    def chart_count(self) -> int:
        """Return how many charts and maps the page holds."""
        kinds = ("stPlotlyChart", "stDeckGlJsonChart")
        return sum(self.page.get_by_test_id(kind).count() for kind in kinds)

    def picture(self, path: Path) -> None:
        """Save what the reader sees, so that a person can check what was measured."""
        with _patiently():
            self.page.screenshot(path=path)

    @property
    def page(self) -> Page:
        """The open tab."""
        assert self._page is not None, "load a page first"
        return self._page

    def _count(self, frame: str | bytes) -> None:
        self._received += len(frame)

    def _redrawn(self) -> float:
        self.settle()
        return self._note("change") - self._note("input")

    def _note(self, name: str) -> float:
        """Return a moment that the page noted, in seconds since it was asked for."""
        return float(self.page.evaluate(f"benchmarkProbe.{name}")) / 1000


@contextmanager
def _patiently() -> Iterator[None]:
    """Say in our own words that the browser gave up waiting, or died."""
    try:
        yield
    except PlaywrightError as error:
        raise TookTooLong(str(error).splitlines()[0]) from error
