"""The door for supplied files: what gives a person away stays outside, and is never repeated."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from pipelines.csv_rows import LineFault
from pipelines.errors import FileRefused
from pipelines.identifiers import (
    DATE,
    NHS_CANDIDATE,
    SHAPES,
    SPACED_POSTCODE,
    holds_identifier_shape,
    holds_nhs_number,
    is_identifier_name,
)
from pipelines.supplied.forms import DateOrder, date_refusals, key_refusals
from pipelines.supplied.names import file_name_refusal
from pipelines.supplied.reading import ReadFile
from pipelines.supplied.recognise import column_refusals, column_words, fields_by_column
from schemas.supplied.field import Contract, Field, Kind

__all__ = [
    "DateOrder",
    "date_refusals",
    "door_refusals",
    "fault_refusals",
    "identifier_refusals",
    "key_refusals",
]

_DATE_KINDS: Final[frozenset[Kind]] = frozenset({"date", "month", "quarter", "financial_year"})
_FORMLESS: Final[frozenset[Kind]] = frozenset({"key", "id", "text"})
_NUMBER: Final = r"^\s*-?\d{1,9}(?:\.\d+)?\s*$"
_MOMENT: Final = rf"^\s*(?:{DATE})(?:[T\s]\d{{1,2}}:\d{{2}}\S*)?\s*$"
_WEB_ADDRESS: Final = r"^\s*https?://[^\s@]+\s*$"
_NHS: Final = "an NHS number"
_BIRTH: Final = "a date of birth (a date in a column for something else)"
_ADVICE: Final = "This system takes pseudonymised data only. Nothing was kept; have the sender"

_ANY_SHAPE: Final = "|".join(f"(?:{each})" for each in (*SHAPES.values(), NHS_CANDIDATE, DATE))
_MADE_BY_CHANCE: Final = ("a postcode", "a telephone number")

Shape = tuple[str, pl.Expr]
_VALUE: Final = pl.col("value")


def door_refusals(
    read: ReadFile, contract: Contract, file_name: str, *, date_order: DateOrder = "iso"
) -> tuple[FileRefused, ...]:
    """Return every reason for which a file of this table may not come in.

    They are those of its reading, its columns, what gives people away, the form of its keys and
    the form of its dates. A telling file name is the only one: the others would repeat it.
    """
    if refused := file_name_refusal(file_name):
        return (refused,)
    return (
        *read.refusals,
        *column_refusals(read.header, read.rows, contract, file_name),
        *identifier_refusals(read.header, read.rows, contract, file_name),
        *fault_refusals(read.faults, file_name),
        *key_refusals(read.header, read.rows, contract, file_name),
        *date_refusals(read.header, read.rows, contract, file_name, date_order=date_order),
    )


def identifier_refusals(
    header: tuple[str, ...], rows: pl.DataFrame, contract: Contract, file_name: str
) -> tuple[FileRefused, ...]:
    """Return a refusal for each name, column and shape that gives people away.

    The file's name, the columns' names and every cell are looked at. A cell is passed over only
    when it has its field's own form, such as a code of the list. Messages tell column, line and
    shape, never the value.
    """
    if refused := file_name_refusal(file_name):
        return (refused,)
    known = fields_by_column(header, contract)
    suspects = _suspects(header, rows, contract)
    refusals: list[FileRefused] = []
    for place, name in enumerate(header, start=1):
        field = known.get(name)
        if field is None:
            refusals += _name_refusals(name, place, file_name)
        if name not in suspects:
            continue
        column = f"column {field.name}" if field else column_words(name, place)
        for shape, line in _findings(rows, name, field, is_strict=contract.is_about_people):
            refusals.append(_cell_refusal(file_name, column, line, shape))
    return tuple(refusals)


def fault_refusals(faults: tuple[LineFault, ...], file_name: str) -> tuple[FileRefused, ...]:
    """Return a refusal for each shape of an identifier in lines that cannot be read."""
    if not faults:
        return ()
    lines = pl.DataFrame(
        {"line": [fault.line for fault in faults], "value": [fault.text for fault in faults]}
    )
    shapes = [*_within_keys(), ("a telephone number", _found("a telephone number")), _nhs()]
    return tuple(
        _cell_refusal(file_name, "one field", line, shape)
        for shape, line in _first_lines(lines, shapes)
    )


def _suspects(header: tuple[str, ...], rows: pl.DataFrame, contract: Contract) -> set[str]:
    """Return the columns that need a closer look: it costs a lot, and few do.

    A column whose field has a form of its own needs it when some value has not that form; any
    other column when some value holds anything like a shape.
    """
    known = fields_by_column(header, contract)
    formed = {name: field for name, field in known.items() if field.kind not in _FORMLESS}
    others = [name for name in header if name not in formed]
    strange = rows.select(
        (~_has_own_form(field, pl.col(name).drop_nulls().unique())).any().alias(name)
        for name, field in formed.items()
    )
    suspects = {name for name in strange.columns if strange[name].item()}
    if not others:
        return suspects
    values = rows.select(others).unpivot().filter(_VALUE.str.contains(_ANY_SHAPE))
    return suspects | set(values["variable"].unique())


def _findings(
    rows: pl.DataFrame, name: str, field: Field | None, *, is_strict: bool
) -> Iterator[tuple[str, int]]:
    """Yield each shape that is found in a column, with its first line."""
    cells = rows.select("line", value=pl.col(name)).filter(
        _VALUE.is_not_null() & ~_has_own_form(field, _VALUE)
    )
    yield from _first_lines(cells, _shapes(field, is_strict=is_strict))


def _first_lines(cells: pl.DataFrame, shapes: list[Shape]) -> Iterator[tuple[str, int]]:
    if cells.is_empty():
        return
    found = cells.select(
        pl.col("line").filter(is_found).first().alias(shape) for shape, is_found in shapes
    ).row(0)
    for (shape, _), line in zip(shapes, found, strict=True):
        if line is not None:
            yield shape, line


def _has_own_form(field: Field | None, value: pl.Expr) -> pl.Expr:
    """Return whether a cell is what its field is for, so that its shape says nothing."""
    if field is None or field.kind in ("key", "id"):
        return pl.lit(value=False)
    if field.kind in ("code", "codes"):
        return value.str.split("|").list.eval(pl.element().is_in(list(field.codes))).list.all()
    if field.kind == "text":
        return value.str.contains(_WEB_ADDRESS)
    return value.str.contains(_MOMENT if field.kind in _DATE_KINDS else _NUMBER)


def _shapes(field: Field | None, *, is_strict: bool) -> list[Shape]:
    """Return what is looked for in a column.

    Random keys are long and hold hyphens, between which chance makes an unspaced postcode every
    few thousand keys; in a key of the agreed form, what chance can make counts only as a whole.
    """
    if field is not None and field.kind == "key":
        chancy = ((name, _found(name) & _is_whole_key(name, field)) for name in _MADE_BY_CHANCE)
        return [*_within_keys(), *chancy, _nhs(), (_BIRTH, _VALUE.str.contains(DATE))]
    shapes = [*((name, _found(name)) for name in SHAPES), _nhs()]
    if field is None or field.kind in _DATE_KINDS:
        return shapes
    date = DATE if is_strict else rf"^\s*(?:{DATE})\s*$"
    return [*shapes, (_BIRTH, _VALUE.str.contains(date))]


def _is_whole_key(shape: str, field: Field) -> pl.Expr:
    is_whole = _VALUE.str.contains(rf"^\W*(?:{SHAPES[shape]})\W*$")
    return (
        is_whole
        if field.pattern is None
        else is_whole | ~_VALUE.str.contains(f"^(?:{field.pattern})$")
    )


def _within_keys() -> list[Shape]:
    certain = ("an e-mail address", "a National Insurance number")
    return [
        *((name, _found(name)) for name in certain),
        ("a spaced postcode", _VALUE.str.contains(SPACED_POSTCODE)),
    ]


def _found(shape: str) -> pl.Expr:
    return _VALUE.str.contains(SHAPES[shape])


def _nhs() -> Shape:
    return _NHS, _VALUE.str.contains(NHS_CANDIDATE) & holds_nhs_number(_VALUE)


def _name_refusals(name: str, place: int, file_name: str) -> Iterator[FileRefused]:
    if is_identifier_name(name):
        yield FileRefused(
            file_name,
            f"{file_name} line 1: column {name} has a name that stands for details of people. "
            f"{_ADVICE} leave the column out, and delete this file.",
            reason="IDENTIFIER_COLUMN",
        )
    elif holds_identifier_shape(name):
        yield _cell_refusal(file_name, f"column {place}", 1, "a detail of a person, not a name")


def _cell_refusal(file_name: str, column: str, line: int, shape: str) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name}: {column} line {line} looks like {shape}. {_ADVICE} take it out and send "
        "the file again, and delete this one.",
        reason="IDENTIFIER_CELL",
    )
