"""The data dictionary as readers see it, run without a browser."""

import re
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from schemas.supplied.contracts import CONTRACTS, contract
from schemas.supplied.dictionary import entry
from tests.ui.conftest import words


@pytest.fixture(autouse=True)
def _as_someone_who_may_download(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WM_DATA_DIR", str(data_dir))
    monkeypatch.setenv("WM_MODE", "development")


def dictionary() -> AppTest:
    """Return the part of the Definitions page that shows one table, on its own."""
    script = "from dashboard.ui import dictionary\ndictionary.show(None, None)"
    return AppTest.from_string(script, default_timeout=30).run()


def test_every_table_can_be_chosen() -> None:
    assert dictionary().selectbox[0].options == [each.title for each in CONTRACTS]


@pytest.mark.parametrize("table", ["referrals", "ref_commitment", "provider_returns"])
def test_a_table_shows_its_fields_and_rules_and_offers_its_template(table: str) -> None:
    app = dictionary()
    app.selectbox[0].select(table).run()
    assert not app.exception
    text, told = re.sub(r"<[^>]+>", "", words(app)), entry(contract(table))
    assert all(f"{each.name}{escape(each.meaning)}" in text for each in told.fields)
    assert all(f"{each.column}{each.rule_id or '–'}{each.level}" in text for each in told.rules)
    (button,) = app.get("download_button")
    assert button.proto.label == "Download the template (Excel)"


def test_only_tables_about_people_speak_of_their_protection() -> None:
    app = dictionary()
    assert "Rows are about people" in words(app)
    app.selectbox[0].select("funding").run()
    assert "Rows are about people" not in words(app)
