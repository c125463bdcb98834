"""The page on the Victims' Code, over the tiny cells, with a checklist, duties and standards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.metrics.victims_code_duties import DUTIES
from dashboard.ui.filters import VIEW
from tests.support.tiny_cells import COUNTS, Cell, cell
from tests.support.tiny_code import add_code
from tests.support.tiny_warehouse import BROMSGROVE, HOME, OTHER, REDDITCH, write_version
from tests.ui.conftest import Run, words

PAGE = "pages/review/code.py"
ALL = "All on one page"


def _duties() -> Iterator[Cell]:
    """Of 200 updates of each kind 20 late and 20 with no record; of outcomes 40 and 40."""
    for duty in DUTIES[1:]:
        unrecorded = 40 if duty.stem == "outcome" else 20
        for splits in ((), ("enhanced", "Y"), ("owner", "POLICE"), ("event", "ARREST")):
            yield cell(f"{duty.stem}_due", HOME, 200, *splits)
            yield cell(f"{duty.stem}_missed", HOME, 2 * unrecorded, *splits)
            yield cell(f"{duty.stem}_unrecorded", HOME, unrecorded, *splits)
        yield cell(f"{duty.stem}_not_due", HOME, None)


CELLS = [
    *COUNTS,
    *_duties(),
    cell("code_victims", HOME, 1000),
    cell("written_confirmation", HOME, 900),
    cell("confirmation_waived", HOME, 30),
    cell("referral_agreed", HOME, 505),
    *(
        cell(f"referral_{state}", HOME, count, "enhanced", "Y")
        for state, count in (("due", 100), ("missed", 30), ("unrecorded", 20))
    ),
]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with duties of the Code and what the office keeps about it."""
    add_code(write_version(tmp_path, cells=CELLS))
    return tmp_path


def test_the_answer_says_what_is_in_time_and_what_has_no_record(run: Run) -> None:
    app = run(PAGE)
    assert not app.exception
    shown = words(app)
    assert "Referred to support within two working days: 72% of all that were due" in shown
    assert "with no record 20%." in shown
    assert "Updates to victims: 60% to 80% in time (least: court outcome)." in shown
    assert "Management information" in shown
    assert "Showing 1,000 victims in West Mercia, October 2025 to September 2026." in shown


def test_beside_each_headline_stand_no_record_and_of_those_recorded(run: Run) -> None:
    shown = words(run(PAGE))
    # 360 of 500 due are in time, 100 have no record: 360 of 400 recorded.
    assert "No record 20%; of those recorded 90% in time." in shown
    # Of outcomes 120 of 200 are in time and 40 have no record: 120 of 160.
    assert "No record 20%; of those recorded 75% in time." in shown


SAID = {
    "In time": (
        "Done in time: 60% to 80%, least for court outcome; no record: 10% to 20%",
        "Not due yet, and in none of these shares: referral [c]",
        "Written confirmation was waived to keep 30 victims safe",
    ),
    "Change": ("Told of a decision not to investigate in time",),
    "At court": ("Told of hearings in time",),
    "Rights": (
        "Seven of twelve rights have a measure; rights 1, 2, 5, 10 and 11 have none",
        "No measure: nothing that is sent says if it is given",
    ),
    "Agencies": ("Updates to victims, by agency", "duties of the police alone"),
    "Areas": ("A funnel needs the shares of three places or more",),
    "Crimes": ("Groups of few victims are hidden [c]",),
    "Needs and statements": ("Enhanced rights come from the assessment of needs",),
    "Complaints": ("Acknowledged and answered in full are two things",),
    "Checklist": (
        "All who give it hold evidence of two of four rights",
        "1 June 2026; review was due 1 September 2026",
        "0 of 1 providers tell of the Code on their website; 0 do not, 1 not known",
    ),
    "Law and standards": (
        "one in force, two passed but not in force and one not checked",
        "2 standards are in force; 1 of another time are kept",
        "16 November 2015 to 31 March 2021 (2015 Code)",
    ),
}


@pytest.mark.parametrize("view", SAID)
def test_each_question_is_answered(run: Run, view: str) -> None:
    app = run(PAGE, **{VIEW: view})
    assert not app.exception
    shown = words(app)
    for said in SAID[view]:
        assert said in shown, said


@pytest.mark.slow
@pytest.mark.parametrize(
    "parameters",
    [
        {"area": [BROMSGROVE, REDDITCH], "compare": "previous_period"},
        {"from": "2024-12", "to": "2025-03", "type": "Burglary"},
        {"area": OTHER, "period": "latest_quarter"},
    ],
    ids=str,
)
def test_no_choice_breaks_the_page(run: Run, parameters: dict[str, str | list[str]]) -> None:
    app = run(PAGE, **{VIEW: ALL}, **parameters)
    assert not app.exception


def test_what_is_hidden_is_said_to_be_hidden(run: Run) -> None:
    # Few of those due in Redditch were missed: at least 90 % are in time.
    shown = words(run(PAGE, area=REDDITCH))
    assert "Referred to support within two working days in Redditch: at least 90%" in shown
    assert "The updates are those of the whole force." in shown
    # Updates are not published for districts, and stand for the force.
    assert "Updates to victims: 60% to 80% in time" in shown


def test_every_question_stands_on_one_page_and_nothing_is_called_official(run: Run) -> None:
    app = run(PAGE, **{VIEW: ALL})
    assert not app.exception
    shown = words(app)
    assert (shown.count("<h1>"), shown.count("<h2>")) == (1, len(SAID))
    footer = "management information, not official statistics"
    assert "official" not in shown.lower().replace(footer, "")


def test_without_checklist_or_duties_the_page_says_so(run: Run, data_dir: Path) -> None:
    write_version(data_dir, 2, cells=CELLS)
    shown = words(run(PAGE, **{VIEW: "Checklist"}))
    assert "Rights with evidence held: not loaded. Load its source first." in shown
    assert "No duty is listed" in words(run(PAGE, **{VIEW: "Law and standards"}))
