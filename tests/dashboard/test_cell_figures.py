"""What is said of a share is true, whatever the people behind the published cells."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.metrics.catalogue import metric
from dashboard.metrics.cell_figures import SmallNumbers, shares
from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW
from schemas.protection import FLOORS

NUMBERS = SmallNumbers(
    threshold=FLOORS.threshold,
    rounding_base=FLOORS.rounding_base,
    percentage_base=FLOORS.percentage_base,
    chart_base=FLOORS.chart_base,
)
MOST_MOVED = 8 + 0.5
"""Part and whole rounded opposite ways by two in fifty, and the whole number."""

Shown = tuple[int | None, str]


def _rounded(true: int) -> int | None:
    return None if true < FLOORS.threshold else 5 * ((true + 2) // 5)


def _shown(true: int, rest: int, whole: int | None) -> Shown:
    """Return a part as it is published beside its whole, which is None where it is hidden."""
    if min(true, rest) >= FLOORS.threshold:
        return _rounded(true), ""
    if whole is None:
        return None, HIDDEN
    return None, VERY_FEW if true < FLOORS.threshold else NEARLY_ALL


@settings(deadline=None)
@given(on_time=st.integers(0, 120), late=st.integers(0, 60), no_record=st.integers(0, 60))
def test_bounds_hold_and_values_are_near_the_truth(on_time: int, late: int, no_record: int) -> None:
    due = on_time + late + no_record
    whole = _rounded(due)
    recorded = _shown(on_time + late, no_record, whole)
    timely = _shown(on_time, late, recorded[0])
    _holds("referral_no_record", recorded, whole, whole, truth=(no_record, due))
    _holds("referral_on_time", timely, whole, recorded[0], truth=(on_time, due))
    of_recorded = (on_time, on_time + late)
    _holds("referral_on_time_of_recorded", timely, recorded[0], recorded[0], truth=of_recorded)


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
        counted.with_columns(*bases, marker=pl.lit("")),
        metric("written_confirmation"),
        NUMBERS,
        is_direct=True,
    ).filter(pl.col("value").is_not_null())
    exact = 100 * pl.col("count") / pl.col("whole")
    moved = (exact - 100 * pl.col("true") / pl.col("true_whole")).abs()
    assert said["whole"].min() == least_whole
    assert points - 0.2 < said.select(moved.max()).item() <= points


def _holds(
    key: str, part: Shown, whole: int | None, above: int | None, *, truth: tuple[int, int]
) -> None:
    cells = pl.DataFrame(
        [(part[0], 5, part[1], whole, 5, above, 5)],
        schema={
            **{"count": pl.Int64, "rounding": pl.Int64, "marker": pl.String},
            **{"whole": pl.Int64, "whole_rounding": pl.Int64},
            **{"above": pl.Int64, "above_rounding": pl.Int64},
        },
        orient="row",
    )
    is_direct = key != "referral_on_time"
    said = shares(cells, metric(key), NUMBERS, is_direct=is_direct).row(0, named=True)
    true = 100 * truth[0] / truth[1] if truth[1] else 0.0
    if said["marker"] == NEARLY_ALL:
        assert said["value"] <= true
    elif said["marker"] == VERY_FEW:
        assert said["value"] >= true
    elif said["marker"] == "":
        assert abs(said["value"] - true) <= MOST_MOVED
        assert said["numerator"] >= FLOORS.threshold
    else:
        assert (said["numerator"], said["value"]) == (None, None) or part[1] == ""
