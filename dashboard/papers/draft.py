"""A paper in the making: its words and its figures, each with where it came from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Final

from dashboard.charts.chart import Chart, Table
from dashboard.papers.codec import plain, to_text
from dashboard.report.paper import Paper, PaperItem

LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 4_000
"""Letters of an introduction, and of a commentary."""

WITHOUT_FIGURES: Final = frozenset({"load", "board_paper"})
"""Pages of which nothing goes into a paper: what *Load data* shows is what a file said."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a figure stood, and so how it is made again.

    `page` is the page's key and `figure` the figure's on it. `address` holds what the address
    said, each name with its values; `state` what the figure rests on besides.
    """

    page: str
    figure: str
    address: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One figure of a draft with the author's words; `item_id` is empty until it is kept."""

    origin: Origin
    chart: Chart
    heading: str = ""
    commentary: str = ""
    item_id: str = ""

    @property
    def name(self) -> str:
        """What the figure is called where it is spoken of: its heading, else its finding."""
        return self.heading or self.chart.headline

    @property
    def same_as(self) -> str:
        """A name that two items share when they show the same figure of the same data."""
        said = f"{self.origin.page} {self.origin.figure} {to_text(self.chart)}"
        return sha256(said.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A paper as it stands in a basket: title, opening words, figures in order."""

    title: str = ""
    introduction: str = ""
    items: tuple[Item, ...] = ()

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions its figures show, each once, in order."""
        return tuple(dict.fromkeys(item.chart.version for item in self.items))

    def paper(self, *, office: str, as_at: str, made_on: date) -> Paper:
        """Return the paper to be written."""
        return Paper(
            title=self.title,
            introduction=self.introduction,
            office=office,
            as_at=as_at,
            made_on=made_on,
            items=tuple(
                PaperItem(chart=each.chart, heading=each.heading, commentary=each.commentary)
                for each in self.items
            ),
        )


def digest(table: Table) -> str:
    """Return the sha256 of a table's data: headings and cells, as JSON, in order."""
    said = [plain(table.columns), plain(table.rows)]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
