"""The auditor finds faults that are planted in what is to be published."""

from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl
import pytest

from pipelines.protect import DisclosureFound, protect
from pipelines.protection import audit_search
from pipelines.protection.areas import AreaTree
from pipelines.protection.audit import Audited, audit
from pipelines.protection.index import KEYS
from schemas.cells import Level, Measure, View
from schemas.protection import FLOORS
from tests.support.counted_people import TREE, counted, quarters, random_world
from tests.support.small_cells import FORCE_ONLY, by_sex, cell, frame, measure, told_by

_BY_SEX: Final = (measure(by=("sex",)),)
_OFTEN: Final[tuple[Level, ...]] = (("force", "quarter"), ("force", "year"))


def _audited(
    cells: pl.DataFrame,
    hidden: list[str],
    *,
    menu: tuple[Measure, ...] = _BY_SEX,
    areas: AreaTree = FORCE_ONLY,
    marker: str = "[c]",
) -> Audited:
    """Audit the cells shown as the policy asks, but for those whose last value is in `hidden`."""
    last = pl.when(pl.col("value_2") != "").then("value_2").otherwise("value_1")
    is_hidden = last.is_in(hidden) | pl.col("measure").is_in(hidden)
    published = cells.select(
        *KEYS,
        "is_structural",
        count=pl.when(~is_hidden).then((pl.col("true_count") + 2) // 5 * 5).cast(pl.Int32),
        rounding=pl.lit(5, pl.Int32),
        marker=pl.when(is_hidden).then(pl.lit(marker)).otherwise(pl.lit("")),
    )
    return audit(published, cells, menu, policy=FLOORS, areas=areas)


def _names(audited: Audited) -> list[str]:
    return audited.told["value_1"].to_list()


def test_a_cell_that_nothing_tells_passes_and_its_proof_is_counted() -> None:
    audited = _audited(frame(cell(170), *by_sex(95, 70, 5)), ["X"])
    assert (audited.hidden, audited.proven, audited.told.height) == (1, 1, 0)


def test_one_hidden_cell_that_its_row_pins_is_found() -> None:
    # 168 to 172 less at least 98 and 73 leaves at most 1.
    audited = _audited(frame(cell(172), *by_sex(98, 73, 1)), ["X"])
    assert _names(audited) == ["X"]
    assert not audited.told["is_rest"].any()


def test_a_hidden_count_is_refused_to_be_shown_or_to_be_said_what_it_is_not() -> None:
    with pytest.raises(DisclosureFound, match=r"value_1 X.*not shown as the policy asks"):
        _audited(frame(cell(170), *by_sex(95, 70, 5)), [])
    with pytest.raises(DisclosureFound, match="value_1 M"):
        _audited(frame(cell(170), *by_sex(95, 70)), ["M"], marker="<=")
    with pytest.raises(DisclosureFound, match="value_1 X"):
        _audited(frame(cell(170), *by_sex(95, 70, 5)), ["X"], marker=">=")


def test_a_total_that_is_not_rounded_is_refused() -> None:
    cells = frame(cell(172), *by_sex(98, 73, 1))
    published = protect(cells, _BY_SEX, policy=FLOORS, areas=FORCE_ONLY).cells
    exact = published.with_columns(
        count=pl.when(pl.col("split_1") == "").then(172).otherwise("count").cast(pl.Int32)
    )
    with pytest.raises(DisclosureFound):
        audit(exact, cells, _BY_SEX, policy=FLOORS, areas=FORCE_ONLY)


def test_a_part_shown_beside_its_whole_with_few_left_is_found() -> None:
    # Three of 98 are left, of whom the policy asks that nobody may tell how few they are.
    menu = (measure(), measure("contacted", part_of="referrals"))
    found = _audited(frame(cell(98), cell(95, key="contacted")), [], menu=menu)
    assert found.told.select("measure", "is_rest").rows() == [("contacted", True)]


def test_what_only_two_sums_together_tell_is_found() -> None:
    # Quarters of 48, 50, 50, 49 and a hidden 9; the year of the first four is 197, shown as 195
    # (193 to 197); that of the last four 158, shown as 160 (158 to 162). The last four alone leave
    # 2 to 9. But the years differ by the first and the fifth: at least 158 − 197 + 48 = 9.
    cells, menu = _two_years()
    published = _only_small_hidden(cells, 5)
    audited = audit(published, cells, menu, policy=FLOORS, areas=FORCE_ONLY)
    assert audited.told["first_month"].to_list() == [date(2025, 1, 1)]
    assert audited.programmes > 0
    # And what protection makes of the same cells passes.
    done = protect(cells, menu, policy=FLOORS, areas=FORCE_ONLY)
    assert (done.report.audited, done.report.proven) == (2, 2)


def _two_years() -> tuple[pl.DataFrame, tuple[Measure, ...]]:
    quarters = (48, 50, 50, 49, 9)
    menu = (Measure(key="referrals", label="r", table="t", views=(View(levels=_OFTEN),)),)
    cells = frame(
        *(cell(count, period=_months(3 * n, 3)) for n, count in enumerate(quarters)),
        *(cell(sum(quarters[n : n + 4]), period=_months(3 * n, 12)) for n in (0, 1)),
    )
    return cells, menu


def _months(first: int, length: int) -> tuple[str, date, date]:
    """Return a period that begins so many months after January 2024."""
    ends = [date(2024 + month // 12, month % 12 + 1, 1) for month in (first, first + length - 1)]
    return ("quarter" if length == 3 else "year", ends[0], ends[1])


def _only_small_hidden(cells: pl.DataFrame, base: int) -> pl.DataFrame:
    small = pl.col("true_count") < FLOORS.threshold
    return cells.select(
        *KEYS,
        "is_structural",
        count=pl.when(~small).then((pl.col("true_count") + base // 2) // base * base),
        rounding=pl.lit(base),
        marker=pl.when(small).then(pl.lit("[c]")).otherwise(pl.lit("")),
    )


def _grid(*, size: int = 500) -> tuple[pl.DataFrame, tuple[Measure, ...]]:
    levels: Any = (("force", "year"), ("district", "year"))
    menu = (
        Measure(
            key="m",
            label="m",
            table="t",
            views=(View(levels=levels), View(splits=("source",), levels=levels)),
        ),
    )
    periods = quarters(1)
    world = random_world(
        np.random.default_rng(3), menu, size=size, months=[m for m, _ in periods["month"]],
        values={"source": ("POLICE", "SELF", "HEALTH", "OTHER")}, skew=1.2,
    )  # fmt: skip
    return counted(world, menu, periods), menu


def test_hiding_only_small_cells_beside_exact_totals_fails() -> None:
    cells, menu = _grid()
    with pytest.raises(DisclosureFound):
        audit(_only_small_hidden(cells, 1), cells, menu, policy=FLOORS, areas=TREE)


def test_what_the_repair_hides_is_needed() -> None:
    """Without the repair, rounded counts alone tell some hidden ones somewhere."""
    told = 0
    for seed in range(6):
        random = np.random.default_rng(seed)
        parts = [int(n) for n in random.choice([13, 18, 23, 98, 1, 0], 3)]
        cells = frame(cell(sum(parts)), *by_sex(*parts))
        if sum(parts) >= FLOORS.threshold:
            published = _only_small_hidden(cells, 5).with_columns(pl.col("count").cast(pl.Int32))
            told += len(audit(published, cells, _BY_SEX, policy=FLOORS, areas=FORCE_ONLY).told)
            protect(cells, _BY_SEX, policy=FLOORS, areas=FORCE_ONLY)
    assert told > 0


def test_what_the_release_before_tells_is_found() -> None:
    # Shown are 168 to 172, women 98 to 102, men 68 to 72: up to 172 − 98 − 68 = 6 are left.
    cells = frame(cell(172), *by_sex(98, 72, 2))
    published = _only_small_hidden(cells, 5)
    assert audit(published, cells, _BY_SEX, policy=FLOORS, areas=FORCE_ONLY).told.is_empty()
    # The release before told of the men that they are 72 to 76: now at most 2 are left.
    earlier = published.with_columns(
        count=pl.when(pl.col("value_1") == "M").then(74).otherwise("count")
    )
    audited = audit(
        published, cells, _BY_SEX, policy=FLOORS, areas=FORCE_ONLY, told_before=told_by(earlier)
    )
    assert _names(audited) == ["X"]


def test_an_audit_is_taken_up_as_far_as_no_more_is_known_than_before() -> None:
    cells, menu = _grid(size=120)
    published = protect(cells, menu, policy=FLOORS, areas=TREE).cells
    loose = published.with_columns(
        count=pl.when(pl.col("split_1") == "").then("count").cast(pl.Int32),
        marker=pl.when((pl.col("split_1") == "") | pl.col("is_structural"))
        .then("marker")
        .otherwise(pl.lit("[c]")),
    )

    def again(cells_shown: pl.DataFrame, before: Audited | None) -> Audited:
        return audit(cells_shown, cells, menu, policy=FLOORS, areas=TREE, before=before)

    tight = again(published, None)
    assert tight.programmes > 0
    assert tight.told.is_empty()
    # The same once more needs no programme, and finds as much.
    repeated = again(published, tight)
    assert (repeated.programmes, repeated.proven) == (0, tight.proven)
    # With more shown than before, what was found then counts only as far as it still holds.
    anew = again(published, again(loose, None))
    assert anew.programmes > 0
    assert _is_covered(anew)
    found, puzzle = anew.search, anew.search.puzzle
    assert (puzzle.true + found.below >= puzzle.low - 1e-6).all()
    assert (puzzle.true + found.above <= puzzle.high + 1e-6).all()


def _is_covered(audited: Audited) -> bool:
    """Return whether each hidden unknown is proven, or else cleared by an attack."""
    done = audited.search
    is_cleared = done.is_proven | (done.by_attack >= 0)
    return audited.told.is_empty() and bool(is_cleared[done.puzzle.is_hidden].all())


def test_what_is_too_large_to_be_attacked_whole_is_attacked_by_the_sums_near_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(audit_search, "_SMALL_PART", 0)
    cells, menu = _grid(size=120)
    published = protect(cells, menu, policy=FLOORS, areas=TREE).cells
    audited = audit(published, cells, menu, policy=FLOORS, areas=TREE)
    assert _is_covered(audited)
    assert audited.hidden > audited.proven
    cells, menu = _two_years()
    audited = audit(_only_small_hidden(cells, 5), cells, menu, policy=FLOORS, areas=FORCE_ONLY)
    assert audited.told["first_month"].to_list() == [date(2025, 1, 1)]


def test_the_cells_that_tell_a_hidden_one_together_are_named() -> None:
    cells, menu = _two_years()
    audited = audit(_only_small_hidden(cells, 5), cells, menu, policy=FLOORS, areas=FORCE_ONLY)
    # The first quarter and both years bound the last: 160 − 197 + 48, as the test above reckons.
    told = audited.telling.select("period_type", "first_month").rows()
    first, second = date(2024, 1, 1), date(2024, 4, 1)
    assert {("quarter", first), ("year", first), ("year", second)} <= set(told)


def test_every_hidden_cell_of_a_small_grid_is_proven() -> None:
    cells, menu = _grid(size=120)
    done = protect(cells, menu, policy=FLOORS, areas=TREE).report
    assert done.proven == done.audited > 20
