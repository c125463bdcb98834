"""The four layers of need side by side: one panel a layer on its own scale, never blended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.chart import Cell, Chart, Series, Table
from dashboard.charts.ranges import highest, lowest, resting_on, tone, with_range
from dashboard.metrics.metric import Result
from dashboard.metrics.period import in_words
from schemas.codes import NOT_AVAILABLE

Row = Mapping[str, Any]
Mark = tuple[Row, str]
"""What one row of a panel shows: a figure with its ends, and the words that say it."""

NO_ESTIMATE: Final = "no published estimate"
_VICTIMS: Final = "Estimated victims in a year"
_NEED: Final = "Estimated need in a year"
_TAKE_UP: Final = "Take-up, % of the estimated need"
_SOURCE: Final = "assumptions that the office keeps, referrals (protected counts) and police.uk"
_FEWER: Final = "fewer come to support than need it, even at the low estimate,"
_MORE: Final = "more come to support than the high estimate of need"
_NEITHER: Final = "no clear difference between need and support"


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The layer of what is recorded: its name, counts by code, and words where there is none."""

    name: str
    counts: Mapping[str, float]
    without: str
    is_invented: bool


@dataclass(frozen=True, kw_only=True)
class Layers:
    """What the layers are made of. `people` is None where no count of people is published."""

    recorded: Recorded
    victims: Result
    need: Result
    people: Result | None
    take_up: Result


def need_layers(layers: Layers, about: str = "") -> Chart:
    """Return one panel a layer, with the groups or districts in the same order in each.

    Districts go by their estimated victims; groups keep the order of the strategy. `about` names
    the one group that districts are shown for.
    """
    (column,) = layers.victims.by
    codes = _order(layers.victims, column)
    read = {name: _by_code(result, column) for name, result in _parts(layers).items()}
    series = tuple(_panels(layers, read, codes))
    of = f"{about}: " if about else ""
    return Chart(
        key=words.key(layers.need, f"layers {about} by {words.dimension(column)}"),
        form="range_panels",
        headline=words.sentence(f"{of}{_finding(layers.take_up, column)}"),
        subtitle=f"Recorded, estimated and supported side by side, never added up, by "
        f"{words.dimension(column)}, {words.place_and_period(layers.take_up)}; bars from low to "
        "high, a mark at the central value or the count; each panel has a scale of its own",
        alt=_alt(series),
        table=_table(layers, read, codes),
        series=series,
        horizontal=True,
        notes=_notes(layers),
        source=f"invented sample in the form of {_SOURCE}" if _is_invented(layers) else _SOURCE,
        caveat=layers.need.metric.caveat,
        version=layers.need.version,
        is_invented=_is_invented(layers),
        period=f"estimates for a year; people newly supported, {in_words(layers.take_up.period)}",
        definition=" ".join(
            f"{each.metric.label}: {each.metric.definition}"
            for each in (layers.victims, layers.need, layers.take_up)
        ),
    )


def _parts(layers: Layers) -> dict[str, Result]:
    parts = {"victims": layers.victims, "need": layers.need, "take_up": layers.take_up}
    return {**parts, "people": layers.people} if layers.people else parts


def _order(victims: Result, column: str) -> list[str]:
    rows = list(victims.frame.iter_rows(named=True))
    if column != "priority_flag":
        rows.sort(key=lambda row: -(row["value"] or 0))
    return [row[column] for row in rows]


def _by_code(result: Result, column: str) -> dict[str, Row]:
    return {row[column]: row for row in result.frame.iter_rows(named=True)}


def _is_invented(layers: Layers) -> bool:
    made = (layers.victims, layers.need, layers.take_up)
    return layers.recorded.is_invented or any(each.is_invented for each in made)


def _finding(take_up: Result, column: str) -> str:
    """Say where those who come are fewer than those who need it, whatever the estimate."""
    rows = [row for row in take_up.frame.iter_rows(named=True) if row["value"] is not None]
    if not rows:
        return "without an estimate of need and a count of people, no gap can be shown"
    found = {
        _FEWER: [row for row in rows if highest(row) < 100],
        _MORE: [row for row in rows if lowest(row) > 100],
        _NEITHER: [row for row in rows if lowest(row) <= 100 <= highest(row)],
    }
    said = [
        f"{what} in {_how_many(len(which), len(rows))} {words.dimension(column, several=True)}"
        for what, which in found.items()
        if which
    ]
    estimated = "" if len(rows) == len(take_up.frame) else " with an estimate"
    draft = " (DRAFT)" if any(row["status"] == "DRAFT" for row in rows) else ""
    return f"{'; '.join(said)}{estimated}{draft}"


def _how_many(part: int, whole: int) -> str:
    if part == whole:
        return f"all {words.count(whole)}"
    return f"{words.count(part)} of {words.count(whole)}"


def _panels(
    layers: Layers, read: Mapping[str, Mapping[str, Row]], codes: Sequence[str]
) -> list[Series]:
    names = [words.name(layers.victims, code) for code in codes]
    victims = [_estimate(layers.victims, read["victims"][code]) for code in codes]
    need = [_estimate(layers.need, read["need"][code]) for code in codes]
    return [
        _panel(layers.recorded.name, names, [_counted(layers.recorded, code) for code in codes]),
        _panel(_VICTIMS, names, victims),
        _panel(_NEED, names, need),
        _panel(_TAKE_UP, names, [_share(layers, read, code) for code in codes]),
    ]


def _counted(recorded: Recorded, code: str) -> Mark:
    count = recorded.counts.get(code)
    said = recorded.without if count is None else f"{count:,.0f}"
    return {"value": count, "lower": None, "upper": None, "status": ""}, said


def _estimate(result: Result, row: Row) -> Mark:
    return row, NO_ESTIMATE if row["value"] is None else with_range(result, row)


def _share(layers: Layers, read: Mapping[str, Mapping[str, Row]], code: str) -> Mark:
    """Return the take-up; where it cannot be said, how many came and why it cannot."""
    row = read["take_up"][code]
    if row["value"] is not None:
        return row, with_range(layers.take_up, row)
    people = _people(layers, read, code)
    if row["denominator"] is not None:
        return row, str(people)
    if people == NOT_AVAILABLE:
        return row, NO_ESTIMATE
    counted = f"{people:,.0f} people" if isinstance(people, float) else str(people)
    return row, f"{counted}; {NO_ESTIMATE}"


def _panel(title: str, names: Sequence[str], marks: Sequence[Mark]) -> Series:
    rows = [row for row, _ in marks]
    return Series(
        name=title,
        x=tuple(names),
        y=tuple(row["value"] for row in rows),
        lower=tuple(None if row["value"] is None else lowest(row) for row in rows),
        upper=tuple(None if row["value"] is None else highest(row) for row in rows),
        labels=tuple(f"{name}: {said}" for name, (_, said) in zip(names, marks, strict=True)),
        tones=tuple(map(tone, rows)),
        panel=title,
    )


def _people(layers: Layers, read: Mapping[str, Mapping[str, Row]], code: str) -> Cell:
    row = read["people"].get(code) if layers.people else None
    return NOT_AVAILABLE if row is None else words.cell(row)


def _alt(series: Sequence[Series]) -> str:
    said = []
    for each in series:
        drawn = [
            label.replace(": ", " ")
            for label, value in zip(each.labels, each.y, strict=True)
            if value is not None
        ]
        said.append(f"{each.name}: {'; '.join(drawn) or 'no figure'}.")
    return f"One panel a layer. {' '.join(said)}"


def _notes(layers: Layers) -> tuple[str, ...]:
    notes = (*layers.victims.notes, *layers.need.notes, *layers.take_up.notes)
    return tuple(dict.fromkeys(notes))


def _table(layers: Layers, read: Mapping[str, Mapping[str, Row]], codes: Sequence[str]) -> Table:
    (column,) = layers.victims.by
    ranges = {"Victims": layers.victims, "Need": layers.need, "Take-up, %": layers.take_up}
    forms = [words.number_format(each) for each in ranges.values()]
    ends = [f"{name}, {end}" for name in ranges for end in ("low", "central", "high")]
    rows = tuple(
        (
            words.name(layers.victims, code),
            layers.recorded.counts.get(code, layers.recorded.without),
            *_ends(layers.victims, read["victims"][code]),
            *_ends(layers.need, read["need"][code]),
            _people(layers, read, code),
            *_ends(layers.take_up, read["take_up"][code]),
            resting_on(read["need"][code]),
        )
        for code in codes
    )
    first = words.sentence(words.dimension(column))
    return Table(
        (first, "Recorded", *ends[:6], "People supported", *ends[6:], "Need rests on"),
        rows,
        ("", "{:,.0f}", *forms[:1] * 3, *forms[1:2] * 3, "{:,.0f}", *forms[2:] * 3, ""),
    )


def _ends(result: Result, row: Row) -> tuple[Cell, Cell, Cell]:
    if row["value"] is None:
        return None, NO_ESTIMATE if row["marker"] == NOT_AVAILABLE else row["marker"], None
    low, central, high = (
        None if row[each] is None else words.rounded(result, row[each])
        for each in ("lower", "value", "upper")
    )
    return low, central, high
