"""One load from end to end: take in, decide what counts, hold or publish, tell how it ended."""

import contextlib
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from pipelines import contents, words
from pipelines.cleaned_cache import KeptFile
from pipelines.errors import PipelineError
from pipelines.lock import load_lock
from pipelines.pins import read_pins
from pipelines.places import Places
from pipelines.plan import Plan, Request, make_plan
from pipelines.progress import Progress
from pipelines.publish import (
    PublishFailed,
    Version,
    check_room,
    clean_leftovers,
    current_version,
    failed,
    next_version,
    publish,
)
from pipelines.report import (
    DONE,
    HELD,
    SOME_REFUSED,
    LoadReport,
    record_in_audit_log,
    record_last_load,
)
from pipelines.served_people import People, kept_reasons, people_sha256, served_people
from pipelines.supplied import words as supplied_words
from pipelines.supplied.counted import rows_that_count
from pipelines.supplied.store import write_privately
from pipelines.told import keep_told, told_before
from pipelines.warehouse_file import verify_warehouse, write_warehouse
from schemas.published import SCHEMA_VERSION

_BROKEN_OFF: Final = "Nothing was published: the load broke off. Tell the maintainers."


def build(
    places: Places,
    *,
    inbox: Path,
    as_of: date | None = None,
    allow_older: bool = False,
    approve: tuple[str, ...] = (),
    progress: Progress,
) -> LoadReport:
    """Load what lies in `inbox` and publish a new version if that changes what counts.

    However it ends, `published/last-load.json` says so. `as_of` is the day that clocks read as
    today, by default the machine's date.

    Raises:
        PipelineError: another load runs, or nothing could be published; the last version stays.
    """
    request = Request(inbox, as_of, allow_older, approve)
    started_at, clock = datetime.now(UTC), time.monotonic()
    with load_lock(places):
        clean_leftovers(places)
        try:
            report = _load(places, request, progress, clock)
        except (OSError, duckdb.Error, pl.exceptions.PolarsError, PipelineError) as fault:
            failure = fault if isinstance(fault, PipelineError) else failed(places, fault)
            _record(places, _failure_report(places, failure), started_at, clock)
            raise failure from fault
        except Exception:
            _record(places, _failure_report(places, PublishFailed(_BROKEN_OFF)), started_at, clock)
            raise
        return _record(places, report, started_at, clock)


def _load(places: Places, request: Request, progress: Progress, clock: float) -> LoadReport:
    check_room(places)
    plan = make_plan(places, request, progress)
    report = _report(places, plan)
    if plan.held:
        return replace(report, outcome="held", exit_code=HELD)
    if plan.state is None and not plan.counts_anything:
        return report
    kept = contents.kept_files(places, plan)
    content = contents.content_sha256(plan, kept)
    if _is_the_same(plan, content):
        return report
    version = next_version(places, content)
    progress("Publishing", 0, 1)
    unread = keep_told(places)
    people = _publish(places, plan, kept, version=version, content=content, clock=clock)
    warnings = tuple(filter(None, (*report.warnings, *unread, read_pins(places).problem)))
    return replace(
        report,
        outcome="published",
        version=version.name,
        warnings=warnings,
        notes=(*report.notes, *people.notes),
    )


def _is_the_same(plan: Plan, content: str) -> bool:
    """Return whether the served version holds the same content from the same files."""
    return plan.state is not None and (
        plan.decision.ledger == plan.state.ledger
        and content == plan.state.content_sha256
        and plan.state.schema_version == SCHEMA_VERSION
    )


def _publish(
    places: Places,
    plan: Plan,
    kept: Mapping[str, KeptFile],
    *,
    version: Version,
    content: str,
    clock: float,
) -> People:
    approvals = _record_approvals(places, plan)
    log, sha256 = plan.supplied.log, people_sha256(plan)
    rows = rows_that_count(places, log)
    people = _people(places, plan, rows, sha256)
    tables = contents.tables(
        plan, kept, approvals=approvals, rows=rows, faults=log.faults(places), people=people
    )

    def write(path: Path) -> None:
        tables["meta_build"] = contents.build_table(
            plan, version, content, seconds=time.monotonic() - clock, people_sha256=sha256
        )
        write_warehouse(path, contents.tally(plan.decision.ledger, kept), tables)

    publish(places, version, write=write, verify=lambda path: verify_warehouse(path, tables))
    keep_told(places)
    _keep_reasons(places, people, sha256)
    return people


def _people(places: Places, plan: Plan, rows: Mapping[str, pl.DataFrame], sha256: str) -> People:
    """Return the tables about people: as they are served, if they follow from the same."""
    served = served_people(places)
    if served and served.sha256 == sha256:
        return People(served.tables, served_by=served.version)
    # Imported here: a load that leaves people as they are needs no counting and no protection.
    from pipelines.people import people_tables

    return people_tables(
        plan.supplied.protection,
        rows,
        as_of=plan.as_of,
        told_before=told_before(places, plan.supplied.log),
        reasons_before=kept_reasons(places, served) if served else None,
    )


def _keep_reasons(places: Places, people: People, sha256: str) -> None:
    """Keep why each cell is hidden, for the office only: a reason says how small a count is."""
    if people.report is not None:
        reasons = people.report.reasons.with_columns(people_sha256=pl.lit(sha256))
        write_privately(places.protection, reasons.write_parquet)


def _record_approvals(places: Places, plan: Plan) -> list[dict[str, Any]]:
    """Write into the audit log who approved which low month; return the same as warnings."""
    rows = [words.approval(low, plan.decision.ledger) for low in plan.low]
    for row in rows:
        record_in_audit_log(places, "low month approved", month=row["detail"], said=row["message"])
    return rows


def _report(places: Places, plan: Plan) -> LoadReport:
    """Return the report of a load that changes nothing; the caller corrects the outcome."""
    current = current_version(places)
    boundaries = plan.boundaries
    refused = (*plan.refused, *plan.supplied.refused, *boundaries.refused)
    notes = (
        plan.separated.note,
        *words.notes(plan.decision, plan.request.inbox, plan.intake),
        *supplied_words.notes(plan.supplied),
        *boundaries.notes,
    )
    return LoadReport(
        outcome="unchanged",
        version=current.name if current else None,
        exit_code=SOME_REFUSED if refused else DONE,
        refused=refused,
        warnings=(
            *words.warnings(plan.held, plan.intake, plan.decision, plan.as_of, plan.state),
            *supplied_words.warnings(plan.supplied),
            *boundaries.warnings,
        ),
        notes=tuple(note for note in notes if note),
        rows_counted=sum(plan.decision.ledger.counted_rows().values()),
    )


def _failure_report(places: Places, fault: PipelineError) -> LoadReport:
    current = current_version(places)
    return LoadReport(
        outcome="failed",
        version=current.name if current else None,
        exit_code=fault.exit_code,
        warnings=(str(fault),),
    )


def _record(places: Places, report: LoadReport, started_at: datetime, clock: float) -> LoadReport:
    timed = replace(report, started_at=started_at, seconds=time.monotonic() - clock)
    # On a full disk the record may fail too; the message on the screen still tells.
    with contextlib.suppress(OSError):
        record_last_load(places, timed)
    return timed
