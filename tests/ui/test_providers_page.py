"""The page on providers, run without a browser over two services worked out by hand."""

from pathlib import Path

import pytest

from dashboard.metrics.metric import Choice
from dashboard.ui.numbers import Numbers
from dashboard.ui.provider_profile import framework, profile
from dashboard.warehouse import open_warehouse
from tests.support.provider_rows import write_providers
from tests.support.tiny_cells import YEAR
from tests.support.tiny_directory import add_directory, remove_directory
from tests.support.tiny_warehouse import BROMSGROVE, write_version
from tests.ui.conftest import Run, words

PAGE = "pages/review/providers.py"
ALL = "All on one page"
CHOSEN = Choice().during(*YEAR)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with two commissioned services."""
    write_providers(tmp_path)
    return tmp_path


def test_the_answer_gives_people_pairs_returns_and_contracts(run: Run) -> None:
    shown = words(run(PAGE))
    assert "Showing 2 commissioned services of 2 providers" in shown
    assert "Support started for 350 people; 40% of cases closed have scores at entry" in shown
    assert "so that what scores say of change is unsafe" in shown
    assert "60% of returns came on time and valid; 2 contracts end within twelve months." in shown


def test_every_question_is_answered(run: Run) -> None:
    app = run(PAGE, view=ALL)
    assert not app.exception
    shown = words(app)
    for said in (
        "2 commissioned services by the same measures",
        "Harbour: profile, October 2025 to September 2026",
        "Returns and referrals differ most for Helpline, by +20",
        "One of 2 services shown pair half of their scores: 75% improved",
        "One of 2 scales clearly better at exit",
        "Of 1 service, none above, one within and none below the band",
        "Wait from referral to first contact: a median of 2 working days everywhere",
        "Cost per person newly supported: highest for Helpline, £300",
        "Two contracts end within twelve months, one of them within six: £100,000 a year",
        "Spend on services: highest for Ministry of Justice, core, 60 thousand pounds",
        "Spend beside need, crime by crime",
    ):
        assert said in shown, said


def test_the_framework_holds_every_service_to_the_same_measures(data_dir: Path) -> None:
    chart = framework(Numbers(open_warehouse(data_dir)), CHOSEN)
    assert chart.period == "October 2025 to September 2026"
    assert chart.source.startswith("referrals, outcome scores, quarterly returns and funding")
    table = chart.table
    helpline, safe_house = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    assert helpline["People newly supported"] == "300"
    assert helpline["Use of capacity"] == "95%, within the band"
    assert helpline["Better at exit"] == "75%"
    assert safe_house["Better at exit"] == "75%, unsafe"
    assert safe_house["Pounds a person newly supported"] == "[c]"
    assert safe_house["Wait to first contact, median days"] is None


def test_the_profile_is_one_table_with_contract_measures_and_outputs(data_dir: Path) -> None:
    chart = profile(Numbers(open_warehouse(data_dir)), CHOSEN, "P-1")
    assert chart.headline == "Lantern: profile, October 2025 to September 2026"
    assert chart.subtitle == "The last 2 returns: 1 late, 1 on time. Website not checked."
    rows = {row[0]: row[1:] for row in chart.table.rows}
    assert rows["Contract"][0] == "1 April 2024 to 31 March 2027; can be extended by 12 months"
    assert rows["People newly supported"] == ("300", None, "175")
    assert rows["Contacts, as returned"][0] == "1,234"


def test_a_provider_is_opened_by_its_address(run: Run) -> None:
    shown = words(run(PAGE, view="Profile", provider="P-1"))
    assert "Lantern: profile" in shown
    shown = words(run(PAGE, view="Profile", provider="<b>nobody</b>"))
    assert "Harbour: profile" in shown
    assert "nobody" not in shown


def test_an_area_does_not_bear_on_services(run: Run) -> None:
    app = run(PAGE, view=ALL, area=BROMSGROVE)
    assert not app.exception
    assert "not held by area" not in words(app)


@pytest.mark.slow
@pytest.mark.parametrize(
    "parameters",
    [
        {"period": "latest_quarter"},
        {"from": "2025-01", "to": "2025-03"},
        {"compare": "similar_forces"},
    ],
    ids=str,
)
def test_no_choice_breaks_the_page(run: Run, parameters: dict[str, str]) -> None:
    app = run(PAGE, view=ALL, **parameters)
    assert not app.exception
    assert words(app).count("<h1>") == 1


def test_without_services_the_page_says_so(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "published").glob("*.duckdb"):
        path.unlink()
    path = write_version(tmp_path, number=2)
    add_directory(path)
    remove_directory(path)
    app = run(PAGE, view=ALL)
    assert not app.exception
    assert "No commissioned service is in the directory." in words(app)
