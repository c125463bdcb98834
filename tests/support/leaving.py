"""Who takes files away in tests, and what the audit log then says."""

import json
from pathlib import Path
from typing import Any

from dashboard.audit import audit_files, audit_folder
from dashboard.charts.chart import Cell, Chart, Series, Table
from dashboard.export import Leaving


def leaving(data_dir: Path, *, role: str | None = "viewer") -> Leaving:
    """Return a viewer on the page of recorded crime, whose exports are recorded in a folder."""
    return Leaving(reader="viewer@example.org", role=role, page="crime", data_dir=data_dir)


def recorded(data_dir: Path) -> list[dict[str, Any]]:
    """Return the lines of the audit log in a data folder, the oldest first."""
    files = audit_files(audit_folder(data_dir))
    return [json.loads(line) for path in files for line in path.read_text().splitlines()]


def chart_of(*rows: tuple[Cell, ...]) -> Chart:
    """Return a bar chart of two columns: places and their counts, or markers."""
    values = [row[1] if isinstance(row[1], int | float) else None for row in rows]
    return Chart(
        key="referrals-by-area",
        form="bar",
        headline="Referrals by area",
        subtitle="Referrals, West Mercia",
        alt="Referrals by area.",
        table=Table(("Area", "Referrals"), rows, ("", "{:,.0f}")),
        source="returns",
        caveat="Rounded to the nearest 5.",
        version="wh-3-0badcafe",
        is_invented=True,
        period="October 2025 to September 2026",
        definition="People referred.",
        series=(Series("Referrals", tuple(row[0] for row in rows), tuple(values)),),
    )
