"""The one function through which a figure, a template or a paper leaves as a file."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from dashboard.access import may_do
from dashboard.audit import append
from dashboard.audit_event import Action, Event, Filters
from dashboard.charts import static
from dashboard.charts.chart import Chart
from dashboard.errors import DashboardError
from dashboard.report import tables, templates
from schemas.codes import HIDDEN
from schemas.supplied.field import Contract

FileFormat = Literal["png", "svg", "csv", "xlsx", "docx", "pptx", "json"]
FORMATS: Final[tuple[FileFormat, ...]] = ("png", "svg", "csv", "xlsx")
"""Formats of a chart."""

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_MIMES: Final = MappingProxyType[FileFormat, str](
    {
        "png": "image/png",
        "svg": "image/svg+xml",
        "csv": "text/csv",
        "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
        "docx": f"{_OFFICE}.wordprocessingml.document",
        "pptx": f"{_OFFICE}.presentationml.presentation",
        "json": "application/json",
    }
)
_CHARTS: Final = MappingProxyType[FileFormat, Callable[[Chart], bytes]](
    {
        "png": static.png,
        "svg": static.svg,
        "csv": tables.csv_bytes,
        "xlsx": tables.xlsx_bytes,
    }
)
_TEMPLATES: Final = MappingProxyType[FileFormat, Callable[[Contract], bytes]](
    {"xlsx": templates.template}
)


class MayNotLeave(DashboardError):
    """The reader may not take files away."""


@dataclass(frozen=True)
class Document:
    """A paper that was made of charts. Its `name` is in the audit log: no title that was typed."""

    name: str
    content: bytes
    charts: tuple[Chart, ...]


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """Who takes a file away, from where, and where that is recorded.

    reader: the reader's key. page: the page's key. filters: the address, as the page read it.
    protection: tells the small-number policy of the version from others.
    """

    reader: str
    role: str | None
    page: str
    data_dir: Path
    filters: Filters = field(default_factory=dict)
    protection: str = ""


@dataclass(frozen=True)
class Download:
    """A file to hand over: its name, its media type, its bytes."""

    file_name: str
    mime: str
    content: bytes


def export(
    what: Chart | Contract | Document, file_format: FileFormat, *, leaving: Leaving
) -> Download:
    """Return a chart, the template of a supplied table, or a paper as a file of one format.

    Every byte that leaves passes here, after its line in the audit log is on the disk.

    Raises:
        KeyError: there is no such format of it; templates are Excel workbooks only.
        MayNotLeave: the reader's role may not take files away.
        NotRecorded: the line could not be written, so there is no file.
    """
    name = file_name(what, file_format)
    if not may_do(leaving.role, "download"):
        append(leaving.data_dir, _event("denied", name, (), leaving))
        raise MayNotLeave("Your role may not take files away. Ask the analyst team for them.")
    content = _made(what, file_format)
    sha256 = hashlib.sha256(content).hexdigest()
    append(leaving.data_dir, _event("export", name, charts_of(what), leaving, sha256))
    return Download(name, _MIMES[file_format], content)


def file_name(what: Chart | Contract | Document, file_format: FileFormat) -> str:
    """Return 'recorded-crime-by-month-west-mercia-2025-10-to-2026-09.png', 'vrr-template.xlsx'."""
    match what:
        case Contract():
            name = f"{what.table}-template"
        case Document():
            name = what.name
        case _:
            name = what.key
    return f"{name}.{file_format}"


def charts_of(what: Chart | Contract | Document) -> tuple[Chart, ...]:
    """Return the charts whose figures leave with a file."""
    match what:
        case Contract():
            return ()
        case Document():
            return what.charts
        case _:
            return (what,)


def _made(what: Chart | Contract | Document, file_format: FileFormat) -> bytes:
    match what:
        case Contract():
            return _TEMPLATES[file_format](what)
        case Document():
            return what.content
        case _:
            return _CHARTS[file_format](what)


def _event(
    action: Action, name: str, charts: tuple[Chart, ...], leaving: Leaving, sha256: str = ""
) -> Event:
    cells = [cell for chart in charts for row in chart.table.rows for cell in row]
    return Event(
        action=action,
        reader=leaving.reader,
        role=leaving.role,
        what=name,
        page=leaving.page,
        filters=leaving.filters,
        version=" ".join(dict.fromkeys(chart.version for chart in charts)),
        protection=leaving.protection,
        cells=len(cells),
        hidden=cells.count(HIDDEN),
        sha256=sha256,
    )
