"""Brings police.uk street files out of the national archive without downloading all of it.

The archive `2026-09.zip` holds up to 36 months of every force (over 1.6 GB). Its index and the
wanted files are read by byte range and put at

    <inbox>/archive-2026-09/2026-09/2026-09-west-mercia-street.csv

The folder `archive-YYYY-MM` carries the archive's name, so that the build knows the vintage of
each file: outcomes and corrections depend on when the archive was made.
"""

import difflib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx

from pipelines.fetching.alone import alone_in
from pipelines.fetching.archives import (
    MONTH,
    folder_address,
    months_until,
    named_archive,
    newest_archive,
)
from pipelines.fetching.faults import USAGE, ArchiveReplaced, FetchError
from pipelines.fetching.index import Member, check_safe, read_street_files, street_path
from pipelines.fetching.members import bring, is_present
from pipelines.fetching.patience import Patience
from pipelines.fetching.remote_file import RemoteFile
from pipelines.progress import Progress, no_progress

LONGEST_RANGE = 240  # police.uk began in December 2010
TIMEOUT = httpx.Timeout(30.0, connect=5.0)
USUAL_PATIENCE = Patience()
LABEL = "Fetching from data.police.uk"


@dataclass(frozen=True)
class FetchReport:
    """What one fetch did. Files are named as in the archive: `2026-09/2026-09-…-street.csv`.

    `missing` names the files asked for that the archive does not hold.
    """

    archive: str
    fetched: tuple[str, ...]
    already_present: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """The report in one line, for people."""
        line = (
            f"Archive {self.archive}: {len(self.fetched)} files fetched, "
            f"{len(self.already_present)} already there."
        )
        if self.missing:
            names = ", ".join(Path(name).name for name in self.missing)
            line += f" The archive does not hold {len(self.missing)} of the files wanted: {names}."
        return line


def fetch_crime(
    *,
    forces: tuple[str, ...],
    months: int,
    inbox: Path,
    archive: str | None = None,
    base_url: str | None = None,
    progress: Progress = no_progress,
    today: date | None = None,
    patience: Patience = USUAL_PATIENCE,
) -> FetchReport:
    """Bring the street files of `forces` for the `months` months that end at the archive's own.

    Files already there, with the size and checksum that the archive gives, are left alone; a cut
    transfer carries on where it stopped.

    Args:
        forces: names as in the file names, such as `west-mercia`.
        archive: `YYYY-MM`; without it the newest one that the site has.
        base_url: folder of the archives; else `WM_ARCHIVE_URL`, else data.police.uk.
        progress: told what is happening, packed bytes held and packed bytes wanted.
        today: where the search for the newest archive starts.

    Raises:
        FetchError: `exit_code` 2 for what was asked, 3 for a fault of the archive or the disk,
            4 while another fetch runs, 6 without a network.
    """
    _check_request(forces, months, archive)
    folder = folder_address(base_url)

    def once() -> FetchReport:
        with httpx.Client(timeout=TIMEOUT, follow_redirects=True) as client:
            if archive:
                name, remote = named_archive(client, folder, archive, patience=patience)
            else:
                start = today or date.today()
                name, remote = newest_archive(client, folder, today=start, patience=patience)
            return _take(remote, name, forces, months=months, inbox=inbox, progress=progress)

    with alone_in(inbox):
        try:
            return once()
        except ArchiveReplaced:
            return once()  # from the new index; complete files that agree with it are kept


def _check_request(forces: tuple[str, ...], months: int, archive: str | None) -> None:
    if not forces:
        raise FetchError("Name at least one force, such as --force west-mercia.", exit_code=USAGE)
    if not 1 <= months <= LONGEST_RANGE:
        raise FetchError(
            f"--months is {months}, must be 1 to {LONGEST_RANGE}; an archive holds up to 36.",
            exit_code=USAGE,
        )
    if archive is not None and not MONTH.fullmatch(archive):
        raise FetchError(
            f"--archive is '{archive}', expected year and month such as 2026-09.", exit_code=USAGE
        )


def _take(
    remote: RemoteFile,
    archive: str,
    forces: tuple[str, ...],
    *,
    months: int,
    inbox: Path,
    progress: Progress,
) -> FetchReport:
    index = read_street_files(remote)
    _check_forces(forces, known={member.force for member in index})
    wanted = _wanted_paths(forces, months_until(archive, months))
    members = [member for member in index if member.path in wanted]
    check_safe(members, remote.address)
    held = {member.path for member in members}
    folder = inbox / f"archive-{archive}"
    present = [member for member in members if is_present(member, folder / member.path)]
    to_fetch = [member for member in members if member not in present]
    _check_room(to_fetch, inbox)
    _bring_all(to_fetch, remote, folder, progress=progress)
    return FetchReport(
        archive=archive,
        fetched=tuple(member.path for member in to_fetch),
        already_present=tuple(member.path for member in present),
        missing=tuple(path for path in wanted if path not in held),
    )


def _wanted_paths(forces: tuple[str, ...], months: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(street_path(force, month) for force in dict.fromkeys(forces) for month in months)


def _check_forces(forces: tuple[str, ...], *, known: set[str]) -> None:
    for force in forces:
        if force in known:
            continue
        near = difflib.get_close_matches(force.lower().replace(" ", "-"), sorted(known), n=3)
        advice = f"Did you mean {' or '.join(near)}?" if near else "No name is near it."
        raise FetchError(
            f"The archive has no force '{force}'. {advice} It has: {', '.join(sorted(known))}.",
            exit_code=USAGE,
        )


def _check_room(members: list[Member], inbox: Path) -> None:
    """Refuse before the first byte when the disk cannot hold what was asked for."""
    needed = sum(member.size for member in members)
    needed += max((member.packed_size for member in members), default=0)
    free = shutil.disk_usage(inbox).free
    if needed > free:
        raise FetchError(
            f"{inbox} has {free // 1_000_000} MB free and the files need {needed // 1_000_000} MB. "
            "Make room, or ask for fewer months."
        )


def _bring_all(
    members: list[Member], remote: RemoteFile, folder: Path, *, progress: Progress
) -> None:
    total = sum(member.packed_size for member in members)
    done = 0
    for member in members:
        bring(member, remote, folder / member.path, on_held=_teller(progress, done, total))
        done += member.packed_size


def _teller(progress: Progress, before: int, total: int) -> Callable[[int], None]:
    return lambda held: progress(LABEL, before + held, total)
