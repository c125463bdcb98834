"""The filters as they stand in a page's address: read with suspicion, written short."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from dashboard.metrics.areas import areas
from dashboard.metrics.metric import Choice, Comparison
from dashboard.metrics.period import PERIOD_CHOICES, months_held
from dashboard.warehouse import Warehouse
from schemas.codes import ROW_TYPES

MOST_VALUES: Final = 60
"""More values than any list has; the rest of a longer address is not read."""

_DEFAULT_PERIOD: Final = "latest_12_months"
_DEFAULT_COMPARISON: Final[Comparison] = "same_period_last_year"
_INSTEAD: Final = {
    "area": "all {home}",
    "period": "the latest 12 months",
    "from": "the default period",
    "to": "the default period",
    "type": "all crime types",
    "compare": "the same period last year",
}
_FORMER_NAMES: Final = {
    "district": "all {home}",
    "partnership": "all {home}",
    "force": "all {home}",
    "provider": "every provider",
}
"""Names that people try; they are named in the notice, and never read."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """Filters as kept in the address. `problems` are notices about what was not recognised."""

    areas: tuple[str, ...] = ()
    period: str = _DEFAULT_PERIOD
    first_month: date | None = None
    last_month: date | None = None
    crime_types: tuple[str, ...] = ()
    compare_with: Comparison = _DEFAULT_COMPARISON
    problems: tuple[str, ...] = ()


def read_address(parameters: Mapping[str, Sequence[str]], warehouse: Warehouse) -> Address:
    """Return the filters that the parameters `area`, `period`, `from`, `to`, `type`, `compare` ask.

    A value counts only when it stands in our own lists; any other is left out, with a notice
    that names the parameter and never repeats the value.
    """
    reader = _Reader(parameters)
    chosen_areas = reader.several("area", [area.code for area in areas(warehouse)])
    crime_types = reader.several("type", ROW_TYPES)
    compare_with = reader.one("compare", get_args(Comparison)) or _DEFAULT_COMPARISON
    period = reader.one("period", PERIOD_CHOICES)
    first, last = reader.months(months_held(warehouse))
    reader.note_unknown_names()
    is_custom = bool(first or last) and period in (None, "custom")
    return Address(
        areas=chosen_areas,
        period="custom" if is_custom else period or _DEFAULT_PERIOD,
        first_month=first if is_custom else None,
        last_month=last if is_custom else None,
        crime_types=crime_types,
        compare_with=_comparison(compare_with),
        problems=reader.notices(_home_name(warehouse)),
    )


def write_address(address: Address) -> dict[str, tuple[str, ...]]:
    """Return the parameters that stand for these filters; defaults are left out."""
    written = {
        "area": address.areas,
        "period": (address.period,) if address.period != _DEFAULT_PERIOD else (),
        "from": _month(address.first_month),
        "to": _month(address.last_month),
        "type": address.crime_types,
        "compare": (address.compare_with,) if address.compare_with != _DEFAULT_COMPARISON else (),
    }
    return {name: values for name, values in written.items() if values}


def write_choice(choice: Choice) -> dict[str, tuple[str, ...]]:
    """Return the parameters of a link that opens a page with this choice."""
    is_custom = bool(choice.first_month or choice.last_month)
    return write_address(
        Address(
            areas=choice.areas,
            period="custom" if is_custom else _DEFAULT_PERIOD,
            first_month=choice.first_month,
            last_month=choice.last_month,
            crime_types=choice.crime_types,
            compare_with=choice.compare_with,
        )
    )


class _Reader:
    """Takes allowed values out of the parameters and remembers which held anything else."""

    def __init__(self, parameters: Mapping[str, Sequence[str]]) -> None:
        self._parameters = parameters
        self._faulty: dict[str, bool] = {}

    def several(self, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """Return the allowed values in the order of the list, each once."""
        given = self._given(name)
        listed = tuple(value for value in allowed if value in given)
        if given.difference(listed):
            self._faulty[name] = bool(listed)
        return listed

    def one(self, name: str, allowed: Iterable[str]) -> str | None:
        """Return the one allowed value, or None when there is none or more than one."""
        given = self._given(name)
        listed = [value for value in allowed if value in given]
        if given and (len(given) > 1 or not listed):
            self._faulty[name] = False
            return None
        return listed[0] if listed else None

    def months(self, held: Sequence[date]) -> tuple[date | None, date | None]:
        """Return the first and last month; neither when either is faulty or they are crossed."""
        spoken = {f"{month:%Y-%m}": month for month in held}
        first, last = self.one("from", spoken), self.one("to", spoken)
        if first and last and first > last:
            self._faulty["from"] = False
        if {"from", "to"} & self._faulty.keys():
            return None, None
        return spoken.get(first or ""), spoken.get(last or "")

    def note_unknown_names(self) -> None:
        """Remember the parameters that are none of ours."""
        for name in list(self._parameters)[:MOST_VALUES]:
            if name not in _INSTEAD:
                self._faulty[name if name in _FORMER_NAMES else ""] = False

    def notices(self, home: str) -> tuple[str, ...]:
        """Return a sentence for each faulty parameter."""
        return tuple(_notice(name, rest, home) for name, rest in self._faulty.items())

    def _given(self, name: str) -> set[str]:
        return set(list(self._parameters.get(name, ()))[:MOST_VALUES])


def _notice(name: str, has_rest: bool, home: str) -> str:
    if not name:
        return "A filter in the address was not recognised and is left out."
    if has_rest:
        return f"Filter {name}: a value was not recognised and is left out."
    instead = {**_INSTEAD, **_FORMER_NAMES}[name].format(home=home)
    return f"Filter {name} not recognised; showing {instead}."


def _month(month: date | None) -> tuple[str, ...]:
    return (f"{month:%Y-%m}",) if month else ()


def _home_name(warehouse: Warehouse) -> str:
    return next(area.name for area in areas(warehouse) if area.is_home)


def _comparison(word: str) -> Comparison:
    return next(each for each in get_args(Comparison) if each == word)
