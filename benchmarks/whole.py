"""CPU-seconds of a whole build, crime and victims with the audit, and of what a new month adds."""

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
    "of the sample but the latest month of crime and the latest files of victim services; then "
    "the month comes, then the files; last, everything once more in a fresh folder. The floor is "
    "`polars.read_csv` and `write_parquet` of all the files, with no check and no count.",
)


@dataclass(frozen=True)
class _Step:
    """One build: what was in the inbox, and what it cost each time it was repeated."""

    name: str
    usages: tuple[Usage, ...]


def measure_whole(scratch: Path, *, sample: Path, repeats: int) -> Section:
    """Build the whole sample and rebuild it after one more month, several times each.

    `sample` is a data folder in which `python -m pipelines sample` ran.
    """
    files = sorted(path for path in (sample / "sample").rglob("*.csv*") if path.is_file())
    crime, supplied = _latest_crime(files), _latest_supplied(files)
    runs = [_run(scratch, sample / "sample", files, crime, supplied) for _ in range(repeats)]
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


_FIRST: Final = "all but the latest month of crime and the latest victim files"
_CRIME: Final = "one more month of crime"
_SUPPLIED: Final = "the latest files of victim services"
_ALL: Final = "everything, in a fresh folder"
_FLOOR: Final = "floor"


def _latest_crime(files: list[Path]) -> list[Path]:
    """Return the street files of the latest month."""
    street = [path for path in files if "-street.csv" in path.name]
    latest = max((path.name[:7] for path in street), default="")
    return [path for path in street if path.name.startswith(latest)]


def _latest_supplied(files: list[Path]) -> list[Path]:
    """Return the supplied files of the latest quarter and month that names state."""
    supplied = [path for path in files if "-street.csv" not in path.name]
    periods = sorted({_period(path) for path in supplied} - {""})
    quarters = [period for period in periods if "Q" in period]
    return [path for path in supplied if quarters and _period(path) == quarters[-1]]


def _period(path: Path) -> str:
    parts = path.name.split(".")[0].split("_")
    return next((part for part in parts if part[:2] == "20"), "")


def _run(
    scratch: Path, sample: Path, files: list[Path], crime: list[Path], supplied: list[Path]
) -> dict[str, Usage]:
    data_dir, inbox = _empty(scratch / "whole"), _empty(scratch / "whole-inbox")
    later = {*crime, *supplied}
    _add(inbox, sample, [path for path in files if path not in later])
    first = _build(inbox, data_dir)
    _add(inbox, sample, crime)
    with_crime = _build(inbox, data_dir)
    _add(inbox, sample, supplied)
    with_supplied = _build(inbox, data_dir)
    return {
        _ALL: _build(inbox, _empty(scratch / "whole-fresh")),
        _FIRST: first,
        _CRIME: with_crime,
        _SUPPLIED: with_supplied,
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
