"""The page on the way of a victim, run without a browser over cells worked out by hand."""

from pathlib import Path

import pytest

from tests.support.journey_cells import COUNTS, WAITS
from tests.support.tiny_directory import add_directory
from tests.support.tiny_warehouse import BROMSGROVE, HOME, NORTH, OTHER, REDDITCH, write_version
from tests.ui.conftest import Run, words

PAGE = "pages/do/journey.py"
ALL = "All on one page"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with the cells of the way and a directory of services."""
    add_directory(write_version(tmp_path, cells=COUNTS, waits=WAITS))
    return tmp_path


def test_the_answer_says_what_became_of_the_referrals(run: Run) -> None:
    shown = words(run(PAGE))
    assert "Of referrals received in West Mercia, October 2025 to September 2026, 60%" in shown
    assert "20% chose not to have it, 10% could not be reached, 2% found no capacity" in shown
    assert "half were reached within 1 working day of the referral" in shown
    assert "60 people waited for support at the end of September 2026" in shown


def test_every_question_is_answered(run: Run) -> None:
    app = run(PAGE, view=ALL)
    assert not app.exception
    shown = words(app)
    for said in (
        "60% of 500 referrals led to support",
        "Nobody is followed from one to the next",
        "Referrals that led to support: 60% of 2026-27 Q1",
        "Of all referrals 20% declined support, 10% could not be reached",
        "Wait from referral to first contact: longest for S1",
        "At the end of September 2026 most of those waiting had waited up to two weeks: 40",
        "How many days lie between two services cannot be told",
        "No service of this kind is in the directory.",
        "referrals from courts and witness services, West Mercia",
    ):
        assert said in shown, said


@pytest.mark.slow
@pytest.mark.parametrize(
    "parameters",
    [
        {"area": BROMSGROVE},
        {"area": REDDITCH},
        {"area": NORTH},
        {"area": [BROMSGROVE, REDDITCH]},
        {"area": OTHER},
        {"area": HOME, "compare": "force_average"},
        {"period": "latest_quarter"},
        {"from": "2025-01", "to": "2025-03"},
        {"compare": "similar_forces"},
    ],
    ids=str,
)
def test_no_choice_breaks_the_page(run: Run, parameters: dict[str, str | list[str]]) -> None:
    app = run(PAGE, view=ALL, **parameters)
    assert not app.exception
    assert words(app).count("<h1>") == 1


def test_a_hidden_count_is_not_said_to_be_missing(run: Run) -> None:
    shown = words(run(PAGE, area=REDDITCH))
    assert "No total for Redditch" in shown
    assert "it is hidden to protect people" in shown


def test_with_few_figures_the_page_still_opens(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "published").glob("*.duckdb"):
        path.unlink()
    write_version(tmp_path, number=2)
    app = run(PAGE, view=ALL)
    assert not app.exception
    assert words(app).count("<h1>") == 1
