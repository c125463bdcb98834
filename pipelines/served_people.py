"""The tables about people of the version served, for as long as nothing that makes them changes."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb
import polars as pl

from pipelines.places import Places
from pipelines.plan import Plan
from pipelines.publish import current_version
from pipelines.rules_hash import hash_of_rules
from schemas.published import SCHEMA_VERSION

if TYPE_CHECKING:
    from pipelines.protect import ProtectionReport

PEOPLE: Final = ("cube_protected_count", "cube_protected_wait", "meta_protection")

_PROGRAM: Final = (
    "pipelines/**/*.py",
    "schemas/**/*.py",
    "data/reference/*.csv",
    "requirements.txt",
)
"""All of the program, and what it leans on: no list of the parts that count people could age."""


@dataclass(frozen=True)
class People:
    """The published tables about people by name, and what protection did, if there was any.

    served_by: the version that they were taken from, when they were not made anew.
    """

    tables: Mapping[str, pl.DataFrame]
    report: "ProtectionReport | None" = None
    served_by: str = ""

    @property
    def notes(self) -> Iterator[str]:
        """Yield what protection did, in counts of cells."""
        if self.served_by:
            yield f"People as in {self.served_by}: nothing that their counts follow from changed."
        if self.report is None:
            return
        done = self.report
        yield (
            f"People are protected: {done.hidden:,} cells hidden ({done.repaired:,} of them for a "
            f"neighbour), {done.widened:,} rounded more widely, {done.dropped:,} splits dropped; "
            f"{done.audited:,} audited."
        )


def people_sha256(plan: Plan) -> str:
    """Return one hash of all that the tables about people follow from.

    The supplied files that count, the numbers that protect people, the program, and the day: what
    is due, and with it what was done in time, is another with each day.
    """
    supplied = plan.supplied
    parts = (
        supplied.log.content_sha256,
        hash_of_rules(supplied.protection, _PROGRAM),
        f"{plan.as_of}",
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def dropped_cells(places: Places) -> pl.DataFrame | None:
    """Return the served cells that protection hid with their whole split, as the loader noted.

    None when the reasons that are kept are not those of the version served.
    """
    current = current_version(places)
    if current is None or not places.protection.exists():
        return None
    with duckdb.connect(str(places.published / current.file_name), read_only=True) as connection:
        build = connection.table("meta_build").pl()
    reasons = pl.read_parquet(places.protection)
    served = build["people_sha256"].item() if "people_sha256" in build.columns else ""
    if "people_sha256" not in reasons.columns:
        return None
    return reasons.filter(pl.col("people_sha256") == served, pl.col("reason") == "DROPPED")


def served_people(places: Places, sha256: str) -> People | None:
    """Return the tables about people that are served, if they follow from the same; else None."""
    current = current_version(places)
    if current is None:
        return None
    with duckdb.connect(str(places.published / current.file_name), read_only=True) as connection:
        (version,) = connection.execute("select schema_version from meta_build").fetchone() or (0,)
        if version != SCHEMA_VERSION:
            return None
        (served,) = connection.execute("select people_sha256 from meta_build").fetchone() or ("",)
        if served != sha256:
            return None
        tables = {name: connection.table(name).pl() for name in PEOPLE}
    return People(tables, served_by=current.name)
