"""Rows per CPU-second of a whole build, beside reading the same files with no checks at all."""

import gzip
import os
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import duckdb

from benchmarks.floor import street_files
from benchmarks.processes import Usage, run_child
from benchmarks.report import Section, Spread, load_words, ratio

_TIMEOUT: Final = 240.0
_SAID: Final = (
    "Rows per CPU-second of the whole process, start of Python included, in a fresh data folder. "
    "The floor is `polars.scan_csv` and `write_parquet` of the same files in a process of its own: "
    "no check, no code mapped, nothing counted. Real files are measured as they are published "
    "(gzipped) and as copies decompressed beforehand.",
)


@dataclass(frozen=True)
class Inbox:
    """A folder of files to build from."""

    name: str
    folder: Path


def measure_build(scratch: Path, *, sample: Path, real: Path | None, repeats: int) -> Section:
    """Build from the sample's files and from the real ones, several times each.

    `sample` is a data folder in which `python -m pipelines sample` ran; `real` holds the folder
    `police_uk`, or is None when there are no real files here.
    """
    inboxes = _inboxes(scratch, sample, real)
    measured = [_measure(inbox, scratch, repeats) for inbox in inboxes]
    return Section(
        key="build",
        title="Build",
        said=(*_SAID, *_missing(real), load_words()),
        columns=("files", "rows", "ours, rows per CPU-second", "floor", "floor ÷ ours", "ours, s"),
        rows=tuple(each.row() for each in measured),
        raw={each.inbox.name: each.raw() for each in measured},
    )


def _missing(real: Path | None) -> tuple[str, ...]:
    return () if real else ("Real files were not at hand (WM_REAL_DATA).",)


def make_sample(data_dir: Path) -> Path:
    """Generate the built-in sample in `data_dir`, unless it is there; return the folder."""
    if not (data_dir / "published" / "CURRENT").exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        command = _pipelines("sample", "--data-dir", str(data_dir))
        _checked(command, data_dir / "sample.log")
    return data_dir


def _inboxes(scratch: Path, sample: Path, real: Path | None) -> list[Inbox]:
    inboxes = [Inbox("sample", _plain(_sample_files(sample), scratch / "csv-sample"))]
    if real:
        published = real / "police_uk"
        inboxes.append(Inbox("all real files, gzipped", published))
        inboxes.append(Inbox("all real files, plain", _plain(published, scratch / "csv-real")))
    return inboxes


def _sample_files(data_dir: Path) -> Path:
    return data_dir / "sample"


def _plain(source: Path, target: Path) -> Path:
    """Copy the street files of a folder, decompressed, unless that is done already."""
    for path in street_files(source):
        copy = target / path.relative_to(source).with_name(path.name.removesuffix(".gz"))
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            data = path.read_bytes()
            copy.write_bytes(gzip.decompress(data) if path.suffix == ".gz" else data)
    return target


@dataclass(frozen=True)
class _Measured:
    inbox: Inbox
    row_count: int
    ours: tuple[Usage, ...]
    floor: tuple[Usage, ...]

    def row(self) -> tuple[str, ...]:
        ours, floor = _speed(self.row_count, self.ours), _speed(self.row_count, self.floor)
        wall = Spread(tuple(usage.wall_seconds for usage in self.ours))
        return (
            self.inbox.name,
            f"{self.row_count:,}",
            ours.words(0, ""),
            floor.words(0, ""),
            ratio(ours.median, floor.median),
            wall.words(1, ""),
        )

    def raw(self) -> dict[str, object]:
        usages = {"ours": self.ours, "floor": self.floor}
        listed = {name: [asdict(usage) for usage in each] for name, each in usages.items()}
        return {"rows": self.row_count, **listed}


def _speed(row_count: int, usages: tuple[Usage, ...]) -> Spread:
    return Spread(tuple(row_count / usage.cpu_seconds for usage in usages))


def _measure(inbox: Inbox, scratch: Path, repeats: int) -> _Measured:
    """Alternate ours and the floor, so that a slow minute of the machine strikes both."""
    ours, floor, row_count = [], [], 0
    for _ in range(repeats):
        data_dir = _empty(scratch / "build")
        ours.append(_build(inbox, data_dir))
        row_count = _rows_read(data_dir)
        floor.append(_floor(inbox, _empty(scratch / "floor")))
    return _Measured(inbox, row_count, tuple(ours), tuple(floor))


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _build(inbox: Inbox, data_dir: Path) -> Usage:
    where = ("--inbox", str(inbox.folder), "--data-dir", str(data_dir))
    return _checked(_pipelines("build", *where), data_dir / "build.log")


def _floor(inbox: Inbox, out: Path) -> Usage:
    command = [sys.executable, "-m", "benchmarks.floor", str(inbox.folder), str(out)]
    return _checked(command, out / "floor.log")


def _pipelines(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pipelines", *arguments]


def _checked(command: list[str], log: Path) -> Usage:
    usage = run_child(command, log=log, timeout=_TIMEOUT)
    if usage.exit_code not in (0, 1):  # 1: done, but some files were refused
        raise RuntimeError(f"{' '.join(command)} ended with {usage.exit_code}; see {log}")
    return usage


def _rows_read(data_dir: Path) -> int:
    """Count what the build says it read, from the file it published."""
    pointer = (data_dir / "published" / "CURRENT").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(data_dir / "published" / pointer), read_only=True) as connection:
        row = connection.execute("select sum(rows_read) from meta_file").fetchone()
    return int(row[0]) if row else 0


def real_data() -> Path | None:
    """Return the folder of real files that WM_REAL_DATA names, if it does."""
    named = os.environ.get("WM_REAL_DATA")
    return Path(named).resolve() if named else None
