"""The one function through which a chart leaves as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from dashboard.charts import static
from dashboard.charts.chart import Chart
from dashboard.report import tables

FileFormat = Literal["png", "svg", "csv", "xlsx"]
FORMATS: Final[tuple[FileFormat, ...]] = ("png", "svg", "csv", "xlsx")


@dataclass(frozen=True)
class Download:
    """A file to hand over: its name, its media type, its bytes."""

    file_name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class _Kind:
    mime: str
    write: Callable[[Chart], bytes]


_KINDS: Final = MappingProxyType[FileFormat, _Kind](
    {
        "png": _Kind("image/png", static.png),
        "svg": _Kind("image/svg+xml", static.svg),
        "csv": _Kind("text/csv", tables.csv_bytes),
        "xlsx": _Kind(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.xlsx_bytes
        ),
    }
)


def export(chart: Chart, file_format: FileFormat) -> Download:
    """Return the chart as a file of one format. Raises KeyError for another format.

    Every byte that leaves passes here: what is to be checked or recorded belongs here.
    """
    kind = _KINDS[file_format]
    return Download(file_name(chart, file_format), kind.mime, kind.write(chart))


def file_name(chart: Chart, file_format: FileFormat) -> str:
    """Return 'recorded-crime-by-month-west-mercia-2025-10-to-2026-09.png'."""
    return f"{chart.key}.{file_format}"
