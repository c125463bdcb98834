"""CPU-seconds of a whole build, crime and victims with the audit, and of what a new month adds."""

import re
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from benchmarks.processes import Usage, run_child
from benchmarks.report import Section, Spread, load_words, ratio

_TIMEOUT: Final = 600.0
_SAID: Final = (
    "CPU-seconds of the whole process, start of Python included. The first build takes every file "
    "of the sample but those of the latest month and of the latest quarter; then the month comes "
    "(crime, and the snapshot of fraud: what comes monthly), then the quarter (what providers and "
    "agencies send, all of which is counted, protected and audited anew); last, everything once "
    "more in a fresh folder. The floor is `polars.read_csv` and `write_parquet` of all the files, "
    "with no check and no count.",
)


@dataclass(frozen=True)
class _Step:
    """One build: what was in the inbox, and what it cost each time it was repeated."""

    name: str
    usages: tuple[Usage, ...]


def measure_whole(scratch: Path, *, sample: Path, repeats: int) -> Section:
    """Build the whole sample, rebuild it after one more month and quarter, several times each.

    `sample` is a data folder in which `python -m pipelines sample` ran.
    """
    files = sorted(path for path in (sample / "sample").rglob("*.csv*") if path.is_file())
    month, quarter = _latest(files, is_quarter=False), _latest(files, is_quarter=True)
    runs = [_run(scratch, sample / "sample", files, month, quarter) for _ in range(repeats)]
    steps = [_Step(name, tuple(run[name] for run in runs)) for name in runs[0] if name != _FLOOR]
    floor = Spread(tuple(run[_FLOOR].cpu_seconds for run in runs))
    return Section(
        key="whole",
        title="Whole build and rebuild",
        said=(*_SAID, load_words()),
        columns=("build", "CPU-seconds", "÷ floor", "seconds", "peak memory, MB"),
        rows=tuple(_row(step, floor.median) for step in steps),
        raw={step.name: [asdict(usage) for usage in step.usages] for step in steps}
        | {_FLOOR: list(floor.values)},
    )


_FIRST: Final = "all but the latest month and the latest quarter"
_MONTH: Final = "one more month: crime and fraud"
_QUARTER: Final = "one more quarter of victim services"
_ALL: Final = "everything, in a fresh folder"
_FLOOR: Final = "floor"


def _latest(files: list[Path], *, is_quarter: bool) -> list[Path]:
    """Return the files whose names state the latest quarter, or else the latest month."""
    wanted = re.compile(r"\d{4}-\d{2}Q\d" if is_quarter else r"\d{4}-(?:0[1-9]|1[0-2])")
    periods = {path: _period(path) for path in files}
    latest = max((each for each in periods.values() if wanted.fullmatch(each)), default=None)
    return [path for path in files if periods[path] == latest]


def _period(path: Path) -> str:
    """Return the period in a file's name; of street files it comes first."""
    stated = re.search(r"(?:^|_)(\d{4}-\d{2}(?:Q\d)?)(?=[_.-])", path.name)
    return stated[1] if stated else ""


def _run(
    scratch: Path, sample: Path, files: list[Path], month: list[Path], quarter: list[Path]
) -> dict[str, Usage]:
    data_dir, inbox = _empty(scratch / "whole"), _empty(scratch / "whole-inbox")
    later = {*month, *quarter}
    _add(inbox, sample, [path for path in files if path not in later])
    first = _build(inbox, data_dir)
    _add(inbox, sample, month)
    with_month = _build(inbox, data_dir)
    _add(inbox, sample, quarter)
    with_quarter = _build(inbox, data_dir)
    return {
        _ALL: _build(inbox, _empty(scratch / "whole-fresh")),
        _FIRST: first,
        _MONTH: with_month,
        _QUARTER: with_quarter,
        _FLOOR: _floor(inbox, _empty(scratch / "whole-floor")),
    }


def _add(inbox: Path, sample: Path, files: list[Path]) -> None:
    for path in files:
        target = inbox / path.relative_to(sample)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _build(inbox: Path, data_dir: Path) -> Usage:
    where = ("--inbox", str(inbox), "--data-dir", str(data_dir), "--as-of", "2026-11-01")
    return _checked([sys.executable, "-m", "pipelines", "build", *where], data_dir / "build.log")


def _floor(inbox: Path, out: Path) -> Usage:
    command = [sys.executable, "-m", "benchmarks.floor", str(inbox), str(out), "every"]
    return _checked(command, out / "floor.log")


def _checked(command: list[str], log: Path) -> Usage:
    usage = run_child(command, log=log, timeout=_TIMEOUT)
    if usage.exit_code != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {usage.exit_code}; see {log}")
    return usage


def _row(step: _Step, floor: float) -> tuple[str, ...]:
    cpu = Spread(tuple(usage.cpu_seconds for usage in step.usages))
    wall = Spread(tuple(usage.wall_seconds for usage in step.usages))
    memory = Spread(tuple(usage.peak_mb for usage in step.usages))
    return (
        step.name,
        cpu.words(1, ""),
        ratio(floor, cpu.median),
        wall.words(1, ""),
        memory.words(0, ""),
    )
