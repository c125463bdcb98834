"""Mean changes in score are given where enough pairs stand behind them, scale by scale."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.counting import count_cells, count_changes
from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW
from schemas.measures import CHANGES, MEASURES
from schemas.protection import FLOORS, Protection
from schemas.published_people import PEOPLE_TABLES
from tests.support.accepted_rows import AS_OF, RURAL, TREE, accepted, referral

RECEIVED = date(2025, 1, 6)
EXIT = date(2026, 5, 4)
QUARTER = (date(2026, 4, 1), date(2026, 6, 1))
FILL = (date(2025, 1, 1), date(2026, 6, 30))
"""The first and the last day that scores tell of."""


def scored(
    *changes: float, tool: str = "OUTCOME_STAR", domain: str | None = "COPE", entry: float = 4
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a referral and two scores for each change."""
    referrals = [referral(RECEIVED) for _ in changes]
    scores = [
        {
            "provider_id": "P1",
            "referral_id": each["referral_id"],
            "tool": tool,
            "domain": domain,
            "occasion": occasion,
            "date": day,
            "score": entry + (change if occasion == "EXIT" else 0),
        }
        for each, change in zip(referrals, changes, strict=True)
        for occasion, day in (("ENTRY", RECEIVED), ("EXIT", EXIT))
    ]
    return referrals, scores


def changed(
    *several: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    marker: str | None = None,
    policy: Protection = FLOORS,
) -> pl.DataFrame:
    """Return the changes over cells shown from ten on, or with one marker for all."""
    fill = [{"tool": "OTHER", "occasion": "REVIEW", "date": day, "score": 1} for day in FILL]
    rows = accepted(
        referrals=[*(each for one, _ in several for each in one)],
        outcome_scores=[*fill, *(each for _, two in several for each in two)],
    )
    cells = count_cells(rows, as_of=AS_OF, areas=TREE, rural=RURAL)
    usual = pl.when(pl.col("true_count") < 10).then(pl.lit(HIDDEN)).otherwise(pl.lit(""))
    protected = cells.with_columns(
        count=pl.col("true_count"), marker=usual if marker is None else pl.lit(marker)
    )
    return count_changes(rows, areas=TREE, protected=protected, policy=policy)


def found(
    table: pl.DataFrame,
    scale: str = "OUTCOME_STAR.COPE",
    *,
    service: str = "",
    months: tuple[date, date] = QUARTER,
) -> tuple[Any, ...]:
    splits = ("service_id", service, "scale", scale) if service else ("scale", scale, "", "")
    names = ("split_1", "value_1", "split_2", "value_2")
    cell = table.filter(
        *(pl.col(name) == value for name, value in zip(names, splits, strict=True)),
        pl.col("first_month") == months[0],
        pl.col("last_month") == months[1],
    )
    return cell.select("mean_change", "lower", "upper", "marker").row(0)


def test_the_mean_has_the_limits_of_students_t() -> None:
    # Nine times 1 and once 3: mean 1.2, standard deviation 0.632, and t with 9 degrees 2.262:
    # 1.2 -/+ 2.262 * 0.632 / sqrt(10) = 0.748 and 1.652.
    assert found(changed(scored(*[1] * 9, 3))) == (1.2, 0.7, 1.7, "")


def test_a_fall_is_for_the_better_where_less_is() -> None:
    table = changed(scored(*[-2] * 9, -12, tool="CORE10", domain=None, entry=30))
    assert found(table, "CORE10.WHOLE")[0] == 3.0


@pytest.mark.parametrize(("pairs", "marker"), [(9, HIDDEN), (10, "")])
def test_a_mean_needs_ten_pairs(pairs: int, marker: str) -> None:
    assert found(changed(scored(*[1] * (pairs - 1), 3), marker=""))[3] == marker


def test_tools_are_never_averaged_together() -> None:
    table = changed(scored(*[1] * 9, 3), scored(*[2] * 8, tool="LOCAL_1_5", entry=1))
    assert found(table)[0] == 1.2
    assert found(table, "LOCAL_1_5.COPE") == (None, None, None, HIDDEN)


def test_what_holds_of_everybody_is_hidden() -> None:
    assert found(changed(scored(*[2] * 30))) == (None, None, None, HIDDEN)


@pytest.mark.parametrize(
    ("marker", "is_shown"), [(HIDDEN, False), (VERY_FEW, False), (NEARLY_ALL, True), ("", True)]
)
def test_a_change_is_hidden_with_the_count_of_its_pairs(marker: str, is_shown: bool) -> None:
    mean = found(changed(scored(*[1] * 19, 3), marker=marker))[0]
    assert (mean is not None) == is_shown


def test_a_stricter_policy_asks_for_more_pairs() -> None:
    strict = replace(FLOORS, wait_base=12)
    assert found(changed(scored(*[1] * 10, 3), marker="", policy=strict))[3] == HIDDEN
    assert found(changed(scored(*[1] * 11, 3), marker="", policy=strict))[3] == ""


def test_services_stand_apart_by_year() -> None:
    year = (date(2025, 7, 1), date(2026, 6, 1))
    assert found(changed(scored(*[1] * 9, 3)), service="S1", months=year)[0] == 1.2


def test_the_columns_and_levels_are_those_that_are_published() -> None:
    published = next(table for table in PEOPLE_TABLES if table.name == "cube_protected_change")
    assert changed(scored(1)).columns == [column.name for column in published.columns]
    levels = {(each.key, view.splits): set(view.levels) for each in MEASURES for view in each.views}
    for change in CHANGES:
        for view in change.views:
            behind = ("domain",) if view.splits == ("scale",) else view.splits[:1]
            assert set(view.levels) <= levels[change.people, behind]
