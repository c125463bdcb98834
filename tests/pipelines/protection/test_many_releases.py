"""Who reads several releases side by side learns no more than all of them may tell together."""

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.protect import protect
from pipelines.protection.audit import audit
from pipelines.protection.index import KEYS
from schemas.cells import Level, Measure, View
from schemas.protection import FLOORS, Protection
from tests.support.counted_people import TREE, counted, quarters, random_world
from tests.support.exact_attacker import possible_values
from tests.support.small_cells import FORCE_ONLY, by_sex, cell, frame, measure, shown, told_by

_BY_SEX: Final = (measure(by=("sex",)),)


def _released(
    cells: pl.DataFrame, told: pl.DataFrame | None = None, *, policy: Protection = FLOORS
) -> pl.DataFrame:
    return protect(cells, _BY_SEX, policy=policy, areas=FORCE_ONLY, told_before=told).cells


def test_what_the_first_release_told_and_the_second_hid_is_known_beside_the_third() -> None:
    """Women are 15 in all three, men fewer in the third: of 23 to 27, less 13 to 17, 6 to 9."""
    first = _released(frame(cell(38), *by_sex(15, 23)))
    rare = cell(15, splits=("sex", "F"), is_rare=True)
    second = _released(frame(cell(38), rare, *by_sex(15, 23)[1:]), told_by(first))
    assert [shown(each)["referrals F"] for each in (first, second)] == [15, "[c]"]
    cells = frame(cell(24), *by_sex(15, 9))
    # Held against the second alone, the third would show 25, and hide both.
    alone = _released(cells, told_by(second))
    assert shown(alone) == {"referrals": 25, "referrals F": "[c]", "referrals M": "[c]"}
    told = told_by(first, second)
    audited = audit(alone, cells, _BY_SEX, policy=FLOORS, areas=FORCE_ONLY, told_before=told)
    assert audited.told["value_1"].to_list() == ["M"]
    # To the nearest 10 it is 20 (15 to 24): men are 0 to 9 of it.
    third = _released(cells, told)
    assert shown(third) == {"referrals": 20, "referrals F": 15, "referrals M": "[c]"}
    assert third.filter(pl.col("split_1") == "")["rounding"].to_list() == [10]


def test_what_is_as_it_was_before_a_mistaken_release_is_shown_as_it_was() -> None:
    right = frame(cell(100), *by_sex(60, 40))
    first = _released(right)
    mistaken = _released(frame(cell(15), *by_sex(6, 9)), told_by(first))
    assert shown(mistaken)["referrals F"] == "[c]"
    again = _released(right, told_by(first, mistaken))
    assert again.equals(first)
    # What the mistake hid and no release ever told stays hidden.
    other = _released(frame(cell(120), *by_sex(70, 50)), told_by(first, mistaken))
    assert shown(other)["referrals F"] == shown(other)["referrals M"] == "[c]"


def test_a_count_that_two_releases_round_otherwise_is_known_from_both() -> None:
    """Shown as 15 (13 to 17) and, by a tighter policy, as 20 (15 to 24), 17 is 15 to 17."""
    tight = replace(FLOORS, rounding_base=10)
    before = frame(cell(38), *by_sex(17, 21))
    first = _released(before)
    second = _released(before, told_by(first), policy=tight)
    assert [shown(each)["referrals F"] for each in (first, second)] == [15, 20]
    cells = frame(cell(26), *by_sex(17, 9))
    # Of 25 to 34 in all, men are 25 − 17 = 8 or 9.
    alone = _released(cells, told_by(second), policy=tight)
    told = told_by(first, second)
    audited = audit(alone, cells, _BY_SEX, policy=tight, areas=FORCE_ONLY, told_before=told)
    assert audited.told["value_1"].to_list() == ["M"]
    # All but their size is told already, so that this is left open: 8 to 19.
    third = protect(cells, _BY_SEX, policy=tight, areas=FORCE_ONLY, told_before=told)
    assert shown(third.cells) == {"referrals": 30, "referrals F": 20, "referrals M": "[c]"}
    assert third.report.reasons["reason"].to_list() == ["DROPPED"]


def test_what_was_told_under_a_lower_threshold_is_told() -> None:
    """Of 11, shown as 10 (10 to 12) and below the threshold now, readers know no less."""
    cells = frame(cell(40), *by_sex(29, 11))
    first = _released(cells)
    tight = replace(FLOORS, threshold=15)
    done = protect(cells, _BY_SEX, policy=tight, areas=FORCE_ONLY, told_before=told_by(first))
    assert shown(done.cells)["referrals M"] == "[c]"
    assert done.report.audited == 0


_LEVELS: Final[tuple[Level, ...]] = (("force", "quarter"), ("force", "year"), ("district", "year"))
_MENU: Final = (
    Measure(
        key="m",
        label="m",
        table="t",
        views=(View(levels=_LEVELS), View(splits=("source",), levels=_LEVELS)),
    ),
    Measure(key="part", label="part", table="t", views=(View(levels=_LEVELS),), part_of="m"),
)
_PERIODS: Final = quarters(1)


@pytest.mark.slow
@settings(max_examples=2, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.booleans())
@example(17, False)  # held against the release before alone, a cell of the third keeps three values
def test_a_hidden_cell_keeps_five_values_beside_all_releases_before(
    seed: int, is_tighter: bool
) -> None:
    """The second release hides what the first showed, and may have a tighter policy."""
    world = random_world(
        np.random.default_rng(seed), _MENU, size=200, months=[m for m, _ in _PERIODS["month"]],
        values={"source": ("POLICE", "SELF", "OTHER")}, skew=1.2,
    )  # fmt: skip
    tight = replace(FLOORS, threshold=14, rounding_base=10) if is_tighter else FLOORS
    told, dropped = None, None
    for people, rare, policy in ((188, 0, FLOORS), (188, 0.5, tight), (200, 0, FLOORS)):
        few = replace(world, people=world.people.slice(0, people))
        cells = counted(few, _MENU, _PERIODS).sort(KEYS)
        is_rare = np.random.default_rng(seed + 1).random(len(cells)) < rare
        done = protect(
            cells.with_columns(is_rare=is_rare), _MENU,
            policy=policy, areas=TREE, told_before=told, dropped_before=dropped,
        )  # fmt: skip
        if policy == FLOORS:
            reasons = cells.join(done.report.reasons, on=KEYS, how="left", maintain_order="left")
            for values in possible_values(
                cells, done.cells, reasons["reason"], _MENU, seed=seed, told=told
            ):
                assert values >= FLOORS.fewest_possible
        said = told_by(done.cells, threshold=policy.threshold)
        told = said if told is None else pl.concat([told, said])
        dropped = done.report.reasons.filter(pl.col("reason") == "DROPPED")
