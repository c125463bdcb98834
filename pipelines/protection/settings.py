"""Reads `[protection]` of `policy.toml`: the data owner may tighten the numbers, never loosen."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pipelines.errors import PolicyRefused
from pipelines.policy_file import NO_LINES, Lines
from schemas.protection import FLOORS, Protection

SECTION: Final = "protection"


@dataclass(frozen=True)
class Range:
    """The values that a key may have, ends included, and whether it is a whole number."""

    least: float
    most: float
    is_whole: bool = True

    def __str__(self) -> str:
        """Return the range in words."""
        return f"{'a whole number' if self.is_whole else 'a number'} {self.least} to {self.most}"


RANGES: Final[Mapping[str, Range]] = {
    "threshold": Range(FLOORS.threshold, 100),
    "rounding_base": Range(FLOORS.rounding_base, 50),
    "wide_rounding_base": Range(FLOORS.wide_rounding_base, 100),
    "fewest_possible": Range(FLOORS.fewest_possible, 8),
    "percentage_base": Range(FLOORS.percentage_base, 1_000),
    "chart_base": Range(FLOORS.chart_base, 1_000),
    "wait_base": Range(FLOORS.wait_base, 1_000),
    "dominance_share": Range(0.5, FLOORS.dominance_share, is_whole=False),
    "dominance_margin": Range(FLOORS.dominance_margin, 1_000),
    "most_set_aside": Range(0.0, FLOORS.most_set_aside, is_whole=False),
}
"""One end of each range is the floor in `schemas/protection.py`; the other keeps it sensible."""


def load_protection(section: Mapping[str, Any], *, lines: Lines = NO_LINES) -> Protection:
    """Return the policy in force: the floors, and what the data owner has tightened.

    Raises:
        PolicyRefused: an unknown key, a value that is no number, or one outside its range.
    """
    for key, value in section.items():
        _refuse_unknown(key, lines)
        _refuse_outside(key, value, lines)
    policy = Protection(**section)
    if policy.wide_rounding_base <= policy.rounding_base:
        raise PolicyRefused(
            f"{lines.at(SECTION, 'wide_rounding_base')}: [{SECTION}] wide_rounding_base is "
            f"{policy.wide_rounding_base}, expected more than rounding_base, which is "
            f"{policy.rounding_base}. Raise it."
        )
    if policy.rounding_base % 5 or policy.wide_rounding_base % 5:
        raise PolicyRefused(
            f"{lines.at(SECTION, 'rounding_base')}: [{SECTION}] rounding_base is "
            f"{policy.rounding_base} and wide_rounding_base is {policy.wide_rounding_base}, "
            "expected multiples of 5. Correct them."
        )
    return policy


def _refuse_unknown(key: str, lines: Lines) -> None:
    if key in RANGES:
        return
    near = difflib.get_close_matches(key, RANGES, n=1)
    hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(RANGES)}."
    raise PolicyRefused(f"{lines.at(SECTION, key)}: unknown key {key} under [{SECTION}]{hint}")


def _refuse_outside(key: str, value: object, lines: Lines) -> None:
    allowed = RANGES[key]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    is_kind = is_number and (isinstance(value, int) or not allowed.is_whole)
    if is_kind and allowed.least <= value <= allowed.most:  # type: ignore[operator]
        return
    raise PolicyRefused(
        f"{lines.at(SECTION, key)}: [{SECTION}] {key} is {value!r}, expected {allowed}. The floor "
        "protects people and stands in the code: it can be tightened, not loosened. Correct the "
        "line."
    )
