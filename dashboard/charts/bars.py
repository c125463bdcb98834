"""Bars: one value a place, type or outcome, highest first, with its limits."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.charts import averages, words
from dashboard.charts.chart import Chart, Level, Series, Table, Tone
from dashboard.metrics.cell_areas import BESIDE_DISTRICTS
from dashboard.metrics.metric import Result
from schemas.codes import HIDDEN, SPECIAL_AREA_NAMES

Row = Mapping[str, Any]
MOST_BARS: Final = 20
_MOST_NAMED: Final = 5
_MOST_IN_HEADLINE: Final = 3
_PLACES: Final = ("force_code", "partnership_code", "area_code", "small_area_code")
_KINDS: Final = ("rural_class", "town_class")
_OF_SERVICES: Final = ("provider_id", "service_id", "stream", "objective")


def bars(result: Result) -> Chart:
    """Return horizontal bars with 95% limits, highest first, by one dimension.

    Places that are no places (no location, outside the force) stand last, hatched, unranked.
    """
    (column,) = result.by
    ranked, special, absent = _split(result, column)
    shown = [*ranked[:MOST_BARS], *special]
    return Chart(
        key=words.key(result, f"by {words.dimension(column)}"),
        form="bar",
        headline=_bars_headline(result, column, ranked),
        subtitle=_bars_subtitle(result, column),
        alt=_bars_alt(result, column, ranked, special),
        table=_bars_table(result, column, [*ranked, *special, *absent]),
        series=(_bars_series(result, column, shown),) if shown else (),
        levels=_average_level(result, column),
        x_title=words.sentence(words.unit(result)),
        horizontal=True,
        notes=(*_cut_note(len(ranked)), *_absent_notes(result, column, absent), *result.notes),
        **words.facts(result),
    )


def _split(result: Result, column: str) -> tuple[list[Row], list[Row], list[Row]]:
    """Rows with a value, highest first; rows of no place; rows without a value."""
    rows: list[Row] = list(result.frame.iter_rows(named=True))
    valued = [row for row in rows if row["value"] is not None]
    ranked = [row for row in valued if not _is_no_place(column, row)]
    ranked.sort(key=lambda row: (-row["value"], str(row[column])))
    special = [row for row in valued if _is_no_place(column, row)]
    return ranked, special, [row for row in rows if row["value"] is None]


def _is_no_place(column: str, row: Row) -> bool:
    beside = BESIDE_DISTRICTS if column in _PLACES else {}
    return row[column] in SPECIAL_AREA_NAMES or row[column] in beside


def _bars_series(result: Result, column: str, rows: Sequence[Row]) -> Series:
    has_limits = _has_limits(result)
    names = [words.name(result, row[column]) for row in rows]
    tones: list[Tone] = ["context" if _is_no_place(column, row) else "main" for row in rows]
    return Series(
        name=words.measure(result),
        x=tuple(names),
        y=tuple(row["value"] for row in rows),
        lower=tuple(row["lower"] for row in rows) if has_limits else (),
        upper=tuple(row["upper"] for row in rows) if has_limits else (),
        labels=tuple(
            f"{name}: {words.number(result, row['value'])}"
            for name, row in zip(names, rows, strict=True)
        ),
        tones=tuple(tones),
    )


def _average_level(result: Result, column: str) -> tuple[Level, ...]:
    # Parts of a whole have no average.
    value = None if _is_part(result, column) else averages.average(result)
    if value is None or result.metric.kind in ("count", "ratio"):
        return ()
    label = f"Dashed: {averages.words_for(result)}, {words.number(result, value)}"
    return (Level(label, value),)


def _bars_headline(result: Result, column: str, ranked: Sequence[Row]) -> str:
    measure = words.measure(result)
    if not ranked:
        return f"{measure} is not available for {words.place_and_period(result)}"
    top = words.inside(result, column, ranked[0][column])
    value = words.quantity(result, ranked[0]["value"])
    if len(ranked) == 2:
        other = words.inside(result, column, ranked[1][column])
        first = words.amount(result, ranked[0]["value"])
        return f"{measure}: {top} {first}, {other} {words.quantity(result, ranked[1]['value'])}"
    if not _is_compared(result, column):
        return f"{measure}: {top} is the largest, {value}"
    level = _level_with_top(result, ranked)
    if len(level) > 1:
        return _level_headline(result, column, ranked, level)
    if result.metric.kind == "rate":
        name = words.name(result, ranked[0][column])
        return f"{name} has the highest {words.lowered(measure)}, {value}"
    return f"{measure}: highest {_of(column)} {top}, {value}"


def _is_compared(result: Result, column: str) -> bool:
    """True where the bars are not parts of a whole, and may differ by chance alone."""
    has_whole = bool(result.metric.whole) or result.metric.kind == "proportion"
    is_share = has_whole and not _is_part(result, column)
    return is_share or column in (*_PLACES, *_KINDS, *_OF_SERVICES)


def _is_part(result: Result, column: str) -> bool:
    return column in ("outcome_group", *result.metric.undivided)


def _of(column: str) -> str:
    return "in" if column in (*_PLACES, *_KINDS) else "for"


def _level_headline(
    result: Result, column: str, ranked: Sequence[Row], level: Sequence[Row]
) -> str:
    value = words.quantity(result, ranked[0]["value"])
    if _has_limits(result):
        named = level[:_MOST_IN_HEADLINE]
        names = words.joined([words.inside(result, column, row[column]) for row in named])
        least, most = (words.number(result, row["value"]) for row in (named[-1], named[0]))
        from_to = f"about {value}" if least == most else f"{least} to {value}"
        return f"No clear difference between the highest: {names}, {from_to}"
    last = ranked[-1]
    if len(level) == len(ranked):
        return f"{words.measure(result)}: {value} everywhere"
    lowest = words.quantity(result, last["value"])
    name = words.inside(result, column, last[column])
    return f"{words.measure(result)}: lowest {_of(column)} {name}, {lowest}"


def _level_with_top(result: Result, ranked: Sequence[Row]) -> list[Row]:
    """The rows whose 95% limits reach those of the highest; without limits those as high."""
    if not _has_limits(result):
        return [row for row in ranked if row["value"] == ranked[0]["value"]]
    least = ranked[0]["value"] if ranked[0]["lower"] is None else ranked[0]["lower"]
    return [row for row in ranked if (row["upper"] or row["value"]) >= least]


def _has_limits(result: Result) -> bool:
    return result.metric.kind != "count" and result.frame["upper"].count() > 0


def _bars_subtitle(result: Result, column: str) -> str:
    limits = "; lines show 95% limits" if _has_limits(result) else ""
    by = words.dimension(column)
    return f"{words.subject(result)}, by {by}, {words.place_and_period(result)}{limits}"


def _bars_alt(result: Result, column: str, ranked: Sequence[Row], special: Sequence[Row]) -> str:
    if not ranked:
        return "No bars: there is no value for this choice."
    top, last = ranked[0], ranked[-1]
    parts = [f"Bars. Highest: {_named(result, column, top)}"]
    if len(ranked) > 1:
        parts.append(f"lowest: {_named(result, column, last)}")
    parts += [_named(result, column, row) for row in special]
    return "; ".join(parts) + "."


def _named(result: Result, column: str, row: Row) -> str:
    return f"{words.name(result, row[column])}, {words.number(result, row['value'])}"


def _bars_table(result: Result, column: str, rows: Sequence[Row]) -> Table:
    form = words.number_format(result)
    first = words.sentence(words.dimension(column))
    value = words.sentence(words.unit(result))
    if not _has_limits(result):
        cells = [(words.name(result, row[column]), words.cell(row)) for row in rows]
        return Table((first, value), tuple(cells), ("", form))
    return Table(
        (first, value, "95% limit, lower", "95% limit, upper", "Count", "Out of"),
        tuple(
            (
                words.name(result, row[column]),
                words.cell(row),
                row["lower"],
                row["upper"],
                row["numerator"],
                row["denominator"],
            )
            for row in rows
        ),
        ("", form, form, form, "{:,.0f}", "{:,.0f}"),
    )


def _cut_note(how_many: int) -> tuple[str, ...]:
    if how_many <= MOST_BARS:
        return ()
    return (f"The {MOST_BARS} highest of {how_many:,} are drawn; the table has all.",)


def _absent_notes(result: Result, column: str, absent: Sequence[Row]) -> tuple[str, ...]:
    """Say which rows have no bar: those hidden, and those of which only a bound is known."""
    hidden = [words.name(result, row[column]) for row in absent if row["marker"] == HIDDEN]
    bounds = [
        f"{words.name(result, row[column])} {row['marker']}"
        for row in absent
        if row["marker"].startswith("at ")
    ]
    several = (
        ("Hidden to protect people", hidden),
        ("No bar, since only a bound is known", bounds),
    )
    return tuple(f"{lead}: {_listed(column, names)}." for lead, names in several if names)


def _listed(column: str, names: Sequence[str]) -> str:
    if len(names) <= _MOST_NAMED:
        return words.joined(names)
    kind = words.dimension(column, several=True)
    return f"{words.count(len(names))} {kind}, which the table names"
