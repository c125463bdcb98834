"""Files are offered to those who may take them away, and only while each can be recorded."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.audit import audit_folder
from dashboard.ui import downloads
from tests.support.leaving import leaving, recorded
from tests.ui.conftest import words

REFUSAL = "The export could not be recorded, so it was not made."
OFFERED = ["Picture for print (PNG)", "Picture that scales (SVG)", "Table (CSV)", "Table (Excel)"]
MENU = """
from dashboard.ui import downloads
from tests.support.leaving import chart_of
downloads.menu(chart_of(("Redditch", 15)), "figure")
"""
TEMPLATE = """
from dashboard.ui import downloads
from schemas.supplied.contracts import contract
downloads.template(contract("vrr"), key="template")
"""
PAPER = """
from dashboard.export import Document
from dashboard.ui import downloads
from tests.support.leaving import chart_of
made = Document("board-paper", b"PK", (chart_of(("Redditch", 15)),))
downloads.documents({"docx": made, "pptx": made}, {"docx": "Word", "pptx": "Slides"}, key="paper")
"""


def shown(script: str) -> AppTest:
    """Return the part of a page that offers files, with its menu open."""
    app = AppTest.from_string(script, default_timeout=30)
    app.session_state["menu_figure"] = True
    return app.run()


def offered(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


@pytest.fixture(autouse=True)
def served(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny version, read by the development viewer."""
    monkeypatch.setenv("WM_DATA_DIR", str(data_dir))
    monkeypatch.setenv("WM_MODE", "development")


def test_a_figure_is_offered_in_each_format_and_nothing_is_recorded_yet(data_dir: Path) -> None:
    assert offered(shown(MENU)) == OFFERED
    assert recorded(data_dir) == []


def test_a_paper_is_offered_in_each_format_that_was_made() -> None:
    assert offered(shown(PAPER)) == ["Word", "Slides"]


@pytest.mark.parametrize("script", [MENU, TEMPLATE, PAPER])
def test_b85_nothing_is_offered_that_cannot_be_recorded_and_the_page_says_why(
    data_dir: Path, script: str
) -> None:
    (data_dir / "audit").mkdir()
    audit_folder(data_dir).touch()
    app = shown(script)
    assert offered(app) == []
    assert words(app).count(REFUSAL) == 1


@pytest.mark.parametrize("script", [MENU, TEMPLATE, PAPER])
def test_a_reader_without_the_right_gets_no_menu(
    monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.delenv("WM_MODE")
    app = shown(script)
    assert (offered(app), app.get("popover"), words(app)) == ([], [], "")


@pytest.mark.parametrize(("now", "role"), [("staff", "staff"), ("viewer", "viewer"), (None, None)])
def test_a_click_counts_with_the_role_of_that_moment(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, now: str | None, role: str | None
) -> None:
    roles = data_dir / "roles.toml"
    named = f'"viewer@example.org" = "{now}"' if now else ""
    roles.write_text(f'[readers]\n"analyst@example.org" = "analyst"\n{named}\n')
    monkeypatch.setenv("WM_MODE", "production")
    monkeypatch.setenv("WM_SIGN_IN", "header")
    monkeypatch.setenv("WM_ROLES_FILE", str(roles))
    told = {"remote_user": "viewer@example.org"}
    assert downloads.as_of_now(leaving(data_dir), told).role == role
    assert downloads.as_of_now(leaving(data_dir), {}).role is None
