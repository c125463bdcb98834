"""Where figures come from, in words, and whether they are invented."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.metrics.menu import table_of
from dashboard.metrics.metric import Metric
from dashboard.warehouse import Warehouse
from schemas.published_supplied import ABOUT_PEOPLE
from schemas.supplied.contracts import CONTRACTS


@dataclass(frozen=True)
class Source:
    """A source in words: its title, the line below a chart, and what the sample imitates."""

    title: str
    credit: str
    form: str


def _inside(title: str) -> str:
    """Return a title as it stands inside a sentence; the Victims' Code keeps its capital."""
    is_name = title.startswith("Victims' Code")
    return title if is_name else f"{title[:1].lower()}{title[1:]}"


def _protection(table: str) -> str:
    return "; counts are protected" if table in ABOUT_PEOPLE else ""


SOURCES: Final[dict[str, Source]] = {
    "police_uk": Source(
        "Street-level crime files, data.police.uk",
        "police.uk, Open Government Licence v3.0",
        "police.uk files",
    ),
    **{
        each.table: Source(
            f"{each.title}, as supplied to the office",
            f"{each.title}, supplied to the office{_protection(each.table)}",
            f"{_inside(each.title)}, as supplied to the office",
        )
        for each in CONTRACTS
    },
}
"""By the key of the source, which for supplied data is the name of the table."""


def is_invented(metric: Metric, warehouse: Warehouse) -> bool:
    """Return True when a source of the metric holds the invented sample."""
    tables = (table_of(key) for key in (metric.measure, metric.whole) if key)
    held = warehouse.table("meta_source").filter(
        pl.col("source_key").is_in([metric.source, *tables])
    )
    return bool(held["is_invented"].any()) if held.height else warehouse.build.is_invented
