"""What a return holds: the fields, codes and rules of one supplied table, and its template."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.charts.chart import Table
from dashboard.ui import downloads, markup
from dashboard.ui.numbers import Numbers
from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.contracts import contract as contract_named
from schemas.supplied.dictionary import TableEntry, code_lists, entry
from schemas.supplied.dictionary_words import FOR_EVERY_TABLE, REFUSED_NAMES, REFUSED_SHAPES
from schemas.supplied.field import Contract

_TITLES: Final = {each.table: each.title for each in CONTRACTS}
_NO_NUMBER: Final = "–"


@st.fragment
def show(_: Numbers, __: Path) -> None:
    """Show one table of the data dictionary; choosing another redraws this part alone."""
    # By name: Streamlit copies its options deeply, which contracts do not allow.
    table = st.selectbox(
        "Return", _TITLES, format_func=lambda each: _TITLES[each], key="dictionary_table"
    )
    contract = contract_named(table)
    told = entry(contract)
    with st.container(border=True, key="dictionary"):
        markup.heading(told.title)
        head(contract, key="dictionary_template")
        for name, content in _tables(told):
            markup.heading(name)
            markup.table(content, f"{name}: {told.title}", folds=True)
    with st.container(border=True, key="dictionary_for_all"):
        markup.heading("For every return")
        markup.terms([*FOR_EVERY_TABLE.items(), *_refused()])


def head(contract: Contract, *, key: str) -> None:
    """Show who sends a table, when and what a file replaces; offer its Excel template."""
    markup.terms(list(_about(entry(contract))))
    downloads.template(contract, key=key)


def _about(told: TableEntry) -> Iterator[tuple[str, str]]:
    yield "One row per", told.row
    yield "Who sends it", told.sender
    yield "When", told.rhythm
    yield "A new file replaces", told.replaces
    yield "Name of the table", told.table
    if told.is_about_people:
        yield (
            "Protection",
            "Rows are about people. They stay with the loader; only counts leave it.",
        )


def _refused() -> Iterator[tuple[str, str]]:
    names = ", ".join(name for group in REFUSED_NAMES.values() for name in group)
    yield "Refused columns", f"Those named {names}, or the like."
    yield "Refused cells", f"Those that look like one of these: {', '.join(REFUSED_SHAPES)}."


def _tables(told: TableEntry) -> Iterator[tuple[str, Table]]:
    yield "Fields", _fields(told)
    if any(each.code_list for each in told.fields):
        yield "Lists of codes", _codes(told)
    if told.rules:
        yield "Rules", _rules(told)


def _fields(told: TableEntry) -> Table:
    return Table(
        columns=("Field", "Meaning", "Needed", "Allowed", "Kind"),
        rows=tuple(
            (each.name, each.meaning, each.needed, each.allowed, each.kind) for each in told.fields
        ),
        formats=("",) * 5,
    )


def _codes(told: TableEntry) -> Table:
    names = dict.fromkeys(each.code_list for each in told.fields if each.code_list)
    return Table(
        columns=("List", "Code", "Meaning"),
        rows=tuple(
            (name, code, meaning) for name in names for code, meaning in code_lists()[name].items()
        ),
        formats=("",) * 3,
    )


def _rules(told: TableEntry) -> Table:
    return Table(
        columns=("Field", "Rule", "A row that breaks it", "Expected", "What to do"),
        rows=tuple(
            (each.column, each.rule_id or _NO_NUMBER, each.level, each.expected, each.advice)
            for each in told.rules
        ),
        formats=("",) * 5,
    )
