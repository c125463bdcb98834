"""The recipe of a paper: its words and, of each figure, where it stood and what it said."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dashboard.charts.chart import Table
from dashboard.papers.codec import plain
from dashboard.papers.draft import Draft, Item, Origin, digest

FORM: Final = 1
"""Number of the form of a recipe; a higher one was written by a newer dashboard."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One figure of a recipe: where it stood, the author's words, and the data that it showed.

    `table` holds headings and cells only: how they are shown comes from the page.
    """

    origin: Origin
    version: str
    headline: str
    heading: str
    commentary: str
    table: Table

    @property
    def name(self) -> str:
        """What the figure is called where it is spoken of."""
        return self.heading or self.headline


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """All that it takes to make a paper again."""

    title: str
    introduction: str
    made_on: date
    figures: tuple[Wanted, ...]


def recipe_of(draft: Draft, *, made_on: date) -> Recipe:
    """Return the recipe of a draft."""
    return Recipe(
        title=draft.title,
        introduction=draft.introduction,
        made_on=made_on,
        figures=tuple(map(_wanted, draft.items)),
    )


def to_bytes(recipe: Recipe) -> bytes:
    """Return a recipe as the JSON that `read` takes; the same recipe gives the same bytes."""
    told = {
        "recipe": FORM,
        "title": recipe.title,
        "introduction": recipe.introduction,
        "made_on": recipe.made_on.isoformat(),
        "figures": [dict(_figure(each)) for each in recipe.figures],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _wanted(item: Item) -> Wanted:
    return Wanted(
        origin=item.origin,
        version=item.chart.version,
        headline=item.chart.headline,
        heading=item.heading,
        commentary=item.commentary,
        table=item.chart.table,
    )


def _figure(wanted: Wanted) -> Iterator[tuple[str, Any]]:
    yield "page", wanted.origin.page
    yield "figure", wanted.origin.figure
    yield "address", {name: list(values) for name, values in wanted.origin.address.items()}
    yield "state", dict(wanted.origin.state)
    yield "version", wanted.version
    yield "headline", wanted.headline
    yield "heading", wanted.heading
    yield "commentary", wanted.commentary
    yield "sha256", digest(wanted.table)
    yield "columns", list(wanted.table.columns)
    yield "rows", plain(wanted.table.rows)
