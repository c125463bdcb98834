"""Backup and restore of what readers saved and of the audit log: one archive, with checksums.

Both work while the dashboard runs. A restore looks through the whole archive first; then what
readers saved is replaced at one moment, and what stood there before is kept aside.
"""

import hashlib
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from dashboard.audit import NotRecorded, audit_files, audit_folder, holding
from dashboard.errors import DashboardError
from dashboard.workspace.database import (
    FILE_NAME,
    WorkspaceUnavailable,
    copy_from,
    copy_to,
    fault_of,
    writing,
)
from dashboard.workspace.pinned import pin_all
from schemas.published import PINS_PATH

FORM: Final = 1
"""Number of the archive's form; one with a higher number was made by a newer dashboard."""

_MANIFEST: Final = "manifest.json"
_SAVED: Final = f"workspace/{FILE_NAME}"
_LOG: Final = "audit/dashboard"
_OF_THE_LOG: Final = re.compile(r"exports-\d{4}\.jsonl|head\.json|torn-\d+\.part")
_NAMES: Final = re.compile(
    rf"{re.escape(_SAVED)}|{re.escape(PINS_PATH)}|{_LOG}/({_OF_THE_LOG.pattern})"
)
_PIECE: Final = 1 << 20
_DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError),
    *(ValueError, KeyError, TypeError),
)
"""What an archive raises of which a byte was changed, by where that byte stands."""


class BackupRefused(DashboardError):
    """A backup cannot be made, or one cannot be restored; nothing was changed."""


@dataclass(frozen=True)
class Contents:
    """When a backup was made, and the sha256 of each file in it by name."""

    made_at: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Restored:
    """What was restored, where the things of before are, and whether the log was left alone."""

    contents: Contents
    aside: Path
    is_log_left: bool


def make(data_dir: Path, target: Path) -> Contents:
    """Write a backup into a new file and return what is in it.

    Raises:
        BackupRefused: the file is there already or cannot be written, or the log cannot be read.
        WorkspaceUnavailable: what readers saved cannot be read.
    """
    if target.exists():
        raise BackupRefused(f"{target} is there already. Give the backup a name of its own.")
    try:
        with TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
            staged = Path(folder, "files")
            _collect(data_dir, staged)
            contents = Contents(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", dict(_hashes(staged)))
            _pack(staged, contents, Path(folder, "archive"))
            Path(folder, "archive").replace(target)
    except OSError as error:
        raise BackupRefused(f"{target} cannot be written: {error.strerror}.") from None
    return contents


def check(source: Path) -> Contents:
    """Look through a whole backup and return what is in it.

    Raises:
        BackupRefused: it is damaged, or of a newer form.
    """
    with _opened(source, source.parent) as (contents, _):
        return contents


def restore(data_dir: Path, source: Path) -> Restored:
    """Put what a backup holds in the place of what is there, and keep that aside.

    An audit log that goes on from the one in the backup is left as it is: it tells more.

    Raises:
        BackupRefused: the backup is damaged or of a newer form; nothing was changed.
        WorkspaceUnavailable: what is there cannot be replaced.
    """
    workspace = data_dir / "workspace"
    workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _opened(source, workspace) as (contents, staged):
        aside = workspace / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        aside.mkdir(mode=0o700)
        with _log_held(data_dir) as log:
            is_left = _goes_on(log, staged / _LOG)
            if not is_left:
                _restore_log(log, staged / _LOG, aside)
        if _SAVED in contents.files:
            _restore_saved(data_dir, staged / _SAVED, aside)
    return Restored(contents, aside, is_left)


def _collect(data_dir: Path, staged: Path) -> None:
    (staged / _LOG).mkdir(mode=0o700, parents=True)
    (staged / _SAVED).parent.mkdir()
    copy_to(data_dir, staged / _SAVED)
    if (data_dir / PINS_PATH).exists():
        shutil.copy(data_dir / PINS_PATH, staged / PINS_PATH)
    with _log_held(data_dir) as log:
        for path in _files_of(log):
            shutil.copy(path, staged / _LOG)


@contextmanager
def _log_held(data_dir: Path) -> Iterator[Path]:
    try:
        with holding(data_dir) as log:
            yield log
    except NotRecorded:
        raise BackupRefused(
            f"The audit log cannot be read or written in {audit_folder(data_dir)}. Look at whose "
            "folder it is, and at the room left on the disk."
        ) from None


def _files_of(log: Path) -> list[Path]:
    """Return the files of the log, its head last: it is only right once the lines are there.

    What somebody else put beside them is left alone.
    """
    files = [path for path in log.iterdir() if _OF_THE_LOG.fullmatch(path.name)]
    return sorted(files, key=lambda path: (path.suffix == ".json", path.name))


def _hashes(staged: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(staged.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                name = path.relative_to(staged).as_posix()
                yield name, hashlib.file_digest(file, "sha256").hexdigest()


def _pack(staged: Path, contents: Contents, archive: Path) -> None:
    archive.touch(mode=0o600)
    told = {"form": FORM, "made_at": contents.made_at, "files": contents.files}
    with archive.open("r+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(_MANIFEST, json.dumps(told, indent=1))
            for name in contents.files:
                packed.write(staged / name, name)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _opened(source: Path, near: Path) -> Iterator[tuple[Contents, Path]]:
    """Yield what a backup says of itself and a folder of its files, each as it was packed."""
    with TemporaryDirectory(dir=near, prefix=".restore-") as folder:
        try:
            contents = _unpack(source, Path(folder))
        except FileNotFoundError:
            raise BackupRefused(f"{source} is not there.") from None
        except _DAMAGED:
            raise BackupRefused(
                f"{source} is damaged, or no backup. Nothing was changed."
            ) from None
        if fault := _SAVED in contents.files and fault_of(Path(folder, _SAVED)):
            raise BackupRefused(f"What readers saved, in {source}, {fault}. Nothing was changed.")
        yield contents, Path(folder)


def _unpack(source: Path, folder: Path) -> Contents:
    with zipfile.ZipFile(source) as packed:
        told = json.loads(packed.read(_MANIFEST))
        if int(told["form"]) > FORM:
            raise BackupRefused(
                f"{source} was made by a newer version of the dashboard. Restore it with that one."
            )
        contents = Contents(str(told["made_at"]), dict(told["files"]))
        if sorted(packed.namelist()) != sorted([_MANIFEST, *contents.files]):
            raise ValueError("files are missing, or are not listed")
        for name in contents.files:
            _unpack_one(packed, name, folder)
    if dict(_hashes(folder)) != contents.files:
        raise ValueError("a file is not as it was packed")
    return contents


def _unpack_one(packed: zipfile.ZipFile, name: str, folder: Path) -> None:
    if not _NAMES.fullmatch(name):
        raise ValueError("a file of a name that no backup holds")
    Path(folder, name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with packed.open(name) as content, Path(folder, name).open("wb") as file:
        shutil.copyfileobj(content, file, _PIECE)


def _restore_saved(data_dir: Path, copy: Path, aside: Path) -> None:
    try:
        copy_to(data_dir, aside / FILE_NAME)
    except WorkspaceUnavailable:
        # It cannot be read, so nobody works with it: it is moved away as it is.
        for path in (data_dir / "workspace").glob(f"{FILE_NAME}*"):
            path.replace(aside / path.name)
    copy_from(data_dir, copy)
    with writing(data_dir) as held:
        pin_all(data_dir, held)


def _goes_on(log: Path, earlier: Path) -> bool:
    """Return True when all that was recorded by the time of the backup is still in the log."""
    files = audit_files(earlier)
    return all(
        (log / path.name).exists() and (log / path.name).read_bytes().startswith(path.read_bytes())
        for path in files
    )


def _restore_log(log: Path, earlier: Path, aside: Path) -> None:
    (aside / "audit").mkdir(mode=0o700)
    for path in _files_of(log):
        shutil.move(path, aside / "audit" / path.name)
    for path in _files_of(earlier):
        path.chmod(0o600)
        shutil.move(path, log / path.name)
