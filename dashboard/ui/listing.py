"""Tables that stand on their own: no drawing, the same head, source line and downloads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.charts.chart import Cell, Chart, Table
from dashboard.warehouse import Warehouse


@dataclass(frozen=True)
class Column:
    """A column of a listing: its heading and, for numbers, how they are shown."""

    heading: str
    shape: str = ""


def listing(
    key: str,
    headline: str,
    subtitle: str,
    *,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    warehouse: Warehouse,
    definition: str = "",
    notes: tuple[str, ...] = (),
    sources: Sequence[str] = (),
    source: str = "record kept by the load of this version",
    period: str = "",
    caveat: str = "",
) -> Chart:
    """Return a chart that has a table and nothing to draw, for the screen and for downloads.

    It carries the notice of the sample when one of the `sources`, by key, is invented; when none
    is named, it may show something of every source. `period`: where it is not as of one day.
    """
    build = warehouse.build
    return Chart(
        key=key,
        form="bar",
        headline=headline,
        subtitle=subtitle,
        alt="",
        table=Table(
            columns=tuple(column.heading for column in columns),
            rows=tuple(tuple(row) for row in rows),
            formats=tuple(column.shape for column in columns),
        ),
        source=source,
        caveat=caveat,
        version=warehouse.version,
        is_invented=warehouse.is_invented(*sources),
        period=period or f"as of {build.as_of_date.day} {build.as_of_date:%B %Y}",
        definition=definition,
        notes=notes,
    )


def many(count: int, noun: str) -> str:
    """Return 'No file', 'One file' or '12 files', to begin a headline with."""
    return {0: f"No {noun}", 1: f"One {noun}"}.get(count, f"{count:,} {noun}s")
