"""The victim sample, written once, and its tables as text with file and line."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from pipelines.sample.victims import write_victim_sample
from pipelines.sample.victims.faults import FAULTS
from schemas.supplied.contracts import contract
from tests.conftest import Once

Read = Callable[[str], pl.DataFrame]


@pytest.fixture(scope="session")
def victim_folder(once: Once) -> Path:
    return once("victim-sample", _write)


def _write(folder: Path) -> None:
    written = write_victim_sample(folder)
    assert sorted(written) == sorted(folder.rglob("*.csv"))


@pytest.fixture(scope="session")
def every_row(victim_folder: Path) -> Read:
    """Return a table's rows, all columns as text, dates typed, with file and line."""
    frames: dict[str, pl.DataFrame] = {}

    def read(table: str) -> pl.DataFrame:
        if table not in frames:
            frames[table] = pl.concat(
                _read(path) for path in sorted((victim_folder / table).glob("*.csv"))
            )
        return frames[table]

    return read


@pytest.fixture(scope="session")
def sound(every_row: Read) -> Read:
    """Return a table's rows without those spoilt on purpose, with dates typed."""
    spoilt = pl.DataFrame(
        [{"file": fault.file, "line": fault.line} for fault in FAULTS],
        schema={"file": pl.String, "line": pl.Int64},
    )

    def read(table: str) -> pl.DataFrame:
        rows = every_row(table).join(spoilt, on=["file", "line"], how="anti")
        days = [each.name for each in contract(table).fields if each.kind == "date"]
        return rows.with_columns(pl.col(days).str.to_date("%Y-%m-%d"))

    return read


def _read(path: Path) -> pl.DataFrame:
    frame = pl.read_csv(path, infer_schema=False).with_row_index("line", offset=2)
    return frame.with_columns(pl.col("line").cast(pl.Int64), file=pl.lit(path.name))
