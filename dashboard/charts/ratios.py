"""Ratios of rural to urban: one dot a crime type or place, with its limits and a line at 1."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.charts import against_one, words
from dashboard.charts.against_one import NEITHER
from dashboard.charts.chart import Chart, Level, Table
from dashboard.metrics.metric import Result
from schemas.codes import ANTISOCIAL_BEHAVIOUR

Row = Mapping[str, Any]

ABOVE: Final = "rural above urban"
BELOW: Final = "rural below urban"
_NOT_CRIME: Final = "Antisocial behaviour*"
_NOT_CRIME_NOTE: Final = "* Antisocial behaviour is not a crime and is in no total of crime."
_MOST_NAMED: Final = 3


def ratios(result: Result) -> Chart:
    """Return dots with 95% limits, highest first, by one dimension; open where 1 is within them."""
    (column,) = result.by
    valued = [row for row in result.frame.iter_rows(named=True) if row["value"]]
    rows = sorted(valued, key=lambda row: (not is_crime(row[column]), -row["value"]))
    crimes = [row for row in rows if is_crime(row[column])]
    names = [type_name(result, row[column]) for row in rows]
    readings = [reading(row) for row in rows]
    return Chart(
        key=words.key(result, f"by {words.dimension(column)}"),
        form="dots",
        headline=_headline(result, column, crimes),
        subtitle=f"{words.subject(result)}, by {words.dimension(column)}, "
        f"{words.place_and_period(result)}; lines show 95% limits",
        alt=against_one.alt(result, rows, names, readings=readings),
        table=_table(result, column),
        series=(against_one.series(result, rows, names, readings=readings),) if rows else (),
        levels=(Level("Dashed: 1, rural as urban", 1.0),),
        x_title=f"{words.sentence(words.unit(result))}, on a scale of ratios",
        horizontal=True,
        is_log=True,
        notes=(*not_crime_note(column), *_zero_note(result), *result.notes),
        **words.facts(result),
    )


def reading(row: Row) -> str:
    """Return how a ratio with limits reads."""
    return against_one.reading(row, above=ABOVE, below=BELOW)


def is_crime(code: object) -> bool:
    """Return False for antisocial behaviour, which stands last and is in no headline."""
    return code != ANTISOCIAL_BEHAVIOUR


def type_name(result: Result, code: object) -> str:
    """Return the name of a place or type; antisocial behaviour has the star of its note."""
    return words.name(result, code) if is_crime(code) else _NOT_CRIME


def not_crime_note(column: str) -> tuple[str, ...]:
    """Return the note that antisocial behaviour is no crime, where types are listed."""
    return (_NOT_CRIME_NOTE,) if column == "crime_type" else ()


def _zero_note(result: Result) -> tuple[str, ...]:
    has_zero = (result.frame["value"] == 0).any()
    return ("A ratio of zero has no place on this scale; the table has it.",) if has_zero else ()


def _headline(result: Result, column: str, rows: Sequence[Row]) -> str:
    if not rows:
        return f"{words.measure(result)} is not available for {words.place_and_period(result)}"
    read = {each: [row for row in rows if reading(row) == each] for each in (ABOVE, BELOW, NEITHER)}
    parts = [
        f"{said} for {_named(result, column, found, of=len(rows))}"
        for said, found in read.items()
        if found
    ]
    return words.sentence("; ".join(parts))


def _named(result: Result, column: str, found: Sequence[Row], *, of: int) -> str:
    if len(found) > _MOST_NAMED:
        every = "all" if len(found) == of else f"{len(found)} of"
        return f"{every} {of} {words.dimension(column, several=True)}"
    names = [type_name(result, row[column]) for row in found]
    is_place = column != "crime_type"
    return words.joined([each if is_place else words.lowered(each) for each in names])


def _table(result: Result, column: str) -> Table:
    form = words.number_format(result)
    columns = (
        words.sentence(words.dimension(column)),
        words.sentence(words.unit(result)),
        "95% limit, lower",
        "95% limit, upper",
        "Reading",
        "Rural count",
        "Expected at the urban rate",
    )
    rows = tuple(
        (
            type_name(result, row[column]),
            words.cell(row),
            row["lower"],
            row["upper"],
            "" if row["value"] is None else reading(row),
            row["numerator"],
            row["denominator"],
        )
        for row in result.frame.iter_rows(named=True)
    )
    return Table(columns, rows, ("", form, form, form, "", "{:,.0f}", "{:,.0f}"))
