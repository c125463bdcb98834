"""Writes `docs/data_dictionary.md` from the contracts.

Run `python -m schemas.supplied.dictionary_page > docs/data_dictionary.md` after a contract changed.
"""

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.dictionary import (
    FieldEntry,
    RuleEntry,
    TableEntry,
    code_lists,
    entry,
    general_rules,
)
from schemas.supplied.dictionary_words import FOR_EVERY_TABLE, REFUSED_NAMES, REFUSED_SHAPES

_HEAD: Final = (
    "# Data dictionary",
    "What forces, providers and the office supply: every table, field and rule. This page is made "
    "from the contracts in `schemas/supplied/` and is never edited by hand: "
    "`python -m schemas.supplied.dictionary_page > docs/data_dictionary.md`. The same stands on "
    "the page *Definitions*, with an Excel template for each table.",
)

_NO_NUMBER: Final = "–"


def markdown() -> str:
    """Return the whole data dictionary as Markdown."""
    entries = [entry(each) for each in CONTRACTS]
    parts = (
        _HEAD,
        _tables(entries),
        _for_every_table(),
        _what_is_refused(),
        _for_every_field(),
        chain.from_iterable(_table(each) for each in entries),
        _lists(),
    )
    return "\n\n".join(chain.from_iterable(parts)) + "\n"


def _tables(entries: list[TableEntry]) -> Iterator[str]:
    yield "## Tables"
    yield _grid(
        ("Table", "What it is", "One row per", "Who sends it", "When"),
        (
            (_link(each.table, each.table), each.title, each.row, each.sender, each.rhythm)
            for each in entries
        ),
    )


def _for_every_table() -> Iterator[str]:
    yield "## For every table"
    yield "\n".join(f"- **{subject}.** {text}" for subject, text in FOR_EVERY_TABLE.items())


def _what_is_refused() -> Iterator[str]:
    yield "## What is refused at the door"
    yield (
        "Nothing that names a person is taken, and no message repeats it. A file is refused when a "
        "column is called one of these, or the like:"
    )
    yield _grid(
        ("What it would tell", "Names of columns"),
        ((what, ", ".join(f"`{name}`" for name in names)) for what, names in REFUSED_NAMES.items()),
    )
    yield f"It is also refused when a cell looks like one of these: {', '.join(REFUSED_SHAPES)}."


def _for_every_field() -> Iterator[str]:
    yield "## For every field"
    yield "A row is set aside when a value does not fit the kind of its field."
    yield _grid(
        ("Rule", "What is wrong", "In fields of the kind", "What to do"),
        (
            (each.rule_id or _NO_NUMBER, each.reason, ", ".join(each.kinds), each.advice)
            for each in general_rules()
        ),
    )


def _table(each: TableEntry) -> Iterator[str]:
    yield f"## {each.table}"
    about = " Rows are about people: only protected counts leave the loader." * each.is_about_people
    yield (
        f"{each.title}: one row per {each.row}. {each.sender} sends it {each.rhythm}. A new file "
        f"replaces {each.replaces}.{about}"
    )
    yield _grid(
        ("Field", "Kind", "Needed", "Allowed", "Meaning"), (_field(field) for field in each.fields)
    )
    if each.rules:
        yield _grid(
            ("Rule", "Field", "A row that breaks it", "Expected", "What to do"),
            (_rule(rule) for rule in each.rules),
        )


def _field(field: FieldEntry) -> tuple[str, ...]:
    allowed = field.allowed
    if field.code_list:
        allowed = allowed.replace(
            field.code_list, _link(field.code_list, f"list {field.code_list}")
        )
    return f"`{field.name}`", field.kind, field.needed, allowed, field.meaning


def _rule(rule: RuleEntry) -> tuple[str, ...]:
    return rule.rule_id or _NO_NUMBER, f"`{rule.column}`", rule.level, rule.expected, rule.advice


def _lists() -> Iterator[str]:
    yield "## Lists of codes"
    for name, codes in code_lists().items():
        yield f"### List {name}"
        yield _grid(("Code", "Meaning"), ((f"`{code}`", text) for code, text in codes.items()))


def _link(words: str, heading: str) -> str:
    return f"[{words}](#{heading.lower().replace(' ', '-')})"


def _grid(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (headings, ("---",) * len(headings), *rows)
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.buffer.write(markdown().encode())
