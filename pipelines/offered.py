"""Finds the street files and supplied files that people have put somewhere, in any layout."""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.archives import open_safely, read_member
from pipelines.boundaries.reading import is_boundary_file
from pipelines.errors import FileRefused

LARGEST_FILE: Final = 1_000_000_000
"""Bytes of one CSV when decompressed. All of England and Wales has about 120 MB a month."""

_STREET: Final = re.compile(r"(?P<month>\d{4}-\d{2})-(?P<slug>.+)-street\.csv(\.gz)?", re.I)
_OTHER_KINDS: Final = ("-outcomes.csv", "-stop-and-search.csv")
_TABLES: Final = (".csv", ".csv.gz")
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam", ".xlsb", ".xls", ".xlt", ".ods")
_VINTAGE: Final = re.compile(r"(?<!\d)\d{4}-(0[1-9]|1[0-2])(?!\d)")
_ARCHIVE_FOLDER: Final = re.compile(r"archive-(\d{4}-(?:0[1-9]|1[0-2]))")
"""The folder that `fetch` makes for the files of one archive."""

_TELLING_COLUMNS: Final = (b"Month", b"Crime type")
"""Columns that every street file has had, and no other file of police.uk."""


@dataclass(frozen=True)
class OfferedFile:
    """A street file or supplied file on offer: on its own, or a member of an archive.

    path: the file or the archive. file_name: without folder; of the member for an archive.
    vintage: month the archive was issued, YYYY-MM, when its name says so. member: name in the
    archive, with folder. sha256: of its content, once that is known.
    """

    path: Path
    file_name: str
    archive_name: str | None = None
    vintage: str | None = None
    member: str | None = None
    sha256: str | None = None

    @property
    def name_month(self) -> str | None:
        """Return the month that the name states, YYYY-MM as written."""
        stated = _STREET.fullmatch(self.file_name)
        return stated["month"] if stated else None

    def read_bytes(self) -> bytes:
        """Return the CSV's bytes, decompressed.

        Raises:
            FileRefused: the file is damaged, too large, or cannot be read.
        """
        try:
            if self.member is not None:
                return read_member(self.path, self.member)
            return _read(self.path)
        except OSError as fault:
            raise _unreadable(self.file_name, fault) from fault


@dataclass(frozen=True)
class Finding:
    """What lies in a folder, in a fixed order.

    files: street files. supplied: every other CSV file and workbook. boundaries: files of JSON.
    refusals: archives and files that cannot be opened. ignored: names of files of other kinds.
    """

    files: tuple[OfferedFile, ...]
    supplied: tuple[OfferedFile, ...]
    boundaries: tuple[OfferedFile, ...]
    refusals: tuple[FileRefused, ...]
    ignored: tuple[str, ...]


def find_offered(inbox: Path) -> tuple[list[OfferedFile], list[FileRefused]]:
    """Return the street files under `inbox`, and archives or files that cannot be opened."""
    found = look_through(inbox)
    return list(found.files), list(found.refusals)


def look_through(inbox: Path) -> Finding:
    """Return all that was found under `inbox`; a file's path does as well as a folder's.

    A street file is named `…-street.csv`, `.csv.gz`, or is any CSV with a street file's header.
    Other CSV files and workbooks are supplied files, or taken for such; a file that is named or
    begins like JSON is a boundary file. Outcomes, stop and search and other files are named as
    ignored.
    """
    files: list[OfferedFile] = []
    supplied: list[OfferedFile] = []
    boundaries: list[OfferedFile] = []
    refusals: list[FileRefused] = []
    ignored: list[str] = []
    for path in _paths(inbox):
        try:
            found = _in_archive(path) if path.suffix.lower() == ".zip" else _on_its_own(path)
        except FileRefused as refusal:
            refusals.append(refusal)
            continue
        files += found
        if not found and is_supplied_name(path.name):
            supplied.append(offered_file(path))
        elif not found and is_boundary_file(path):
            boundaries.append(offered_file(path))
        elif not found:
            ignored.append(path.name)
    return Finding(
        tuple(files), tuple(supplied), tuple(boundaries), tuple(refusals), tuple(ignored)
    )


def is_supplied_name(file_name: str) -> bool:
    """Return whether a file that is no street file is taken for a supplied one."""
    name = file_name.lower()
    return name.endswith((*_TABLES, *_WORKBOOKS)) and not any(each in name for each in _OTHER_KINDS)


def is_workbook_name(file_name: str) -> bool:
    """Return whether a file is a spreadsheet by its name, of a kind that is loaded or not."""
    return file_name.lower().endswith(_WORKBOOKS)


def is_street_file(path: Path) -> bool:
    """Return whether a file on its own is a street file, by its name or its header."""
    return bool(_on_its_own(path))


def offered_file(path: Path) -> OfferedFile:
    """Return a single file as offered, whatever its name.

    Below a folder `archive-2026-09` it counts as from the archive 2026-09.zip.
    """
    folders = (_ARCHIVE_FOLDER.fullmatch(folder.name) for folder in path.parents)
    found = next((folder for folder in folders if folder), None)
    return OfferedFile(
        path=path,
        file_name=path.name,
        archive_name=f"{found[1]}.zip" if found else None,
        vintage=found[1] if found else None,
    )


def _paths(inbox: Path) -> Iterator[Path]:
    if inbox.is_file():
        yield inbox
        return
    for path in sorted(inbox.rglob("*")):
        is_hidden = any(part.startswith((".", "~$")) for part in path.relative_to(inbox).parts)
        if path.is_file() and not is_hidden:
            yield path


def _in_archive(path: Path) -> list[OfferedFile]:
    vintage = _VINTAGE.search(path.stem)
    return [
        OfferedFile(
            path=path,
            file_name=member.rpartition("/")[2],
            archive_name=path.name,
            vintage=vintage.group() if vintage else None,
            member=member,
        )
        for member in open_safely(path, is_wanted=_is_street_name)
    ]


def _is_street_name(member: str) -> bool:
    return member.lower().endswith("-street.csv")


def _on_its_own(path: Path) -> list[OfferedFile]:
    name = path.name.lower()
    if not name.endswith(_TABLES) or any(kind in name for kind in _OTHER_KINDS):
        return []
    if "-street.csv" not in name and not _has_street_header(path):
        return []
    return [offered_file(path)]


def _has_street_header(path: Path) -> bool:
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            first = file.readline(10_000)
    except (OSError, EOFError, zlib.error):
        return False
    return all(column in first for column in _TELLING_COLUMNS)


def _read(path: Path) -> bytes:
    if path.suffix.lower() != ".gz":
        if path.stat().st_size > LARGEST_FILE:
            raise _too_large(path.name)
        return path.read_bytes()
    raw = path.read_bytes()
    if not raw:
        return b""
    return _gunzip(raw, path.name)


def _gunzip(raw: bytes, file_name: str) -> bytes:
    """Return the decompressed bytes, never more than LARGEST_FILE of them in memory."""
    parts: list[bytes] = []
    room = LARGEST_FILE
    rest = raw
    try:
        while rest:
            stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            parts.append(stream.decompress(rest, room + 1))
            room -= len(parts[-1])
            if room < 0:
                raise _too_large(file_name)
            if not stream.eof:
                raise _damaged(file_name, "it ends early")
            rest = stream.unused_data.lstrip(b"\0")
    except zlib.error as fault:
        raise _damaged(file_name, str(fault)) from fault
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _damaged(file_name: str, what: str) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name} is damaged or incomplete as a gzip file ({what}). Download it again.",
        reason="DAMAGED_FILE",
    )


def _too_large(file_name: str) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name} has more than {LARGEST_FILE:,} bytes, the most that is read at once. "
        "Check what it is; split it by month if it is right.",
        reason="TOO_LARGE",
    )


def _unreadable(file_name: str, fault: OSError) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name} cannot be read: {fault.strerror or fault}. Check the file's permissions.",
        reason="UNREADABLE",
    )
