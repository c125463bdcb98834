"""The published tables about people, as the loader writes them."""

from dataclasses import fields

import polars as pl

from pipelines.record import frame
from schemas.protection import FLOORS, Protection


def people_tables(policy: Protection) -> dict[str, pl.DataFrame]:
    """Return the tables about people by name; no cells while nothing about people is loaded."""
    return {
        "cube_protected_count": frame("cube_protected_count", []),
        "cube_protected_wait": frame("cube_protected_wait", []),
        "meta_protection": frame("meta_protection", _policy_rows(policy)),
    }


def _policy_rows(policy: Protection) -> list[dict[str, object]]:
    return [
        {
            "name": each.name,
            "value": float(getattr(policy, each.name)),
            "floor": float(getattr(FLOORS, each.name)),
        }
        for each in fields(Protection)
    ]
