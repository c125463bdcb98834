"""A Board paper as it will be written: its words, and its figures in order."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.charts.chart import Chart

OFFICE: Final = "Office of the Police and Crime Commissioner, for the Victims’ Board"


@dataclass(frozen=True, kw_only=True)
class PaperItem:
    """One figure of a paper, or a table without a drawing, with the author's words.

    `heading` and `commentary` are empty where the author wrote none: then the figure's own
    headline is the heading. Paragraphs of a commentary are parted by an empty line. A chart
    without series, shapes or bands is a table only.
    """

    chart: Chart
    heading: str = ""
    commentary: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper: title, the author's opening words, the day it was made, its figures in order.

    `office` stands under the title. `as_at` says in words which data the figures show, such as
    'data as at 1 November 2026'; the versions are those of the charts.
    """

    title: str
    introduction: str
    office: str
    as_at: str
    made_on: date
    items: tuple[PaperItem, ...]

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions of the published data that its figures come from, each once, in order."""
        return tuple(dict.fromkeys(item.chart.version for item in self.items))

    @property
    def is_invented(self) -> bool:
        """True when a figure shows the invented sample."""
        return any(item.chart.is_invented for item in self.items)
