"""The sample's eighteen commitments with a small plan of their own, added to a published file.

As of 1 November 2026: G3 has a late milestone, a later one, a high risk and an action; V1 has a
milestone that was given up; P1 an entry nobody has looked at since May.
"""

from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from schemas.codes import ABOUT_SERVICES, ABOUT_STANDARDS

_COMMITMENTS: Final = Path(__file__).parents[2] / "data" / "reference" / "sample_commitment.csv"

_USUAL: Final = {"owner_role": "OPCC", "status": "OPEN", "updated_on": date(2026, 10, 1)}
PLAN: Final[list[dict[str, Any]]] = [
    {**_USUAL, "entry_id": entry, "commitment_id": commitment, "kind": kind, "text": text, **more}
    for entry, commitment, kind, text, more in (
        ("D1", "G3", "MILESTONE", "Needs published", {"due": date(2026, 10, 31)}),
        (
            *("D2", "G3", "MILESTONE", "Map shown"),
            {"due": date(2027, 1, 29), "what_changed": "Draft made"},
        ),
        ("D3", "G3", "RISK", "Extract does not come", {"severity": "HIGH", "owner_role": "POLICE"}),
        ("D4", "G3", "ACTION", "Ask again", {"due": date(2026, 11, 1)}),
        ("D5", "V1", "MILESTONE", "Members found", {"due": date(2026, 9, 30), "status": "STOPPED"}),
        (
            *("D6", "P1", "ISSUE", "Page not translated"),
            {"severity": "LOW", "updated_on": date(2026, 5, 1), "what_changed": "Long ago"},
        ),
    )
]


def add_strategy(path: Path, *, sources: tuple[str, ...] = ()) -> None:
    """Add the commitments, the plan and their sources; and say that other tables are loaded."""
    with duckdb.connect(str(path)) as connection:
        commitments = pl.read_csv(_COMMITMENTS, infer_schema=False)
        connection.register("commitments", commitments)
        connection.execute("insert into dim_commitment by name from commitments")
        for row in PLAN:
            marks = ", ".join("?" * len(row))
            connection.execute(
                f"insert into fact_delivery_plan ({', '.join(row)}) values ({marks})",
                [*row.values()],
            )
        for key in ("ref_commitment", "delivery_plan", *sources):
            subject = ABOUT_SERVICES if key in sources else ABOUT_STANDARDS
            connection.execute(
                "insert into meta_source (source_key, subject, source_name, is_invented) "
                "values (?, ?, ?, true)",
                [key, subject, key],
            )
