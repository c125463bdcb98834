"""Shaded scales of at most five steps, and their words."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import numpy as np

from dashboard.charts.chart import Step

MOST_STEPS: Final = 5
AGAINST_AVERAGE: Final = (
    Step(0.0, "under 0.75 of average"),
    Step(0.75, "0.75 to 0.95"),
    Step(0.95, "about average"),
    Step(1.05, "1.05 to 1.25"),
    Step(1.25, "1.25 times average or more"),
)
"""Steps for a value divided by the average."""


def quantile_steps(
    values: Sequence[float], *, form: str, noun: str, decimals: int | None = None
) -> tuple[Step, ...]:
    """Return up to five steps that hold about equal numbers of the values.

    Breaks are whole numbers or tenths as `form` shows them, so that the words of the legend are
    exact, or tens and hundreds where `decimals` are below zero. `form` is a format string such as
    '{:,.0f}'; `noun` follows the numbers.
    """
    if not values:
        return ()
    places = int(form.partition(".")[2][:1] or 0) if decimals is None else decimals
    shares = np.linspace(0, 1, MOST_STEPS + 1)[1:-1]
    inner = np.round(np.quantile(np.array(values), shares), places)
    breaks = sorted({float(value) for value in inner if value > min(values)})
    starts = [round(min(values), places), *breaks]
    gap = 10.0**-places
    return tuple(
        Step(start, _words(start, after, form=form, noun=noun, gap=gap))
        for start, after in zip(starts, [*starts[1:], None], strict=True)
    )


def step_of(scale: Sequence[Step], value: float | None) -> int | None:
    """Return the place of the step that holds a value; None when there is no value."""
    if value is None:
        return None
    return max(0, bisect_right([step.from_value for step in scale], value) - 1)


def _words(start: float, after: float | None, *, form: str, noun: str, gap: float) -> str:
    if after is None:
        return f"{form.format(start)} or more {noun}".rstrip()
    last = after - gap
    if last <= start:
        return f"{form.format(start)} {noun}".rstrip()
    return f"{form.format(start)} to {form.format(last)} {noun}".rstrip()
