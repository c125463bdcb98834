"""The page on the strategy, run without a browser: every commitment, and what shows it."""

import re
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.support.tiny_strategy import add_strategy
from tests.support.tiny_voice import VOICE, add_lessons
from tests.support.tiny_warehouse import write_version
from tests.ui.conftest import Run, words

PAGE = "pages/board/strategy.py"
ALL = "All on one page"
COMMITMENTS = pl.read_csv(
    Path(__file__).parents[2] / "data" / "reference" / "sample_commitment.csv", infer_schema=False
)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with the commitments, a small plan, the survey and a log of lessons."""
    path = write_version(tmp_path, cells=VOICE)
    add_lessons(path)
    add_strategy(path, sources=("satisfaction",))
    return tmp_path


def test_the_answer_is_made_from_the_plan(run: Run) -> None:
    shown = words(run(PAGE))
    assert "18 commitments: one not begun, 16 under way and one done;" in shown
    assert "One milestone is late." in shown
    assert "nothing measures" in shown
    assert "G5" in shown


def test_every_commitment_has_evidence_or_says_that_there_is_none(run: Run) -> None:
    shown = words(run(PAGE))
    entries = shown.split('<details class="wm-entry">')[1:]
    assert len(entries) == 18
    for code in COMMITMENTS["commitment_id"]:
        (entry,) = [each for each in entries if f"<strong>{code} " in each]
        assert ("No evidence:" in entry) != bool(re.search(r"· \d+ measure", entry)), code
    bare = next(each for each in entries if "<strong>G5 " in each)
    assert "No evidence: no measure is named for this commitment." in bare
    assert '<span class="wm-flag">no evidence</span>' in bare


def test_a_measure_says_its_figure_its_verdict_and_its_target(run: Run) -> None:
    shown = words(run(PAGE, view="Evidence"))
    assert "VO01 Satisfied over all" in shown
    assert "70% of answers" in shown
    assert "VO05 Complaints: its source is not loaded" in shown
    assert "target 90%" in shown
    assert "Of the measures of the commitments, one is of concern and none will" in shown
    assert "GM03 Unmet need: its source is not loaded" in shown


def test_a_measure_that_is_not_made_here_says_so(run: Run, data_dir: Path) -> None:
    (path,) = (data_dir / "published").glob("*.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update dim_commitment set metric_ids = 'ZZ99' where commitment_id = 'P2'"
        )
    assert "ZZ99 is not measured here yet" in words(run(PAGE, view="Evidence"))


def test_the_plan_says_what_is_late_and_what_is_due(run: Run) -> None:
    shown = words(run(PAGE, view="Delivery plan"))
    assert "5 entries are open: 1 late, 2 due within a quarter" in shown
    assert "late: due 31 October 2026" in shown
    assert "risk: high" in shown
    assert "issue: low" in shown
    assert "Members found" not in shown


def test_the_report_has_a_table_for_each_objective(run: Run) -> None:
    shown = words(run(PAGE, view="Highlight report"))
    for objective in "ABCDE":
        assert f"Objective {objective}: " in shown
    assert "A: three commitments, all under way; one late, one high risk or issue" in shown
    assert "D: four commitments, one not begun and three under way; none late, no high" in shown
    assert "Recorded crime: concern: rising." in shown
    assert "Draft made (1 October 2026)." in shown
    assert "Long ago" not in shown
    assert "Needs published (late: due 31 October 2026)" in shown
    assert "Extract does not come (risk: high)." in shown


def test_all_on_one_page_runs(run: Run) -> None:
    app = run(PAGE, view=ALL)
    assert not app.exception
    assert words(app).count("<h1>") == 1


def test_an_empty_plan_says_what_to_send(run: Run, data_dir: Path) -> None:
    (path,) = (data_dir / "published").glob("*.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from fact_delivery_plan")
        connection.execute("delete from dim_commitment")
    app = run(PAGE, view=ALL)
    assert not app.exception
    shown = words(app)
    assert "No list of commitments is loaded yet" in shown
    assert "0 entries are open" in shown
