"""Baskets and papers: kept for their owner, in order, and no work is lost between two tabs."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.papers.draft import Draft, Item
from dashboard.workspace import baskets, papers
from dashboard.workspace.baskets import NotKept
from dashboard.workspace.database import FILE_NAME
from schemas.published import PINS_PATH
from tests.support.drafts import CHART, VERSION, draft, item

ANN, BEN = "analyst@example.org", "staff@example.org"
NEWER = "wh-2-0badcafe"


def figures(data_dir: Path, owner: str = ANN) -> list[str]:
    return [each.origin.figure for each in baskets.read(data_dir, owner=owner).items]


def ids(data_dir: Path) -> list[str]:
    return [each.item_id for each in baskets.read(data_dir, owner=ANN).items]


def pins(data_dir: Path) -> list[str]:
    return (data_dir / PINS_PATH).read_text().split()


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A data folder with three figures in Ann's basket."""
    for name in "abc":
        baskets.add(tmp_path, item(name), owner=ANN)
    return tmp_path


def test_what_is_added_stands_there_in_order_for_its_owner_alone(filled: Path) -> None:
    assert figures(filled) == ["a", "b", "c"]
    assert figures(filled, BEN) == []
    (first, *_) = baskets.read(filled, owner=ANN).items
    assert replace(first, item_id="") == item("a")


def test_the_same_figure_of_the_same_data_is_said_and_not_doubled(filled: Path) -> None:
    again = baskets.add(filled, item("a"), owner=ANN)
    assert (again.count, again.was_there) == (3, True)
    newer = baskets.add(filled, item("a", chart=replace(CHART, version=NEWER)), owner=ANN)
    assert (newer.count, newer.was_there) == (4, False)


def test_figures_move_and_stop_at_the_ends(filled: Path) -> None:
    a, _, c = ids(filled)
    assert baskets.move(filled, c, -1, owner=ANN) == 2
    assert figures(filled) == ["a", "c", "b"]
    assert baskets.move(filled, a, -1, owner=ANN) == 1
    assert baskets.move(filled, a, 5, owner=ANN) == 3
    assert baskets.move(filled, "gone", 1, owner=ANN) == 0
    assert baskets.move(filled, a, -1, owner=BEN) == 0
    assert figures(filled) == ["c", "b", "a"]


def test_what_is_taken_out_goes_back_to_its_place_with_its_words(filled: Path) -> None:
    _, b, _ = ids(filled)
    baskets.write_on(filled, b, owner=ANN, heading="Mine")
    baskets.write_on(filled, b, owner=ANN, commentary="Because.")
    taken = baskets.read(filled, owner=ANN).items[1]
    baskets.remove(filled, b, owner=BEN)
    assert figures(filled) == ["a", "b", "c"]
    baskets.remove(filled, b, owner=ANN)
    assert figures(filled) == ["a", "c"]
    baskets.put_back(filled, taken, 2, owner=ANN)
    baskets.put_back(filled, taken, 2, owner=ANN)
    back = baskets.read(filled, owner=ANN).items
    assert [each.name for each in back] == [CHART.headline, "Mine", CHART.headline]
    assert back[1].commentary == "Because."


def test_two_tabs_at_once_lose_nothing(tmp_path: Path) -> None:
    names = [f"figure {number}" for number in range(16)]
    with ThreadPoolExecutor(8) as tabs:
        list(tabs.map(lambda name: baskets.add(tmp_path, item(name), owner=ANN), names))
    assert sorted(figures(tmp_path)) == sorted(names)


def test_words_are_kept_one_by_one_and_not_beyond_their_length(filled: Path) -> None:
    baskets.write_words(filled, owner=ANN, title="Title")
    baskets.write_words(filled, owner=ANN, introduction="First.\n\nThen.")
    held = baskets.read(filled, owner=ANN)
    assert (held.title, held.introduction) == ("Title", "First.\n\nThen.")
    with pytest.raises(NotKept, match="it may have 120"):
        baskets.write_words(filled, owner=ANN, title="x" * 121)


def test_a_basket_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    baskets.add(tmp_path, item("a"), owner=ANN)
    monkeypatch.setattr(baskets, "MOST_BYTES", 100)
    with pytest.raises(NotKept, match="too large together"):
        baskets.add(tmp_path, item("b"), owner=ANN)
    monkeypatch.setattr(baskets, "MOST_FIGURES", 1)
    with pytest.raises(NotKept, match="1 figures at most"):
        baskets.add(tmp_path, item("b"), owner=ANN)
    assert figures(tmp_path) == ["a"]


def test_a_figure_that_cannot_be_read_is_left_out_and_the_rest_stands(filled: Path) -> None:
    with sqlite3.connect(filled / "workspace" / FILE_NAME) as connection:
        connection.execute("update basket_figure set content = '{}' where place = 2")
    connection.close()
    assert figures(filled) == ["a", "c"]


def test_a_paper_is_kept_under_its_title_and_opens_as_it_was(filled: Path) -> None:
    made = draft(replace(item("x"), heading="H", commentary="C"), item("y"))
    papers.save(filled, made, owner=ANN)
    papers.save(filled, made, owner=ANN)
    (kept,) = papers.listed(filled, owner=ANN)
    assert (kept.title, kept.versions) == (made.title, (VERSION,))
    assert papers.opened(filled, kept.paper_id, owner=ANN) == made
    assert papers.listed(filled, owner=BEN) == ()
    with pytest.raises(NotKept, match="not kept any more"):
        papers.opened(filled, kept.paper_id, owner=BEN)
    baskets.replace_by(filled, made, owner=ANN)
    assert figures(filled) == ["x", "y"]
    papers.remove(filled, kept.paper_id, owner=BEN)
    assert papers.listed(filled, owner=ANN) == (kept,)
    papers.remove(filled, kept.paper_id, owner=ANN)
    assert papers.listed(filled, owner=ANN) == ()


@pytest.mark.parametrize("made", [draft(title=" "), Draft(title="Empty")])
def test_a_paper_without_a_title_or_figures_is_not_kept(tmp_path: Path, made: Draft) -> None:
    with pytest.raises(NotKept, match="needs a title and a figure"):
        papers.save(tmp_path, made, owner=ANN)


def test_versions_that_baskets_and_papers_name_are_pinned_and_no_others(filled: Path) -> None:
    newer: Item = item("z", chart=replace(CHART, version=NEWER))
    assert pins(filled) == [VERSION]
    papers.save(filled, draft(newer), owner=BEN)
    assert pins(filled) == [VERSION, NEWER]
    for each in ids(filled):
        baskets.remove(filled, each, owner=ANN)
    assert pins(filled) == [NEWER]


def test_a_workspace_of_the_form_before_has_no_basket_yet_and_gets_one(tmp_path: Path) -> None:
    baskets.add(tmp_path, item(), owner=ANN)
    with sqlite3.connect(tmp_path / "workspace" / FILE_NAME) as connection:
        for table in ("basket", "basket_figure", "paper"):
            connection.execute(f"drop table {table}")
        connection.execute("pragma user_version = 1")
    connection.close()
    assert figures(tmp_path) == []
    assert papers.listed(tmp_path, owner=ANN) == ()
    baskets.add(tmp_path, item(), owner=ANN)
    assert figures(tmp_path) == ["bars"]
