"""Ranges: what is estimated for each group or place, from low to high, with its central value."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Table, Tone
from dashboard.metrics.assumptions import DRAFT, TRIED
from dashboard.metrics.metric import Result
from dashboard.metrics.period import in_words
from schemas.codes import HIDDEN, NOT_AVAILABLE

Row = Mapping[str, Any]

_TONES: Final[dict[str, Tone]] = {DRAFT: "context", TRIED: "third"}
_STATUS: Final = {"AGREED": "agreed", DRAFT: "DRAFT", TRIED: "tried out, not agreed"}
_TIMELESS: Final = ("estimate", "unreported", "estimate_share")
_AREAS: Final = ("partnership_code", "area_code")
_MOST_NAMED: Final = 3
_MOST_DRAWN: Final = 20
_WITHOUT: Final = {
    "reported": "Not available, for want of an estimate or of a police.uk type of its own",
}


def ranges(result: Result) -> Chart:
    """Return a bar from low to high for each row that has a figure, highest first.

    Bars of placeholders are hatched. Rows without a figure are named below and in the table,
    which has those beyond the twenty highest too.
    """
    (column,) = result.by
    rows: list[Row] = list(result.frame.iter_rows(named=True))
    held = sorted((row for row in rows if row["value"] is not None), key=lambda row: -row["value"])
    drawn = held[:_MOST_DRAWN]
    absent = [row for row in rows if row["value"] is None]
    return Chart(
        key=words.slug(f"{result.metric.label} by {words.dimension(column)} {words.place(result)}"),
        form="range_bar",
        headline=_headline(result, column, drawn),
        subtitle=f"{result.metric.label}, by {words.dimension(column)}, {words.place(result)}, "
        f"{_when(result)}; bars from low to high, a mark at the central value",
        alt=_alt(result, column, drawn),
        table=_table(result, column, [*held, *absent]),
        series=(_series(result, column, drawn),) if drawn else (),
        x_title=words.sentence(words.unit(result)),
        horizontal=True,
        notes=(*_more(held), *_absent(result, column, absent), *result.notes),
        **_facts(result),
    )


def _more(held: Sequence[Row]) -> tuple[str, ...]:
    if len(held) <= _MOST_DRAWN:
        return ()
    return (f"The {_MOST_DRAWN} highest of {len(held):,} are drawn; the table has all.",)


def _when(result: Result) -> str:
    return "in a year" if result.metric.way in _TIMELESS else in_words(result.period)


def _facts(result: Result) -> words.Facts:
    facts = words.facts(result)
    if result.metric.way in _TIMELESS:
        facts["period"] = "one year, at the rates of the assumptions"
    return facts


def with_range(result: Result, row: Row) -> str:
    """Return a figure with its range, '83,400 (62,500 to 104,200)', or the marker in its place."""
    if row["value"] is None:
        return str(row["marker"])
    central = _amount(result, row["value"])
    if row["lower"] is None or row["upper"] is None:
        return f"{central} (no range is given)"
    low, high = (_amount(result, row[each]) for each in ("lower", "upper"))
    return f"{central} ({low} to {high})"


def marked(result: Result, row: Row) -> str:
    """Return a figure with its range, and DRAFT or tried out where it rests on such a value."""
    mark = {DRAFT: ", DRAFT", TRIED: ", tried out"}.get(str(row["status"]), "")
    return f"{with_range(result, row)}{mark}"


def _amount(result: Result, value: float) -> str:
    if result.metric.unit.startswith("million pounds"):
        return f"£{words.number(result, value)} million"
    sign = "%" if result.metric.unit.startswith("%") else ""
    return f"{words.number(result, value)}{sign}"


def _headline(result: Result, column: str, drawn: Sequence[Row]) -> str:
    label, place = result.metric.label, words.place(result)
    if not drawn:
        return f"{label}: no estimate for {place}"
    top = drawn[0]
    if len(drawn) == 1:
        return f"{label}: {words.name(result, top[column])}, {marked(result, top)}"
    most = f"{words.inside(result, column, top[column])}, {marked(result, top)}"
    level = [row for row in drawn if highest(row) >= lowest(top)]
    if column in _AREAS or len(level) == 1:
        return f"{label}: highest for {most}"
    names = words.listed([words.inside(result, column, row[column]) for row in level[:_MOST_NAMED]])
    return f"{label}: no clear difference between the highest, {names}"


def lowest(row: Row) -> float:
    """Return the low end of a figure, or its value where no range is given."""
    return float(row["value"] if row["lower"] is None else row["lower"])


def highest(row: Row) -> float:
    """Return the high end of a figure, or its value where no range is given."""
    return float(row["value"] if row["upper"] is None else row["upper"])


def _alt(result: Result, column: str, drawn: Sequence[Row]) -> str:
    if not drawn:
        return "No bars: there is no estimate for this choice."
    parts = [f"{words.name(result, row[column])} {marked(result, row)}" for row in drawn]
    return f"Bars from low to high, central value first, {words.unit(result)}. {'; '.join(parts)}."


def _series(result: Result, column: str, drawn: Sequence[Row]) -> Series:
    names = [words.name(result, row[column]) for row in drawn]
    return Series(
        name=result.metric.label,
        x=tuple(names),
        y=tuple(row["value"] for row in drawn),
        lower=tuple(lowest(row) for row in drawn),
        upper=tuple(highest(row) for row in drawn),
        labels=tuple(
            f"{name}, {resting_on(row)}: {with_range(result, row)}"
            for name, row in zip(names, drawn, strict=True)
        ),
        tones=tuple(map(tone, drawn)),
    )


def tone(row: Row) -> Tone:
    """Return the tone of a bar: grey for a placeholder, red for a value tried out."""
    return _TONES.get(str(row["status"]), "main")


def resting_on(row: Row) -> str:
    """Return what a figure rests on: 'agreed', 'DRAFT', 'tried out, not agreed'."""
    return _STATUS.get(str(row["status"]), "no estimate")


def _table(result: Result, column: str, rows: Sequence[Row]) -> Table:
    form = words.number_format(result)

    def shown(row: Row, what: str) -> float | None:
        return None if row[what] is None else words.rounded(result, row[what])

    cells = tuple(
        (
            words.name(result, row[column]),
            shown(row, "lower"),
            row["marker"] if row["value"] is None else shown(row, "value"),
            shown(row, "upper"),
            resting_on(row),
        )
        for row in rows
    )
    columns = (words.sentence(words.dimension(column)), "Low", "Central", "High", "Rests on")
    return Table(columns, cells, ("", form, form, form, ""))


def _absent(result: Result, column: str, absent: Sequence[Row]) -> tuple[str, ...]:
    hidden = [words.name(result, row[column]) for row in absent if row["marker"] == HIDDEN]
    none = [words.name(result, row[column]) for row in absent if row["marker"] == NOT_AVAILABLE]
    if result.metric.way == "weighted":
        return ()
    named = (
        (_WITHOUT.get(result.metric.way, "No published estimate, which is not zero"), none),
        (f"Hidden to protect people ({HIDDEN})", hidden),
    )
    return tuple(f"{said}: {words.joined(names)}." for said, names in named if names)
