"""What is kept for every reader: made once, apart for each version, and never too much."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
import streamlit as st

from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice
from dashboard.ui.cache import kept


@pytest.fixture(autouse=True)
def _emptied() -> None:
    st.cache_resource.clear()


def counting(made: list[str], name: str) -> Callable[[], str]:
    def make() -> str:
        made.append(name)
        return name

    return make


def test_an_answer_is_made_once_for_each_version_and_choice() -> None:
    made: list[str] = []
    for version in ("wh-1", "wh-2"):
        for areas in (("E1",), ("E2",), ("E1",)):
            name = f"{version} {areas}"
            assert kept(version, ("card", Choice(areas=areas)), counting(made, name)) == name
    assert len(made) == 4


def test_what_could_not_be_made_is_tried_again() -> None:
    def refuse() -> str:
        raise UnknownChoice("not published")

    with pytest.raises(UnknownChoice):
        kept("wh-1", ("card",), refuse)
    assert kept("wh-1", ("card",), lambda: "made") == "made"


def test_readers_who_ask_at_once_share_one_answer() -> None:
    made: list[str] = []
    together = Barrier(4)

    def ask() -> None:
        together.wait()
        kept("wh-1", ("scan",), counting(made, "scan"))

    readers = [Thread(target=ask) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert made == ["scan"]


def test_the_answer_not_asked_for_longest_goes_first() -> None:
    made: list[str] = []
    for number in range(4000):
        kept("wh-1", (number,), counting(made, "anew"))
    kept("wh-1", (0,), counting(made, "anew"))
    kept("wh-1", (4000,), counting(made, "anew"))
    made.clear()
    kept("wh-1", (0,), counting(made, "kept"))
    kept("wh-1", (1,), counting(made, "gone"))
    assert made == ["gone"]
