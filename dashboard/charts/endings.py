"""Why referrals end before support: choice apart from failure, and neither added up."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Table, Tone
from dashboard.metrics.metric import Result
from schemas.codes import HIDDEN

Row = Mapping[str, Any]

_KINDS: Final = {
    "DECLINED": "Choice",
    "NO_CONTACT": "Failure",
    "UNSAFE_CONTACT": "Failure",
    "NO_CAPACITY": "Failure",
}
_SHORT: Final = {
    "DECLINED": "declined",
    "NO_CONTACT": "not reached",
    "UNSAFE_CONTACT": "contact not safe",
    "NO_CAPACITY": "no capacity",
    "INELIGIBLE": "not eligible",
    "REFERRED_ON": "referred on",
    "OTHER": "any other",
}
"""What stands beside a bar; the table has the reason as it was given."""

_OTHER: Final = "Other"
_ORDER: Final = ("Choice", "Failure", _OTHER)
_TONES: Final[dict[str, Tone]] = {"Choice": "second", "Failure": "main", _OTHER: "context"}


def endings(result: Result) -> Chart:
    """Return one bar a reason: choice first, then failures, then the rest, each named so.

    The result is by ("end_reason",).
    """
    rows = sorted(result.frame.iter_rows(named=True), key=_place)
    drawn = [row for row in rows if row["value"] is not None]
    return Chart(
        key=words.key(result, "by reason"),
        form="bar",
        headline=_headline(drawn),
        subtitle=f"{words.subject(result)}, by reason, {words.place_and_period(result)}; "
        "choice apart from failure",
        alt=_alt(result, drawn),
        table=_table(result, rows),
        series=(_series(result, drawn),) if drawn else (),
        x_title=words.sentence(words.unit(result)),
        horizontal=True,
        notes=(*_hidden(result, rows), *result.notes),
        **words.facts(result),
    )


def _kind(row: Row) -> str:
    return _KINDS.get(row["end_reason"], _OTHER)


def _place(row: Row) -> tuple[int, float]:
    return _ORDER.index(_kind(row)), -(row["numerator"] or 0)


def _headline(drawn: Sequence[Row]) -> str:
    shares = {row["end_reason"]: row["value"] for row in drawn}
    said = [
        f"{shares[reason]:.0f}% {what}"
        for reason, what in (
            ("DECLINED", "declined support"),
            ("NO_CONTACT", "could not be reached"),
            ("NO_CAPACITY", "found no capacity"),
        )
        if reason in shares
    ]
    return f"Of all referrals {words.joined(said)}" if said else "No reason can be shown"


def _named(result: Result, row: Row) -> str:
    short = _SHORT.get(row["end_reason"]) or words.lowered(words.name(result, row["end_reason"]))
    return f"{_kind(row)}: {short}"


def _said(row: Row) -> str:
    return f"{row['value']:.0f}%"


def _series(result: Result, drawn: Sequence[Row]) -> Series:
    return Series(
        name=words.measure(result),
        x=tuple(_named(result, row) for row in drawn),
        y=tuple(row["value"] for row in drawn),
        labels=tuple(f"{_named(result, row)}: {_said(row)}" for row in drawn),
        tones=tuple(_TONES[_kind(row)] for row in drawn),
    )


def _alt(result: Result, drawn: Sequence[Row]) -> str:
    if not drawn:
        return "No bars: every reason is hidden to protect people."
    parts = (f"{_named(result, row)} {_said(row)}" for row in drawn)
    return f"Bars, one a reason, choice first. {'; '.join(parts)}."


def _table(result: Result, rows: Sequence[Row]) -> Table:
    cells = tuple(
        (
            words.name(result, row["end_reason"]),
            _kind(row),
            words.cell(row),
            row["marker"] if row["numerator"] is None else row["numerator"],
            row["denominator"],
        )
        for row in rows
    )
    columns = ("Reason", "Kind", "% of referrals", "Referrals", "Out of")
    return Table(columns, cells, ("", "", "{:.0f}", "{:,.0f}", "{:,.0f}"))


def _hidden(result: Result, rows: Sequence[Row]) -> tuple[str, ...]:
    names = [
        words.lowered(words.name(result, row["end_reason"]))
        for row in rows
        if row["marker"] == HIDDEN
    ]
    return (f"Hidden to protect people: {words.joined(names)}.",) if names else ()
