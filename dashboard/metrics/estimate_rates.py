"""Rates made of assumptions: how many in a hundred are affected, and how many need support."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.metrics.assumptions import (
    DRAFT,
    PREVALENCE,
    REPORTED,
    SUPPORT,
    TRIED,
    Assumption,
    Range,
    Status,
    assumptions,
    weakest,
)
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.population import EVERYONE, residents_of_england_and_wales
from dashboard.warehouse import Warehouse
from schemas.supplied.lists import CRIME_GROUP

COMBINED: Final = "ANY"
"""Stands for the surveys' one measure of several crimes, which counts each person once."""

_INCIDENTS: Final = "INCIDENTS"
_SUPPORT_OTHERWISE: Final = "SUPPORT_OTHER"
_MOST_NAMED: Final = 3


@dataclass(frozen=True)
class Rate:
    """A rate in percent of a base of residents, and the assumptions that it is made of."""

    base: str
    percent: Range
    made_of: tuple[Assumption, ...]

    @property
    def status(self) -> Status:
        """How far the rate may be relied on: as far as the weakest of its assumptions."""
        return weakest(each.status for each in self.made_of)


def rates_of(metric: Metric, choice: Choice, warehouse: Warehouse) -> Mapping[str, Rate]:
    """Return the rate of each crime group, and of ANY, for which all that is assumed is held."""
    held = assumptions(warehouse, choice)
    residents = residents_of_england_and_wales(warehouse)
    found = {code: _affected(code, held, residents) for code in (*CRIME_GROUP, COMBINED)}
    if SUPPORT in metric.assumes:
        found = {code: rate and _in_need(code, rate, held) for code, rate in found.items()}
    return {code: rate for code, rate in found.items() if rate}


def unreported_of(choice: Choice, warehouse: Warehouse) -> Mapping[str, Rate]:
    """Return the share of each crime group that is not reported, in percent of those affected."""
    held = assumptions(warehouse, choice)
    found = {code: held.get(f"{REPORTED}_{code}") for code in CRIME_GROUP}
    return {
        code: Rate(each.applies_to, each.values.rest_of(100), (each,))
        for code, each in found.items()
        if each and each.values.central is not None
    }


def notes_of(rates: Iterable[Rate]) -> tuple[str, ...]:
    """Return what a reader must know beside estimates, in whole sentences."""
    made_of = list({each.code: each for rate in rates for each in rate.made_of}.values())
    return (
        "Low and high are the range of the assumptions, not 95% limits.",
        *_said(made_of, TRIED, "Tried out in this session, and not the agreed value"),
        *_said(made_of, DRAFT, "DRAFT, until a published source is read"),
    )


def _said(made_of: Sequence[Assumption], status: Status, words: str) -> Iterator[str]:
    names = [each.name for each in made_of if each.status == status]
    if not names:
        return
    if len(names) <= _MOST_NAMED:
        yield f"{words}: {'; '.join(names)}."
    elif len(names) == len(made_of):
        yield f"{words}: all {len(names)} assumptions used here."
    else:
        yield f"{words}: {len(names)} of the {len(made_of)} assumptions used here."


def _affected(code: str, held: Mapping[str, Assumption], residents: int) -> Rate | None:
    found = held.get(f"{PREVALENCE}_{code}")
    if found and found.values.central is not None:
        return Rate(found.applies_to, found.values, (found,))
    incidents = held.get(f"{_INCIDENTS}_{code}")
    if incidents and incidents.values.central is not None and residents:
        # Incidents of England and Wales, shared out by residents: nobody counts them by place.
        return Rate(EVERYONE, incidents.values.times(100 / residents), (incidents,))
    return None


def _in_need(code: str, rate: Rate, held: Mapping[str, Assumption]) -> Rate | None:
    otherwise = None if code == COMBINED else held.get(_SUPPORT_OTHERWISE)
    share = held.get(f"{SUPPORT}_{code}", otherwise)
    if not share or share.values.central is None:
        return None
    percent = rate.percent.by(share.values).times(1 / 100)
    return Rate(rate.base, percent, (*rate.made_of, share))
