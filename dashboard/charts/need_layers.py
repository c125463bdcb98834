"""The four layers of need side by side: what each row of the table says, never blended."""

from collections.abc import Mapping
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.ranges import marked
from dashboard.metrics.metric import Result
from schemas.codes import NOT_AVAILABLE

Row = Mapping[str, Any]

NO_ESTIMATE: Final = "no published estimate"
_NOT_APART: Final = "not available from police.uk"
HEADINGS: Final = ("Recorded", "Estimated victims", "Estimated need", "People supported", "Take-up")


def layers(
    recorded: Mapping[str, str],
    victims: Result,
    need: Result,
    *,
    people: Result | None,
    take_up: Result,
) -> list[tuple[str, ...]]:
    """Return one row a group or district: its name, then the layers in words.

    `recorded` holds what is said of recorded crime, by code; `people` is None where no count is
    published for this choice.
    """
    (column,) = victims.by
    needs, shares = _by_code(need, column), _by_code(take_up, column)
    counts = _by_code(people, column) if people else {}
    return [
        (
            words.name(victims, row[column]),
            recorded.get(row[column], _NOT_APART),
            _estimate(victims, row),
            _estimate(need, needs[row[column]]),
            _people(counts.get(row[column])),
            _share(take_up, shares[row[column]]),
        )
        for row in victims.frame.iter_rows(named=True)
    ]


def _by_code(result: Result, column: str) -> dict[str, Row]:
    return {row[column]: row for row in result.frame.iter_rows(named=True)}


def _estimate(result: Result, row: Row) -> str:
    if row["value"] is None:
        return NO_ESTIMATE
    return marked(result, row)


def _people(row: Row | None) -> str:
    if row is None:
        return NOT_AVAILABLE
    return str(row["marker"]) if row["value"] is None else f"{row['value']:,.0f}"


def _share(result: Result, row: Row) -> str:
    if row["denominator"] is None:
        return NO_ESTIMATE
    if row["value"] is None:
        return str(row["marker"])
    return marked(result, row)
