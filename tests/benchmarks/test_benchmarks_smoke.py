"""The benchmarks run from end to end at tiny sizes. No time is asserted: that is their output."""

import json
import shutil
from itertools import combinations
from pathlib import Path

import duckdb
import pytest

from benchmarks.build import measure_build
from benchmarks.national import Scale, generate_national
from benchmarks.planner import invented
from benchmarks.processes import ROOT
from benchmarks.queries import Patience, measure_queries
from benchmarks.report import Section, Spread, markdown, put_into_readme, save
from benchmarks.rows import GeneratedRows, generate_rows
from benchmarks.warehouse import Months
from benchmarks.whole import measure_whole
from dashboard.planning.best import best_two, goals
from dashboard.warehouse import open_warehouse
from tests.support.street_files import write_street
from tests.support.supplied_files import referrals, write_directory, write_rows


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> GeneratedRows:
    return generate_rows(tmp_path_factory.mktemp("rows"), row_count=3_000, months=Months(24))


def query(path: Path, statement: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(statement).fetchall()


def test_published_file_counts_each_generated_row_once(rows: GeneratedRows) -> None:
    with duckdb.connect() as connection:
        generated = connection.read_parquet(str(rows.rows_path)).shape[0]
    warehouse = open_warehouse(rows.data_dir)
    counted = warehouse.query("select sum(record_count) as n from cube_crime")["n"][0]
    warehouse.close()
    assert generated == counted == 3_000


def test_generating_again_keeps_what_is_there(rows: GeneratedRows) -> None:
    before = rows.rows_path.stat().st_mtime_ns
    again = generate_rows(rows.data_dir.parent, row_count=3_000, months=Months(24))
    assert again.rows_path.stat().st_mtime_ns == before


def test_national_file_has_every_district_month_and_type(tmp_path: Path) -> None:
    scale = Scale(row_count=40_000, districts=11, month_count=3, small_areas_per_district=5)
    data_dir = generate_national(tmp_path, scale)
    path = next((data_dir / "published").glob("*.duckdb"))
    assert query(path, "select count(*) from cube_crime") == [(11 * 3 * 14,)]
    totals = {
        table: query(path, f"select sum(record_count)::integer from {table}")[0][0]
        for table in ("cube_crime", "cube_small_area", "cube_hexagon")
    }
    assert len(set(totals.values())) == 1
    assert totals["cube_crime"] == pytest.approx(40_000, rel=0.05)


@pytest.mark.slow
def test_queries_are_measured_for_every_metric(rows: GeneratedRows) -> None:
    section = measure_queries(
        sample=rows.data_dir,
        national=rows.data_dir,
        rows_path=rows.rows_path,
        patience=Patience(runs=1, seconds=0.1),
    )
    assert len(section.rows) == len(section.raw) > 20


@pytest.mark.slow
def test_build_is_measured_beside_its_floor(tmp_path: Path) -> None:
    write_street(tmp_path / "sample" / "2025-01", "2025-01", 30)
    section = measure_build(tmp_path / "scratch", sample=tmp_path, real=None, repeats=1)
    assert [row[:2] for row in section.rows] == [("sample", "30")]
    assert list(section.raw) == ["sample"]


@pytest.mark.slow
def test_whole_build_and_rebuild_are_measured(tmp_path: Path) -> None:
    sample = tmp_path / "sample"
    write_street(sample / "2026-08", "2026-08", 30)
    write_street(sample / "2026-09", "2026-09", 30)
    write_directory(sample / "services")
    write_rows(sample / "referrals", referrals(30))
    section = measure_whole(tmp_path / "scratch", sample=tmp_path, repeats=1)
    assert len(section.rows) == 4


def test_spread_gives_median_and_percentile() -> None:
    spread = Spread((3.0, 1.0, 2.0, 10.0))
    assert (spread.median, spread.percentile(95), spread.percentile(50)) == (2.5, 10.0, 2.0)
    assert spread.words(1, "s") == "2.5 s (1.0–10.0)"


def test_report_is_saved_and_put_between_the_markers(tmp_path: Path) -> None:
    section = Section(
        key="k", title="T", said=("S.",), columns=("a", "b"), rows=(("1", "2"),), raw={"x": 1}
    )
    save(tmp_path / "results.json", [section])
    saved = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert saved["sections"][0]["raw"] == {"x": 1}
    readme = tmp_path / "README.md"
    readme.write_text((ROOT / "benchmarks" / "README.md").read_text("utf-8"), encoding="utf-8")
    before = readme.read_text(encoding="utf-8")
    put_into_readme(readme, [section])
    once = readme.read_text(encoding="utf-8")
    put_into_readme(readme, [section])
    assert readme.read_text(encoding="utf-8") == once
    table = f"{markdown([section])}\n\n"
    assert once.count("### T") == once.count(table) == 1
    assert once.replace(table, "") == before


def test_a_section_measured_again_replaces_the_old_one_where_it_stands(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    shutil.copy(ROOT / "benchmarks" / "README.md", readme)
    titles = _titles(readme)
    build = Section(key="build", title="Build", said=("Anew.",), columns=("a",), rows=(("1",),))
    put_into_readme(readme, [build])
    assert _titles(readme) == titles
    assert readme.read_text(encoding="utf-8").count("Anew.") == 1


def _titles(readme: Path) -> list[str]:
    lines = readme.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("### ")]


def test_the_best_places_of_an_invented_puzzle_are_found() -> None:
    puzzle = invented(2, areas=60, candidates=7)
    first, second = best_two(puzzle, goals("reach", is_fair=False))
    assert second is not None
    most = sorted(puzzle.worth(each).reach for each in combinations(range(7), 2))[-2:]
    assert [second.worth.reach, first.worth.reach] == pytest.approx(most, rel=1e-3)
