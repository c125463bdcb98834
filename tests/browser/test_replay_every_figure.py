"""Every figure of every page and view is made again from its recipe, on the invented sample."""

from pathlib import Path

import pytest

from dashboard.access import PAGES
from dashboard.papers.codec import to_text
from dashboard.papers.draft import Origin
from dashboard.papers.rebuild import Asked
from dashboard.ui.replay import figures_of, replay
from dashboard.warehouse import current_version

pytestmark = pytest.mark.slow

ALL = "All on one page"
WITHOUT = ("board_paper", "definitions", "load")


@pytest.mark.parametrize("page", [each.key for each in PAGES if each.key not in WITHOUT])
def test_each_figure_of_a_page_is_made_again_as_it_was(
    sample_dir: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WM_DATA_DIR", str(sample_dir))
    monkeypatch.setenv("WM_MODE", "development")
    version = current_version(sample_dir)
    state = {"parts": ALL} if page == "overview" else {}
    whole = Origin(page=page, figure="", address={"view": (ALL,)}, state=state)
    shown = figures_of(Asked(whole, version))
    assert not isinstance(shown, str), shown
    assert len(shown) >= 5
    asked = [Asked(item.origin, version) for item in shown.values()]
    for item, found in zip(shown.values(), replay(asked, data_dir=sample_dir), strict=True):
        assert found.item is not None, (item.origin.figure, found.problem)
        assert to_text(found.item.chart) == to_text(item.chart), item.origin.figure
