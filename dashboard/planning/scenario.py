"""A named scenario: its changes, and what it was made on, to be kept and read again."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from dashboard.errors import DashboardError
from dashboard.metrics.assumptions import Range
from dashboard.planning.change import MOST_CHANGES, Change, NotAChange, from_fields
from schemas.supplied.lists import PRIORITY_FLAG

FORM: Final = 1
"""Number of the form in which scenarios are kept; raised when an older dashboard cannot read it."""

_NEWER: Final = (
    "This scenario was saved by a newer version of the dashboard, which this one cannot read."
)
_DAMAGED: Final = "This scenario cannot be read: what is kept of it is damaged. Make it anew."


class NotAScenario(DashboardError):
    """What is kept is no scenario that this dashboard can read; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a scenario was made on, and what it gave then.

    version: name of the published data. as_of: its day, as ISO text. assumptions: central values
    by code. before, after: unmet need of the force area, people a year.
    """

    version: str
    as_of: str
    assumptions: Mapping[str, float | None]
    before: Range
    after: Range


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """Changes with a name, seen for one priority group."""

    name: str
    group: str
    changes: tuple[Change, ...]
    made: Made


def to_text(scenario: Scenario) -> str:
    """Return a scenario as it is kept: JSON with the number of its form."""
    return json.dumps({"form": FORM, **asdict(scenario)}, ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> Scenario:
    """Return the scenario that is kept. Raises NotAScenario for what is damaged or newer."""
    try:
        said = json.loads(text)
        if not isinstance(said, dict):
            raise TypeError
        if said["form"] != FORM:
            raise NotAScenario(_NEWER if said["form"] > FORM else _DAMAGED)
        return Scenario(
            name=str(said["name"]),
            group=_group(said["group"]),
            changes=tuple(map(from_fields, said["changes"]))[:MOST_CHANGES],
            made=_made(said["made"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, NotAChange):
        raise NotAScenario(_DAMAGED) from None


def since(made: Made, now: Made, names: Mapping[str, str]) -> Iterator[str]:
    """Yield in sentences what differs between what a scenario was made on and today.

    `names`: of the assumptions in use, by code.
    """
    if made.version == now.version:
        return
    yield (
        f"Made on version {made.version}, of {made.as_of}; the figures here are of version "
        f"{now.version}, of {now.as_of}."
    )
    for code in sorted({*made.assumptions, *now.assumptions}):
        then, today = made.assumptions.get(code), now.assumptions.get(code)
        if then != today:
            yield f"{names.get(code, code)}: {_value(then)} then, {_value(today)} now."
    for said, then_range, today_range in (
        ("before the changes", made.before, now.before),
        ("after them", made.after, now.after),
    ):
        if _shown(then_range) != _shown(today_range):
            yield (
                f"Unmet need of the force area {said}: {_shown(then_range)} then, "
                f"{_shown(today_range)} now."
            )


def _made(said: Mapping[str, Any]) -> Made:
    return Made(
        version=str(said["version"])[:80],
        as_of=str(said["as_of"])[:20],
        assumptions={str(code): _number(value) for code, value in said["assumptions"].items()},
        before=_range(said["before"]),
        after=_range(said["after"]),
    )


def _range(said: Mapping[str, Any]) -> Range:
    return Range(*(_number(said[each]) for each in ("low", "central", "high")))


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _group(said: object) -> str:
    if said not in PRIORITY_FLAG:
        raise ValueError
    return str(said)


def _value(value: float | None) -> str:
    return "none" if value is None else f"{value:,.10g}"


def _shown(held: Range) -> str:
    return "no figure" if held.central is None else f"{round(held.central, -1):,.0f}"
