"""What a scenario does for each priority group whose need is estimated."""

from dataclasses import replace

from dashboard.charts.chart import Chart
from dashboard.charts.scenarios import Pair, before_and_after
from dashboard.errors import UnknownChoice
from dashboard.planning.effect import Effect
from dashboard.planning.words import amount, group_name
from dashboard.ui.planner import LEAST, Asked, effect_of
from schemas.supplied.lists import PRIORITY_FLAG


def groups(asked: Asked) -> None:
    """Show unmet need of each group before and after, in the force area."""
    asked.show("planner_groups", lambda: _chart(asked))


def _chart(asked: Asked) -> Chart:
    found, without = _effects(asked)
    return before_and_after(
        replace(asked.about, what=asked.today.force.name),
        [_pair(each) for each in found],
        measure="Unmet need by priority group",
        unit="people a year",
        headline=_headline(found),
        definition="A service for several groups shares its places among them by their need.",
        notes=(
            "Groups overlap, and are never added up.",
            *([f"No published estimate of need: {'; '.join(without)}."] if without else []),
        ),
    )


def _effects(asked: Asked) -> tuple[list[Effect], list[str]]:
    """Return the effect for each group with an estimate, and the names of the others."""
    found, without = [], []
    for code, name in PRIORITY_FLAG.items():
        try:
            found.append(effect_of(asked.numbers, code, asked.changes))
        except UnknownChoice:
            without.append(name)
    return found, without


def _pair(found: Effect) -> Pair:
    line = found.force
    return Pair(
        name=PRIORITY_FLAG[found.group],
        before=line.before.unmet.central,
        after=line.after.central,
        low=line.after.low,
        high=line.after.high,
        marker=line.before.marker,
    )


def _headline(found: list[Effect]) -> str:
    moved = [each for each in found if abs(each.force.gained) >= LEAST]
    if not moved:
        return "No group has more or fewer places than today"
    most = max(moved, key=lambda each: abs(each.force.gained))
    gained = most.force.gained
    way = "more" if gained > 0 else "fewer"
    return f"For {group_name(most.group)}, places for {amount(abs(gained))} {way} people a year"
