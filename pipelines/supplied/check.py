"""Checks supplied files against what is published and against each other; loads nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb
import polars as pl

from pipelines.checked import CheckedFile
from pipelines.errors import FileRefused
from pipelines.offered import OfferedFile, is_workbook_name
from pipelines.places import Places
from pipelines.publish import current_version
from pipelines.supplied.context import CONTEXT_TABLES, Known
from pipelines.supplied.examine import ExaminedFile, examine
from pipelines.supplied.log import SuppliedWarning
from pipelines.supplied.received import Received, receive, turn
from pipelines.supplied.recognise import fields_by_column
from pipelines.supplied.settings import Rules, load_rules
from pipelines.supplied.workbook_cells import column_letters
from schemas.published import SCHEMA_VERSION
from schemas.published_supplied import PUBLISHED_AS, published_fields, published_name
from schemas.supplied.field import SAMPLE_FIELD, TYPES

_FAULTS: Final = ("line", "cell", "column_name", "value", "reason", "rule_id", "expected", "advice")


@dataclass(frozen=True)
class _FoundRows:
    """What became of the rows of a supplied file, as `pipelines.checked` tells it."""

    rows_read: int
    rows_loaded: int
    rows_set_aside: int
    is_invented: bool
    set_aside: pl.DataFrame
    warnings: pl.DataFrame


def check_supplied(
    offered: Sequence[OfferedFile], *, as_of: date, places: Places | None
) -> list[CheckedFile]:
    """Return what is found in each file.

    Providers, services and standards are those of the served version, and of the files given here:
    nothing is read from where rows about people are kept.
    """
    rules = load_rules(places.policy if places else None, as_of=as_of)
    received = [_received(file, rules) for file in offered]
    readable = [file for file in received if isinstance(file, Received)]
    found = _examined(readable, rules, _published_lists(places) if places else None)
    return [
        CheckedFile(file.file_name, (file,), None, is_supplied=True)
        if isinstance(file, FileRefused)
        else _checked(file, found[file.sha256])
        for file in received
    ]


def _received(offered: OfferedFile, rules: Rules) -> Received | FileRefused:
    try:
        raw = offered.read_bytes()
        sha256 = hashlib.sha256(raw).hexdigest()
        return receive(raw, offered.file_name, sha256=sha256, policy=rules.policy)
    except FileRefused as refusal:
        return refusal


def _examined(
    files: list[Received], rules: Rules, published: tuple[Known, bool] | None
) -> dict[str, ExaminedFile]:
    """Return what is found, by sha256. Invented and real files do not see each other."""
    known = {True: Known(), False: Known()}
    if published:
        lists, are_invented = published
        known[are_invented] = lists
    found = {}
    for file in sorted(files, key=turn):
        before = known[file.is_invented]
        found[file.sha256] = examine(file, known=before, rules=rules)
        if not found[file.sha256].refusals:
            known[file.is_invented] = before.after(file.contract, found[file.sha256].rows)
    return found


def _published_lists(places: Places) -> tuple[Known, bool] | None:
    """Return the published lists that rules look at, and whether they are invented."""
    current = current_version(places)
    if current is None:
        return None
    path = str(places.published / current.file_name)
    with duckdb.connect(path, read_only=True) as connection:
        (version,) = connection.execute("select schema_version from meta_build").fetchone() or (0,)
        if version != SCHEMA_VERSION:
            return None
        tables = {
            table: _as_supplied(table, connection.table(PUBLISHED_AS[table]).pl())
            for table in CONTEXT_TABLES
            if table in PUBLISHED_AS
        }
        (are_invented,) = connection.execute(
            "select coalesce(bool_or(is_invented), false) from meta_source"
            " where source_key = 'providers'"
        ).fetchone() or (False,)
    return Known(tables), are_invented


def _as_supplied(table: str, published: pl.DataFrame) -> pl.DataFrame:
    """Return a published table as the supplied rows it was made from, without the sample's mark."""
    rows = published.select(
        pl.col(published_name(each)).cast(TYPES[each.kind]).alias(each.name)
        for each in published_fields(table)
    )
    return rows.with_columns(pl.lit(None, pl.String).alias(SAMPLE_FIELD.name))


def _checked(file: Received, found: ExaminedFile) -> CheckedFile:
    rows = _FoundRows(
        found.rows_read,
        found.rows_loaded,
        found.rows_set_aside,
        file.is_invented,
        _with_cells(file, found.set_aside),
        _as_frame(found.warnings),
    )
    return CheckedFile(file.file_name, found.refusals, rows, file.contract, is_supplied=True)


def _with_cells(file: Received, faults: pl.DataFrame) -> pl.DataFrame:
    """Return the faults with the cell they are in, such as D14, where the file is a workbook."""
    if not is_workbook_name(file.file_name):
        return faults.with_columns(cell=pl.lit(None, pl.String)).select(_FAULTS)
    fields = fields_by_column(file.read.header, file.contract)
    letters = {
        fields[name].name: column_letters(place)
        for place, name in enumerate(file.read.header, start=1)
        if name in fields
    }
    letter = pl.col("column_name").replace_strict(letters, default=None, return_dtype=pl.String)
    return faults.with_columns(cell=letter + pl.col("line").cast(pl.String)).select(_FAULTS)


def _as_frame(warnings: Sequence[SuppliedWarning]) -> pl.DataFrame:
    rows = [
        (each.reason, each.rule_id, each.column, each.row_count, each.message) for each in warnings
    ]
    schema = {
        "reason": pl.String,
        "rule_id": pl.String,
        "detail": pl.String,
        "row_count": pl.Int64,
        "message": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
