"""Run the benchmarks, print the tables, and keep every measurement in `benchmarks/out`."""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.build import make_sample, measure_build, real_data
from benchmarks.live import measure_live
from benchmarks.national import NATIONAL, Scale, generate_national
from benchmarks.pages import USUAL_EFFORT, Effort, measure_pages
from benchmarks.papers import measure_papers
from benchmarks.planner import measure_planner
from benchmarks.processes import ROOT
from benchmarks.queries import USUAL_PATIENCE, Patience, measure_queries
from benchmarks.report import Section, markdown, put_into_readme, save
from benchmarks.rows import generate_rows
from benchmarks.views import measure_views
from benchmarks.warehouse import Months
from benchmarks.whole import measure_whole

OUT: Final = ROOT / "benchmarks" / "out"
_README: Final = ROOT / "benchmarks" / "README.md"


@dataclass(frozen=True)
class Plan:
    """How much is measured. `row_sizes` pairs rows with the months they are spread over."""

    row_sizes: tuple[tuple[int, int], ...] = ((450_000, 54), (10_000_000, 180))
    national: Scale = NATIONAL
    builds: int = 3
    patience: Patience = USUAL_PATIENCE
    effort: Effort = USUAL_EFFORT
    real: Path | None = None


Part = Callable[[], list[Section]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts asked for; return 0."""
    asked = _parser().parse_args(arguments)
    plan = Plan(real=real_data())
    sections = measure(asked.part, plan, out=asked.out)
    save(asked.out / "results.json", sections)
    print(markdown(sections))
    if asked.readme:
        put_into_readme(_README, sections)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "part",
        nargs="?",
        default="all",
        choices=("build", "queries", "pages", "views", "live", "planner", "papers", "all"),
    )
    parser.add_argument(
        "--out", type=Path, default=OUT, help="folder for generated data and results"
    )
    parser.add_argument("--readme", action="store_true", help="put the tables into README.md")
    return parser


def measure(part: str, plan: Plan, *, out: Path) -> list[Section]:
    """Return the sections of one part, or of all, in order."""
    out.mkdir(parents=True, exist_ok=True)
    parts: dict[str, Part] = {
        "build": partial(_build, plan, out),
        "queries": partial(_queries, plan, out),
        "pages": partial(_pages, plan, out),
        "views": partial(_views, plan, out),
        "live": partial(_live, plan, out),
        "planner": lambda: [measure_planner(repeats=plan.builds)],
        "papers": partial(_papers, plan, out),
    }
    chosen = [part] if part != "all" else list(parts)
    return [section for name in chosen for section in _timed(name, parts[name])]


def _timed(name: str, run: Part) -> list[Section]:
    began = time.perf_counter()
    sections = run()
    print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)
    return sections


def _build(plan: Plan, out: Path) -> list[Section]:
    sample = make_sample(out / "sample")
    return [
        measure_build(out, sample=sample, real=plan.real, repeats=plan.builds),
        measure_whole(out, sample=sample, repeats=plan.builds),
    ]


def _queries(plan: Plan, out: Path) -> list[Section]:
    row_count, months = plan.row_sizes[-1]
    rows = generate_rows(out, row_count=row_count, months=Months(months))
    national = generate_national(out, plan.national)
    sample = make_sample(out / "sample")
    return [
        measure_queries(
            sample=sample, national=national, rows_path=rows.rows_path, patience=plan.patience
        )
    ]


def _pages(plan: Plan, out: Path) -> list[Section]:
    made = [
        generate_rows(out, row_count=row_count, months=Months(months))
        for row_count, months in plan.row_sizes
    ]
    return [measure_pages(rows, out=out, effort=plan.effort) for rows in made]


def _views(plan: Plan, out: Path) -> list[Section]:
    return [measure_views(make_sample(out / "sample"), out=out, effort=plan.effort)]


def _live(plan: Plan, out: Path) -> list[Section]:
    (published,) = (make_sample(out / "sample") / "published").glob("wh-*.duckdb")
    return [measure_live(published, out=out, patience=plan.effort.patience)]


def _papers(plan: Plan, out: Path) -> list[Section]:
    return [measure_papers(make_sample(out / "sample"), repeats=plan.builds)]
