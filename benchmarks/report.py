"""Measurements, the table that shows them, and the machine they were taken on."""

import json
import math
import os
import platform
import re
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

import psutil

_PACKAGES: Final = ("streamlit", "duckdb", "polars", "plotly", "pydeck", "pandas")
_START: Final = "<!-- results: written by python -m benchmarks --readme -->"
_END: Final = "<!-- end of results -->"


@dataclass(frozen=True)
class Spread:
    """Several measurements of the same thing, in one unit. Never empty."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    def percentile(self, percent: float) -> float:
        """Return the smallest value that at least `percent` per cent do not exceed."""
        ordered = sorted(self.values)
        return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]

    def words(self, decimals: int, unit: str) -> str:
        """Return the median, with least and greatest when there are several."""
        middle = f"{self.median:,.{decimals}f} {unit}".strip()
        if len(self.values) == 1:
            return middle
        return f"{middle} ({min(self.values):,.{decimals}f}–{max(self.values):,.{decimals}f})"


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the report: what was done, a table in words, and every raw value."""

    key: str
    title: str
    said: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    raw: dict[str, object] = field(default_factory=dict)


def ratio(ours: float, other: float) -> str:
    """Return how many times greater `other` is than `ours`."""
    return f"{other / ours:,.1f} ×" if ours else "–"


def machine() -> str:
    """Return the date, the machine and the versions, in one sentence."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"{date.today():%-d %B %Y}; {_processor()}, {cores} cores, {memory:.0f} GB; "
        f"{platform.system()} {platform.release()}; Python {platform.python_version()}; {packages}."
    )


def load_words() -> str:
    """Return how busy the machine was: on a busy one the same work takes more CPU-seconds."""
    if not hasattr(os, "getloadavg"):
        return "How busy the machine was is not known."
    busy = os.getloadavg()[2]
    return f"Processes that wanted to run, on average over the quarter of an hour: {busy:.1f}."


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    lines = listing.read_text(encoding="utf-8").splitlines() if listing.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def markdown(sections: Sequence[Section]) -> str:
    """Return the whole report: one table a section, each with the machine it was taken on."""
    return "\n\n".join(_table(section) for section in sections)


def _table(section: Section) -> str:
    rule = " | ".join("---" if place == 0 else "---:" for place in range(len(section.columns)))
    head = [f"### {section.title}", "", machine(), "", *section.said, ""]
    lines = [*head, _line(section.columns), f"| {rule} |"]
    return "\n".join([*lines, *(_line(row) for row in section.rows)])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def save(path: Path, sections: Sequence[Section]) -> None:
    """Write every measurement as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"machine": machine(), "sections": [asdict(section) for section in sections]}
    path.write_text(json.dumps(content, indent=1, default=str) + "\n", encoding="utf-8")


def put_into_readme(readme: Path, sections: Sequence[Section]) -> None:
    """Replace these sections between the two markers of the README; others stay as they are."""
    before, rest = readme.read_text(encoding="utf-8").split(_START)
    held, after = rest.split(_END)
    tables = {_title(table): table.strip() for table in re.split(r"^(?=### )", held, flags=re.M)}
    tables |= {section.title: _table(section) for section in sections}
    told = "\n\n".join(table for title, table in tables.items() if title)
    readme.write_text(f"{before}{_START}\n\n{told}\n\n{_END}{after}", encoding="utf-8")


def _title(table: str) -> str:
    """Return the heading of a section; blank for what stands before the first one."""
    first = table.split("\n", 1)[0]
    return first.removeprefix("### ") if first.startswith("### ") else ""
