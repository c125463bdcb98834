"""How a monthly series reads on a control chart: its limits, its signals, its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from dashboard.charts import words
from dashboard.charts.chart import Tone
from dashboard.metrics.as_counted import as_counted, step_of
from dashboard.metrics.metric import Better, Result
from dashboard.metrics.period import Step, add_months, months_between
from dashboard.metrics.statistics import ControlLimits, control_limits, special_causes
from schemas.codes import NOT_AVAILABLE

FEWEST_MONTHS: Final = 12
"""Below this many months, or quarters, the usual range is provisional and there is no verdict."""

FEWEST_FOR_RANGE: Final = 6
"""Below this many there is no usual range at all."""

_SIDES: Final = {1: "above", -1: "below"}
_RUN: Final = 7
_SHOWN: Final = ("value", "marker")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A series by month or quarter with its limits, None when too short; of few, provisional.

    There is one signal a month, 1, -1 or 0; `markers` say why a month has no value. Of a series
    by quarter, `months` are the first of each.
    """

    months: tuple[date, ...]
    values: tuple[float | None, ...]
    limits: ControlLimits | None
    signals: tuple[int, ...]
    markers: tuple[str, ...]
    step: Step

    def name(self, place: int) -> str:
        """Return the month or quarter at a place, as people say it."""
        return (words.quarter if self.step == "quarter" else words.month)(self.months[place])

    @property
    def days(self) -> tuple[str, ...]:
        """The first day of each month as text, as charts place it."""
        return tuple(month.isoformat() for month in self.months)

    @property
    def cells(self) -> tuple[str | float, ...]:
        """What a table shows for each month: its value, or the marker in its place."""
        pairs = zip(self.values, self.markers, strict=True)
        return tuple(marker if value is None else value for value, marker in pairs)

    @property
    def is_provisional(self) -> bool:
        """True where there is a usual range, of too few values for a verdict."""
        return self.limits is not None and _held(self.values) < FEWEST_MONTHS

    @property
    def last(self) -> int | None:
        """The place of the latest month that has a value."""
        held = [place for place, value in enumerate(self.values) if value is not None]
        return held[-1] if held else None

    @property
    def run(self) -> list[int]:
        """The places of the signals, all one way, that end at the latest value; may be empty."""
        if self.last is None or not self.signals[self.last]:
            return []
        start = self.last
        while start and self.signals[start - 1] == self.signals[self.last]:
            start -= 1
        return list(range(start, self.last + 1))


def read(
    months: Sequence[date],
    values: Sequence[float | None],
    *,
    markers: Sequence[str],
    step: Step = "month",
    grain: float = 0.0,
) -> Reading:
    """Return how a series reads; months are in order, None marks one that has no value.

    `grain`: the step to which the values were rounded.
    """
    held = _held(values)
    limits = control_limits(values) if held >= FEWEST_FOR_RANGE else None
    is_judged = limits is not None and held >= FEWEST_MONTHS
    signals = (
        special_causes(values, limits, grain=grain) if limits and is_judged else [0] * len(values)
    )
    return Reading(
        months=tuple(months),
        values=tuple(values),
        limits=limits,
        signals=tuple(signals),
        markers=tuple(markers),
        step=step,
    )


def _held(values: Sequence[float | None]) -> int:
    return sum(value is not None for value in values)


def reading_of(result: Result, rows: pl.DataFrame) -> Reading:
    """Return how a result by month or quarter reads, its rows those of one place.

    Every month of the period has its place, so that an absent one is a gap and never zero.
    """
    step: Step = "quarter" if "quarter" in result.by else "month"
    shown = as_counted(result.metric, rows).select(step, *_SHOWN)
    held = {start: (value, marker) for start, value, marker in shown.rows()}
    every = months_between(result.period.first_month, result.period.last_month)
    months = [each for each in every if step == "month" or _is_whole_quarter(each, every)]
    found = [held.get(month, (None, NOT_AVAILABLE)) for month in months]
    values, markers = [value for value, _ in found], [marker for _, marker in found]
    return read(months, values, markers=markers, step=step, grain=step_of(result.metric))


def _is_whole_quarter(start: date, months: Sequence[date]) -> bool:
    return start.month % 3 == 1 and add_months(start, 2) in months


def labels(result: Result, reading: Reading) -> tuple[str, ...]:
    """Return what each point says: 'October 2025: 703', or the marker that stands for it."""
    cells = (
        cell if isinstance(cell, str) else words.number(result, cell) for cell in reading.cells
    )
    return tuple(f"{reading.name(place)}: {cell}" for place, cell in enumerate(cells))


def tone(signal: int, better: Better) -> Tone:
    """Return the tone of a point: concern or improving where one direction is better."""
    if signal == 0:
        return "main"
    if better == "context":
        return "third"
    return "improving" if (signal > 0) == (better == "higher") else "concern"


def state(reading: Reading) -> str:
    """Return what the latest month or quarter says, to follow the name of the measure.

    The words fit one thing and several: 'Recorded crime …' and 'Fraud and cyber reports …'.
    """
    if reading.limits is None:
        return f"had too few {reading.step}s for a usual range"
    if reading.is_provisional:
        return f"had too few {reading.step}s for a verdict; the usual range is provisional"
    if reading.run:
        return _signal(reading, reading.limits, reading.run)
    earlier = sum(signal != 0 for signal in reading.signals)
    if earlier:
        return "came back to the usual range, after signals earlier in the period"
    if not _is_within(reading, reading.limits):
        return "showed no change that rounding does not explain"
    return "stayed within the usual range"


def short_state(reading: Reading) -> str:
    """Return the same in two or three words, for a small panel."""
    if reading.limits is None or reading.is_provisional:
        return f"too few {reading.step}s"
    if not reading.run:
        return "usual range" if _is_within(reading, reading.limits) else "no real change"
    sign = reading.signals[reading.run[-1]]
    if _all_outside(reading, reading.limits, reading.run[-1:]):
        return f"{_SIDES[sign]} range"
    return "running high" if sign > 0 else "running low"


def _signal(reading: Reading, limits: ControlLimits, run: Sequence[int]) -> str:
    sign = reading.signals[run[-1]]
    since = reading.name(run[0])
    if _all_outside(reading, limits, run):
        side = f"lay {_SIDES[sign]} the usual range"
        return f"{side} in {since}" if len(run) == 1 else f"{side} from {since} on"
    if len(run) >= _RUN and _all_on_one_side(reading, limits, run, sign):
        return f"lay {_SIDES[sign]} the average from {since} on"
    if _all_outside(reading, limits, run[-1:]):
        return f"lay {_SIDES[sign]} the usual range in {reading.name(run[-1])}"
    return f"ran unusually {'high' if sign > 0 else 'low'} from {since} on"


def _is_within(reading: Reading, limits: ControlLimits) -> bool:
    held = [value for value in reading.values if value is not None]
    return limits.lower <= min(held) and max(held) <= limits.upper


def _all_outside(reading: Reading, limits: ControlLimits, run: Sequence[int]) -> bool:
    held = [reading.values[place] for place in run]
    return all(value is not None and not limits.lower <= value <= limits.upper for value in held)


def _all_on_one_side(
    reading: Reading, limits: ControlLimits, run: Sequence[int], sign: int
) -> bool:
    held = [reading.values[place] for place in run]
    return all(value is not None and (value - limits.mean) * sign > 0 for value in held)
