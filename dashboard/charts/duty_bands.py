"""Duties with a clock as bands: done in time, late but done, no record, of all that were due."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.chart import Cell, Chart, Series, Table, Tone
from dashboard.charts.words import Facts
from dashboard.metrics.metric import Result
from schemas.codes import NOT_APPLICABLE, NOT_AVAILABLE

Row = Mapping[str, Any]

_BANDS: Final[tuple[tuple[str, Tone], ...]] = (
    ("In time", "main"),
    ("Late, but done", "second"),
    ("No record", "context"),
)
_COLUMNS: Final = (
    *("In time, %", "Late, but done, %", "No record, %"),
    *("In time, of those recorded, %", "Due"),
)
_ENTITLED: Final = {"Y": "enhanced", "N": "standard", "NOT_ASSESSED": "not assessed"}
_SUSPECT, _SERVICE = "Suspect ", " service"
_CAVEAT: Final = (
    "Only duties whose last day has passed count. No record counts as not in time, though it may "
    "have been done and not written down."
)
_HIDDEN_NOTE: Final = (
    "Where a bar is missing or stops short, parts of it are hidden to protect people: the table "
    "has what may be said."
)


@dataclass(frozen=True, kw_only=True)
class Banded:
    """A duty and its four shares, all of one period and by the same breakdown or none."""

    name: str
    on_time: Result
    late: Result
    no_record: Result
    of_recorded: Result

    @property
    def bands(self) -> tuple[Result, Result, Result]:
        """The three shares that make up the whole."""
        return self.on_time, self.late, self.no_record


@dataclass(frozen=True)
class _Bar:
    """One bar: its name, the rows of its three bands, and that of those recorded."""

    name: str
    bands: tuple[Row, ...]
    of_recorded: Row


def duty_bands(duties: Sequence[Banded], *, about: str) -> Chart:
    """Return stacked shares, one bar a duty or a part of one; `about` names what they are.

    A share that is hidden, or known as a bound only, is not drawn.
    """
    first = duties[0].on_time
    bars = [bar for duty in duties for bar in _bars(duty, is_alone=len(duties) == 1)]
    drawn = [bar for bar in bars if bar.bands[0]["value"] is not None]
    parts = [words.dimension(each) for each in first.by]
    by = f", by {words.joined(parts)}" if parts else ""
    return Chart(
        key=words.slug(f"{about} {by} {words.place_and_period(first)}"),
        form="stacked_bar",
        headline=_headline(about, drawn),
        subtitle=f"{about}{by}, as shares of all that were due, {words.place_and_period(first)}",
        alt=_alt(drawn),
        table=_table(bars, words.sentence(parts[0]) if parts else "Duty"),
        series=tuple(_series(drawn, place) for place in range(len(_BANDS)) if drawn),
        horizontal=True,
        notes=(*_hidden_note(bars), *first.notes),
        **_facts(duties),
    )


def _bars(duty: Banded, *, is_alone: bool) -> Iterator[_Bar]:
    """Return the bars of a duty, in the order of its result; where nothing can be due, none."""
    by = duty.on_time.by
    others = [_by_part(each, by) for each in (duty.late, duty.no_record, duty.of_recorded)]
    for row in duty.on_time.frame.iter_rows(named=True):
        if row["marker"] == NOT_APPLICABLE:
            continue
        part = tuple(row[each] for each in by)
        late, no_record, of_recorded = (rows[part] for rows in others)
        yield _Bar(_name(duty, part, is_alone=is_alone), (row, late, no_record), of_recorded)


def _by_part(result: Result, by: tuple[str, ...]) -> dict[tuple[object, ...], Row]:
    rows = result.frame.iter_rows(named=True)
    return {tuple(row[each] for each in by): row for row in rows}


def _name(duty: Banded, part: Sequence[object], *, is_alone: bool) -> str:
    pairs = zip(duty.on_time.by, part, strict=True)
    said = [_part(duty.on_time, column, code) for column, code in pairs]
    if is_alone and said:
        return words.sentence(", ".join(said))
    return ", ".join((duty.name, *said))


def _part(result: Result, column: str, code: object) -> str:
    """Return a part of a breakdown, short enough to stand beside a bar."""
    name = words.name(result, code)
    if column == "enhanced":
        return _ENTITLED.get(str(code), name)
    return words.lowered(name.removeprefix(_SUSPECT).removesuffix(_SERVICE))


def _share(row: Row) -> float | None:
    """Return a share as it is drawn: unrounded, so that the bands of a bar add up."""
    return None if row["value"] is None else float(100 * row["numerator"] / row["denominator"])


def _shown(row: Row) -> str:
    """Return a share in words: '83%', 'at least 95%', 'hidden'."""
    if row["value"] is not None:
        return f"{row['value']:.0f}%"
    return str(row["marker"]) if "%" in row["marker"] else f"hidden {row['marker']}"


def _series(bars: Sequence[_Bar], place: int) -> Series:
    name, tone = _BANDS[place]
    return Series(
        name=name,
        x=tuple(bar.name for bar in bars),
        y=tuple(_share(bar.bands[place]) for bar in bars),
        tone=tone,
        labels=tuple(
            f"{bar.name}, {words.lowered(name)}: {_shown(bar.bands[place])}" for bar in bars
        ),
    )


def _headline(about: str, bars: Sequence[_Bar]) -> str:
    if not bars:
        return f"{about}: no share is available for this choice"
    if len(bars) == 1:
        said = zip(_BANDS, bars[0].bands, strict=True)
        parts = [f"{words.lowered(name)} {_shown(row)}" for (name, _), row in said]
        return f"{bars[0].name}: {words.joined(parts)}"
    in_time, _, no_record = (_range([bar.bands[place] for bar in bars]) for place in range(3))
    low, high = (pick(bars, key=lambda bar: bar.bands[0]["value"]) for pick in (min, max))
    is_clear = low.bands[0]["upper"] < high.bands[0]["lower"]
    least = f"least for {words.lowered(low.name)}" if is_clear else "no clear difference"
    return f"Done in time: {in_time}, {least}; no record: {no_record}"


def _range(rows: Sequence[Row]) -> str:
    """Return the smallest and the largest share that may be shown: '83% to 85%'."""
    held = sorted((row for row in rows if row["value"] is not None), key=lambda row: row["value"])
    if not held:
        return "hidden"
    ends = dict.fromkeys((_shown(held[0]), _shown(held[-1])))
    return " to ".join(ends)


def _alt(bars: Sequence[_Bar]) -> str:
    said = [
        f"{bar.name}: {_shown(bar.bands[0])} in time, {_shown(bar.bands[1])} late, "
        f"{_shown(bar.bands[2])} no record"
        for bar in bars
    ]
    return f"Stacked bars. {'. '.join(said)}." if said else "No bars: nothing may be shown."


def _table(bars: Sequence[_Bar], first: str) -> Table:
    rows = tuple(
        (
            bar.name,
            *(words.cell(row) for row in (*bar.bands, bar.of_recorded)),
            _due(bar.bands[0]),
        )
        for bar in bars
    )
    return Table((first, *_COLUMNS), rows, ("", *["{:,.0f}"] * len(_COLUMNS)))


def _due(row: Row) -> Cell:
    due: float | None = row["denominator"]
    return str(row["marker"] or NOT_AVAILABLE) if due is None else due


def _hidden_note(bars: Sequence[_Bar]) -> tuple[str, ...]:
    is_short = any(row["value"] is None for bar in bars for row in bar.bands)
    return (_HIDDEN_NOTE,) if is_short else ()


def _facts(duties: Sequence[Banded]) -> Facts:
    every = [words.facts(duty.on_time) for duty in duties]
    sources = dict.fromkeys(each["source"] for each in every)
    if len(every) == 1:
        return every[0]
    return Facts(
        source="; ".join(sources),
        caveat=_CAVEAT,
        version=every[0]["version"],
        is_invented=any(each["is_invented"] for each in every),
        period=every[0]["period"],
        definition="Duties done by their last day, done after it, and without a record, out of all "
        "whose last day has passed. Working days of England and Wales.",
    )
