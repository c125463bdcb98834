"""The restricted store: accepted rows and faults of supplied files, for the loader's user only."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Final

import polars as pl

from pipelines.faults import FAULT_SCHEMA
from pipelines.places import Places
from schemas.supplied.field import TYPES, Contract

_FAULTS: Final = "-faults"

STORED_FAULTS: Final = {"file_sha256": pl.String(), **FAULT_SCHEMA}
"""Columns of the faults as read back: one row per row and column at fault."""


def keep_rows(
    places: Places, contract: Contract, sha256: str, *, rows: pl.DataFrame, faults: pl.DataFrame
) -> None:
    """Keep the accepted rows and the faults, if any, of a file with this content."""
    folder = places.supplied / contract.table
    folder.mkdir(mode=0o700, exist_ok=True)
    write_privately(folder / f"{sha256}.parquet", rows.write_parquet)
    if not faults.is_empty():
        write_privately(folder / f"{sha256}{_FAULTS}.parquet", faults.write_parquet)


def read_rows(places: Places, contract: Contract, files: Iterable[str]) -> pl.DataFrame:
    """Return the accepted rows of files, given by their sha256, in this order, each field typed.

    A field that the contract did not have when they were kept is blank.
    """
    paths = [places.supplied / contract.table / f"{sha256}.parquet" for sha256 in files]
    if not paths:
        return no_rows(contract)
    # All at once: to read file after file costs four times as much.
    return (
        pl.scan_parquet(
            paths, schema=_types(contract), missing_columns="insert", extra_columns="ignore"
        )
        .select(contract.names)
        .collect()
    )


def no_rows(contract: Contract) -> pl.DataFrame:
    """Return a frame of the contract's fields without a row."""
    return pl.DataFrame(schema=_types(contract))


def _types(contract: Contract) -> dict[str, pl.DataType]:
    return {each.name: TYPES[each.kind] for each in contract.fields}


def read_faults(places: Places, files: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """Return the faults of files that have any, each given by its table and sha256."""
    found = [
        pl.read_parquet(places.supplied / table / f"{sha256}{_FAULTS}.parquet").select(
            pl.lit(sha256).alias("file_sha256"), *FAULT_SCHEMA
        )
        for table, sha256 in files
    ]
    return pl.concat([pl.DataFrame(schema=STORED_FAULTS), *found])


def forget_others(places: Places, kept: Mapping[str, set[str]]) -> None:
    """Delete the rows of every file that is not among the `kept`, given as table → sha256.

    Rows about people are not kept longer than they count.
    """
    for path in places.supplied.glob("*/*"):
        sha256 = path.name.removesuffix(".parquet").removesuffix(_FAULTS)
        if sha256 not in kept.get(path.parent.name, set()):
            path.unlink(missing_ok=True)


def write_privately(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file that only its owner may read: beside, then renamed, so that it is whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
