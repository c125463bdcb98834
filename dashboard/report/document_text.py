"""What a document says beside a figure, in texts that any document can hold."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Final, TypeVar

from dashboard.charts.chart import Cell, Chart
from dashboard.report.paper import Paper, PaperItem
from dashboard.report.tables import about

NOTHING: Final = "–"
"""What stands in a cell without a value, as on the screen."""

UNTITLED: Final = "Board paper"
_ILLEGAL: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TIGHT: Final = ("Note", "Read with care", "Marker")
_Held = TypeVar("_Held")


def printable(paper: Paper) -> Paper:
    """Return the same paper with a title, and without characters that no XML file can hold."""
    clean = _cleaned(paper)
    return clean if clean.title.strip() else replace(clean, title=UNTITLED)


def one_line(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, which empty lines part."""
    return [one_line(part) for part in re.split(r"\n\s*\n", text) if part.strip()]


def shown(cell: Cell, form: str) -> str:
    """Return a cell as the screen shows it: in its column's format; a text as it stands."""
    if cell is None:
        return NOTHING
    return form.format(cell) if form and not isinstance(cell, str) else one_line(str(cell))


def title_of(item: PaperItem) -> str:
    """Return the author's heading, or the figure's own headline where there is none."""
    return one_line(item.heading or item.chart.headline)


def finding_of(item: PaperItem) -> str:
    """Return the headline where the author wrote a heading of another kind, else nothing."""
    headline = one_line(item.chart.headline)
    return "" if title_of(item) == headline else headline


def is_drawn(chart: Chart) -> bool:
    """True where there is something to draw; else the figure is its table."""
    return bool(chart.series or chart.shapes)


def beside(chart: Chart, paper: Paper) -> list[str]:
    """Return the lines under a figure: notes, care and markers, then source, period, version."""
    said = [one_line(text) for name, text in about(chart) if name in _TIGHT and text.strip()]
    return [*said, source_line(chart, paper)]


def source_line(chart: Chart, paper: Paper) -> str:
    """Return source, period, 'as at' and version as one line."""
    ends = (f"Source: {chart.source}", f"Period: {chart.period}", _capital(paper.as_at))
    whole = [one_line(end).rstrip(".") for end in ends if end.strip()]
    return ". ".join([*whole, f"Version {chart.version}."])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cleaned(held: _Held) -> _Held:
    """Clean every text within; the outlines of maps hold none and are passed over."""
    if isinstance(held, str):
        return _ILLEGAL.sub("", held.replace("\r\n", "\n").replace("\r", "\n"))  # type: ignore[return-value]
    if isinstance(held, tuple) and held and not isinstance(held[0], float):
        return tuple(map(_cleaned, held))  # type: ignore[return-value]
    if is_dataclass(held) and not isinstance(held, type):
        parts = {each.name: getattr(held, each.name) for each in fields(held)}
        return replace(held, **{name: _cleaned(part) for name, part in parts.items()})
    return held
