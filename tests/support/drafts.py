"""Drafts of Board papers, made by hand."""

from dataclasses import replace

from dashboard.charts.chart import Cell, Chart, Table
from dashboard.papers.draft import Draft, Item, Origin

VERSION = "wh-1-0badcafe"
TABLE = Table(
    columns=("District", "Offences", "Rate"),
    rows=(("Bromsgrove", 120, 10.0), ("Redditch", 240, 10.5), ("Wychavon", "[c]", None)),
    formats=("", "{:,.0f}", "{:,.1f}"),
)
CHART = Chart(
    key="offences",
    form="bar",
    headline="Redditch has the most offences",
    subtitle="Offences by district, a year to September 2026",
    alt="Redditch 240, Bromsgrove 120.",
    table=TABLE,
    source="police.uk",
    caveat="Recorded crime is not all crime.",
    version=VERSION,
    is_invented=True,
    period="October 2025 to September 2026",
    definition="Offences recorded by the police.",
)


def item(figure: str = "bars", *, page: str = "crime", chart: Chart = CHART) -> Item:
    """Return a figure of a page as it goes into a paper."""
    origin = Origin(page=page, figure=figure, address={"as_at": (chart.version,)})
    return Item(origin=origin, chart=chart)


def with_cells(*rows: tuple[Cell, ...]) -> Chart:
    """Return the chart with other rows in its table."""
    return replace(CHART, table=replace(TABLE, rows=rows))


def draft(*items: Item, title: str = "Crime this year") -> Draft:
    """Return a draft of these figures, or of one."""
    return Draft(title=title, introduction="What the Board asked.", items=items or (item(),))
