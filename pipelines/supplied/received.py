"""A supplied file as text, once its table is known."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from pipelines.supplied.context import CONTEXT_TABLES
from pipelines.supplied.reading import ReadFile, read_supplied
from pipelines.supplied.recognise import fields_by_column, recognise
from pipelines.supplied.settings import SuppliedPolicy
from schemas.codes import SAMPLE_MARK
from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.field import SAMPLE_FIELD, Contract

_TABLES: Final = tuple(each.table for each in CONTRACTS)
_STAGES: Final = (*CONTEXT_TABLES, *(each for each in _TABLES if each not in CONTEXT_TABLES))
"""Tables in the order of loading: those that the rules of others look at come first."""


@dataclass(frozen=True)
class Received:
    """A supplied file as text, its table known."""

    file_name: str
    sha256: str
    read: ReadFile
    contract: Contract

    @cached_property
    def is_invented(self) -> bool:
        """Return whether any row carries the sample's mark."""
        return bool((self._marks == SAMPLE_MARK).any())

    @property
    def is_mixed(self) -> bool:
        """Return whether some rows are invented and some are not."""
        return self.is_invented and bool((self._marks != SAMPLE_MARK).any())

    @property
    def senders(self) -> tuple[str, ...]:
        """Return who sent the rows, as written; none when the table has one sender."""
        field = self.contract.sender_field
        return tuple(self.text(field).unique().sort()) if field else ()

    def text(self, field: str) -> pl.Series:
        """Return the text of a field, trimmed; blank where the file has no such column."""
        columns = fields_by_column(self.read.header, self.contract)
        name = next((name for name, each in columns.items() if each.name == field), None)
        if name is None:
            return pl.repeat("", self.read.rows.height, eager=True)
        return self.read.rows[name].fill_null("").str.strip_chars()

    @property
    def _marks(self) -> pl.Series:
        return self.text(SAMPLE_FIELD.name)


def receive(raw: bytes, file_name: str, *, sha256: str, policy: SuppliedPolicy) -> Received:
    """Return the file as text, and its table.

    Raises:
        FileRefused: it cannot be read at all, or no table has its columns.
    """
    read = read_supplied(raw, file_name, encoding=policy.encoding, tables=_TABLES)
    return Received(file_name, sha256, read, recognise(read.header, file_name, CONTRACTS))


def turn(file: Received) -> tuple[int, str]:
    """Return a file's turn: by table, then by period, so that what it is held against is there."""
    period = file.contract.period_field
    first = file.text(period).min() if period else ""
    return _STAGES.index(file.contract.table), str(first or "")
