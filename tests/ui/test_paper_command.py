"""`python -m dashboard paper`: the same paper again, or what changed, cell by cell."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.__main__ import main
from dashboard.commands.paper import CHANGED, GONE, NOT_REPRODUCED, SAME
from dashboard.papers.draft import Draft
from dashboard.papers.making import documents
from dashboard.papers.recipe import recipe_of, to_bytes
from dashboard.workspace import baskets
from tests.support.leaving import recorded
from tests.support.tiny_warehouse import write_version
from tests.ui.conftest import Run
from tests.ui.test_replay import OWNER, add

DAY = date(2026, 11, 26)
TREND = "control_recorded_crime_month"


@pytest.fixture
def held(run: Run, data_dir: Path) -> Draft:
    """A draft with the numbers and the trend of recorded crime, as the page added them."""
    app = run("pages/understand/crime.py")
    for figure in ("cards_1", TREND):
        add(app, figure)
    return replace(baskets.read(data_dir, owner=OWNER), title="Autumn")


@pytest.fixture
def recipe(held: Draft, tmp_path: Path) -> Path:
    """The recipe of that draft, as a file."""
    path = tmp_path / "recipe.json"
    path.write_bytes(to_bytes(recipe_of(held, made_on=DAY)))
    return path


def paper(recipe: Path, data_dir: Path, *options: str) -> int:
    out = str(data_dir / "out")
    return main(["paper", str(recipe), "--data-dir", str(data_dir), "--out", out, *options])


def written(data_dir: Path) -> dict[str, bytes]:
    folder = data_dir / "out"
    paths = sorted(folder.iterdir()) if folder.exists() else []
    return {path.name: path.read_bytes() for path in paths}


def write_with_one_more(data_dir: Path) -> str:
    """Publish a second version with one burglary more in September 2026; return its name.

    It has a name of its own, as any version that differs: answers are kept by name.
    """
    path = write_version(data_dir, number=2, point=False)
    newer = path.with_name("wh-2-00000001.duckdb")
    newer.write_bytes(path.read_bytes())
    with duckdb.connect(str(newer)) as connection:
        connection.execute(
            "update cube_crime set record_count = record_count + 1 where month = date '2026-09-01' "
            "and area_code = 'E07000234' and crime_type = 'Burglary'"
        )
        connection.execute("update meta_build set version_name = ?", [newer.stem])
    (path.parent / "CURRENT").write_text(newer.name, encoding="utf-8")
    return newer.stem


def test_on_its_version_the_same_document_is_made_and_recorded(
    held: Draft, recipe: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert paper(recipe, data_dir, "--format", "word") == SAME
    assert capsys.readouterr().out.count("the same data.") == 2
    (name,) = written(data_dir)
    assert name == "board-paper-2026-11-26.docx"
    from_basket = held.paper(
        office="Office of the Police and Crime Commissioner, for the Victims’ Board",
        as_at="data as at 1 November 2026",
        made_on=DAY,
    )
    made = documents(from_basket, data_dir=data_dir, kinds=("docx",))
    assert written(data_dir)[name] == made["docx"].content
    (line,) = recorded(data_dir)
    assert (line["what"], line["page"]) == (name, "board_paper")
    assert line["reader"].startswith("command line: ")


def test_on_a_newer_version_what_changed_is_listed_cell_by_cell(
    recipe: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = write_with_one_more(data_dir)
    assert paper(recipe, data_dir, "--format", "powerpoint", "--as-at", "current") == CHANGED
    out = capsys.readouterr().out
    assert "2026-09-01, Offences: 42 → 43 (+1)" in out
    assert "Recorded crime, Value: 488 → 489" in out
    again, slides = sorted(written(data_dir))
    assert slides.endswith(f"-{newer}.pptx")
    told = json.loads(written(data_dir)[again])
    assert {each["version"] for each in told["figures"]} == {newer}


def test_on_the_same_version_a_difference_fails_loudly_and_writes_nothing(
    held: Draft, recipe: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trend = held.items[1]
    (*rows, (month, value, *rest)) = trend.chart.table.rows
    table = replace(trend.chart.table, rows=(*rows, (month, 7.0, *rest)))
    items = (held.items[0], replace(trend, chart=replace(trend.chart, table=table)))
    recipe.write_bytes(to_bytes(recipe_of(replace(held, items=items), made_on=DAY)))
    assert paper(recipe, data_dir) == NOT_REPRODUCED
    out = capsys.readouterr().out
    assert (value, "2026-09-01, Offences: 7 → 42 (+35)" in out) == (42, True)
    assert "Not reproduced, so nothing was written." in out
    assert written(data_dir) == {}


def test_a_figure_that_no_longer_exists_is_named(
    held: Draft, recipe: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = held.items[1]
    origin = replace(gone.origin, figure="of_a_page_before")
    items = (held.items[0], replace(gone, origin=origin, heading="Old\x1b[2J one"))
    recipe.write_bytes(to_bytes(recipe_of(replace(held, items=items), made_on=DAY)))
    assert paper(recipe, data_dir) == NOT_REPRODUCED
    write_version(data_dir, number=2)
    assert paper(recipe, data_dir, "--format", "word", "--as-at", "current") == GONE
    assert capsys.readouterr().out.count("Figure 2, Old[2J one: it cannot be made:") == 2
    assert len(written(data_dir)) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--as-at", "wh-9-0badcafe"),
            "Version wh-9-0badcafe is not kept here. Versions kept: wh-1",
        ),
        (("--as-at", "../../etc"), "is not kept here"),
        (("--format", "pdf"), "--format takes word, powerpoint"),
    ],
)
def test_what_cannot_be_asked_for_is_said(
    recipe: Path,
    data_dir: Path,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    said: str,
) -> None:
    assert paper(recipe, data_dir, *options) == 2
    assert said in capsys.readouterr().err


def test_a_recipe_that_was_changed_is_refused_before_anything_runs(
    recipe: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(recipe.read_bytes())
    told["figures"][1]["rows"][0][1] = 12345
    told["figures"][0]["page"] = "app"
    recipe.write_text(json.dumps(told))
    assert paper(recipe, data_dir) == 2
    error = capsys.readouterr().err
    assert "figure 1, page" in error
    assert "figure 2, sha256" in error
    assert paper(data_dir / "none.json", data_dir) == 2
    assert "cannot be read: No such file" in capsys.readouterr().err
