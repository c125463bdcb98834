"""Whole numbers of a hundred make no signal that the counts behind them do not make."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from dashboard.charts.reading import reading_of, state
from dashboard.metrics.as_counted import as_counted
from dashboard.metrics.catalogue import metric
from dashboard.metrics.metric import Choice, Period, Result
from dashboard.metrics.period import add_months

SHARE = metric("written_confirmation")
FIRST = date(2024, 10, 1)


def _months(counts: Sequence[int | None], whole: int = 1000) -> Result:
    frame = pl.DataFrame(
        {
            "month": [add_months(FIRST, n) for n in range(len(counts))],
            "numerator": counts,
            "denominator": [float(whole)] * len(counts),
            "value": [None if n is None else float(round(100 * n / whole)) for n in counts],
            "marker": ["[c]" if n is None else "" for n in counts],
        }
    )
    return Result(
        metric=SHARE,
        choice=Choice(),
        by=("month",),
        period=Period(FIRST, add_months(FIRST, len(counts) - 1)),
        frame=frame,
        version="",
        is_invented=True,
    )


def test_a_run_of_equal_whole_numbers_is_no_signal() -> None:
    # 90.1 to 90.4 % and once 90.6 %: eleven times 90 and once 91, all within what is usual.
    counts: list[int | None] = [903, 901, 904, 902, 906, 901, 904, 902, 903, 904, 901, 903]
    result = _months(counts)
    assert sorted(set(result.frame["value"])) == [90.0, 91.0]
    reading = reading_of(result, result.frame)
    assert set(reading.signals) == {0}
    assert reading.values[0] == 90.3
    whole = result.frame.with_columns(numerator=pl.lit(None))
    assert set(reading_of(result, whole).signals) != {0}, "from the whole numbers it would be one"


def test_what_is_hidden_or_no_share_stays_as_it_is() -> None:
    frame = _months([903, None]).frame
    assert as_counted(SHARE, frame)["value"].to_list() == [90.3, None]
    count = replace(SHARE, kind="count")
    assert as_counted(count, frame)["value"].to_list() == [90.0, None]


def test_waits_that_differ_by_what_rounding_does_are_no_signal() -> None:
    result = replace(_months([3] * 11 + [4]), metric=metric("referral_to_contact_median"))
    days = result.frame.with_columns(value=pl.col("numerator").cast(pl.Float64))
    reading = reading_of(result, days)
    assert set(reading.signals) == {0}
    assert state(reading) == "showed no change that rounding does not explain"
    finer = replace(result, metric=replace(result.metric, way="recorded"))
    assert set(reading_of(finer, days).signals) != {0}, "of exact values it would be a run"
