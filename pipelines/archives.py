"""Opens zip archives without trusting them: nothing is ever extracted to disk."""

import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final

from pipelines.errors import FileRefused

LARGEST_MEMBER: Final = 1_000_000_000
"""Bytes of one member when decompressed."""

_HIGHEST_RATIO: Final = 100
"""Times that a member may expand; street files expand about six times."""

_READ_ERRORS: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def open_safely(path: Path, *, is_wanted: Callable[[str], bool]) -> list[str]:
    """Return the names of the wanted members, having read each once to check it.

    Raises:
        FileRefused: a member has an unsafe path, a name twice, an unlikely size or a wrong
            checksum, or the archive is incomplete.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _refuse_unsafe_paths(members, path.name)
            _refuse_repeated_names(members, path.name)
            wanted = [member for member in members if is_wanted(member.filename)]
            for member in wanted:
                _refuse_bomb(member, path.name)
                _refuse_damaged(archive, member, path.name)
    except (zipfile.BadZipFile, EOFError) as fault:
        raise _incomplete(path.name, str(fault)) from fault
    except OSError as fault:
        raise _unreadable(path.name, fault) from fault
    return [member.filename for member in wanted]


def read_member(path: Path, name: str) -> bytes:
    """Return one member's bytes.

    Raises:
        FileRefused: the archive or the member is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive.getinfo(name), path.name)
            return archive.read(name)
    except _READ_ERRORS as fault:
        raise _incomplete(path.name, f"CRC error in {_short(name)}") from fault
    except KeyError as fault:
        raise _incomplete(path.name, f"{_short(name)} is missing") from fault


def _refuse_unsafe_paths(members: list[zipfile.ZipInfo], archive_name: str) -> None:
    for number, member in enumerate(members, start=1):
        # orig_filename is the name before Python tidies separators and NUL bytes.
        name = member.orig_filename.replace("\\", "/")
        is_link = stat.S_ISLNK(member.external_attr >> 16)
        has_drive = name[1:2] == ":"
        is_unsafe = ".." in PurePosixPath(name).parts or name.startswith("/") or "\0" in name
        if is_unsafe or is_link or has_drive:
            what = "it is a link" if is_link else f"'{name[:200]}'"
            raise FileRefused(
                archive_name,
                f"{archive_name}: unsafe path in member {number} ({what}). Nothing was read; "
                "fetch the archive from data.police.uk.",
                reason="UNSAFE_ARCHIVE",
            )


def _refuse_repeated_names(members: list[zipfile.ZipInfo], archive_name: str) -> None:
    for name, count in Counter(member.filename for member in members).items():
        if count > 1:
            raise FileRefused(
                archive_name,
                f"{archive_name}: {count} members have the name {name}, expected one. "
                "Fetch the archive again.",
                reason="REPEATED_MEMBER",
            )


def _refuse_bomb(member: zipfile.ZipInfo, archive_name: str) -> None:
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > LARGEST_MEMBER or (ratio > _HIGHEST_RATIO and member.file_size > 1e7):
        raise FileRefused(
            archive_name,
            f"{archive_name}: {_short(member.filename)} expands to {member.file_size:,} bytes, "
            f"{ratio:,.0f}:1; the limits are {LARGEST_MEMBER:,} bytes and {_HIGHEST_RATIO}:1. "
            "It is no street file.",
            reason="UNSAFE_ARCHIVE",
        )


def _refuse_damaged(archive: zipfile.ZipFile, member: zipfile.ZipInfo, archive_name: str) -> None:
    try:
        with archive.open(member) as stream:
            while stream.read(1 << 20):
                pass
    except _READ_ERRORS as fault:
        raise _incomplete(archive_name, f"CRC error in {_short(member.filename)}") from fault


def _incomplete(archive_name: str, what: str) -> FileRefused:
    return FileRefused(
        archive_name,
        f"{archive_name}: archive incomplete ({what}). Download it again.",
        reason="DAMAGED_ARCHIVE",
    )


def _unreadable(archive_name: str, fault: OSError) -> FileRefused:
    return FileRefused(
        archive_name,
        f"{archive_name} cannot be read: {fault.strerror or fault}. Check its permissions.",
        reason="UNREADABLE",
    )


def _short(name: str) -> str:
    return name.rpartition("/")[2]
