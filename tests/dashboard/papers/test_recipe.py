"""A recipe says all that a paper needs, and one that was tampered with is refused whole."""

import json
import math
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dashboard.papers.recipe import recipe_of, to_bytes
from dashboard.papers.recipe_check import MOST_BYTES, NotARecipe, read
from tests.support.drafts import draft, item

DAY = date(2026, 11, 26)
RECIPE = recipe_of(draft(item(), item("other")), made_on=DAY)


def changed(change: Callable[[Any], None]) -> bytes:
    told = json.loads(to_bytes(RECIPE))
    change(told)
    return json.dumps(told).encode()


HALF = changed(lambda told: told["figures"][0]["rows"][0].__setitem__(0, "\ud800"))


def refusal(content: bytes) -> str:
    with pytest.raises(NotARecipe) as refused:
        read(content)
    return str(refused.value)


def test_a_recipe_that_is_written_is_read_and_written_the_same() -> None:
    again = read(to_bytes(RECIPE))
    assert again.title == "Crime this year"
    assert [each.origin for each in again.figures] == [each.origin for each in RECIPE.figures]
    assert to_bytes(again) == to_bytes(RECIPE)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told.pop("title"), "“title” is missing"),
        (lambda told: told.update(title="x" * 500), "at most 120 letters"),
        (lambda told: told.update(run="rm -rf /"), "only recipe, title"),
        (lambda told: told.update(figures=[]), "1 to 60 figures"),
        (lambda told: told.update(figures=["x"]), "figure 1: an object is wanted"),
        (lambda told: told.update(made_on="soon"), "a day such as 2026-11-26"),
        (lambda told: told["figures"][1].update(page="../app"), "figure 2, page"),
        (lambda told: told["figures"][1].update(page="load"), "figure 2, page"),
        (lambda told: told["figures"][0].update(version="../../x"), "figure 1, version"),
        (lambda told: told["figures"][0].update(state={"filters_page": "load"}), "figure 1, state"),
        (lambda told: told["figures"][0].update(address={"area": [1]}), "a list of texts"),
        (lambda told: told["figures"][0]["rows"][0].pop(), "a cell for each column"),
        (lambda told: told["figures"][0]["rows"][0].__setitem__(1, {"is": 1}), "a cell is a text"),
        (lambda told: told["figures"][0]["rows"][0].__setitem__(1, 999), "the file was changed"),
        (lambda told: told["figures"][0]["rows"][0].__setitem__(1, 10**400), "a cell is a text"),
        (lambda told: told["figures"][0]["rows"][0].__setitem__(1, math.nan), "a cell is a text"),
        (
            lambda told: told["figures"][0].update(
                page="needs", state={"needs_tried": {"A": 10**400}}
            ),
            "figure 1, state",
        ),
    ],
)
def test_a_fault_is_said_where_it_is(change: Callable[[Any], None], said: str) -> None:
    assert said in refusal(changed(change))


def test_all_faults_are_said_at_once_and_nothing_hostile_is_repeated() -> None:
    def spoil(told: Any) -> None:
        told["title"] = 5
        told["figures"][0]["page"] = "<script>"
        told["figures"][1]["version"] = "{0.__class__}"

    said = refusal(changed(spoil))
    assert all(where in said for where in ("title", "figure 1, page", "figure 2, version"))
    assert "<script>" not in said
    assert "__class__" not in said


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b"{}", b'{"recipe": 2}', b"[" * 100_000, b"1" * 5_000, HALF],
    ids=[
        *("nothing", "not UTF-8", "a list", "no recipe", "newer", "deep", "a long number"),
        "half a character",
    ],
)
def test_what_is_no_recipe_is_refused(content: bytes) -> None:
    refusal(content)


def test_a_recipe_beyond_any_size_is_not_even_parsed() -> None:
    assert "larger than 20 MB" in refusal(b" " * (MOST_BYTES + 1))
