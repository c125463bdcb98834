"""What differs between two tables is named by row and column, with old and new."""

from dashboard.charts.chart import Cell
from dashboard.papers.comparison import compare
from tests.support.drafts import TABLE, with_cells


def lines(*rows: tuple[Cell, ...]) -> list[str]:
    return list(compare(TABLE, with_cells(*rows).table).lines())


def test_the_same_tables_do_not_differ() -> None:
    assert compare(TABLE, TABLE).is_none


def test_a_cell_that_changed_is_named_with_old_new_and_difference() -> None:
    said = lines(("Bromsgrove", 120, 10.0), ("Redditch", 250, 10.5), ("Wychavon", 15, None))
    assert said == [
        "Redditch, Offences: 240 → 250 (+10)",
        "Wychavon, Offences: [c] → 15",
    ]


def test_rows_that_came_and_went_are_named() -> None:
    said = lines(("Bromsgrove", 120, 10.0), ("Redditch", 240, 10.5), ("Malvern Hills", 1, 0.1))
    assert said == ["Row gone: Wychavon", "New row: Malvern Hills"]


def test_another_order_is_a_difference() -> None:
    one, two, three = TABLE.rows
    assert lines(two, one, three) == ["The same rows stand in another order"]


def test_rows_of_one_name_are_told_apart_by_more_words_and_then_by_number() -> None:
    before = with_cells(("A", "x", 1), ("A", "y", 2), ("B", "x", 3), ("B", "x", 4)).table
    after = with_cells(("A", "x", 1), ("A", "y", 5), ("B", "x", 3), ("B", "x", 6)).table
    assert list(compare(before, after).lines()) == [
        "A, y, Rate: 2 → 5 (+3)",
        "B, x (2), Rate: 4 → 6 (+2)",
    ]


def test_rows_with_a_rank_in_front_are_known_by_their_names() -> None:
    before = with_cells((1, "A", 30), (2, "B", 20), (3, "C", 10)).table
    after = with_cells((1, "B", 31), (2, "A", 30), (3, "C", 10)).table
    assert list(compare(before, after).lines()) == [
        "A, District: 1 → 2 (+1)",
        "B, District: 2 → 1 (-1)",
        "B, Rate: 20 → 31 (+11)",
        "The same rows stand in another order",
    ]


def test_rows_of_numbers_alone_are_known_by_the_first() -> None:
    before, after = with_cells((2024, 1, 2), (2025, 3, 4)), with_cells((2024, 1, 2), (2025, 3, 5))
    assert list(compare(before.table, after.table).lines()) == ["2025, Rate: 4 → 5 (+1)"]
    assert compare(before.table, with_cells().table).rows_gone == ("2024", "2025")


def test_a_whole_number_that_became_a_fraction_of_the_same_size_differs() -> None:
    assert lines(("Bromsgrove", 120.0, 10.0), *TABLE.rows[1:])
