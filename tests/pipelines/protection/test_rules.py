"""Each rule of the small-number policy, on cells whose answer is worked out on paper."""

from dataclasses import replace

import duckdb
import polars as pl
import pytest

from pipelines.errors import PipelineError
from pipelines.protect import DisclosureFound, Protected, protect
from schemas.cells import Measure
from schemas.protection import FLOORS
from schemas.published_people import PEOPLE_TABLES
from tests.support.small_cells import FORCE_ONLY, by_sex, cell, frame, measure, shown, told_by


def _protected(*cells: dict[str, object], menu: tuple[Measure, ...]) -> Protected:
    return protect(frame(*cells), menu, policy=FLOORS, areas=FORCE_ONLY)


@pytest.mark.parametrize(
    ("true", "published"),
    [(0, "[c]"), (1, "[c]"), (9, "[c]"), (10, 10), (12, 10), (13, 15), (17, 15), (1234, 1235)],
)
def test_counts_below_ten_are_hidden_and_others_go_to_the_nearest_five(
    true: int, published: int | str
) -> None:
    done = _protected(cell(true), menu=(measure(),))
    assert shown(done.cells) == {"referrals": published}


def test_a_zero_that_cannot_be_otherwise_is_shown() -> None:
    done = _protected(
        cell(100), *by_sex(60, 40), cell(0, splits=("sex", "X"), is_structural=True),
        menu=(measure(by=("sex",)),),
    )  # fmt: skip
    assert shown(done.cells)["referrals X"] == 0
    assert done.cells.filter("is_structural")["count"].to_list() == [0]
    assert done.report.hidden == 0


def test_totals_are_rounded_from_their_own_count_and_not_from_their_parts() -> None:
    # 62 + 62 + 62 = 186: the parts are shown as 60 each, 180 in all; the total as 185.
    done = _protected(cell(186), *by_sex(62, 62, 62), menu=(measure(by=("sex",)),))
    assert shown(done.cells) == {
        "referrals": 185, "referrals F": 60, "referrals M": 60, "referrals X": 60,
    }  # fmt: skip


def test_rare_groups_are_hidden_whatever_their_size() -> None:
    done = _protected(
        cell(300), cell(40, splits=("sex", "F"), is_rare=True), cell(260, splits=("sex", "M")),
        menu=(measure(by=("sex",)),),
    )  # fmt: skip
    assert shown(done.cells) == {"referrals": 300, "referrals F": "[c]", "referrals M": 260}
    assert done.report.reasons["reason"].to_list() == ["RARE"]


def test_the_smallest_neighbour_is_hidden_where_a_sum_would_tell() -> None:
    # Shown 170 (168 to 172), F 100 (98 to 102), M 75 (73 to 77): X is at most 172 − 98 − 73 = 1.
    done = _protected(cell(172), *by_sex(98, 73, 1), menu=(measure(by=("sex",)),))
    assert shown(done.cells) == {
        "referrals": 170, "referrals F": 100, "referrals M": "[c]", "referrals X": "[c]",
    }  # fmt: skip
    assert done.report.repaired == 1
    assert sorted(done.report.reasons["reason"]) == ["NEIGHBOUR", "SMALL"]


def test_a_total_is_rounded_wider_where_no_neighbour_can_be_hidden_and_then_its_split_dropped() -> (
    None
):
    menu = (measure(by=("sex",)),)
    # Three small ones of 22, shown as 20 (18 to 22), may each be 0 to 9: nothing to repair.
    assert _protected(cell(22), *by_sex(9, 9, 4), menu=menu).report.widened == 0
    # Two small ones, 18 to 22 in all and both below 10, can only be 9 and 9.
    done = _protected(cell(18), *by_sex(9, 9), menu=menu)
    row = done.cells.filter(pl.col("split_1") == "").row(0, named=True)
    # To the nearest 10 it is 20 (15 to 24): each may be 6 to 9, too few; the split is dropped.
    assert (row["count"], row["rounding"]) == (20, 10)
    assert shown(done.cells)["referrals F"] == shown(done.cells)["referrals M"] == "[c]"
    assert done.report.dropped == 1
    assert set(done.report.reasons["reason"]) == {"DROPPED"}


def test_a_split_of_which_one_part_is_nearly_all_of_a_small_margin_is_dropped() -> None:
    menu = (measure(by=("sex",)),)
    # 45 of 49 is 92 %: nobody may learn what nearly everyone is.
    lopsided = _protected(cell(49), *by_sex(45, 4), menu=menu)
    assert shown(lopsided.cells) == {"referrals": 50, "referrals F": "[c]", "referrals M": "[c]"}
    assert lopsided.report.lopsided == 1
    # 46 of 52 is as lopsided, but the margin is not small; 30 of 49 is not lopsided.
    assert shown(_protected(cell(52), *by_sex(47, 5), menu=menu).cells)["referrals F"] == 45
    assert shown(_protected(cell(49), *by_sex(30, 19), menu=menu).cells)["referrals F"] == 30


def test_a_part_is_hidden_where_its_rest_is_small_and_said_to_be_nearly_all() -> None:
    menu = (measure(), measure("contacted", part_of="referrals"))
    for part, published in ((195, ">="), (191, ">="), (190, 190), (10, 10), (9, "<="), (0, "<=")):
        done = _protected(cell(200), cell(part, key="contacted"), menu=menu)
        assert shown(done.cells) == {"referrals": 200, "contacted": published}, part
    # Where the whole is hidden there is nothing of which it could be few or nearly all.
    done = _protected(cell(9), cell(5, key="contacted"), menu=menu)
    assert shown(done.cells) == {"referrals": "[c]", "contacted": "[c]"}


def test_what_the_release_before_told_cannot_be_taken_back_and_is_reckoned_with() -> None:
    menu = (measure(by=("sex",)),)
    before = _protected(cell(200), *by_sex(120, 80), menu=menu).cells
    cells = frame(cell(172), *by_sex(98, 73, 1))
    # With 73 known from before (75: 73 to 77), hiding M would not help: another way is taken.
    earlier = before.with_columns(
        count=pl.when(pl.col("value_1") == "M").then(75).otherwise("count").cast(pl.Int32)
    )
    done = protect(cells, menu, policy=FLOORS, areas=FORCE_ONLY, told_before=told_by(earlier))
    assert shown(done.cells)["referrals M"] == 75
    assert done.report.repaired == 1
    assert shown(done.cells)["referrals F"] == "[c]"


def test_a_revision_that_the_release_before_would_tell_is_published_with_its_size_left_open() -> (
    None
):
    """All that was shown still holds, and leaves X 173 − 102 − 62 = 9 or more: below 10 it is 9."""
    menu = (measure(by=("sex",)),)
    earlier = _protected(cell(175), *by_sex(100, 60, 15), menu=menu).cells.with_columns(
        count=pl.when(pl.col("value_1") != "X").then("count").cast(pl.Int32),
        marker=pl.when(pl.col("value_1") == "X").then(pl.lit("[c]")).otherwise("marker"),
    )
    revised = frame(cell(173), *by_sex(102, 62, 9))
    done = protect(revised, menu, policy=FLOORS, areas=FORCE_ONLY, told_before=told_by(earlier))
    assert shown(done.cells) == {
        "referrals": 175, "referrals F": 100, "referrals M": 60, "referrals X": "[c]",
    }  # fmt: skip
    # Whatever its size, X would have been hidden: 9 to 21 are left.
    assert done.report.reasons.select("value_1", "reason").rows() == [("X", "DROPPED")]


def test_what_the_release_before_told_in_full_stops_publication_and_says_how_to_go_on() -> None:
    """All is shown as before: of at most 162, women are 98 and men 63 or more: 1 is left."""
    menu = (measure(by=("sex",)),)
    earlier = _protected(cell(175), *by_sex(100, 65, 10), menu=menu).cells.with_columns(
        count=pl.when(pl.col("value_1") == "X").then(None).otherwise("count").cast(pl.Int32),
        marker=pl.when(pl.col("value_1") == "X").then(pl.lit("[c]")).otherwise("marker"),
    )
    in_full = earlier.with_columns(
        count=pl.when(pl.col("value_1") == "").then(160).otherwise("count").cast(pl.Int32)
    )
    cells = frame(cell(161), *by_sex(98, 63, 0))
    with pytest.raises(DisclosureFound, match=r"value_1 X.*build --inbox FILES --data-dir"):
        protect(cells, menu, policy=FLOORS, areas=FORCE_ONLY, told_before=told_by(in_full))


def test_what_was_shown_before_and_still_holds_is_no_secret_where_it_is_hidden_now() -> None:
    menu = (measure(by=("sex",)),)
    before = _protected(cell(100), *by_sex(60, 30, 10), menu=menu).cells
    again = protect(
        frame(cell(100), *by_sex(60, 30), cell(10, splits=("sex", "X"), is_rare=True)),
        menu, policy=FLOORS, areas=FORCE_ONLY, told_before=told_by(before),
    )  # fmt: skip
    # Readers have its 10 (10 to 12) and keep it; it is not shown any more all the same.
    assert shown(again.cells)["referrals X"] == "[c]"
    assert again.report.audited == 0


def test_tighter_policy_hides_and_rounds_more() -> None:
    tight = replace(FLOORS, threshold=20, rounding_base=10, wide_rounding_base=20)
    cells = frame(cell(128), *by_sex(109, 19))
    done = protect(cells, (measure(by=("sex",)),), policy=tight, areas=FORCE_ONLY)
    assert shown(done.cells)["referrals M"] == "[c]"
    assert shown(done.cells)["referrals"] == 130
    assert done.report.audited == 1


@pytest.mark.parametrize(
    "faulty",
    [
        [cell(5), cell(5)],
        [cell(-1)],
        [cell(3, is_structural=True)],
        [cell(3) | {"measure": None}],
        [cell(3) | {"true_count": None}],
    ],
)
def test_cells_that_are_no_grid_of_counts_are_refused(faulty: list[dict[str, object]]) -> None:
    with pytest.raises(PipelineError, match="unsound"):
        _protected(*faulty, menu=(measure(),))


def test_the_database_takes_what_is_published_and_refuses_what_breaks_a_rule() -> None:
    done = _protected(
        cell(200), cell(195, key="contacted"), *by_sex(191, 9),
        cell(0, splits=("sex", "X"), is_structural=True),
        menu=(measure(by=("sex",)), measure("contacted", part_of="referrals")),
    )  # fmt: skip
    table = next(each for each in PEOPLE_TABLES if each.name == "cube_protected_count")
    good = done.cells.select(column.name for column in table.columns)
    with duckdb.connect() as connection:
        connection.execute(table.ddl())
        connection.execute(f"insert into {table.name} select * from good")
        faults = (
            {"count": 9}, {"count": 12}, {"count": None}, {"marker": "?"}, {"count": 0},
            {"marker": "[c]"},
        )  # fmt: skip
        for fault in faults:
            row = good.filter(pl.col("count") == 200).with_columns(
                pl.lit(value).cast(good.schema[name]).alias(name) for name, value in fault.items()
            )
            assert len(row) == 1
            with pytest.raises(duckdb.ConstraintException):
                connection.execute(f"insert into {table.name} select * from row")
