"""All that is found in one supplied file: reasons to refuse it, and what becomes of its rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Final

import polars as pl

from pipelines.errors import FileRefused
from pipelines.placeholders import without_values
from pipelines.supplied.context import CONTEXT_TABLES, Known
from pipelines.supplied.door import door_refusals
from pipelines.supplied.log import SuppliedWarning
from pipelines.supplied.prepare import prepare
from pipelines.supplied.reading import ReadFile, read_supplied
from pipelines.supplied.recognise import fields_by_column, recognise
from pipelines.supplied.settings import Form, Rules, SuppliedPolicy
from pipelines.validate import Wording, line_faults, validate
from schemas.codes import SAMPLE_MARK
from schemas.protection import Protection
from schemas.published_supplied import ABOUT_PEOPLE, COUNTS_OF_PEOPLE
from schemas.rule import Rule
from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.contracts import contract as contract_of
from schemas.supplied.field import SAMPLE_FIELD, Contract
from schemas.supplied.field_rules import field_rules

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


@dataclass(frozen=True)
class ExaminedFile:
    """What is found in a supplied file; it may be loaded when there are no refusals.

    rows: the accepted rows, the contract's fields typed. set_aside: one row per fault, by line.
    """

    refusals: tuple[FileRefused, ...]
    rows: pl.DataFrame
    set_aside: pl.DataFrame
    warnings: tuple[SuppliedWarning, ...]
    rows_read: int

    @property
    def rows_loaded(self) -> int:
        """Return the number of rows accepted."""
        return self.rows.height

    @property
    def rows_set_aside(self) -> int:
        """Return the number of rows with a fault, whatever number of faults they have."""
        return self.set_aside["line"].n_unique()


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


def examine(received: Received, *, known: Known, rules: Rules) -> ExaminedFile:
    """Return all faults of a file at once; nothing is stored.

    `known` is what counts of the tables that the rules look at.
    """
    contract, read = received.contract, received.read
    form = rules.policy.form(contract.table, received.senders)
    shows_values = contract.table not in (*ABOUT_PEOPLE, *COUNTS_OF_PEOPLE)
    refusals = door_refusals(read, contract, received.file_name, date_order=form.date_order)
    checked = validate(
        _prepared(received, rules.as_of, known, form),
        _rules(contract.table),
        columns=contract.prepared,
        wording=Wording(shows_values=shows_values, codes=known.codes),
    )
    unreadable = line_faults(read.faults, shows_values=shows_values)
    faults = pl.concat([unreadable, checked.faults]).sort("line", maintain_order=True)
    row_refusals = _row_refusals(received, checked.accepted, faults, rules.protection)
    return ExaminedFile(
        (*refusals, *row_refusals),
        checked.accepted.select(contract.names),
        faults,
        (*_asides(read), *(_warning(rule, count) for rule, count in checked.warnings)),
        read.row_count,
    )


def _prepared(received: Received, as_of: date, known: Known, form: Form) -> pl.DataFrame:
    return prepare(
        received.read.rows,
        received.contract,
        as_of=as_of,
        known=known,
        date_order=form.date_order,
        excel_dates=form.excel_dates,
    )


@cache
def _rules(table: str) -> tuple[Rule, ...]:
    contract = contract_of(table)
    return (*field_rules(contract), *contract.rules)


def _row_refusals(
    received: Received, accepted: pl.DataFrame, faults: pl.DataFrame, protection: Protection
) -> Iterator[FileRefused]:
    name, read = received.file_name, received.read.row_count
    aside = faults["line"].n_unique()
    if accepted.height + aside != read:
        yield FileRefused(
            name,
            f"{name}: not every row read was either loaded or set aside. This is a mistake of the "
            "program: tell the maintainer, and do not load the file by another way.",
            reason="ROWS_LOST",
        )
    if aside > protection.most_set_aside * read:
        often = Counter(faults["reason"]).most_common(3)
        yield FileRefused(
            name,
            f"{name}: {aside / read:.0%} of its rows would be set aside, more than the "
            f"{protection.most_set_aside:.0%} allowed; most often {_listed(often)}. Nothing was "
            "kept. Have the sender correct the file, or load the directory first if codes are "
            "unknown.",
            reason="TOO_MANY_SET_ASIDE",
        )
    if received.is_mixed:
        yield FileRefused(
            name,
            f"{name}: some rows carry the mark of the invented sample and some do not; the two are "
            "never mixed. Take the invented rows out.",
            reason="MIXED_WITH_SAMPLE",
        )


def _listed(often: list[tuple[str, int]]) -> str:
    return ", ".join(f"{reason} ({count:,})" for reason, count in often)


def _asides(read: ReadFile) -> Iterator[SuppliedWarning]:
    """Yield what the reader left aside, such as hidden sheets."""
    for words in read.warnings:
        yield SuppliedWarning("SHEETS_IGNORED", "", "", 0, words)


def _warning(rule: Rule, count: int) -> SuppliedWarning:
    message = f"expected {without_values(rule.expected)}. {rule.advice}"
    return SuppliedWarning(rule.reason, rule.rule_id, rule.column, count, message)
