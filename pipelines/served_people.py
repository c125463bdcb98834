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

PEOPLE: Final = (
    "cube_protected_count",
    "cube_protected_wait",
    "cube_protected_change",
    "meta_protection",
)

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
            f"neighbour, {done.mirrored:,} because the same people are counted another way), "
            f"{done.widened:,} rounded more widely, {done.dropped:,} splits dropped; "
            f"{done.audited:,} audited, {done.proven:,} of them proven safe by all sums at once."
        )


@dataclass(frozen=True)
class ServedPeople:
    """The tables about people of the version served.

    sha256: of all that they follow from.
    """

    version: str
    sha256: str
    tables: Mapping[str, pl.DataFrame]


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


def served_people(places: Places) -> ServedPeople | None:
    """Return what the served version holds about people; None where it is of another contract."""
    current = current_version(places)
    if current is None:
        return None
    with duckdb.connect(str(places.published / current.file_name), read_only=True) as connection:
        build = connection.table("meta_build").pl().row(0, named=True)
        if build["schema_version"] != SCHEMA_VERSION:
            return None
        return ServedPeople(
            version=current.name,
            sha256=build["people_sha256"],
            tables={name: connection.table(name).pl() for name in PEOPLE},
        )


def kept_reasons(places: Places, served: ServedPeople) -> pl.DataFrame | None:
    """Return why each of the served cells is hidden, as the loader noted for itself.

    No rows when what it noted is of another version; None when it noted nothing.
    """
    if not places.protection.exists():
        return None
    reasons = pl.read_parquet(places.protection)
    return reasons.filter(pl.col("people_sha256") == served.sha256)
