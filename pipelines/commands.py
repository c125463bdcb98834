"""What each command does. Work is imported inside, so that help and errors come at once."""

import argparse
import gc
import json
import signal
import sys
import traceback
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipelines.errors import PipelineError
from pipelines.places import find_places
from pipelines.progress import progress_bars

if TYPE_CHECKING:
    from pipelines.report import LoadReport

SAMPLE_AS_OF: Final = date(2026, 11, 1)
"""The day that the sample reads as today: it ends in September 2026."""

VICTIM_SERVICES: Final = "victim_services"
"""Folder within the sample that holds its supplied files."""

HOME_SLUG: Final = "west-mercia"
USUAL_MONTHS: Final = 36
"""Months of crime that are fetched unless told otherwise: as many as an archive holds."""


class NotUnderstood(PipelineError):
    """The command line asks for something that is not there."""

    exit_code = 2


def fetch(asked: argparse.Namespace) -> int:
    """Bring files of crime, or official boundaries, into the inbox."""
    return _fetch_boundaries(asked) if asked.source == "boundaries" else _fetch_crime(asked)


def _fetch_crime(asked: argparse.Namespace) -> int:
    from pipelines.fetch import fetch_crime

    with progress_bars() as progress:
        report = fetch_crime(
            forces=tuple(asked.force or [HOME_SLUG]),
            months=USUAL_MONTHS if asked.months is None else asked.months,
            inbox=asked.inbox or find_places(asked.data_dir).inbox,
            archive=asked.archive,
            base_url=asked.base_url,
            progress=progress,
        )
    _say(report.words)
    return 0


def _fetch_boundaries(asked: argparse.Namespace) -> int:
    from pipelines.fetch_boundaries import fetch_boundaries

    crime_only = {"--force": asked.force, "--months": asked.months, "--archive": asked.archive}
    if given := [name for name, value in crime_only.items() if value is not None]:
        raise NotUnderstood(
            f"{', '.join(given)} belongs to fetch crime; fetch boundaries always brings all "
            "districts and small areas of the force area."
        )
    with progress_bars() as progress:
        report = fetch_boundaries(
            inbox=asked.inbox or find_places(asked.data_dir).inbox,
            base_url=asked.base_url,
            progress=progress,
        )
    _say(report.words)
    return 0


def sample(asked: argparse.Namespace) -> int:
    """Write the sample files and publish them, unless real figures are published."""
    from pipelines.build import build
    from pipelines.publish import current_version
    from pipelines.sample import write_sample
    from pipelines.sample.victims import write_victim_sample
    from pipelines.separation import refuse_sample_onto_real
    from pipelines.state import served_state
    from pipelines.supplied.log import read_log

    _do_without_cycle_search()
    places = find_places(asked.data_dir)
    current = current_version(places)
    if current and asked.if_empty:
        _say(f"{current.name} is published already; nothing to do.")
        return 0
    refuse_sample_onto_real(served_state(places), read_log(places))
    folder = asked.out or places.sample
    with progress_bars() as progress:
        write_sample(folder, progress=progress)
        write_victim_sample(folder / VICTIM_SERVICES, progress=progress)
        report = build(places, inbox=folder, as_of=SAMPLE_AS_OF, progress=progress)
    _show(report)
    return report.exit_code


def check(asked: argparse.Namespace) -> int:
    """Print every fault of the files; load nothing."""
    from pipelines.check import check_files

    return check_files(
        asked.files,
        as_json=asked.json,
        as_of=asked.as_of or date.today(),
        places=find_places(asked.data_dir),
    )


def build(asked: argparse.Namespace) -> int:
    """Load the inbox once."""
    _do_without_cycle_search()
    report = _load(asked)
    if asked.json:
        _say(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    else:
        _show(report)
    return report.exit_code


def watch(asked: argparse.Namespace) -> int:
    """Load whatever is put into the inbox, until stopped by Ctrl+C or by the system."""
    from pipelines.lock import watch_lock
    from pipelines.watch import watch

    places = find_places(asked.data_dir)
    inbox = asked.inbox or places.inbox
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with watch_lock(places):
            _tell(f"Watching {inbox}. Stop with Ctrl+C.")
            watch(inbox, lambda: _load_and_tell(asked), tell=_tell, seconds=asked.seconds)
    except KeyboardInterrupt:
        _tell("Stopped; what is published is whole.")
    return 0


def rollback(asked: argparse.Namespace) -> int:
    """Serve an earlier version again."""
    from pipelines.lock import load_lock
    from pipelines.publish import roll_back
    from pipelines.report import LoadReport, record_in_audit_log, record_last_load

    places = find_places(asked.data_dir)
    with load_lock(places):
        version = roll_back(places, asked.to)
        record_in_audit_log(places, "rolled back", version=version.name)
        note = f"Rolled back to {version.name}; the newer files are kept."
        record_last_load(
            places, LoadReport("rolled_back", version.name, exit_code=0, notes=(note,))
        )
    _say(note)
    return 0


def status(asked: argparse.Namespace) -> int:
    """Say what is published."""
    from pipelines.status import show, status

    found = status(find_places(asked.data_dir))
    if asked.json:
        _say(json.dumps(found, indent=2, ensure_ascii=False, default=str))
    else:
        show(found)
    return 0


def _load(asked: argparse.Namespace) -> "LoadReport":
    from pipelines.build import build

    places = find_places(asked.data_dir)
    if asked.inbox and not asked.inbox.exists():
        raise NotUnderstood(f"There is no folder or file {asked.inbox}.")
    with progress_bars() as progress:
        return build(
            places,
            inbox=asked.inbox or places.inbox,
            as_of=asked.as_of,
            allow_older=asked.allow_older,
            approve=tuple(asked.approve),
            progress=progress,
        )


def _load_and_tell(asked: argparse.Namespace) -> bool:
    """Load and say how it ended; return False when it failed and is to be tried again."""
    _tell("Loading.")
    try:
        _show(_load(asked))
    except PipelineError as fault:
        _warn(str(fault))
        return False
    except Exception as fault:  # a watch outlives whatever a file brings about
        # What went wrong is said by its kind and place: its words could repeat what a file holds.
        place = traceback.extract_tb(fault.__traceback__)[-1]
        kind = f"{type(fault).__name__} at {Path(place.filename).name}:{place.lineno}"
        _warn(f"The load broke off ({kind}). Nothing was published; tell the maintainers.")
        return False
    return True


def _do_without_cycle_search() -> None:
    """Spare the search for cyclic garbage: the process ends with the load, and makes little."""
    gc.disable()


def _show(report: "LoadReport") -> None:
    for refusal in report.refused:
        _warn(f"refused: {refusal.message}")
    for warning in report.warnings:
        _warn(f"warning: {warning}")
    for note in report.notes:
        _say(note)
    _say(report.summary)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _tell(text: str) -> None:
    """Say a line that has its time, for those who read the log of a watch."""
    _say(f"{datetime.now():%H:%M:%S} {text}")


def _warn(text: str) -> None:
    sys.stderr.write(f"{text}\n")
