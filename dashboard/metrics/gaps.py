"""Who stands out now, whatever the past: rural places, groups not seen, groups without services."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from dashboard.directory.provision import NONE
from dashboard.directory.read import directory
from dashboard.errors import UnknownChoice
from dashboard.metrics import catalogue
from dashboard.metrics.cells import nearest_published
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.provision_cells import provision_cells
from dashboard.metrics.rural_support import nearest_supported
from dashboard.warehouse import Warehouse
from schemas.codes import HIDDEN
from schemas.supplied.lists import PRIORITY_FLAG

_WIDER: Final = 3.09 / 1.96
"""From limits of 95% to those of 99.8%, which stand for different and not for chance."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A gap to look at, in a whole sentence, and what shows it: its page's tab and the choice.

    `own`: the page's own filters, by their names in the address.
    """

    metric: Metric
    view: str
    sentence: str
    choice: Choice
    own: tuple[tuple[str, str], ...] = ()


def gaps(choice: Choice, warehouse: Warehouse) -> tuple[Gap, ...]:
    """Return the gaps among the places chosen; none when a crime type is, which people have not."""
    if choice.crime_types:
        return ()
    parts = (_rural, _without_service, _without_figure)
    return tuple(gap for part in parts for gap in _known(part, choice, warehouse))


def _known(
    part: Callable[[Choice, Warehouse], Iterator[Gap]], choice: Choice, warehouse: Warehouse
) -> tuple[Gap, ...]:
    """Return the gaps of one kind; none where what it needs is not held for these places."""
    try:
        return tuple(part(choice, warehouse))
    except UnknownChoice:
        return ()


def _rural(choice: Choice, warehouse: Warehouse) -> Iterator[Gap]:
    """Districts whose rural places get clearly less support for each offence than their towns."""
    metric, by = catalogue.metric("rural_support_ratio"), ("area_code",)
    nearest = nearest_supported(metric, choice, warehouse=warehouse, by=by)
    result = evaluate(metric, nearest, warehouse=warehouse, by=by)
    least = (pl.col("upper") / pl.col("value")).log() * _WIDER + pl.col("value").log()
    for row in result.frame.filter(least < 0).sort("value").iter_rows(named=True):
        yield Gap(
            metric=metric,
            view="Support",
            sentence=(
                f"Support in rural places, {result.names[row['area_code']]}: "
                f"{row['value']:.2f} times as much for each offence as in its towns "
                f"({row['lower']:.2f} to {row['upper']:.2f})"
            ),
            choice=replace(choice, areas=(row["area_code"],)),
        )


def _without_service(choice: Choice, warehouse: Warehouse) -> Iterator[Gap]:
    """Priority groups with need that no service of any kind takes in some of the districts."""
    metric = catalogue.metric("groups_without_service")
    need = provision_cells(choice, warehouse).filter("has_need")
    lacking = need.filter(pl.col("level") == NONE)
    if lacking.height >= need.height / 2:
        return
    names = directory(warehouse).districts
    for (flag,), rows in lacking.group_by("priority_flag", maintain_order=True):
        where = ", ".join(names[code] for code in rows["area_code"])
        people = round(float(rows["need"].sum()), -1)
        yield Gap(
            metric=metric,
            view="Matrix",
            sentence=(
                f"Services for priority groups, {PRIORITY_FLAG[str(flag)].lower()}: none at all in "
                f"{where}, where about {people:,.0f} people a year need support"
            ),
            choice=choice,
            own=(("group", PRIORITY_FLAG[str(flag)]),),
        )


def _without_figure(choice: Choice, warehouse: Warehouse) -> Iterator[Gap]:
    """Priority groups of whom no figure can be shown for the whole force, where most can."""
    metric, by = catalogue.metric("priority_groups"), ("priority_flag",)
    if choice.areas:
        return
    nearest = nearest_published(metric, choice, warehouse=warehouse, by=by)
    result = evaluate(metric, nearest, warehouse=warehouse, by=by)
    hidden = result.frame.filter(marker=HIDDEN)["priority_flag"].to_list()
    if 0 < len(hidden) < result.frame.height / 2:
        yield Gap(
            metric=metric, view="Who is missing", sentence=_unseen(result, hidden), choice=choice
        )


def _unseen(result: Result, hidden: list[str]) -> str:
    names = "; ".join(result.names[each].lower() for each in hidden)
    return (
        f"Referrals by priority group, {names}: hidden to protect people, unlike the other "
        f"{result.frame.height - len(hidden)} groups. Are they reached, and is the flag used?"
    )
