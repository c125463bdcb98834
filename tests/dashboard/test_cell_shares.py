"""What is said of a share is true, whatever the people behind the published cells."""

import polars as pl
import pytest

from dashboard.metrics.catalogue import metric
from dashboard.metrics.cell_numbers import SmallNumbers
from dashboard.metrics.cell_shares import shares
from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW
from schemas.protection import FLOORS

NUMBERS = SmallNumbers(
    threshold=FLOORS.threshold,
    rounding_base=FLOORS.rounding_base,
    percentage_base=FLOORS.percentage_base,
    chart_base=FLOORS.chart_base,
)
Bases = tuple[int, int, int]
BASES = [(5, 5, 5), (10, 5, 5), (5, 10, 5), (5, 5, 10), (10, 10, 10)]
"""What due, missed and no record are rounded to."""


@pytest.mark.parametrize("bases", BASES, ids=str)
@pytest.mark.parametrize(
    ("key", "share"),
    [
        ("referral_on_time", pl.col("on_time") / pl.col("due")),
        ("referral_no_record", pl.col("unrecorded") / pl.col("due")),
        ("referral_late", pl.col("late") / pl.col("due")),
        ("referral_on_time_of_recorded", pl.col("on_time") / (pl.col("on_time") + pl.col("late"))),
    ],
)
def test_bounds_hold_and_values_are_near_the_truth(key: str, share: pl.Expr, bases: Bases) -> None:
    off = pl.col("value") - 100 * share
    said = _said_of_every_duty(key, bases).with_columns(off.alias("off"))
    at_least, at_most, valued, hidden = (
        said.filter(marker=marker) for marker in (NEARLY_ALL, VERY_FEW, "", HIDDEN)
    )
    assert set(said["marker"]) >= {NEARLY_ALL, "", HIDDEN}
    assert at_least.filter(pl.col("off") > 0).is_empty()
    assert at_most.filter(pl.col("off") < 0).is_empty()
    # Part and whole are rounded opposite ways, and the share to a whole number.
    most_moved = (9 if 10 in bases else 8) + 0.5
    assert valued.filter(pl.col("off").abs() > most_moved).is_empty()
    assert valued.filter(pl.col("numerator") < FLOORS.threshold).is_empty()
    assert hidden["value"].null_count() == hidden.height


def _said_of_every_duty(key: str, bases: Bases) -> pl.DataFrame:
    """Return what is said, whatever small numbers are on time, late and without record.

    One row for each, and another with each of the three counts hidden for a neighbour.
    """
    numbers = {
        "on_time": range(111),
        "late": range(16),
        "unrecorded": [*range(16), 40, 90],
        "neighbour": range(4),
    }
    every = pl.DataFrame({"others": [FLOORS.threshold]})
    for name, each in numbers.items():
        every = every.join(pl.DataFrame({name: each}), how="cross")
    every = every.with_columns(missed=pl.col("late") + pl.col("unrecorded"))
    every = every.with_columns(due=pl.col("on_time") + pl.col("missed"))
    chain = [("due", "others", ""), ("missed", "on_time", "due"), ("unrecorded", "late", "missed")]
    for place, (part, rest, whole) in enumerate(chain):
        every = _published(every, part, rest, whole, base=bases[place], is_neighbour=place)
    is_direct = key == "referral_on_time"
    part, above = ("missed", "due") if is_direct else ("unrecorded", "missed")
    cells = every.with_columns(
        count=f"{part}_count",
        rounding=f"{part}_rounding",
        marker=f"{part}_marker",
        whole="due_count",
        whole_rounding="due_rounding",
        above=f"{above}_count",
        above_rounding=f"{above}_rounding",
        above_marker=f"{above}_marker",
    )
    return shares(cells, metric(key), NUMBERS, is_direct=is_direct)


def _published(
    every: pl.DataFrame, part: str, rest: str, whole: str, *, base: int, is_neighbour: int
) -> pl.DataFrame:
    """Add a part as it is published beside its whole: its count, rounding and marker."""
    is_few, is_nearly_all = (pl.col(name) < FLOORS.threshold for name in (part, rest))
    is_hidden = pl.col("neighbour") == is_neighbour
    is_said = pl.col(f"{whole}_count").is_not_null() if whole else pl.lit(value=False)
    marker = (
        pl.when(is_said & is_few)
        .then(pl.lit(VERY_FEW))
        .when(is_said & is_nearly_all)
        .then(pl.lit(NEARLY_ALL))
        .when(is_few | is_nearly_all | is_hidden)
        .then(pl.lit(HIDDEN))
        .otherwise(pl.lit(""))
    )
    rounded = (pl.col(part) + base // 2) // base * base
    return every.with_columns(
        marker.alias(f"{part}_marker"),
        pl.lit(base).alias(f"{part}_rounding"),
        pl.when(marker == "").then(rounded).alias(f"{part}_count"),
    )


@pytest.mark.parametrize(("base", "least_whole", "points"), [(5, 50, 8), (10, 100, 9)])
def test_rounding_moves_a_share_as_far_as_is_said_and_no_further(
    base: int, least_whole: int, points: int
) -> None:
    wholes = pl.DataFrame({"true_whole": range(FLOORS.threshold, 400)})
    every = wholes.with_columns(true=pl.int_ranges(FLOORS.threshold, pl.col("true_whole") + 1))
    counted = every.explode("true").with_columns(
        ((pl.col(true) + base // 2) // base * base).alias(shown)
        for true, shown in (("true", "count"), ("true_whole", "whole"), ("true_whole", "above"))
    )
    bases = (pl.lit(base).alias(f"{each}rounding") for each in ("", "whole_", "above_"))
    said = shares(
        counted.with_columns(*bases, marker=pl.lit(""), above_marker=pl.lit("")),
        metric("written_confirmation"),
        NUMBERS,
        is_direct=True,
    ).filter(pl.col("value").is_not_null())
    exact = 100 * pl.col("count") / pl.col("whole")
    moved = (exact - 100 * pl.col("true") / pl.col("true_whole")).abs()
    assert said["whole"].min() == least_whole
    assert points - 0.2 < said.select(moved.max()).item() <= points
