"""The gap map as a whole: what the reader asked for."""

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from dashboard.charts.words import joined, lowered
from dashboard.directory.read import directory
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.needs import about
from dashboard.metrics.places import places, scope_of
from dashboard.ui import filters, markup, needs_assumptions
from dashboard.ui.numbers import Numbers
from schemas.supplied.lists import PRIORITY_FLAG

FILTERS: Final = ("group", "show")
"""Names in the address of the filters that are this page's own."""

_USUAL_GROUP: Final = "DA"


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
    _say_unknown(st.query_params.get("group", ""))
    with st.container(key="gap_filters"):
        group = st.selectbox(
            "Priority group, for maps and for what stands behind them",
            list(PRIORITY_FLAG),
            index=list(PRIORITY_FLAG).index(_USUAL_GROUP),
            format_func=lambda code: PRIORITY_FLAG[code],
            key="group",
            bind="query-params",
        )
    filters.show_status(_status(numbers, plain, group))
    tried = replace(plain, assumptions=needs_assumptions.tried(numbers.warehouse))
    needs_assumptions.show_notice(numbers.warehouse, tried)
    return Asked(plain, tried, group, _districts(numbers, plain))


def _say_unknown(group: str) -> None:
    """Say that the address asks for a group that does not exist; its name is never repeated."""
    if group and group not in PRIORITY_FLAG.values():
        usual = lowered(PRIORITY_FLAG[_USUAL_GROUP])
        markup.box("notice", f"Filter group not recognised; showing {usual}.")


def _status(numbers: Numbers, choice: Choice, group: str) -> str:
    names = numbers.area_names()
    areas = joined([names[code] for code in choice.areas]) or numbers.home_name()
    name = lowered(PRIORITY_FLAG[group])
    return f"Showing {areas}: services as they are now, need in a year, {name}."


def _districts(numbers: Numbers, choice: Choice) -> tuple[str, ...]:
    held = places(scope_of(choice, numbers.warehouse), numbers.warehouse)["area_code"].to_list()
    return tuple(code for code in directory(numbers.warehouse).districts if code in held)
