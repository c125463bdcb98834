"""The one function through which a chart or a template leaves as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from dashboard.charts import static
from dashboard.charts.chart import Chart
from dashboard.report import tables, templates
from schemas.supplied.field import Contract

FileFormat = Literal["png", "svg", "csv", "xlsx"]
FORMATS: Final[tuple[FileFormat, ...]] = ("png", "svg", "csv", "xlsx")


@dataclass(frozen=True)
class Download:
    """A file to hand over: its name, its media type, its bytes."""

    file_name: str
    mime: str
    content: bytes


_MIMES: Final = MappingProxyType[FileFormat, str](
    {
        "png": "image/png",
        "svg": "image/svg+xml",
        "csv": "text/csv",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
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


def export(what: Chart | Contract, file_format: FileFormat) -> Download:
    """Return a chart, or the template of a supplied table, as a file of one format.

    Every byte that leaves passes here: what is to be checked or recorded belongs here.

    Raises:
        KeyError: there is no such format of it; templates are Excel workbooks only.
    """
    if isinstance(what, Contract):
        content = _TEMPLATES[file_format](what)
    else:
        content = _CHARTS[file_format](what)
    return Download(file_name(what, file_format), _MIMES[file_format], content)


def file_name(what: Chart | Contract, file_format: FileFormat) -> str:
    """Return 'recorded-crime-by-month-west-mercia-2025-10-to-2026-09.png', 'vrr-template.xlsx'."""
    name = f"{what.table}-template" if isinstance(what, Contract) else what.key
    return f"{name}.{file_format}"
