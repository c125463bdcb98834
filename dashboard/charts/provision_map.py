"""Districts by the best help that a priority group finds in them, and what stands beside a map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Shape, Step, Table
from dashboard.charts.maps import OUTSIDE_PLACES
from dashboard.directory.provision import LEVELS, NONE, SPECIALIST
from dashboard.directory.words import day
from dashboard.metrics.areas import Outlines
from dashboard.metrics.metric import Result

HELP_COLUMNS: Final = ("Best help", "Services with a place there", "By telephone or online only")
"""Columns of the table that say what is drawn over a map of districts."""

_RANKS: Final = list(LEVELS)
_STEPS: Final = tuple(Step(rank, word) for rank, word in enumerate(LEVELS.values()))


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside the figure of each district, in words, by its code.

    help: the best help there is. seen: services with a place there. remote: those from afar.
    layers: what is drawn over the map; notes: what is to be said of it.
    """

    help: Mapping[str, str]
    seen: Mapping[str, Sequence[str]]
    remote: Mapping[str, Sequence[str]]
    layers: tuple[Series, ...] = ()
    notes: tuple[str, ...] = ()


def provision_map(
    result: Result,
    levels: Mapping[str, str],
    outlines: Outlines,
    beside: Beside,
    *,
    group: str,
    as_of: date,
) -> Chart:
    """Return districts shaded by the best help that a priority group finds in them.

    result: the groups without a specialist, for sources; levels: the level of help by district.
    """
    facts = words.facts(result)
    facts["period"] = f"as of {day(as_of)}"
    names = {code: words.name(result, code) for code in levels if code in outlines}
    counts = [
        f"{word.lower()} in {words.count(sum(levels[code] == level for code in names))}"
        for level, word in reversed(list(LEVELS.items()))
    ]
    return Chart(
        key=words.slug(f"help for {group} by district"),
        form="area_map",
        headline=f"Help, {words.lowered(group)}: {_finding(levels, names)}",
        subtitle=f"The best help that works in each district, {words.lowered(group)}, "
        f"{facts['period']}",
        alt=f"Map of districts. Help is {', '.join(counts)} of {len(names)} districts. "
        + "; ".join(f"{name} {LEVELS[levels[code]].lower()}" for code, name in names.items())
        + ".",
        table=_table(names, beside),
        series=beside.layers,
        shapes=tuple(_shape(code, name, levels[code], outlines) for code, name in names.items()),
        scale=_STEPS,
        hatched="no service at all",
        notes=(*beside.notes, outlines.credit),
        **facts,
    )


def _finding(levels: Mapping[str, str], names: Mapping[str, str]) -> str:
    none = [name for code, name in names.items() if levels[code] == NONE]
    if none:
        return f"no service at all in {words.joined(none)}"
    many = sum(levels[code] == SPECIALIST for code in names)
    which = "all" if many == len(names) else f"{words.count(many)} of"
    return f"{LEVELS[SPECIALIST].lower()} in {which} {words.count(len(names))} districts"


def help_cells(code: str, beside: Beside) -> tuple[str, ...]:
    """Return the cells of HELP_COLUMNS for one district."""
    lists = (beside.seen.get(code, ()), beside.remote.get(code, ()))
    return (
        beside.help.get(code, "no directory"),
        *(f"{len(each)}: {'; '.join(each)}" if each else "0" for each in lists),
    )


def _shape(code: str, name: str, level: str, outlines: Outlines) -> Shape:
    return Shape(
        code=code,
        label=name,
        rings=outlines[code],
        value=float(_RANKS.index(level)),
        words=f"{name}: {LEVELS[level]}",
        pattern="hatched" if level == NONE else "",
        label_at=OUTSIDE_PLACES.get(code),
    )


def _table(names: Mapping[str, str], beside: Beside) -> Table:
    rows = tuple((name, *help_cells(code, beside)) for code, name in names.items())
    return Table(("District", *HELP_COLUMNS), rows, ("",) * 4)
