"""All that is found in one supplied file: reasons to refuse it, and what becomes of its rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from pipelines.errors import FileRefused
from pipelines.faults import line_faults
from pipelines.placeholders import without_values
from pipelines.supplied.context import Known
from pipelines.supplied.door import door_refusals
from pipelines.supplied.log import SuppliedWarning
from pipelines.supplied.prepare import prepare
from pipelines.supplied.reading import ReadFile
from pipelines.supplied.received import Received
from pipelines.supplied.settings import Form, Rules
from pipelines.validate import Wording, validate
from schemas.protection import Protection
from schemas.published_supplied import ABOUT_PEOPLE
from schemas.rule import Rule
from schemas.supplied.contracts import contract as contract_of
from schemas.supplied.field_rules import field_rules


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


def examine(received: Received, *, known: Known, rules: Rules) -> ExaminedFile:
    """Return all faults of a file at once; nothing is stored.

    `known` is what counts of the tables that the rules look at.
    """
    contract, read = received.contract, received.read
    form = rules.policy.form(contract.table, received.senders)
    shows_values = contract.table not in ABOUT_PEOPLE
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
            # No share of the rows is told: with the faults it would tell how many rows there are.
            f"{name}: more than the {protection.most_set_aside:.0%} of rows allowed would be set "
            f"aside; most often {_listed(often)}. Nothing was kept. Have the sender correct the "
            "file, or load the directory first if codes are unknown.",
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
