"""Trends: a monthly control chart, and the same for every district in small panels."""

from typing import Final

import polars as pl

from dashboard.charts import words
from dashboard.charts.chart import Band, Cell, Chart, Level, Series, Table
from dashboard.charts.reading import Reading, read, short_state, state, tone, usual_range
from dashboard.metrics.metric import Result
from dashboard.metrics.period import months_between
from schemas.codes import NOT_AVAILABLE, SPECIAL_AREA_NAMES

_SIGNAL_WORDS: Final = {1: "signal, high", -1: "signal, low", 0: ""}
_SHOWN: Final = ("month", "value", "marker")
_NEAR_ZERO: Final = 0.67
"""A range that starts above this share of its top is drawn without zero, and says so."""


def control(result: Result, *, target: float | None = None) -> Chart:
    """Return the months as a line over the usual range; a month not supplied is a gap.

    The result is by ("month",). With fewer than twelve months there is no range, no verdict.
    """
    reading = _reading(result, result.frame)
    held = [value for value in reading.values if value is not None]
    from_zero = not held or min(held) < _NEAR_ZERO * max(held)
    return Chart(
        key=words.key(result, "by month"),
        form="line",
        headline=_headline(result, reading),
        subtitle=_subtitle(result, reading),
        alt=_alt(result, reading),
        table=_table(result, reading),
        series=(_series(result, reading, words.measure(result)),) if held else (),
        bands=_bands(result, reading),
        levels=_levels(result, reading, target),
        y_title=words.sentence(words.unit(result)),
        from_zero=from_zero,
        x_axis="month",
        notes=(*_gap_note(reading), *_axis_note(from_zero=from_zero), *result.notes),
        **words.facts(result),
    )


def multiples(result: Result) -> Chart:
    """Return one small panel a place, each against its own past: 100 is its own average.

    The result is by ("month", "area_code"); places that are no places are left out.
    """
    (column,) = (each for each in result.by if each != "month")
    readings = {
        str(code): _reading(result, rows)
        for (code,), rows in result.frame.group_by(column, maintain_order=True)
        if code not in SPECIAL_AREA_NAMES
    }
    named = {words.name(result, code): reading for code, reading in readings.items()}
    drawn = {name: reading for name, reading in named.items() if reading.limits}
    return Chart(
        key=words.key(result, f"by {words.dimension(column)} and month"),
        form="multiples",
        headline=_multiples_headline(result, drawn),
        subtitle=f"{words.subject(result)}, by {words.dimension(column)} and month, "
        f"{words.place_and_period(result)}; 100 is each one's own average, shaded its usual range",
        alt=_multiples_alt(result, named),
        table=_multiples_table(result, column, named),
        series=tuple(_panel(result, name, reading) for name, reading in drawn.items()),
        bands=tuple(_panel_band(name, reading) for name, reading in drawn.items()),
        levels=(Level("own average", 100.0),),
        from_zero=False,
        x_axis="month",
        notes=result.notes,
        **words.facts(result),
    )


def _reading(result: Result, rows: pl.DataFrame) -> Reading:
    """Every month of the period has its place, so that an absent one is a gap and never zero."""
    held = {month: (value, marker) for month, value, marker in rows.select(_SHOWN).iter_rows()}
    months = months_between(result.period.first_month, result.period.last_month)
    found = [held.get(month, (None, NOT_AVAILABLE)) for month in months]
    return read(months, [value for value, _ in found], markers=[marker for _, marker in found])


def _series(result: Result, reading: Reading, name: str) -> Series:
    return Series(
        name=name,
        x=_days(reading),
        y=reading.values,
        labels=tuple(
            f"{words.month(month)}: {cell if isinstance(cell, str) else words.number(result, cell)}"
            for month, cell in zip(reading.months, reading.cells, strict=True)
        ),
        tones=tuple(tone(signal, result.metric.better) for signal in reading.signals),
    )


def _days(reading: Reading) -> tuple[str, ...]:
    return tuple(month.isoformat() for month in reading.months)


def _bands(result: Result, reading: Reading) -> tuple[Band, ...]:
    if reading.limits is None:
        return ()
    low, high = usual_range(reading.limits)
    name = f"Shaded: usual range, {words.number(result, low)} to {words.number(result, high)}"
    count = len(reading.months)
    return (Band(name, _days(reading), (low,) * count, (high,) * count),)


def _levels(result: Result, reading: Reading, target: float | None) -> tuple[Level, ...]:
    mean = reading.limits.mean if reading.limits else None
    named = (("average", mean), ("target", target))
    return tuple(
        Level(f"Dashed: {name}, {words.number(result, value)}", value)
        for name, value in named
        if value is not None
    )


def _headline(result: Result, reading: Reading) -> str:
    measure = words.measure(result)
    if reading.last is None:
        return f"{measure} is not available for {words.place_and_period(result)}"
    said = f"{measure} {state(reading)}"
    if not result.choice.areas:
        return said
    return f"{words.place(result)}: {words.lowered(said)}"


def _subtitle(result: Result, reading: Reading) -> str:
    band = "; band: range expected from its own past" if reading.limits else ""
    return f"{words.subject(result)}, by month, {words.place_and_period(result)}{band}"


def _alt(result: Result, reading: Reading) -> str:
    if reading.last is None:
        return "No line: there is no value for this choice."
    latest = _at(result, reading, reading.last)
    held = [place for place, value in enumerate(reading.values) if value is not None]
    low = min(held, key=lambda place: reading.values[place] or 0)
    high = max(held, key=lambda place: reading.values[place] or 0)
    return (
        f"Line by month. Latest: {latest}. Lowest: {_at(result, reading, low)}. "
        f"Highest: {_at(result, reading, high)}.{_range_words(result, reading)}"
    )


def _at(result: Result, reading: Reading, place: int) -> str:
    value = words.number(result, reading.values[place])
    return f"{value} in {words.month(reading.months[place])}"


def _range_words(result: Result, reading: Reading) -> str:
    if reading.limits is None:
        return ""
    low, high = usual_range(reading.limits)
    mean = words.number(result, reading.limits.mean)
    return (
        f" Average {mean}; usual range {words.number(result, low)} to {words.number(result, high)}."
    )


def _table(result: Result, reading: Reading) -> Table:
    form = words.number_format(result)
    limits: tuple[Cell, ...] = (None, None, None)
    if reading.limits:
        limits = (reading.limits.mean, *usual_range(reading.limits))
    rows = tuple(
        (month, cell, *limits, _SIGNAL_WORDS[signal])
        for month, cell, signal in zip(reading.months, reading.cells, reading.signals, strict=True)
    )
    columns = (
        "Month",
        words.sentence(words.unit(result)),
        "Average",
        "Usual range, from",
        "Usual range, to",
        "Reading",
    )
    return Table(columns, rows, ("{:%B %Y}", form, form, form, form, ""))


def _gap_note(reading: Reading) -> tuple[str, ...]:
    hidden = sum(marker not in ("", NOT_AVAILABLE) for marker in reading.markers)
    if not hidden:
        return ()
    few = "month has" if hidden == 1 else "months have"
    return (
        f"{words.sentence(words.count(hidden))} {few} no value, to protect people: a gap in the "
        "line, and not zero.",
    )


def _axis_note(*, from_zero: bool) -> tuple[str, ...]:
    return () if from_zero else ("The upright axis does not start at zero.",)


def _panel(result: Result, name: str, reading: Reading) -> Series:
    assert reading.limits is not None  # noqa: S101  (only panels with limits are drawn)
    mean = reading.limits.mean or 1.0
    latest = reading.signals[reading.last] if reading.last is not None else 0
    labels = _series(result, reading, name).labels
    return Series(
        name=f"{name}: {short_state(reading)}",
        x=_days(reading),
        y=tuple(None if value is None else 100 * value / mean for value in reading.values),
        tone=tone(latest, result.metric.better),
        labels=tuple(f"{name}, {words.lowered(label)}" for label in labels),
        panel=name,
    )


def _panel_band(name: str, reading: Reading) -> Band:
    assert reading.limits is not None  # noqa: S101  (only panels with limits are drawn)
    mean = reading.limits.mean or 1.0
    low, high = (100 * limit / mean for limit in usual_range(reading.limits))
    count = len(reading.months)
    return Band("usual range", _days(reading), (low,) * count, (high,) * count, panel=name)


def _multiples_headline(result: Result, drawn: dict[str, Reading]) -> str:
    measure = words.measure(result)
    if not drawn:
        return f"{measure}: too few months for a usual range"
    high = [name for name, each in drawn.items() if each.run and each.signals[each.run[-1]] > 0]
    low = [name for name, each in drawn.items() if each.run and each.signals[each.run[-1]] < 0]
    sides = [("higher", high), ("lower", low)]
    said = [f"{words.joined(names)} {way} than usual" for way, names in sides if names]
    if not said:
        return f"{measure}: no area stands out from its own past"
    return f"{measure}: {'; '.join(said)}"


def _multiples_alt(result: Result, named: dict[str, Reading]) -> str:
    parts = [
        f"{name} {words.number(result, each.values[each.last])}, {short_state(each)}"
        for name, each in named.items()
        if each.last is not None
    ]
    return f"Small line charts, latest month of each: {'; '.join(parts)}."


def _multiples_table(result: Result, column: str, named: dict[str, Reading]) -> Table:
    form = words.number_format(result)
    months = months_between(result.period.first_month, result.period.last_month)
    rows = tuple(_panel_row(name, reading) for name, reading in named.items())
    first = words.sentence(words.dimension(column))
    columns = (first, "Latest reading", "Average", "Usual range, from", "Usual range, to")
    formats = ("", "", form, form, form)
    names = tuple(f"{month:%b %Y}" for month in months)
    return Table((*columns, *names), rows, (*formats, *[form] * len(months)))


def _panel_row(name: str, reading: Reading) -> tuple[Cell, ...]:
    limits: tuple[Cell, ...] = (None, None, None)
    if reading.limits:
        limits = (reading.limits.mean, *usual_range(reading.limits))
    return (name, short_state(reading), *limits, *reading.cells)
