"""Papers to write: one with a figure of every form, and what is in the files made of them."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dashboard.charts.chart import Chart, Table
from dashboard.report.paper import Paper, PaperItem
from tests.support.every_chart import every_chart

MADE_ON = date(2026, 11, 26)


def paper(*charts: Chart, **changes: object) -> Paper:
    """Return a paper of these charts, without headings of its own."""
    whole = Paper(
        title="Victims in West Mercia",
        introduction="The first words.\n\nThe second words.",
        office="Office of the Police and Crime Commissioner",
        as_at="data as at 1 November 2026",
        made_on=MADE_ON,
        items=tuple(PaperItem(chart=chart) for chart in charts),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def listing(rows: int = 3, columns: int = 3) -> Chart:
    """Return a figure that is a table only."""
    names = ("Month", "Offences", *(f"Part {place}" for place in range(3, columns + 1)))
    cells = tuple(
        (date(2026, 1 + place % 9, 1), "[c]" if place == 1 else 1234.5 + place)
        + (None,) * (columns - 2)
        for place in range(rows)
    )
    table = Table(names, cells, ("{:%B %Y}", "{:,.1f}", *("" for _ in range(columns - 2))))
    return replace(every_chart()["bars"], key="listing", table=table, series=(), levels=())


def every_figure() -> Paper:
    """Return a paper with a figure of each form, and tables short, long and wide."""
    return paper(*every_chart().values(), listing(), listing(rows=80), listing(columns=14))


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield every part of a document by name, and those of workbooks within it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            inner = package.read(name)
            yield name, inner
            if name.endswith(".xlsx"):
                yield from ((f"{name}/{each}", text) for each, text in parts(inner))
