"""The gap map as a whole: what the reader asked for."""

from dataclasses import dataclass, replace
from typing import Final

from dashboard.charts.words import joined, lowered
from dashboard.directory.read import directory
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.needs import about
from dashboard.metrics.places import places, scope_of
from dashboard.ui import filters, needs_assumptions
from dashboard.ui.group_filter import choose_group
from dashboard.ui.numbers import Numbers
from schemas.supplied.lists import PRIORITY_FLAG

FILTERS: Final = ("group", "show")
"""Names in the address of the filters that are this page's own."""


@dataclass(frozen=True)
class Asked:
    """What the reader asked for: places, with and without values tried out, and the group.

    `districts` are those of the places, in the order of lists.
    """

    choice: Choice
    tried: Choice
    group: str
    districts: tuple[str, ...]

    def about(self, whole: Metric) -> Metric:
        """Return the metric about the chosen priority group alone."""
        return about(whole, "priority_flag", self.group)

    def within(self, district: str) -> "Asked":
        """Return the same for one district alone."""
        choice, tried = (replace(each, areas=(district,)) for each in (self.choice, self.tried))
        return replace(self, choice=choice, tried=tried, districts=(district,))


def asked(numbers: Numbers, choice: Choice) -> Asked:
    """Show the page's own filter; return what is asked for."""
    plain = replace(choice, first_month=None, last_month=None, crime_types=())
    group = choose_group(
        "Priority group, for maps and for what stands behind them", key="gap_filters"
    )
    filters.show_status(_status(numbers, plain, group))
    tried = replace(plain, assumptions=needs_assumptions.tried(numbers.warehouse))
    needs_assumptions.show_notice(numbers.warehouse, tried)
    return Asked(plain, tried, group, _districts(numbers, plain))


def _status(numbers: Numbers, choice: Choice, group: str) -> str:
    names = numbers.area_names()
    areas = joined([names[code] for code in choice.areas]) or numbers.home_name()
    name = lowered(PRIORITY_FLAG[group])
    return f"Showing {areas}: services as they are now, need in a year, {name}."


def _districts(numbers: Numbers, choice: Choice) -> tuple[str, ...]:
    held = places(scope_of(choice, numbers.warehouse), numbers.warehouse)["area_code"].to_list()
    return tuple(code for code in directory(numbers.warehouse).districts if code in held)
