"""Which published periods answer a choice about people: one that was declared, or a series."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice, Period
from dashboard.metrics.period import (
    USUAL_MONTHS,
    add_months,
    in_words,
    months_between,
    months_in,
)
from schemas.cells import PeriodType

Held = Sequence[tuple[PeriodType, date, date]]
"""Kind of period, first and last month, the latest last."""

_NEAREST: Final = 3


def series_period(choice: Choice, kind: PeriodType, held: Held) -> Period:
    """Return the months of a series of months or quarters, with those not published.

    Without months it is the latest twelve; an open end is the first or latest held.

    Raises:
        UnknownChoice: nothing of this kind is held, or the months are crossed.
    """
    of_kind = [(first, last) for each, first, last in held if each == kind]
    if not of_kind:
        raise UnknownChoice(f"No whole {kind} is held yet.")
    earliest, latest = of_kind[0][0], of_kind[-1][1]
    last = choice.last_month or latest
    usual = max(earliest, add_months(last, 1 - USUAL_MONTHS))
    first = choice.first_month or (earliest if choice.last_month else usual)
    if first > last:
        raise UnknownChoice(
            f"The first month ({first:%Y-%m}) is after the last ({last:%Y-%m}). Swap them."
        )
    return Period(first, last, _missing(first, last, of_kind))


def _missing(first: date, last: date, held: Sequence[tuple[date, date]]) -> tuple[date, ...]:
    """Return the months of no published period; at the ends, a part of a quarter is none."""
    length = months_in(*held[0])
    published = {month for period in held for month in months_between(*period)}

    def is_whole(month: date) -> bool:
        start = add_months(month, -((month.month - 1) % length))
        return first <= start and add_months(start, length - 1) <= last

    return tuple(
        month for month in months_between(first, last) if month not in published and is_whole(month)
    )


def one_period(choice: Choice, held: Held, *, what: str) -> tuple[PeriodType, Period]:
    """Return the kind and the months of the one period chosen; the latest twelve months if none.

    An open end is the first or latest month held.

    Raises:
        UnknownChoice: the months are not those of a published period; the nearest are named.
    """
    declared = {Period(first, last): kind for kind, first, last in held}
    if choice.first_month is None and choice.last_month is None:
        years = [period for period, kind in declared.items() if kind == "year"]
        chosen = (years or list(declared))[-1]
    else:
        first = choice.first_month or min(period.first_month for period in declared)
        last = choice.last_month or max(period.last_month for period in declared)
        chosen = Period(first, last)
    if chosen in declared:
        return declared[chosen], chosen
    raise UnknownChoice(
        f"{what} {in_words(chosen)} is none of those held. Nearest: "
        f"{'; '.join(map(in_words, _nearest(chosen, list(declared))))}."
    )


def nearest_period(choice: Choice, held: Held) -> Choice:
    """Return the choice over the published period nearest to its months; no months stay none."""
    if choice.first_month is None or choice.last_month is None:
        return choice
    chosen = Period(choice.first_month, choice.last_month)
    declared = [Period(first, last) for _, first, last in held]
    if not declared or chosen in declared:
        return choice
    nearest = _nearest(chosen, declared)[0]
    return choice.during(nearest.first_month, nearest.last_month)


def _nearest(chosen: Period, declared: Sequence[Period]) -> list[Period]:
    def apart(period: Period) -> int:
        return sum(
            abs(months_in(one, other) - 1)
            for one, other in (
                (period.first_month, chosen.first_month),
                (period.last_month, chosen.last_month),
            )
        )

    # Of periods as near as each other the latest comes first, such as the last month of a year.
    latest_first = sorted(declared, key=lambda period: period.last_month, reverse=True)
    return sorted(latest_first, key=apart)[:_NEAREST]
