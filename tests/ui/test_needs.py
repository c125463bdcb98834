"""The page on need, run without a browser over the tiny version; figures worked out by hand."""

from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.workspace import tried
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH, write_version
from tests.ui.conftest import Run, words

PAGE = "pages/understand/needs.py"
VIEWS = (
    *("Layers", "Districts", "Never reported", "Who is missing", "Repeat and enhanced"),
    *("Harm and cost", "Equality", "Assumptions"),
)


def drawn(app: AppTest) -> str:
    """Return the words that stand for the drawings."""
    return " ".join(each.proto.alt for each in app.get("plotly_chart"))


def try_value(app: AppTest, code: str, value: float) -> AppTest:
    app.selectbox(key="needs_assumption").select(code).run()
    app.number_input(key="needs_value").set_value(value).run()
    return app.button(key="needs_try").click().run()


@pytest.mark.parametrize("view", VIEWS)
def test_every_part_runs(view: str, run: Run) -> None:
    app = run(PAGE, view=view)
    assert not app.exception
    assert words(app).count("<h2>") == 1


def test_the_answer_says_how_many_how_many_never_report_and_who_is_missing(run: Run) -> None:
    shown = words(run(PAGE))
    # 12% (6% to 24%) of 30,000; of domestic abuse 20% is reported.
    assert "An estimated 3,600 (1,800 to 7,200) people are affected" in shown
    assert "About 80% of domestic abuse is never reported." in shown
    # One in 120 referrals, and 28% of the estimate.
    assert "Clearly under-represented among referrals: domestic abuse." in shown


def test_layers_stand_side_by_side_with_what_they_lack(run: Run) -> None:
    app = run(PAGE, view="Layers")
    shown = words(app)
    assert "Recorded crime is not available from police.uk by priority group" in shown
    assert "Without an estimate of need and a count of people, no gap can be shown" in shown
    said = drawn(app)
    assert "Domestic abuse: 3,000 (1,500 to 6,000)" in said
    assert "Domestic abuse: 1,200 (300 to 3,000)" in said
    assert said.count("no published estimate") > 30


def test_the_group_that_is_chosen_is_shown_by_district(run: Run) -> None:
    app = run(PAGE, view="Districts")
    assert "Domestic abuse: without an estimate of need and a count of people" in words(app)
    app.selectbox(key="group").select("STALK").run()
    shown = words(app)
    assert "Stalking and harassment: without an estimate of need" in shown
    assert "Estimated need for support, stalking and harassment" in shown


def test_reports_of_the_force_never_stand_beside_one_district(run: Run) -> None:
    not_of_police = "Cyber: not available from police.uk"
    assert not_of_police not in drawn(run(PAGE, view="Layers"))
    assert not_of_police in drawn(run(PAGE, view="Layers", area=BROMSGROVE))


def test_take_up_says_why_it_is_missing(run: Run) -> None:
    shown = words(run(PAGE, view="Layers", area=[BROMSGROVE, REDDITCH]))
    assert "No count of people is published for these places." in shown


def test_a_group_in_the_address_is_shown_and_an_unknown_one_is_said(run: Run) -> None:
    shown = words(run(PAGE, view="Districts", group="nonsense"))
    assert "Filter group not recognised; showing domestic abuse." in shown
    assert "nonsense" not in shown


def test_filters_that_do_not_apply_say_why(run: Run) -> None:
    app = run(PAGE)
    assert app.selectbox(key="filter_period").disabled
    assert app.multiselect(key="filter_crime_types").disabled
    assert not app.multiselect(key="filter_areas").disabled
    assert "Estimates are for a year and take no police.uk crime types." in words(app)


def test_no_comparison_is_made_of_a_national_rate(run: Run) -> None:
    assert words(run(PAGE)).count("No change or comparison: the rate is national.") == 2


def test_a_value_that_is_tried_changes_the_page_which_says_that_it_differs(run: Run) -> None:
    app = try_value(run(PAGE, view="Assumptions"), "PREVALENCE_DA", 20.0)
    shown = words(app)
    assert "Estimates here differ from the agreed values." in shown
    assert "Assumption PREVALENCE_DA, 20 instead of 10 percent." in shown
    assert "6,000 (3,000 to 12,000) as tried, 3,000 (1,500 to 6,000) as held." in shown


def test_the_agreed_values_come_back(run: Run) -> None:
    app = try_value(run(PAGE, view="Assumptions"), "PREVALENCE_DA", 20.0)
    app.button(key="needs_forget_top").click().run()
    assert "differ from the agreed values" not in words(app)


def test_a_value_that_is_tried_is_there_in_the_next_session_until_its_reader_goes_back(
    run: Run, data_dir: Path
) -> None:
    try_value(run(PAGE, view="Assumptions"), "PREVALENCE_DA", 20.0)
    app = run(PAGE)
    assert "Kept for you, and shown to nobody else, until you go back: Assumption" in words(app)
    assert "20 instead of 10 percent" in words(app)
    app.button(key="needs_forget_top").click().run()
    assert "instead of" not in words(run(PAGE))
    assert tried.kept(data_dir, owner="development") == {}


def test_a_value_that_another_reader_tries_changes_nothing(run: Run, data_dir: Path) -> None:
    tried.keep(data_dir, {"PREVALENCE_DA": 20.0}, owner="analyst@example.org")
    assert "instead of" not in words(run(PAGE))


def test_what_was_tried_of_an_assumption_no_longer_in_use_is_left_out(
    run: Run, data_dir: Path
) -> None:
    tried.keep(data_dir, {"PREVALENCE_OLD": 20.0}, owner="development")
    app = run(PAGE)
    assert not app.exception
    assert "differ from the agreed values" not in words(app)


def test_a_value_that_cannot_be_kept_holds_for_the_session_and_says_so(
    run: Run, data_dir: Path
) -> None:
    (data_dir / "workspace").touch()
    app = try_value(run(PAGE, view="Assumptions"), "PREVALENCE_DA", 20.0)
    assert "Tried out in this session only: Assumption PREVALENCE_DA, 20" in words(app)


def test_several_areas_are_estimated_together_and_people_are_never_summed(run: Run) -> None:
    app = run(PAGE, view="Layers", area=[BROMSGROVE, REDDITCH])
    assert not app.exception
    assert "An estimated 3,600" in words(app)
    take_up = drawn(app).partition("Take-up")[2]
    assert "Domestic abuse: [x]" in take_up


@pytest.mark.parametrize("view", ["Layers", "Who is missing", "Harm and cost", "Assumptions"])
def test_what_is_not_loaded_is_said_and_never_zero(view: str, run: Run, data_dir: Path) -> None:
    emptied = write_version(data_dir, 7)  # a version of its own: answers are kept by version
    with duckdb.connect(str(emptied)) as connection:
        for table in ("dim_assumption", "dim_population", "cube_protected_count"):
            connection.execute(f"delete from {table}")
    app = run(PAGE, view=view)
    assert not app.exception
    assert "No assumption is loaded, so nothing is estimated." in words(app)
