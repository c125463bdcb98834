"""The page on gaps, run without a browser over the tiny file with people and services in it."""

from pathlib import Path

import duckdb
import pytest

from tests.support.tiny_cells import cell
from tests.support.tiny_directory import add_directory, remove_directory
from tests.support.tiny_warehouse import BROMSGROVE, HOME, NORTH, OTHER, REDDITCH, write_version
from tests.ui.conftest import Run, words

PAGE = "pages/understand/gaps.py"
ALL = "All on one page"
PEOPLE = [
    cell("referrals", HOME, 1_000),
    cell("referrals", HOME, 360, "priority_flag", "ELDER"),
    cell("people_supported", HOME, 250, "priority_flag", "DA"),
    cell("people_supported", BROMSGROVE, 50, "priority_flag", "DA"),
    cell("people_supported", REDDITCH, 200, "priority_flag", "DA"),
]
"""Of those in need after domestic abuse, 400 (100 to 1,000) live in Bromsgrove, twice as many in
Redditch: 50 and 200 are supported, so that 350 (50 to 950) and 600 (0 to 1,800) are not."""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with people and a directory of services."""
    add_directory(write_version(tmp_path, cells=PEOPLE))
    return tmp_path


def test_the_answer_says_where_the_gap_is_clear_and_where_it_is_not(run: Run) -> None:
    shown = words(run(PAGE))
    assert "Unmet need, domestic abuse: clear in Bromsgrove; the range includes zero in" in shown
    assert "No specialist in 7 of 10 pairs of a group and a district with need." in shown


def test_the_answer_and_the_map_say_the_same(run: Run) -> None:
    finding = "clear in Bromsgrove; the range includes zero in Redditch"
    shown = words(run(PAGE, view="Map"))
    assert shown.count(finding) == 2


def test_every_question_is_answered(run: Run) -> None:
    app = run(PAGE, view=ALL)
    assert not app.exception
    shown = words(app)
    for said in (
        "Which groups have no specialist help where they live?",
        "Specialist: made for the group.",
        "Services behind the row “Domestic abuse”: 2",
        "Where is need greater than provision?",
        "Confidential places have no point on any map",
        "Where within districts are need and access?",
        "no count of people is shown below a district",
        "What stands behind one district?",
        "Bromsgrove: a clear gap for 1 of 16 priority groups",
        "Who lives beyond reach of help?",
        "How far is within reach, and what if it were otherwise?",
        "Half an hour reaches 11.5 km from a town and 19.2 km from a rural place",
    ):
        assert said in shown, said


@pytest.mark.slow
@pytest.mark.parametrize(
    "parameters",
    [
        {"area": REDDITCH},
        {"area": NORTH},
        {"area": [BROMSGROVE, REDDITCH]},
        {"area": OTHER},
        {"group": "Rural"},
        {"group": "Older people"},
        {"group": "nonsense"},
        {"show": "Provision"},
        {"show": "Access", "group": "Stalking and harassment"},
        {"show": "Need for each place"},
        {"show": "Need", "group": "Learning disabled"},
        {"show": "<script>"},
        {"type": "Shoplifting"},
    ],
    ids=str,
)
def test_no_choice_breaks_the_page(run: Run, parameters: dict[str, str | list[str]]) -> None:
    app = run(PAGE, view=ALL, **parameters)
    assert not app.exception
    assert words(app).count("<h1>") == 1


def test_an_unknown_group_gives_a_notice_and_the_usual_one(run: Run) -> None:
    assert "Filter group not recognised; showing domestic abuse." in words(run(PAGE, group="x"))


def test_an_unknown_map_gives_a_notice_and_unmet_need(run: Run) -> None:
    shown = words(run(PAGE, view="Map", show="<b>x</b>"))
    assert "Filter show not recognised; showing unmet need." in shown
    assert "<b>x</b>" not in shown


def test_who_looks_for_help_changes_the_matrix(run: Run) -> None:
    app = run(PAGE)
    assert "Specialist*" in words(app)
    app.selectbox(key="gap_sex").set_value("M").run()
    shown = words(app)
    assert "for men and boys" in shown
    assert "Specialist*" not in shown


def test_a_layer_goes_on_and_off(run: Run) -> None:
    app = run(PAGE, view="Map")
    assert not app.checkbox(key="gap_map_outreach").value
    app.checkbox(key="gap_map_towns").check().run()
    assert not app.exception
    assert "Towns: GeoNames, CC BY 4.0." in words(app)


def test_a_district_is_chosen_by_keyboard(run: Run) -> None:
    app = run(PAGE, view="One district")
    app.selectbox(key="gap_district").set_value(REDDITCH).run()
    shown = words(app)
    assert "Redditch: a clear gap for" in shown
    assert "Safe house" in shown


def test_what_is_assumed_of_journeys_is_tried_and_taken_back(run: Run, data_dir: Path) -> None:
    (path,) = (data_dir / "published").glob("*.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "insert into dim_assumption (assumption_id, name, central, unit, status) "
            "values ('TRAVEL_DETOUR', 'Road over straight line', 1.3, 'ratio', 'DRAFT')"
        )
    app = run(PAGE, view="Journeys")
    app.number_input(key="gap_TRAVEL_DETOUR_1.3").set_value(2.6)
    next(each for each in app.button if each.label == "Try these values").click().run()
    shown = words(app)
    assert "Road over straight line, 2.6 instead of 1.3 ratio" in shown
    assert "Half an hour reaches 5.8 km from a town and 9.6 km from a rural place" in shown
    app.button(key="needs_forget_top").click().run()
    shown = words(app)
    assert "instead of" not in shown
    assert "Half an hour reaches 11.5 km from a town" in shown


def test_the_reach_of_kinds_of_help_is_told_one_with_the_other(run: Run) -> None:
    said = "Offices and centres alone leave 100% of residents beyond reach; with places of outreach"
    assert f"{said} it is 100%" in words(run(PAGE, view="Reach"))


def test_nothing_tells_where_a_confidential_place_is(run: Run) -> None:
    app = run(PAGE, view="Map")
    assert "Not drawn: Safe house." in words(app)


def test_without_a_directory_the_page_says_so(run: Run, data_dir: Path) -> None:
    for path in (data_dir / "published").glob("*.duckdb"):
        remove_directory(path)
    app = run(PAGE, view=ALL)
    assert not app.exception
    assert "no directory of services is loaded" in words(app)
