"""What axe, run inside the page, finds wrong with it."""

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_STANDARD: Final = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS: Final = {
    "runOnly": _STANDARD,
    # Every rule runs; only what breaks one is written out, not each of the thousands that keep it.
    "resultTypes": ["violations"],
}


def serious(tab: Page) -> dict[str, list[str]]:
    """Return the first elements that break a rule seriously or critically, by rule."""
    # Its code is brought into a page once: it runs faster each time.
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(Axe().axe_script)
    found = tab.evaluate("options => axe.run(options)", _OPTIONS)
    return {
        each["id"]: [node["html"][:160] for node in each["nodes"][:3]]
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    }
