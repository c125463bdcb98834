"""The page on the voice of the victim, run without a browser over the tiny answers."""

from pathlib import Path

import pytest

from tests.support.tiny_voice import VOICE, add_lessons
from tests.support.tiny_warehouse import BROMSGROVE, NORTH, OTHER, REDDITCH, write_version
from tests.ui.conftest import Run, words

PAGE = "pages/review/voice.py"
ALL = "All on one page"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with answers, complaints, reviews and a log of lessons."""
    add_lessons(write_version(tmp_path, cells=VOICE))
    return tmp_path


def test_the_answer_is_made_from_the_data(run: Run) -> None:
    shown = words(run(PAGE))
    assert "70% of those who answered are satisfied over all and 60%" in shown
    assert "19% of those asked answer, so read it as indicative." in shown
    assert "55% of complaints due were answered in ten working days." in shown
    assert "20% of reviews changed the decision." in shown
    assert "50% of older lessons are closed; one action is overdue." in shown


def test_who_answers_is_said_first(run: Run) -> None:
    shown = words(run(PAGE))
    assert shown.index("Response rate") < shown.index("Satisfied over all")
    assert "Indicative only: fewer than 20% answer." in shown
    assert "How many of those asked answer?" in shown


def test_every_question_is_answered(run: Run) -> None:
    app = run(PAGE, view=ALL)
    assert not app.exception
    shown = words(app)
    for said in (
        "Satisfaction by stage: being kept informed is lowest, 60%, with no clear difference from "
        "what was done and over all",
        "delay 60, information and updates 40 complaints",
        "Complaints within ten working days: answered in full is lowest, 55%",
        "Police: reviews that changed the decision, 20%; nothing to compare with a year earlier",
        "Prosecution service: reviews that changed the decision, too few to say",
        "delay 75%, information and updates 17% of themes noted",
        "Below the target 90%",
        "One action is overdue",
        "Heard less often than all (5.0 per 100 victims of recorded crime): Robbery (1.5)",
        "Not known: whether men and women",
        "Reviews asked for",
    ):
        assert said in shown, said


def test_what_an_action_is_stays_with_the_office(run: Run) -> None:
    assert "What the action is stays with the office" in words(run(PAGE, view="Lessons"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "parameters",
    [
        {"area": REDDITCH},
        {"area": [BROMSGROVE, REDDITCH]},
        {"area": NORTH},
        {"area": OTHER},
        {"type": "Shoplifting"},
        {"period": "latest_quarter"},
        {"from": "2025-01", "to": "2025-03"},
        {"compare": "similar_forces"},
        {"compare": "previous_period"},
    ],
    ids=str,
)
def test_no_choice_breaks_the_page(run: Run, parameters: dict[str, str | list[str]]) -> None:
    app = run(PAGE, view=ALL, **parameters)
    assert not app.exception
    assert words(app).count("<h1>") == 1


def test_a_district_has_its_own_satisfaction_and_the_rest_of_the_force(run: Run) -> None:
    shown = words(run(PAGE, area=BROMSGROVE, view="Satisfaction"))
    assert "75% of those who answered are satisfied over all" in shown
    assert "Satisfaction by stage" in shown


def test_with_nothing_loaded_the_page_says_so(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "published").glob("*.duckdb"):
        path.unlink()
    write_version(tmp_path, number=2, cells=VOICE[:0] or [VOICE[-1]])
    app = run(PAGE, view=ALL)
    assert not app.exception
    shown = words(app)
    assert "No survey of victims is loaded yet" in shown
    assert "Load the log of lessons first" in shown
