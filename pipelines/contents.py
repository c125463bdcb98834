"""What a new version holds: the tables to be written, gathered from the plan of the load."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from pipelines import cleaned_cache
from pipelines.boundaries.log import boundary_tables
from pipelines.cleaned_cache import KeptFile, find_kept_by_any_rules
from pipelines.ledger import Ledger, LedgerFile
from pipelines.places import Places
from pipelines.plan import Plan
from pipelines.publish import PublishFailed, Version
from pipelines.record import dimension_tables, frame, record_tables, source_table
from pipelines.reference import load_reference
from pipelines.supplied_tables import supplied_tables
from schemas.published import SCHEMA_VERSION

if TYPE_CHECKING:
    from pipelines.served_people import People


def kept_files(places: Places, plan: Plan) -> dict[str, KeptFile]:
    """Return the cleaned rows of every file that counts, by sha256.

    Raises:
        PublishFailed: a file loaded before is neither offered nor kept.
    """
    return {
        file.sha256: plan.intake.kept.get(file.sha256) or _kept_before(places, file)
        for file in plan.decision.ledger.counted_files()
    }


def _kept_before(places: Places, file: LedgerFile) -> KeptFile:
    kept = find_kept_by_any_rules(file, places.cleaned)
    if kept is None:
        raise PublishFailed(
            f"{file.file_name} was loaded before, but its rows are no longer in {places.cleaned}. "
            "Put the file back into the inbox and load again."
        )
    return kept


def content_sha256(plan: Plan, kept: Mapping[str, KeptFile]) -> str:
    """Return one hash of what counts, of the numbers that protect people, and of the outlines."""
    crime = cleaned_cache.content_sha256(
        {key: kept[sha].content[key] for key, sha in plan.decision.ledger.counted.items()}
    )
    supplied = plan.supplied
    outlines = plan.boundaries.log.content_sha256
    parts = (crime, supplied.log.content_sha256, repr(supplied.protection), outlines)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def tables(
    plan: Plan,
    kept: Mapping[str, KeptFile],
    *,
    approvals: Sequence[dict[str, Any]],
    rows: Mapping[str, pl.DataFrame],
    faults: pl.DataFrame,
    people: "People",
) -> dict[str, pl.DataFrame]:
    """Return every table but the cubes and `meta_build`.

    approvals: rows of `meta_warning`. rows: the supplied rows that count, by supplied table.
    faults: those of supplied rows that were set aside. people: counted from the rows.
    """
    ledger, is_invented = plan.decision.ledger, plan.separated.is_invented
    earlier = plan.state.approvals if plan.state else ()
    records = record_tables(
        ledger,
        kept,
        refused=plan.refused,
        approvals=[*earlier, *approvals],
        loaded_at=datetime.now(UTC),
    )
    supplied = supplied_tables(rows, plan.supplied.log, faults=faults, as_of=plan.as_of)
    sources = [source_table(ledger, is_invented=is_invented), supplied.pop("meta_source")]
    return {
        **records,
        **dimension_tables(load_reference(), is_invented=is_invented),
        **boundary_tables(plan.boundaries.log, plan.boundaries.outlines),
        "meta_source": pl.concat(sources),
        **people.tables,
        **supplied,
    }


def build_table(
    plan: Plan, version: Version, content: str, *, seconds: float, people_sha256: str
) -> pl.DataFrame:
    """Return `meta_build`: the one row that names the version."""
    row = {
        "version_number": version.number,
        "version_name": version.name,
        "schema_version": SCHEMA_VERSION,
        "built_at": datetime.now(UTC).replace(tzinfo=None),
        "as_of_date": plan.as_of,
        "content_sha256": content,
        "build_seconds": seconds,
        "people_sha256": people_sha256,
    }
    return frame("meta_build", [row])


def tally(ledger: Ledger, kept: Mapping[str, KeptFile]) -> pl.DataFrame:
    """Return the tallies of every file, each with only the months that are counted from it."""
    parts = [_counted_part(ledger, file) for file in kept.values()]
    return pl.concat(parts) if parts else _no_tally()


def _no_tally() -> pl.DataFrame:
    """Return a tally of no crime, for a version that holds supplied files only."""
    # Imported here, like all that needs the contract of street files.
    from pipelines.sources.police_uk import TALLY_KEYS

    keys = dict.fromkeys(TALLY_KEYS, pl.String())
    return pl.DataFrame(schema={**keys, "month": pl.Date(), "record_count": pl.Int32()})


def _counted_part(ledger: Ledger, file: KeptFile) -> pl.DataFrame:
    tally = file.tally()
    for key in file.content:
        if ledger.counted.get(key) != file.sha256:
            other = (pl.col("force_code") != key.force_code) | (pl.col("month") != key.month)
            tally = tally.filter(other)
    return tally
