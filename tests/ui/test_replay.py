"""A figure in a paper is made again from its recipe, whatever it rests on besides its address."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.papers.draft import Item
from dashboard.papers.rebuild import Asked, Found
from dashboard.reader import Reader
from dashboard.ui.replay import replay
from dashboard.workspace import baskets
from tests.ui.conftest import Run, words
from tests.ui.test_planner_page import ADD, press, write_with_services

pytestmark = pytest.mark.slow  # each test runs whole pages, several times over

OWNER = "development"
VIEWER = Reader("viewer@example.org", "A viewer", "viewer", "known")
GAPS, PLANNER = "pages/understand/gaps.py", "pages/plan/planner.py"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with services, towns and people beyond the border."""
    write_with_services(tmp_path)
    return tmp_path


def add(app: AppTest, figure: str) -> AppTest:
    """Press “Add to Board paper” of one figure."""
    app.button(key=f"add_{figure}").click().run()
    assert not app.exception
    assert "in your paper" in words(app)
    return app


def kept(data_dir: Path) -> Item:
    """Return the one figure in the basket."""
    (item,) = baskets.read(data_dir, owner=OWNER).items
    return item


def again(data_dir: Path, item: Item) -> Found:
    """Return the figure made again from its recipe."""
    (found,) = replay([Asked(item.origin, item.chart.version)], data_dir=data_dir)
    return found


def layers(run: Run) -> AppTest:
    app = run(GAPS, view="Map")
    return app.checkbox(key="gap_map_towns").check().run()


def seeker(run: Run) -> AppTest:
    app = run(GAPS, view="Matrix")
    app.selectbox(key="gap_sex").select_index(1)
    return app.checkbox(key="gap_language").check().run()


def district(run: Run) -> AppTest:
    app = run(GAPS, view="One district", group="Sexual violence")
    return app.selectbox(key="gap_district").select_index(1).run()


def tried(run: Run) -> AppTest:
    app = run("pages/understand/needs.py", view="Assumptions")
    app.selectbox(key="needs_assumption").set_value("SUPPORT_DA").run()
    app.number_input(key="needs_value").set_value(20.0)
    press(app, "Try this value")
    app.query_params["view"] = "Districts"
    return app.run()


def signals(run: Run) -> AppTest:
    app = run()
    app.session_state["parts"] = "Every signal"
    return app.run()


def compared(run: Run) -> AppTest:
    app = run(PLANNER, view="Save and compare", change=ADD)
    app.text_input(key="planner_name").set_value("More in the north")
    code = press(app, "Save it").query_params["saved"]
    return app.multiselect(key="planner_beside").set_value([code]).run()


def best(run: Run) -> AppTest:
    return press(run(PLANNER, view="Best places"), "Find the best places")


CASES: dict[str, Callable[[Run], AppTest]] = {
    "gap_map": layers,
    "provision_matrix": seeker,
    "gap_profile": district,
    "cards_district": district,
    "layers_area_code": tried,
    "signals": signals,
    "planner_compared": compared,
    "planner_best": best,
}


@pytest.mark.parametrize("figure", CASES)
def test_what_the_address_does_not_hold_is_in_the_recipe(
    run: Run, data_dir: Path, figure: str
) -> None:
    add(CASES[figure](run), figure)
    item = kept(data_dir)
    found = again(data_dir, item)
    assert found.item is not None, found.problem
    assert found.item.chart == item.chart
    assert found.item.origin == item.origin
    bare = replace(item, origin=replace(item.origin, state={}))
    without = again(data_dir, bare).item
    assert without is None or without.chart != item.chart


def test_a_scenario_is_in_the_paper_as_it_changes_unmet_need(run: Run, data_dir: Path) -> None:
    add(run(PLANNER, view="Change", change=ADD), "cards_planner")
    item = kept(data_dir)
    assert item.origin.address["change"] == (ADD,)
    assert ("Cost of the changes", "+£45,000") in [row[:2] for row in item.chart.table.rows]
    found = again(data_dir, item).item
    assert found is not None
    assert found.chart == item.chart


def test_a_figure_that_is_not_there_and_a_page_that_fails_are_said(
    run: Run, data_dir: Path
) -> None:
    add(run("pages/understand/crime.py"), "control_recorded_crime_month")
    origin = kept(data_dir).origin
    version = kept(data_dir).chart.version
    other = replace(origin, figure="none")
    hostile = replace(origin, page="gaps", figure="x", state={"gap_sex": "<script>"})
    pruned = "wh-9-0badcafe"
    asked = [Asked(origin, version), Asked(other, version), Asked(hostile, version)]
    told = [each.problem for each in replay([*asked, Asked(origin, pruned)], data_dir=data_dir)]
    assert told == [
        "",
        "its page shows no such figure with these filters",
        told[2],
        f"version {pruned} cannot be shown",
    ]
    assert told[2]
    assert "<script>" not in told[2]


def test_the_same_figure_is_said_to_be_there_and_not_doubled(run: Run, data_dir: Path) -> None:
    app = run("pages/understand/crime.py")
    add(app, "control_recorded_crime_month")
    assert "Added: one figure in your paper." in words(app)
    add(app, "control_recorded_crime_month")
    assert "It is in your paper already: one figure in your paper." in words(app)
    add(app, "cards_1")
    assert "Added: two figures in your paper." in words(app)


def test_a_reader_who_may_not_write_papers_is_not_offered_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("basket", "planner_saved"):
        monkeypatch.setattr(f"dashboard.ui.{module}.current_reader", lambda _: VIEWER)
    labels = [each.label for each in run("pages/understand/crime.py").button]
    assert "Add to Board paper" not in labels
    saving = run(PLANNER, view="Save and compare", change=ADD)
    assert not saving.exception
    assert not {"Save it", "Open it", "Remove it"} & {each.label for each in saving.button}
    assert ADD in saving.code[0].value


def test_a_button_that_outlives_its_reader_s_role_does_nothing(
    run: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run("pages/understand/crime.py")
    monkeypatch.setattr("dashboard.ui.basket.current_reader", lambda _: VIEWER)
    app.button(key="add_cards_1").click().run()
    assert not app.exception
    assert baskets.read(data_dir, owner=VIEWER.key).items == ()
    assert baskets.read(data_dir, owner=OWNER).items == ()


def test_nothing_of_load_data_can_be_added(run: Run) -> None:
    assert not [each for each in run("pages/about/load.py").button if "Board" in each.label]
