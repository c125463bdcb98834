"""A table of assumptions: values, state, period, source and how to read each."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from dashboard.charts import words
from dashboard.charts.chart import Chart
from dashboard.directory.words import day
from dashboard.metrics.assumptions import Assumption
from dashboard.ui.listing import Column, listing
from dashboard.warehouse import Warehouse

NUMBER: Final = "{:,.10g}"
_COLUMNS: Final = (
    Column("Assumption and unit"),
    *(Column(name, NUMBER) for name in ("Low", "Central", "High")),
    *(Column("Status"), Column("Period, source, and how to read it")),
)
"""Few columns: of eleven each is so narrow that a row is as high as the screen."""


def assumed(
    key: str, headline: str, subtitle: str, held: Sequence[Assumption], *, warehouse: Warehouse
) -> Chart:
    """Return one row per assumption that is `held`."""
    return listing(
        key,
        headline,
        subtitle,
        columns=_COLUMNS,
        rows=[_row(each) for each in held],
        warehouse=warehouse,
        sources=("assumption",),
        source="assumptions that the office keeps",
    )


def _row(each: Assumption) -> tuple[str | float | None, ...]:
    review = each.review_by and f"review by {day(date.fromisoformat(each.review_by))}"
    source = f"source: {each.source or 'none published'}"
    said = "; ".join(filter(None, (each.period, review, source)))
    return (
        "; ".join(filter(None, (each.name, each.applies_to, each.unit))),
        *(each.values.low, each.values.central, each.values.high),
        each.status if each.status == "DRAFT" else each.status.lower(),
        f"{words.sentence(said)}. {each.caveat}",
    )
