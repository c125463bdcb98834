"""Which file counts for a month, whatever the order in which files come."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from pipelines.ledger import ForceMonth, Ledger, LedgerFile, decide

LOADED_AT = datetime(2026, 11, 1, tzinfo=UTC)
FORCE = "E23000016"


def _key(number: int) -> ForceMonth:
    return ForceMonth(FORCE, date(2026, number, 1))


def _file(sha: str, month: int, *, vintage: str | None = None, rows: int = 10) -> LedgerFile:
    return LedgerFile(
        sha256=sha,
        file_name=f"2026-{month:02d}-west-mercia-street.csv",
        archive_name=f"{vintage}.zip" if vintage else None,
        vintage=vintage,
        rows_read=rows,
        rows_loaded=rows,
        rows_set_aside=0,
        loaded_at=LOADED_AT,
        rows_by_month={_key(month): rows},
    )


def _load(*files: LedgerFile, onto: Ledger | None = None, allow_older: bool = False) -> Ledger:
    return decide(onto or Ledger(), files, allow_older=allow_older).ledger


def test_a_newer_vintage_replaces_the_month_whole() -> None:
    first = _load(_file("a", 6, vintage="2026-06", rows=10))
    decision = decide(first, [_file("b", 6, vintage="2026-09", rows=12)], allow_older=False)
    assert decision.ledger.counted_rows() == {_key(6): 12}
    assert [(c.rows_before, c.rows_now) for c in decision.changes] == [(10, 12)]


def test_the_same_file_again_changes_nothing() -> None:
    first = _load(_file("a", 6, vintage="2026-06"))
    decision = decide(first, [_file("a", 6, vintage="2026-06")], allow_older=False)
    assert decision.ledger == first
    assert decision.changes == ()
    assert [file.sha256 for file in decision.already_loaded] == ["a"]


def test_an_older_vintage_is_not_counted() -> None:
    first = _load(_file("b", 6, vintage="2026-09"))
    decision = decide(first, [_file("a", 6, vintage="2026-06")], allow_older=False)
    assert decision.ledger == first
    assert [older.loaded_vintage for older in decision.older] == ["2026-09"]


def test_an_older_vintage_is_counted_when_allowed() -> None:
    first = _load(_file("b", 6, vintage="2026-09"))
    after = _load(_file("a", 6, vintage="2026-06"), onto=first, allow_older=True)
    assert after.counted == {_key(6): "a"}


def test_with_older_allowed_the_newest_offered_still_wins() -> None:
    offered = (_file("b", 6, vintage="2026-09"), _file("a", 6, vintage="2026-06"))
    assert _load(*offered, allow_older=True).counted == {_key(6): "b"}


def test_without_vintages_the_later_load_replaces() -> None:
    first = _load(_file("a", 6))
    assert _load(_file("b", 6), onto=first).counted == {_key(6): "b"}


def test_a_replaced_file_offered_again_stays_replaced() -> None:
    after = _load(_file("b", 6), onto=_load(_file("a", 6)))
    assert _load(_file("a", 6), _file("b", 6), onto=after) == after


def test_a_newer_archive_that_repeats_a_file_renews_its_vintage() -> None:
    ledger = _load(_file("a", 6, vintage="2026-06"))
    ledger = _load(_file("a", 6, vintage="2026-09"), onto=ledger)
    ledger = _load(_file("c", 6, vintage="2026-07"), onto=ledger)
    assert ledger.counted == {_key(6): "a"}


@st.composite
def _archives(draw: st.DrawFn) -> list[list[LedgerFile]]:
    """Archives with distinct vintages; a month may be repeated, revised or absent in each."""
    vintages = draw(st.lists(st.integers(1, 9), min_size=1, max_size=5, unique=True))
    archives = []
    for vintage in vintages:
        editions = draw(st.dictionaries(st.integers(1, 4), st.sampled_from("xyz"), max_size=4))
        archives.append(
            [
                _file(f"{edition}{month}", month, vintage=f"2026-{vintage:02d}")
                for month, edition in editions.items()
            ]
        )
    return archives


@given(_archives(), st.data())
def test_any_order_and_repetition_of_archives_counts_the_same(
    archives: list[list[LedgerFile]], data: st.DataObject
) -> None:
    expected = _load(*(file for archive in archives for file in archive)).counted
    repeated = archives + data.draw(st.lists(st.sampled_from(archives), max_size=3))
    ledger = Ledger()
    for archive in data.draw(st.permutations(repeated)):
        ledger = _load(*archive, onto=ledger)
    assert ledger.counted == expected
