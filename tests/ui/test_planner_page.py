"""The capacity planner, run without a browser over the tiny file with services and towns in it."""

import sqlite3
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.workspace.database import FILE_NAME
from tests.support.tiny_cells import cell
from tests.support.tiny_gap import add_gap
from tests.support.tiny_warehouse import BROMSGROVE, HOME, REDDITCH, write_version
from tests.ui.conftest import Run, words

pytestmark = pytest.mark.slow  # each test runs whole pages, several times over

PAGE = "pages/plan/planner.py"
ALL = "All on one page"
ADD = "add.site.north-town.DA.90.45000"
END = "end.S-V"
CELLS = [
    cell("people_supported", HOME, 400, "priority_flag", "DA"),
    cell("people_supported", BROMSGROVE, 20, "priority_flag", "DA"),
    cell("people_supported", REDDITCH, None, "priority_flag", "DA"),
]
"""Of 400 in need in Bromsgrove 20 are supported, of 800 in Redditch a hidden number."""
TOWNS = (
    ("North Town", REDDITCH, 52.4, -2.0, 1),
    ("South Town", BROMSGROVE, 52.3, -2.0, 2),
    ("Far Town", BROMSGROVE, 52.9, -2.0, 3),
)


def write_with_services(data_dir: Path, number: int = 1) -> None:
    """Publish the tiny version with services and three towns."""
    path = write_version(data_dir, number=number, cells=CELLS)
    add_gap(path)
    with duckdb.connect(str(path)) as connection:
        connection.executemany("insert into dim_town values (?, ?, ?, ?, ?)", TOWNS)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with services, towns and people beyond the border."""
    write_with_services(tmp_path)
    return tmp_path


def press(app: AppTest, label: str) -> AppTest:
    """Press the one button of this name."""
    (button,) = (each for each in app.button if each.label == label)
    return button.click().run()


def asked(app: AppTest, name: str) -> list[str]:
    """Return what the address says under a name."""
    held = app.query_params.get(name, [])
    return [held] if isinstance(held, str) else list(held)


def test_it_starts_from_today(run: Run) -> None:
    app = run(PAGE)
    shown = words(app)
    assert "(domestic abuse) in West Mercia is estimated at 800 (−100 to 2,600) people" in shown
    assert "As today" in shown
    assert "None yet: everything is as it is today." in shown
    assert "Where the places go" not in shown


def test_every_part_is_shown_with_a_scenario(run: Run) -> None:
    app = run(PAGE, view=ALL, change=[ADD, END])
    assert not app.exception
    shown = words(app)
    for said in (
        "These 2 changes: unmet need (domestic abuse)",
        "Modelled, not measured",
        "Add 90 places a year at North Town for domestic abuse, £45,000 a year",
        "End Visits",
        "What do we change, and where does unmet need fall or rise?",
        "People a year more, or fewer, whom services can help, domestic abuse",
        "Who has help within reach?",
        "[z]: nobody has a site within reach, which is not zero.",
        "For whom is there more, or less?",
        "Groups overlap, and are never added up.",
        "Where would more places do most?",
        "Which scenario does most?",
    ):
        assert said in shown, said
    assert app.code[0].value.endswith(
        "?group=Domestic+abuse&change=add.site.north-town.DA.90.45000&change=end.S-V"
    )


def test_the_headline_says_what_one_change_does(run: Run) -> None:
    shown = words(run(PAGE, change=ADD))
    assert "Add 90 places a year at North Town for domestic abuse, £45,000 a year: " in shown
    assert "in Redditch falls by 60 people a year, from a hidden figure to hidden, between" in shown
    assert "In West Mercia it is 87 less." in shown
    assert "Today 800 (−100 to 2,600); with the changes the range still includes zero." in shown
    assert "£519 for each person more." in shown


def test_a_form_makes_a_change_and_a_button_takes_it_out(run: Run) -> None:
    app = run(PAGE)
    app.number_input(key="planner_capacity").set_value(90)
    app.number_input(key="planner_cost").set_value(45_000)
    app = press(app, "Make this change")
    assert asked(app, "change") == [ADD]
    assert "1. Add 90 places a year at North Town" in words(app)
    app = press(app, "Take out 1")
    assert asked(app, "change") == []
    assert "Nothing is changed yet." in words(app)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (
            "Add help by telephone, online or at home",
            "by telephone, online or at home in West Mercia",
        ),
        ("Move a site of a service", "Move Advocates from South Town to North Town"),
        (
            "Move outreach or other help without a site",
            "Move the outreach and remote help of Helpline to all of West Mercia",
        ),
        ("Give a service more places", "60 places a year more at Advocates"),
        ("Give a service fewer places", "60 places a year fewer at Advocates"),
        ("End a service", "End Advocates"),
    ],
)
def test_each_kind_of_change_has_a_form(run: Run, way: str, said: str) -> None:
    app = run(PAGE)
    app.selectbox(key="planner_way").select(way).run()
    app = press(app, "Make this change")
    assert not app.exception
    assert said in words(app)
    assert "is not counted" not in words(app)


def test_a_form_without_a_group_says_what_is_missing(run: Run) -> None:
    app = run(PAGE)
    app.multiselect(key="planner_groups_DA").set_value([])
    app = press(app, "Make this change")
    assert "Choose at least one priority group." in words(app)
    assert asked(app, "change") == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"change": "nonsense"},
        {"change": ["end.S-9", "move.S-V.x.north-town.0", "add.site.atlantis.DA.5.0"]},
        {"change": "grow.S-C.10.0"},
        {"change": ["end.S-A"] * 30},
        {"group": "Nobody"},
        {"group": "Rural"},
        {"saved": "x' or 1=1"},
        {"view": "Elsewhere"},
    ],
    ids=str,
)
def test_no_address_breaks_the_page(run: Run, parameters: dict[str, str | list[str]]) -> None:
    app = run(PAGE, **parameters)
    assert not app.exception
    assert words(app).count("<h1>") == 1


def test_what_cannot_be_done_is_said(run: Run) -> None:
    shown = words(run(PAGE, change=["end.S-9", "grow.S-C.10.0"]))
    assert "Change 1 is not counted: no service S-9 runs today." in shown
    assert "Change 2 is not counted: Circle states no capacity in the directory." in shown
    assert "nothing to plan with" in words(run(PAGE, group="Rural"))


def test_the_best_places_are_found_and_can_be_tried(run: Run) -> None:
    app = run(PAGE, view="Best places")
    app = press(app, "Find the best places")
    assert not app.exception
    shown = words(app)
    assert "1 new site of 120 places, domestic abuse, of 3 towns and sites of today" in shown
    assert "Best: North Town. Next best: South Town, 267 fewer people in need" in shown
    assert "The uncertainty of need is larger than the difference" in shown
    assert "The order is the same at the low and at the high estimate of need." in shown
    app = next(each for each in app.button if each.label.startswith("Try the best")).click().run()
    (change,) = asked(app, "change")
    assert change.startswith("add.site.")
    assert change.endswith(".DA.120.0")


def test_money_is_turned_into_places(run: Run) -> None:
    app = run(PAGE, view="Best places")
    app.radio(key="planner_best_way").set_value("By money").run()
    app.number_input(key="planner_best_cost").set_value(900)
    app.number_input(key="planner_best_sites").set_value(2)
    app = press(app, "Find the best places")
    assert "2 new sites of 55 places" in words(app)  # 111 places for £100,000
    app.number_input(key="planner_best_cost").set_value(99_999)
    app = press(app, "Find the best places")
    assert "pays for less than one place at each site" in words(app)


def test_a_scenario_is_saved_opened_from_its_link_and_compared(run: Run, data_dir: Path) -> None:
    app = run(PAGE, view="Save and compare", change=ADD)
    app.text_input(key="planner_name").set_value("More in the north")
    app = press(app, "Save it")
    assert "Saved as “More in the north”." in words(app)
    (code,) = asked(app, "saved")
    app.multiselect(key="planner_beside").set_value([code]).run()
    assert "“As shown here” lowers unmet need the most" in words(app)
    another = run(PAGE, saved=code)
    assert asked(another, "change") == [ADD]
    assert "Scenario “More in the north”." in words(another)
    assert "Made on version" not in words(another)


def test_a_link_to_a_saved_scenario_keeps_its_group(run: Run) -> None:
    change = "add.site.north-town.SV.5.0"
    app = run(PAGE, view="Save and compare", change=change, group="Sexual violence")
    app.text_input(key="planner_name").set_value("For others")
    (code,) = asked(press(app, "Save it"), "saved")
    for more in ({}, {"change": change}):  # as sent, and as it is when it was opened once
        opened = run(PAGE, saved=code, **more)
        assert "Showing sexual violence in West Mercia" in words(opened)
        assert "changed here" not in words(opened)


def test_a_scenario_of_another_version_says_what_differs(run: Run, data_dir: Path) -> None:
    app = run(PAGE, view="Save and compare", change=ADD)
    app.text_input(key="planner_name").set_value("More in the north")
    (code,) = asked(press(app, "Save it"), "saved")
    write_with_services(data_dir, number=2)
    path = next((data_dir / "published").glob("wh-2-*.duckdb"))
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update dim_assumption set central = 30 where assumption_id = 'SUPPORT_DA'"
        )
    shown = words(run(PAGE, saved=code))
    assert "What changed since it was saved." in shown
    assert "Assumption SUPPORT_DA: 40 then, 30 now." in shown
    assert "Unmet need of the force area before the changes: 800 then, 500 now." in shown


def test_a_name_that_cannot_be_kept_is_refused_in_words(run: Run) -> None:
    app = press(run(PAGE, view="Save and compare", change=ADD), "Save it")
    assert "Give the scenario a name" in words(app)


def test_a_damaged_workspace_leaves_the_page_and_links_working(run: Run, data_dir: Path) -> None:
    app = run(PAGE, view="Save and compare", change=ADD)
    app.text_input(key="planner_name").set_value("More")
    (code,) = asked(press(app, "Save it"), "saved")
    (data_dir / "workspace" / FILE_NAME).write_bytes(b"no database" * 500)
    for view in ("Change", "Save and compare"):
        broken = run(PAGE, saved=code, change=ADD, view=view)
        assert not broken.exception
        assert "restore it from the backup" in words(broken)
        assert "at North Town" in words(broken)


def test_nothing_a_reader_does_changes_the_published_file(run: Run, data_dir: Path) -> None:
    path = next((data_dir / "published").glob("*.duckdb"))
    before = path.read_bytes()
    app = run(PAGE, view="Save and compare", change=[ADD, END])
    app.text_input(key="planner_name").set_value("More")
    press(app, "Save it")
    assert path.read_bytes() == before
    with sqlite3.connect(data_dir / "workspace" / FILE_NAME) as held:
        assert held.execute("select count(*) from scenario").fetchone() == (1,)
    held.close()


def test_without_services_and_towns_the_page_still_says_where_need_stands(
    run: Run, tmp_path: Path
) -> None:
    for path in (tmp_path / "published").glob("*.duckdb"):
        path.unlink()
    write_version(tmp_path, number=2)
    app = run(PAGE, view=ALL)
    assert not app.exception
    assert "Nothing is changed yet." in words(app)
