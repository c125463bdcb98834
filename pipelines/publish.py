"""Publishes a version: build beside, verify, sync, rename, switch the pointer.

The last few versions are kept, and each that a saved paper names.

At every moment the pointer names a complete, verified file, so a reader never meets a half-made
one and a process killed anywhere leaves the last good version in place.
"""

import os
import re
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from pipelines.errors import PipelineError
from pipelines.pins import read_pins
from pipelines.places import Places
from schemas.published import FILE_PATTERN, POINTER_NAME

VERSIONS_KEPT: Final = 3
CRASH_VARIABLE: Final = "WM_CRASH_AT"
CRASH_POINTS: Final = (
    "after_build",
    "before_fsync",
    "after_replace",
    "before_pointer",
    "between_pointer_tmp_and_replace",
)

_SPARE_FACTOR: Final = 3
_FIRST_SIZE: Final = 2_000_000
"""Bytes reckoned for the first version, when there is no earlier one to go by."""


class PublishFailed(PipelineError):
    """Nothing was published; the last good version is still served."""

    exit_code = 3


@dataclass(frozen=True)
class Version:
    """A published version: its number and its file name."""

    number: int
    file_name: str

    @property
    def name(self) -> str:
        """Return the version's name: the file name without its ending."""
        return self.file_name.removesuffix(".duckdb")


def next_version(places: Places, content_sha256: str) -> Version:
    """Return the version that the next build will have. No number is given twice."""
    gone = (_version(f"{path.stem}.duckdb") for path in places.told.glob("wh-*.parquet"))
    number = 1 + max((each.number for each in (*versions(places), *gone) if each), default=0)
    return Version(number, f"wh-{number}-{content_sha256[:8]}.duckdb")


def publish(
    places: Places,
    version: Version,
    *,
    write: Callable[[Path], None],
    verify: Callable[[Path], None],
) -> None:
    """Write the version, verify it, and make it the one that is served.

    Raises:
        PublishFailed: too little room on the disk, or writing failed.
        PipelineError: whatever `verify` raises.
    """
    check_room(places)
    building = places.published / f".build-{os.getpid()}.duckdb"
    try:
        write(building)
        _crash_point("after_build")
        verify(building)
        _crash_point("before_fsync")
        _sync(building)
        building.chmod(0o440)
        building.replace(places.published / version.file_name)
        _crash_point("after_replace")
        _sync_folder(places.published)
        _crash_point("before_pointer")
        point_to(places, version)
    except (OSError, duckdb.Error, MemoryError) as fault:
        raise failed(places, fault) from fault
    finally:
        clean_leftovers(places)
    _drop_old_versions(places, version)


def check_room(places: Places) -> None:
    """Raise PublishFailed when the disk has not the room that a build may need."""
    if shutil.disk_usage(places.published).free < _bytes_needed(places):
        raise failed(places, "too little room on the disk")


def failed(places: Places, fault: object) -> PublishFailed:
    """Return the failure to raise when writing failed: why, bytes free, bytes needed."""
    reason = str(fault).strip().splitlines()[0].rstrip(".")
    free = shutil.disk_usage(places.published).free
    return PublishFailed(
        f"Nothing was published: {reason}. {places.published} has {free:,} bytes free; "
        f"a build needs about {_bytes_needed(places):,}. Make room and load again; "
        "the last good version, if any, is still served."
    )


def point_to(places: Places, version: Version) -> None:
    """Make `version` the one that is served, in one step that cannot be seen half done."""
    pointer = places.published / POINTER_NAME
    beside = pointer.with_name(f"{POINTER_NAME}.tmp")
    beside.write_text(version.file_name, encoding="utf-8")
    _sync(beside)
    _crash_point("between_pointer_tmp_and_replace")
    beside.replace(pointer)
    _sync_folder(places.published)


def current_version(places: Places) -> Version | None:
    """Return the version being served, or None when nothing is published."""
    try:
        file_name = (places.published / POINTER_NAME).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    named = _version(file_name)
    return named if named and (places.published / file_name).is_file() else None


def versions(places: Places) -> list[Version]:
    """Return the versions on disk, oldest first."""
    found = (_version(path.name) for path in places.published.glob("wh-*.duckdb"))
    return sorted((each for each in found if each), key=lambda version: version.number)


def clean_leftovers(places: Places) -> None:
    """Remove what a load that was killed left behind. Only the holder of the lock may call it."""
    for pattern in (".build-*", f"{POINTER_NAME}.tmp", ".last-load.json.*"):
        for path in places.published.glob(pattern):
            path.unlink(missing_ok=True)
    for path in places.cleaned.glob(".*"):
        path.unlink(missing_ok=True)


def roll_back(places: Places, to: str | None) -> Version:
    """Serve an earlier version again: the one named `to`, else the one before the current.

    Raises:
        PublishFailed: there is no such version, or its file cannot be opened.
    """
    target = _named(places, to) if to else _previous(places)
    try:
        with duckdb.connect(str(places.published / target.file_name), read_only=True) as found:
            found.execute("select count(*) from meta_build").fetchone()
    except duckdb.Error as fault:
        raise PublishFailed(
            f"{target.name} cannot be opened ({fault}); not rolled back."
        ) from fault
    point_to(places, target)
    return target


def _named(places: Places, name: str) -> Version:
    known = {version.name: version for version in versions(places)}
    found = known.get(name.removesuffix(".duckdb"))
    if found is None:
        raise PublishFailed(
            f"There is no version {name!r} here. Versions kept: {', '.join(known) or 'none'}."
        )
    return found


def _previous(places: Places) -> Version:
    current = current_version(places)
    earlier = [each for each in versions(places) if current and each.number < current.number]
    if not earlier:
        serving = current.name if current else "nothing"
        raise PublishFailed(f"There is no earlier version to go back to; serving {serving}.")
    return earlier[-1]


def _version(file_name: str) -> Version | None:
    matched = re.fullmatch(FILE_PATTERN, file_name)
    return Version(int(matched[1]), file_name) if matched else None


def _bytes_needed(places: Places) -> int:
    """Return three times the size of the last version."""
    current = current_version(places)
    last_size = (places.published / current.file_name).stat().st_size if current else _FIRST_SIZE
    return _SPARE_FACTOR * last_size


def _sync(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Wait until the folder's names are on the disk. Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _drop_old_versions(places: Places, current: Version) -> None:
    pins = read_pins(places)
    for version in versions(places)[:-VERSIONS_KEPT]:
        if version != current and not pins.hold(version.name):
            _unlink_if_free(places.published / version.file_name)


def _unlink_if_free(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        return  # Windows keeps a file that a reader still has open; the next load tries again


def _crash_point(name: str) -> None:
    """Die here without any tidying when WM_CRASH_AT names this point: for the crash tests."""
    if os.environ.get(CRASH_VARIABLE) == name:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
