"""Whether keys and dates have the form that was agreed; if not, the sender must mend the file."""

import re
from collections.abc import Iterator
from typing import Final, Literal

import polars as pl

from pipelines.errors import FileRefused
from pipelines.identifiers import DATE
from pipelines.supplied.recognise import fields_by_column
from schemas.supplied.field import Contract, Field

DateOrder = Literal["iso", "day_first"]
"""iso: YYYY-MM-DD only. day_first: 03/04/2026 is the third of April, as `policy.toml` states."""

_SLASHED: Final = r"^\s*\d{1,2}[/.-]\d{1,2}[/.-](?:\d{2}|\d{4})\b"
_CLOCK: Final = rf"(?:{DATE}|\d)[T\s]+\d{{1,2}}[:.]\d{{2}}|^\s*\d{{1,2}}:\d{{2}}"
_SIMPLE_PATTERN: Final = re.compile(r"\[([^\]]+)\]\{(\d+)(?:,(\d+))?\}")


def key_refusals(
    header: tuple[str, ...], rows: pl.DataFrame, contract: Contract, file_name: str
) -> tuple[FileRefused, ...]:
    """Return a refusal for each key column of which most values are not of the agreed form.

    Then it is the whole column that was not made as agreed; single wrong keys are set aside with
    their rows. The message tells line and length, never the value.
    """
    known = fields_by_column(header, contract)
    return tuple(
        refusal
        for name, field in known.items()
        if field.kind == "key" and field.pattern
        for refusal in _key_refusal(rows, name, field, file_name=file_name)
    )


def date_refusals(
    header: tuple[str, ...],
    rows: pl.DataFrame,
    contract: Contract,
    file_name: str,
    *,
    date_order: DateOrder = "iso",
) -> tuple[FileRefused, ...]:
    """Return a refusal for each date column that holds clock times or unclear dates.

    Whether 03/04/2026 is in March or April is never guessed: `date_order` must tell.
    """
    days = {
        name: field
        for name, field in fields_by_column(header, contract).items()
        if field.kind == "date"
    }
    refusals: list[FileRefused] = []
    for name in _unclear(rows, tuple(days)):
        if (line := _first_line(rows, name, _CLOCK)) is not None:
            refusals.append(_clock_time(file_name, days[name], line))
        if date_order == "iso" and (line := _first_line(rows, name, _SLASHED)) is not None:
            refusals.append(_unclear_date(file_name, days[name], line))
    return tuple(refusals)


def _unclear(rows: pl.DataFrame, names: tuple[str, ...]) -> list[str]:
    """Return the columns in which something stands that is no plain date, in one pass."""
    found = rows.select(
        pl.col(name).str.contains(f"{_CLOCK}|{_SLASHED}").any().alias(name) for name in names
    )
    return [name for name in names if found[name].item()]


def _key_refusal(
    rows: pl.DataFrame, name: str, field: Field, *, file_name: str
) -> Iterator[FileRefused]:
    keys = rows.select("line", key=pl.col(name).str.strip_chars()).filter(pl.col("key") != "")
    wrong = keys.filter(~pl.col("key").str.contains(f"^(?:{field.pattern})$"))
    if 2 * wrong.height <= keys.height:
        return
    yield FileRefused(
        file_name,
        f"{file_name}: {field.name} must be {_form(field.pattern or '')}; line {wrong['line'][0]} "
        f"has {_fault(wrong['key'][0], field.pattern or '')}, and {wrong.height:,} of "
        f"{keys.height:,} keys are not of that form. Ask the sender to make the keys as agreed; "
        "numbers from a case system are not taken.",
        reason="KEY_FORM",
    )


def _form(pattern: str) -> str:
    simple = _SIMPLE_PATTERN.fullmatch(pattern)
    if simple is None:
        return f"of the form {pattern}"
    alphabet, least, most = simple.groups()
    length = f"{least} to {most}" if most else least
    return f"{length} characters of [{alphabet}]"


def _fault(key: str, pattern: str) -> str:
    """Return what is wrong with a key, in numbers only."""
    simple = _SIMPLE_PATTERN.fullmatch(pattern)
    strange = len(re.sub(f"[{simple[1]}]", "", key)) if simple else 0
    others = f", {strange} of them outside it" if strange else ""
    return f"{len(key)} characters{others}"


def _first_line(rows: pl.DataFrame, name: str, pattern: str) -> int | None:
    lines = rows.filter(pl.col(name).str.contains(pattern))["line"]
    return int(lines[0]) if lines.len() else None


def _clock_time(file_name: str, field: Field, line: int) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name}: {field.name} line {line} has a time of day. Times are not taken: no measure "
        "needs them, they help to recognise people, and the hour when the clocks change happens "
        "twice or never. Send the date as YYYY-MM-DD.",
        reason="TIME_GIVEN",
    )


def _unclear_date(file_name: str, field: Field, line: int) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name}: {field.name} line {line} has a date written like 03/04/2026, which can be "
        'in March or April. Send dates as YYYY-MM-DD, or set date_order = "day_first" for this '
        "sender in policy.toml if the day always comes first.",
        reason="AMBIGUOUS_DATE",
    )
