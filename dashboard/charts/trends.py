"""Trends: a control chart by month or quarter."""

from typing import Final

from dashboard.charts import words
from dashboard.charts.chart import Band, Cell, Chart, Level, Series, Table
from dashboard.charts.reading import Reading, labels, reading_of, state, tone
from dashboard.metrics.metric import Result
from dashboard.metrics.statistics import assurance
from dashboard.metrics.targets import outlook_words, target_words, written_target
from dashboard.metrics.written import usual_range
from schemas.codes import NOT_AVAILABLE

_SIGNAL_WORDS: Final = {1: "signal, high", -1: "signal, low", 0: ""}
_NEAR_ZERO: Final = 0.67
"""A range that starts above this share of its top is drawn without zero, and says so."""


def control(result: Result) -> Chart:
    """Return the months as a line over the usual range; a month without a value is a gap.

    The result is by ("month",) or ("quarter",). With fewer than twelve the range is provisional
    and there is no verdict. Where the metric has a target it is drawn, and the words say whether
    it will reliably be met.
    """
    reading = reading_of(result, result.frame)
    held = [value for value in reading.values if value is not None]
    target = result.metric.target
    drawn = held if target is None else [*held, target]
    from_zero = not held or min(drawn) < _NEAR_ZERO * max(drawn)
    return Chart(
        key=words.key(result, f"by {reading.step}"),
        form="line",
        headline=_headline(result, reading),
        subtitle=_subtitle(result, reading),
        alt=_alt(result, reading),
        table=_table(result, reading),
        series=(_series(result, reading, words.measure(result)),) if held else (),
        bands=_bands(result, reading),
        levels=_levels(result, reading),
        y_title=words.sentence(words.unit(result)),
        from_zero=from_zero,
        x_axis="month",
        notes=(
            *_few_note(reading),
            *_gap_note(reading),
            *_axis_note(from_zero=from_zero),
            *result.notes,
        ),
        **words.facts(result),
    )


def _series(result: Result, reading: Reading, name: str) -> Series:
    return Series(
        name=name,
        x=reading.days,
        y=reading.values,
        labels=labels(result, reading),
        tones=tuple(tone(signal, result.metric.better) for signal in reading.signals),
    )


def _bands(result: Result, reading: Reading) -> tuple[Band, ...]:
    if reading.limits is None:
        return ()
    low, high = usual_range(result.metric, reading.limits)
    kind = "provisional" if reading.is_provisional else "usual"
    name = f"Shaded: {kind} range, {words.number(result, low)} to {words.number(result, high)}"
    count = len(reading.months)
    return (Band(name, reading.days, (low,) * count, (high,) * count),)


def _levels(result: Result, reading: Reading) -> tuple[Level, ...]:
    levels: list[Level] = []
    if reading.limits:
        mean = reading.limits.mean
        levels.append(Level(f"Dashed: average, {words.number(result, mean)}", mean))
    if result.metric.target is not None:
        label = f"Dash and dot: {target_words(result.metric)}"
        levels.append(Level(label, result.metric.target, is_target=True))
    return tuple(levels)


def _headline(result: Result, reading: Reading) -> str:
    measure = words.measure(result)
    if reading.last is None:
        return f"{measure} is not available for {words.place_and_period(result)}"
    said = f"{measure} {state(reading)}{_outlook(result, reading)}"
    if not result.choice.areas:
        return said
    return f"{words.place(result)}: {words.lowered(said)}"


def _outlook(result: Result, reading: Reading) -> str:
    """Return what to expect of the target, as the end of a headline; empty without a verdict."""
    if result.metric.target is None or reading.limits is None or reading.is_provisional:
        return ""
    expected = assurance(reading.limits, target=result.metric.target, better=result.metric.better)
    if expected is None:
        return ""
    return f", and {outlook_words(expected)} the target of {written_target(result.metric)}"


def _subtitle(result: Result, reading: Reading) -> str:
    few = ", provisional" if reading.is_provisional else ""
    band = f"; band: range expected from its own past{few}" if reading.limits else ""
    return f"{words.subject(result)}, by {reading.step}, {words.place_and_period(result)}{band}"


def _alt(result: Result, reading: Reading) -> str:
    if reading.last is None:
        return "No line: there is no value for this choice."
    latest = _at(result, reading, reading.last)
    held = [place for place, value in enumerate(reading.values) if value is not None]
    low = min(held, key=lambda place: reading.values[place] or 0)
    high = max(held, key=lambda place: reading.values[place] or 0)
    return (
        f"Line by {reading.step}. Latest: {latest}. Lowest: {_at(result, reading, low)}. "
        f"Highest: {_at(result, reading, high)}.{_range_words(result, reading)}"
        f"{_target_said(result, reading)}"
    )


def _at(result: Result, reading: Reading, place: int) -> str:
    value = words.number(result, reading.values[place])
    return f"{value} in {reading.name(place)}"


def _range_words(result: Result, reading: Reading) -> str:
    if reading.limits is None:
        return ""
    low, high = usual_range(result.metric, reading.limits)
    mean = words.number(result, reading.limits.mean)
    kind = "provisional" if reading.is_provisional else "usual"
    return (
        f" Average {mean}; {kind} range {words.number(result, low)} to "
        f"{words.number(result, high)}."
    )


def _target_said(result: Result, reading: Reading) -> str:
    if result.metric.target is None:
        return ""
    return f" {words.sentence(target_words(result.metric))}{_outlook(result, reading)}."


def _table(result: Result, reading: Reading) -> Table:
    form = words.number_format(result)
    limits: tuple[Cell, ...] = (None, None, None)
    if reading.limits:
        limits = (reading.limits.mean, *usual_range(result.metric, reading.limits))
    target = result.metric.target
    held_to: tuple[Cell, ...] = () if target is None else (target,)
    rows = tuple(
        (start, cell, *limits, *held_to, _SIGNAL_WORDS[signal])
        for start, cell, signal in zip(
            _starts(reading), reading.cells, reading.signals, strict=True
        )
    )
    columns = (
        words.sentence(reading.step),
        words.sentence(words.unit(result)),
        "Average",
        "Usual range, from",
        "Usual range, to",
        *("Target" for _ in held_to),
        "Reading",
    )
    start = "{:%B %Y}" if reading.step == "month" else ""
    return Table(columns, rows, (start, *[form] * (len(columns) - 2), ""))


def _starts(reading: Reading) -> tuple[Cell, ...]:
    if reading.step == "month":
        return reading.months
    return tuple(reading.name(place) for place in range(len(reading.months)))


def _few_note(reading: Reading) -> tuple[str, ...]:
    if not reading.is_provisional:
        return ()
    return (
        f"With fewer than twelve {reading.step}s the limits are provisional: no {reading.step} is "
        "called a signal yet.",
    )


def _gap_note(reading: Reading) -> tuple[str, ...]:
    hidden = sum(marker not in ("", NOT_AVAILABLE) for marker in reading.markers)
    if not hidden:
        return ()
    few = f"{reading.step} has" if hidden == 1 else f"{reading.step}s have"
    return (
        f"{words.sentence(words.count(hidden))} {few} no value, to protect people: a gap in the "
        "line, and not zero.",
    )


def _axis_note(*, from_zero: bool) -> tuple[str, ...]:
    return () if from_zero else ("The upright axis does not start at zero.",)
