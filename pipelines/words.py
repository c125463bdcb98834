"""What a load says about itself: refusals, notes and warnings, a line each."""

import getpass
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from pipelines.intake import Intake
from pipelines.ledger import Change, Decision, ForceMonth, Ledger, LedgerFile, OlderMonth
from pipelines.low_months import LowMonth
from pipelines.record import APPROVED
from pipelines.reference import load_reference
from pipelines.report import Refusal
from pipelines.state import PublishedState

LONGEST_LAG_MONTHS: Final = 6
"""police.uk is about two months behind; a newest file older than this hints at a wrong clock."""

_FORCE_FILE: Final = re.compile(r"(\d{4})-(\d{2})-(.+)-street\.csv")
_NAMED_SINGLY: Final = 3


def all_refusals(intake: Intake, decision: Decision, before: Ledger) -> tuple[Refusal, ...]:
    """Return every refusal of the load, with what stays loaded in place of the file."""
    refused = [_with_last_count(refusal, before) for refusal in intake.refused]
    by_file: dict[str, list[OlderMonth]] = {}
    for older in decision.older:
        by_file.setdefault(older.file.sha256, []).append(older)
    return (*refused, *(_older_refusal(months) for months in by_file.values()))


def notes(decision: Decision, inbox: Path, intake: Intake) -> list[str]:
    """Return what the load did, a line each: months replaced, files that were already loaded."""
    replaced = [change for change in decision.changes if change.rows_before is not None]
    added = len(decision.changes) - len(replaced)
    lines = [f"{added:,} new months of a force"] if added else []
    lines += [_replaced(change) for change in replaced]
    lines += _already_loaded(decision.already_loaded)
    if intake.ignored:
        lines.append(f"Not files of a kind that is loaded, left alone: {_few(intake.ignored)}")
    if not (intake.accepted or intake.refused or intake.supplied or intake.boundaries):
        lines.append(f"No street crime files in {inbox}. Put police.uk files there and load again.")
    return lines


def warnings(
    held: Iterable[LowMonth],
    intake: Intake,
    decision: Decision,
    as_of: date,
    state: PublishedState | None,
) -> tuple[str, ...]:
    """Return what someone should look at: held months, the clock, oddities in the files."""
    names = force_names()
    lines = [f"PUBLISH HELD: {low.words(names[low.key.force_code])}" for low in held]
    lines += _clock_warnings(decision.ledger, as_of, state)
    lines += _oddities(intake)
    return tuple(lines)


def approval(low: LowMonth, ledger: Ledger) -> dict[str, Any]:
    """Return the `meta_warning` row that says on whose word a low month was published."""
    file = ledger.files[ledger.counted[low.key]]
    name = force_names()[low.key.force_code]
    month = f"{low.key.month:%Y-%m}"
    return {
        "file_sha256": file.sha256,
        "file_name": file.file_name,
        "reason": APPROVED,
        "detail": month,
        "row_count": low.rows,
        "message": (
            f"{name} {month} has {low.rows:,} rows, expected {low.usual_from:,}-{low.usual_to:,}; "
            f"approved by {getpass.getuser()} on {datetime.now(UTC):%Y-%m-%d}."
        ),
    }


def force_names() -> Mapping[str, str]:
    """Return the name of each force, by code."""
    areas = load_reference().areas
    forces = areas.filter(areas["area_type"] == "force")
    return dict(zip(forces["area_code"], forces["area_name"], strict=True))


def _with_last_count(refusal: Refusal, before: Ledger) -> Refusal:
    """Say how many rows the last load had for the month that the file's name promises."""
    key = _promised(refusal.file_name)
    rows = before.counted_rows().get(key) if key else None
    if rows is None:
        return refusal
    message = f"{refusal.message.rstrip('.')}; the last load had {rows:,} rows, which stay."
    return replace(refusal, message=message)


def _promised(file_name: str) -> ForceMonth | None:
    matched = _FORCE_FILE.match(file_name)
    if not matched or not 1 <= int(matched[2]) <= 12:
        return None
    forces = load_reference().forces
    codes = dict(zip(forces["slug"], forces["force_code"], strict=True))
    month = date(int(matched[1]), int(matched[2]), 1)
    return ForceMonth(codes[matched[3]], month) if matched[3] in codes else None


def _older_refusal(months: Sequence[OlderMonth]) -> Refusal:
    file, names = months[0].file, force_names()
    which = ", ".join(f"{names[each.key.force_code]} {each.key.month:%Y-%m}" for each in months)
    return Refusal(
        file.file_name,
        f"{file.file_name}: archive {file.vintage} is older than the loaded "
        f"{max(each.loaded_vintage for each in months)} for these months: {which}. "
        "Nothing of them was changed; to go back on purpose, use --allow-older.",
        file.sha256,
        file.archive_name,
    )


def _replaced(change: Change) -> str:
    before = change.rows_before or 0
    name = force_names()[change.key.force_code]
    return (
        f"{name} {change.key.month:%Y-%m} replaced: {before:,} rows before, "
        f"{change.rows_now:,} now ({change.rows_now - before:+,})"
    )


def _already_loaded(files: Sequence[LedgerFile]) -> list[str]:
    if len(files) > _NAMED_SINGLY:
        return [f"{len(files):,} files are already loaded"]
    return [f"{file.file_name} is already loaded (sha256 {file.sha256[:12]}…)" for file in files]


def _few(names: Sequence[str]) -> str:
    more = len(names) - _NAMED_SINGLY
    return ", ".join(names[:_NAMED_SINGLY]) + (f" and {more:,} more" if more > 0 else "")


def _oddities(intake: Intake) -> list[str]:
    """Return one line a kind of oddity in the files read now; the rest is in `meta_warning`."""
    by_reason: dict[str, list[dict[str, Any]]] = {}
    for sha in sorted(intake.newly_cleaned & intake.kept.keys()):
        for row in intake.kept[sha].warnings:
            by_reason.setdefault(row["reason"], []).append(row)
    return [_oddity(rows) for _, rows in sorted(by_reason.items())]


def _oddity(rows: Sequence[Mapping[str, Any]]) -> str:
    files = {row["file_name"] for row in rows}
    first = min(rows, key=lambda row: str(row["file_name"]))
    line = f"{first['file_name']}: {first['message']}"
    if len(files) == 1:
        return line
    count = sum(row["row_count"] for row in rows)
    return f"{len(files):,} files, {count:,} rows ({first['reason']}), such as {line}"


def _clock_warnings(ledger: Ledger, as_of: date, state: PublishedState | None) -> list[str]:
    lines = []
    newest = max((key.month for key in ledger.counted), default=None)
    if newest and _months_between(newest, as_of) > LONGEST_LAG_MONTHS:
        lines.append(
            f"The clock says {as_of:%Y-%m} but the newest file is {newest:%Y-%m}. Is the clock "
            "right, and are there newer files to fetch?"
        )
    now = datetime.now(UTC)
    if state and state.built_at > now:
        lines.append(
            f"The clock says {now:%Y-%m-%d %H:%M} but the version being served was built at "
            f"{state.built_at:%Y-%m-%d %H:%M} UTC. Set the clock right."
        )
    return lines


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
