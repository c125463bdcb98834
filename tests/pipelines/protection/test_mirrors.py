"""What counts the same people by another way is shown only where they are, and tells no more."""

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.protect import protect
from pipelines.protection.hiding import MIRROR, SHOWN
from pipelines.protection.index import KEYS, index_cells
from pipelines.protection.mirrors import mirrored
from pipelines.protection.windows import State
from schemas.cells import Level, Measure, View
from schemas.protection import FLOORS
from tests.support.counted_people import TREE, counted, quarters, random_world
from tests.support.small_cells import FORCE_ONLY, by_sex, cell, frame, measure, shown

_MENU: Final = (
    measure("m", by=("sex",)),
    replace(measure("twin", by=("sex",)), mirrors="m"),
)
_OFTEN: Final[tuple[Level, ...]] = (("force", "quarter"), ("force", "year"))


def test_a_cell_is_hidden_where_its_mirror_is() -> None:
    # Of m, X is small and M is hidden for it. The twin has no small cell of its own.
    done = protect(
        frame(
            *(cell(172, key="m"), *by_sex(98, 73, 1, key="m")),
            *(cell(190, key="twin"), *by_sex(100, 70, 20, key="twin")),
        ),
        _MENU,
        policy=FLOORS,
        areas=FORCE_ONLY,
    )
    assert shown(done.cells) == {
        "m": 170, "m F": 100, "m M": "[c]", "m X": "[c]",
        "twin": 190, "twin F": 100, "twin M": "[c]", "twin X": "[c]",
    }  # fmt: skip
    assert (done.report.mirrored, done.report.repaired, done.report.hidden) == (2, 1, 4)
    assert done.report.audited == 4


def test_a_cell_is_hidden_where_its_mirror_is_rounded_to_another_base() -> None:
    """14 people are 13 to 17 by fives and 5 to 14 by tens: together they would be 13 or 14."""
    index = index_cells(frame(cell(14, key="m"), cell(14, key="twin")))
    for bases, reasons in (((10, 5), [SHOWN, MIRROR]), ((5, 5), [SHOWN, SHOWN])):
        none = np.zeros(2, dtype=np.int64)
        state = State(none, np.array(bases), none.astype(bool), none, none, none)
        assert mirrored(index, _MENU, state).reason.tolist() == reasons


def test_a_period_that_the_mirror_does_not_count_says_nothing_of_it() -> None:
    done = protect(frame(cell(40, key="twin")), _MENU, policy=FLOORS, areas=FORCE_ONLY)
    assert shown(done.cells) == {"twin": 40}


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([150, 600]), st.booleans())
def test_where_the_two_agree_in_full_the_second_tells_nothing_more(
    seed: int, size: int, adds_up: bool
) -> None:
    first = Measure(
        key="m", label="m", table="t", adds_up=adds_up,
        views=(View(levels=_OFTEN), View(splits=("sex",), levels=_OFTEN)),
    )  # fmt: skip
    menu = (first, replace(first, key="twin", mirrors="m"))
    periods = quarters(2)
    world = random_world(
        np.random.default_rng(seed), (first,), size=size, months=[m for m, _ in periods["month"]],
        values={"sex": ("F", "M", "X", "NK")}, skew=1.5,
    )  # fmt: skip
    once = counted(world, (first,), periods)
    cells = pl.concat([once, once.with_columns(measure=pl.lit("twin"))])
    done = protect(cells, menu, policy=FLOORS, areas=TREE).cells
    both = done.filter(pl.col("measure") == "twin").join(
        done.filter(pl.col("measure") == "m"), on=KEYS[1:], suffix="_first"
    )
    assert both.height == once.height
    told = both.filter(pl.col("marker") == "")
    assert told.filter(
        (pl.col("marker_first") != "")
        | (pl.col("count") != pl.col("count_first"))
        | (pl.col("rounding") != pl.col("rounding_first"))
    ).is_empty()
