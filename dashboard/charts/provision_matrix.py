"""Which help each priority group finds in each district: words in a matrix, names in its table."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.charts import words
from dashboard.charts.chart import Cell, Chart, Series, Step, Table
from dashboard.directory.provision import LEVELS, NONE, SPECIALIST, Help
from dashboard.directory.provision import Cell as Where
from dashboard.directory.service import Directory, Service
from dashboard.directory.words import day
from dashboard.metrics.metric import Result
from dashboard.metrics.targets import target_words
from schemas.supplied.lists import PRIORITY_FLAG

Row = Mapping[str, Any]

_RANKS: Final = list(LEVELS)
_STEPS: Final = (
    Step(0, "None: no service takes the group"),
    Step(1, "Remote only: by telephone or online"),
    Step(2, "General: for the group among others"),
    Step(3, "Specialist: made for the group"),
)
_MOST_NAMED: Final = 3
_COLUMNS: Final = (
    *("Priority group", "District", "Help", "Leaves out", "Need, people a year", "Need rests on"),
    *("Specialist services", "General services", "By telephone or online"),
)


def provision_matrix(
    result: Result,
    cells: pl.DataFrame,
    helps: Mapping[Where, Help],
    *,
    directory: Directory,
    as_of: date,
    seeker: str = "",
) -> Chart:
    """Return one row a priority group and one column a district, with the best help there is.

    result: how many groups and districts with need have no specialist; its sources and target.
    cells: group, district, level and need, for the same help. seeker: who looks for it, in words.
    """
    names = directory.districts
    held = cells if directory.services else cells.clear()
    rows = [{**row, "name": names[row["area_code"]]} for row in held.iter_rows(named=True)]
    facts = words.facts(result)
    facts["period"] = f"as of {day(as_of)}"
    whom = f", for {seeker}" if seeker else ""
    lacking = [row for row in rows if row["has_need"] and row["level"] == NONE]
    return Chart(
        key=words.slug(f"help by priority group and district {seeker} {facts['period']}"),
        form="level_matrix",
        headline=_headline(rows, lacking),
        subtitle=f"The best help that works in each district, by priority group{whom}, "
        f"{facts['period']}; {target_words(result.metric)}",
        alt=_alt(rows, lacking),
        table=_table(rows, helps),
        series=_series(rows, helps),
        scale=_STEPS,
        y_title="Priority group",
        notes=(*_left_out(rows, helps), *result.notes),
        **facts,
    )


def _headline(rows: Sequence[Row], lacking: Sequence[Row]) -> str:
    if not rows:
        return "No help can be shown: no directory of services is loaded"
    none = f"No service at all: {_places(lacking)}. " if lacking else ""
    with_need = [row for row in rows if row["has_need"]]
    without = sum(row["level"] != SPECIALIST for row in with_need)
    return (
        f"{none}No specialist in {without:,} of {len(with_need):,} pairs of a group and a district "
        "with need"
    )


def _places(lacking: Sequence[Row]) -> str:
    """Return the groups without any service and where: 'rural in Herefordshire'."""
    where: dict[str, list[str]] = {}
    for row in lacking:
        where.setdefault(PRIORITY_FLAG[row["priority_flag"]].lower(), []).append(row["name"])
    said = [f"{group} in {_districts(names)}" for group, names in where.items()]
    more = len(said) - _MOST_NAMED
    others = f"; {words.count(more)} more group{'s' if more > 1 else ''}" if more > 0 else ""
    return f"{'; '.join(said[:_MOST_NAMED])}{others}"


def _districts(names: Sequence[str]) -> str:
    if len(names) > _MOST_NAMED:
        return f"{words.count(len(names))} districts"
    return words.joined(names)


def _alt(rows: Sequence[Row], lacking: Sequence[Row]) -> str:
    if not rows:
        return "No matrix: no directory of services is loaded."
    counts = [
        f"{LEVELS[level].lower()} {sum(row['level'] == level for row in rows)}"
        for level in reversed(_RANKS)
    ]
    groups = len({row["priority_flag"] for row in rows})
    none = f" Need without any service: {_places(lacking)}." if lacking else ""
    return f"Matrix of {groups} priority groups by district. Cells: {', '.join(counts)}.{none}"


def _series(rows: Sequence[Row], helps: Mapping[Where, Help]) -> tuple[Series, ...]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["priority_flag"], []).append(row)
    return tuple(
        Series(
            name=PRIORITY_FLAG[flag],
            x=tuple(row["name"] for row in held),
            y=tuple(float(_RANKS.index(row["level"])) for row in held),
            labels=tuple(_label(helps[flag, row["area_code"]]) for row in held),
        )
        for flag, held in groups.items()
    )


def _label(found: Help) -> str:
    """Return the level in a word; a star says that not all of the group are taken."""
    return f"{LEVELS[found.level]}{'*' if found.without else ''}"


def _left_out(rows: Sequence[Row], helps: Mapping[Where, Help]) -> tuple[str, ...]:
    """Say whom the best help leaves out, of each group once."""
    said: dict[str, dict[str, None]] = {}
    for row in rows:
        without = helps[row["priority_flag"], row["area_code"]].without
        if without:
            said.setdefault(PRIORITY_FLAG[row["priority_flag"]], {})[without] = None
    parts = [f"{group.lower()}: {' or '.join(each)}" for group, each in said.items()]
    return (f"* The best help leaves out, of {'; of '.join(parts)}.",) if parts else ()


def _table(rows: Sequence[Row], helps: Mapping[Where, Help]) -> Table:
    """Return every cell, those with the least help first."""
    ranked = sorted(rows, key=lambda row: _RANKS.index(row["level"]))
    cells = tuple(_row(row, helps[row["priority_flag"], row["area_code"]]) for row in ranked)
    return Table(_COLUMNS, cells, ("", "", "", "", "{:,.0f}", "", "", "", ""))


def _row(row: Row, found: Help) -> tuple[Cell, ...]:
    return (
        PRIORITY_FLAG[row["priority_flag"]],
        row["name"],
        LEVELS[row["level"]],
        found.without or "nobody",
        "[x]" if row["need"] is None else row["need"],
        _basis(row),
        *(_named(each) for each in (found.specialist, found.general, found.remote)),
    )


def _basis(row: Row) -> str:
    if row["need"] is None:
        return "not known"
    return "estimate" if row["is_estimated"] else "the force's referrals, shared out"


def _named(services: Sequence[Service]) -> str:
    """Return how many services there are, and their names: '2: Helpline; Safe house'."""
    names = "; ".join(each.name for each in services)
    return f"{len(services)}: {names}" if services else "0"
