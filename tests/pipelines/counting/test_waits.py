"""Waits are given where enough people stand behind them, and are waits that somebody had."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.counting import count_cells, count_waits
from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW
from schemas.protection import FLOORS, Protection
from schemas.published_people import PEOPLE_TABLES
from tests.support.accepted_rows import AS_OF, REDDITCH, RURAL, TREE, accepted, referral, supported

# Monday; the first day of a quarter without bank holidays in the days that follow.
DAY = date(2026, 6, 1)
QUARTER = (date(2026, 4, 1), date(2026, 6, 1))
FILL = [referral(date(2026, 4, 1)), referral(date(2026, 6, 30))]
"""The first and the last day of the quarter."""


def waits(
    referrals: list[dict[str, Any]], *, marker: str | None = None, policy: Protection = FLOORS
) -> pl.DataFrame:
    """Return the waits over cells shown from ten on, or with one marker for all."""
    rows = accepted(referrals=[*FILL, *referrals])
    cells = count_cells(rows, as_of=AS_OF, areas=TREE, rural=RURAL)
    usual = pl.when(pl.col("true_count") < 10).then(pl.lit(HIDDEN)).otherwise(pl.lit(""))
    protected = cells.with_columns(
        count=pl.col("true_count"), marker=usual if marker is None else pl.lit(marker)
    )
    return count_waits(rows, as_of=AS_OF, areas=TREE, protected=protected, policy=policy)


def found(
    table: pl.DataFrame,
    wait: str = "acceptance_to_start",
    statistic: str = "median",
    *,
    area: str = TREE.force,
    **splits: str,
) -> tuple[int | None, str]:
    split, value = next(iter(splits.items()), ("", ""))
    cell = table.filter(
        pl.col("measure") == wait,
        pl.col("statistic") == statistic,
        pl.col("area_code") == area,
        pl.col("split_1") == split,
        pl.col("value_1") == value,
        pl.col("first_month") == QUARTER[0],
        pl.col("last_month") == QUARTER[1],
    )
    days, marker = cell.select("working_days", "marker").row(0)
    return days, marker


def started(*days: int) -> list[dict[str, Any]]:
    """Return one referral for each number of working days from acceptance to start, 0 to 4."""
    return [supported(DAY, DAY + timedelta(days=each)) for each in days]


def test_the_median_is_the_wait_within_which_half_had_waited() -> None:
    assert found(waits(started(*[1] * 5, *[4] * 5))) == (1, "")
    assert found(waits(started(*[1] * 5, *[4] * 6))) == (4, "")


def test_weekends_and_bank_holidays_are_no_working_days() -> None:
    friday = date(2026, 5, 22)
    people = [supported(friday, date(2026, 5, 26)) for _ in range(10)]
    assert found(waits(people)) == (1, "")


@pytest.mark.parametrize(("people", "expected"), [(9, (None, HIDDEN)), (10, (2, ""))])
def test_a_median_needs_ten_people(people: int, expected: tuple[int | None, str]) -> None:
    assert found(waits(started(*[2] * people))) == expected
    assert found(waits(started(*[2] * people), marker="")) == expected


def test_ten_people_in_the_cell_are_not_enough_when_fewer_waited() -> None:
    open_ones = [referral(DAY, date_support_start=DAY, status="ACTIVE") for _ in range(5)]
    assert found(waits([*started(*[2] * 9), *open_ones])) == (None, HIDDEN)


@pytest.mark.parametrize(
    ("marker", "expected"), [(HIDDEN, None), (VERY_FEW, None), (NEARLY_ALL, 2), ("", 2)]
)
def test_a_wait_is_hidden_with_the_count_of_its_people(marker: str, expected: int | None) -> None:
    days, _ = found(waits(started(*[2] * 20), marker=marker))
    assert days == expected


@pytest.mark.parametrize(("people", "expected"), [(99, (None, HIDDEN)), (100, (1, ""))])
def test_a_ninetieth_percentile_needs_ten_people_on_either_side(
    people: int, expected: tuple[int | None, str]
) -> None:
    table = waits(started(*[1] * (people - 10), *[3] * 10))
    assert found(table, statistic="ninetieth_percentile") == expected


def test_a_stricter_policy_asks_for_more_people() -> None:
    strict = replace(FLOORS, wait_base=12)
    assert found(waits(started(*[2] * 11), marker="", policy=strict)) == (None, HIDDEN)
    assert found(waits(started(*[2] * 12), marker="", policy=strict)) == (2, "")


def test_the_clocks_run_from_report_receipt_and_acceptance() -> None:
    days = {
        "date_crime_reported": date(2026, 5, 29),
        "date_first_contact": date(2026, 6, 4),
        "date_accepted": date(2026, 6, 5),
        "date_support_start": date(2026, 6, 10),
    }
    table = waits([referral(DAY, la_code=REDDITCH, **days) for _ in range(10)])
    assert found(table, "report_to_referral") == (1, "")
    assert found(table, "referral_to_contact") == (3, "")
    assert found(table, "acceptance_to_start") == (3, "")
    assert found(table, "report_to_referral", source="POLICE") == (1, "")
    assert found(table, "referral_to_contact", service_id="S1") == (3, "")
    assert found(table, "referral_to_contact", service_id="S2") == (None, HIDDEN)
    assert found(table, "report_to_referral", area=REDDITCH) == (1, "")
    assert found(table, "report_to_referral", area="NORTH") == (1, "")
    assert found(table, "report_to_referral", area="OUT") == (None, HIDDEN)


def test_what_has_not_ended_yet_has_no_wait() -> None:
    assert found(waits([supported(DAY, AS_OF) for _ in range(10)])) == (None, HIDDEN)


def test_the_columns_are_those_of_the_published_table() -> None:
    published = next(table for table in PEOPLE_TABLES if table.name == "cube_protected_wait")
    assert set(waits(started(1)).columns) == {column.name for column in published.columns}
