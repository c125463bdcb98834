"""The checklist of the Code as a grid: which organisation holds evidence of which right."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from dashboard.charts import words
from dashboard.charts.chart import Cell, Chart, Series, Step, Table
from dashboard.metrics.metric import Result
from dashboard.metrics.targets import target_words
from schemas.supplied.complaint import ORGANISATION

_STEPS: Final = (
    Step(0, "none held"),
    Step(1, "in part, or held without owner or day"),
    Step(2, "held, with owner and day"),
)
_LABELS: Final = ("none", "part", "held")
_NOT_THEIRS: Final = "–"
_RIGHTS: Final = {
    "1": "Understand",
    "2": "Recording",
    "3": "Information",
    "4": "Needs, support",
    "5": "Compensation",
    "6": "Case updates",
    "7": "Statement",
    "8": "Trial",
    "9": "Outcome",
    "10": "Expenses",
    "11": "Offender",
    "12": "Complaints",
}
"""The rights in a word or two, by number."""

_SHORT: Final = {"CPS": "Prosecution", "SERVICE": "Support", "OPCC": "This office"}

State = dict[tuple[str, str], int]


def evidence_grid(result: Result, checklist: pl.DataFrame) -> Chart:
    """Return one row a right, one column an organisation, and how far evidence is held in each.

    result: how many rights are evidenced.
    checklist: `right_no`, `organisation`, `evidence`, and `is_whole` where it has owner and day.
    """
    facts = words.facts(result)
    states = _states(checklist)
    rights = [right for right in _RIGHTS if any(right == each for each, _ in states)]
    theirs = {organisation for _, organisation in states}
    organisations = [each for each in ORGANISATION if each in theirs]
    whole = [right for right in rights if _is_whole(states, right)]
    return Chart(
        key=words.slug(f"checklist of the code {facts['period']}"),
        form="matrix",
        headline=_headline(rights, whole),
        subtitle="Evidence of each right of the Victims' Code, by the organisations that give it, "
        f"{facts['period']}; {target_words(result.metric)}",
        alt=_alt(states, rights, whole, organisations),
        table=_table(states, rights, organisations),
        series=tuple(_series(states, right, organisations) for right in rights),
        scale=_STEPS,
        notes=(f"{_NOT_THEIRS} is no right that this organisation gives.", *result.notes),
        **facts,
    )


def _states(checklist: pl.DataFrame) -> State:
    rows = checklist.filter(pl.col("evidence") != "NOT_OURS")
    columns = rows.select("right_no", "organisation", "evidence", "is_whole").iter_rows()
    return {
        (right, organisation): 2 if is_whole else int(evidence != "NONE")
        for right, organisation, evidence, is_whole in columns
    }


def _is_whole(states: State, right: str) -> bool:
    return all(state == 2 for (each, _), state in states.items() if each == right)


def _headline(rights: Sequence[str], whole: Sequence[str]) -> str:
    held = words.count(len(whole))
    return f"All who give it hold evidence of {held} of {words.count(len(rights))} rights"


def _alt(
    states: State, rights: Sequence[str], whole: Sequence[str], organisations: Sequence[str]
) -> str:
    lacking = [words.lowered(_RIGHTS[right]) for right in rights if right not in whole]
    counts = zip(organisations, _counts(states, organisations), strict=True)
    per = [f"{ORGANISATION[each]} {held} of {given}" for each, (held, given) in counts]
    gaps = f" Evidence is lacking somewhere of: {'; '.join(lacking)}." if lacking else ""
    return f"Grid of rights by organisation. Rights evidenced: {', '.join(per)}.{gaps}"


def _counts(states: State, organisations: Sequence[str]) -> list[tuple[int, int]]:
    """Return, for each organisation, the rights with evidence and those that it gives."""
    theirs = [[state for (_, o), state in states.items() if o == each] for each in organisations]
    return [(sum(state == 2 for state in found), len(found)) for found in theirs]


def _series(states: State, right: str, organisations: Sequence[str]) -> Series:
    found = [states.get((right, each)) for each in organisations]
    return Series(
        name=f"{right} {_RIGHTS[right]}",
        x=tuple(_SHORT.get(each, ORGANISATION[each]) for each in organisations),
        y=tuple(None if each is None else float(each) for each in found),
        labels=tuple(_NOT_THEIRS if each is None else _LABELS[each] for each in found),
    )


def _table(states: State, rights: Sequence[str], organisations: Sequence[str]) -> Table:
    held, given = zip(*_counts(states, organisations), strict=True)
    rows: list[tuple[Cell, ...]] = [
        (f"{right} {_RIGHTS[right]}", *_series(states, right, organisations).labels)
        for right in rights
    ]
    names = [ORGANISATION[each] for each in organisations]
    return Table(
        ("Right", *names),
        (*rows, ("Rights with evidence held", *held), ("Rights that it gives", *given)),
        ("",) * (len(names) + 1),
    )
