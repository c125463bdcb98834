"""One cell for every way in which the menu publishes anything, so that each can be asked for."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Final

from schemas.cells import AreaType, PeriodType, View
from schemas.measures import CHANGES, MEASURES, WAITS
from schemas.menu.values import SPLIT_CODES
from tests.support.tiny_cells import LAST_QUARTER, YEAR, Cell, Months, cell, change, wait

_PLACES: Final[dict[AreaType, str]] = {
    "force": "E23000016",
    "partnership": "E22000368",
    "district": "E07000234",
}
_PERIODS: Final[dict[PeriodType, Months]] = {
    "month": ("month", date(2026, 9, 1), date(2026, 9, 1)),
    "quarter": ("quarter", *LAST_QUARTER),
    "year_to_date": ("year_to_date", date(2026, 4, 1), date(2026, 9, 1)),
    "year": ("year", *YEAR),
}
_VALUES: Final = {
    **{split: (next(iter(codes)),) for split, codes in SPLIT_CODES.items()},
    "crime_group": ("DA", "FRAUD", "CYBER_DEP"),
    "sentiment": ("NEGATIVE",),
    "end_reason": ("COMPLETED", "DECLINED", "NO_CONTACT", "UNSAFE_CONTACT", "NO_CAPACITY"),
    "provider_id": ("P1",),
    "service_id": ("S1",),
}
STATISTICS: Final = ("median", "ninetieth_percentile")


def counts(count: int | None = 200) -> list[Cell]:
    """Return a cell for each declared split, area and period of every measure; None: hidden."""
    return [
        cell(each.key, place, count, *splits, period=period)
        for each in MEASURES
        for view in each.views
        for place, period, splits in _asked(view)
    ]


def waits(days: int | None = 3) -> list[Cell]:
    """Return the same for every wait."""
    return [
        wait(each.key, place, statistic, days, splits=splits, period=period)
        for each in WAITS
        for view in each.views
        for place, period, splits in _asked(view)
        for statistic in STATISTICS
    ]


def changes(mean: float | None = 1.5) -> list[Cell]:
    """Return the same for every change in score."""
    limits = (None, None) if mean is None else (mean - 0.5, mean + 0.5)
    return [
        change(mean, *limits, *splits, area_code=place, period=period)
        for each in CHANGES
        for view in each.views
        for place, period, splits in _asked(view)
    ]


def _asked(view: View) -> Iterator[tuple[str, Months, tuple[str, ...]]]:
    parts = [[(split, value) for value in _VALUES[split]] for split in view.splits]
    for (area, period), chosen in product(view.levels, product(*parts)):
        yield _PLACES[area], _PERIODS[period], tuple(word for pair in chosen for word in pair)
