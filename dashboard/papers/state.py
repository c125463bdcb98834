"""What a figure rests on besides the address of its page, by page: nothing else is ever given back.

Each name stands for a choice that a reader makes on the page and that its address does not hold.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

LONGEST_WORDS: Final = 200
_MOST_ENTRIES: Final = 60
_LARGEST: Final = 1e15
_QUESTION: Final = {"sites": int, "each": int, "aim": str, "is_fair": bool, "cost": int}

Check = Callable[[object], bool]


def _is_words(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_WORDS


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


def _is_revision(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**63


def _is_numbers(value: object) -> bool:
    return (
        isinstance(value, dict)
        and len(value) <= _MOST_ENTRIES
        and all(_is_words(name) and is_number(number) for name, number in value.items())
    )


def is_number(value: object) -> bool:
    """Return True for a number that a figure or a field of a page could hold."""
    is_one = isinstance(value, int | float) and not isinstance(value, bool)
    return is_one and -_LARGEST < value < _LARGEST  # type: ignore[operator]


def _is_question(value: object) -> bool:
    return (
        isinstance(value, dict) and {name: type(each) for name, each in value.items()} == _QUESTION
    )


def _is_scenarios(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= _MOST_ENTRIES
        and all(
            isinstance(each, dict)
            and each.keys() == {"name", "changes"}
            and _is_words(each["name"])
            and _is_list_of_words(each["changes"])
            for each in value
        )
    )


def _is_list_of_words(value: object) -> bool:
    return isinstance(value, list) and len(value) <= _MOST_ENTRIES and all(map(_is_words, value))


_LAYERS: Final = ("outreach", "sites", "remote", "towns")
STATE: Final[Mapping[str, Mapping[str, Check]]] = MappingProxyType(
    {
        "overview": {"parts": _is_words},
        "needs": {"needs_tried": _is_numbers},
        "gaps": {
            "needs_tried": _is_numbers,
            **dict.fromkeys(("gap_district", "gap_age", "gap_sex", "hexagons"), _is_words),
            **dict.fromkeys(("gap_language", "gap_hours", "gap_self"), _is_yes_or_no),
            **{f"gap_map_{layer}": _is_yes_or_no for layer in _LAYERS},
            **{f"gap_hexagons_{layer}": _is_yes_or_no for layer in _LAYERS},
        },
        "planner": {"planner_best_asked": _is_question, "planner_compared": _is_scenarios},
        "data_quality": {"send_back_to": _is_words},
        "strategy": {"plan_revision": _is_revision},
    }
)
"""By page: the names of what its figures rest on, each with what its value must be."""


def is_known(page: str, name: str, value: object) -> bool:
    """Return True when the page's figures can rest on this, and the value has its form."""
    check = STATE.get(page, {}).get(name)
    return check is not None and check(value)
