"""Opens an Excel workbook's package without trusting it: nothing reaches disk, nothing is run."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from pipelines.errors import FileRefused

LARGEST_PART: Final = 100_000_000
"""Bytes of one part of a workbook when decompressed; 20,000 rows of 40 columns have about 40 MB."""

LARGEST_WORKBOOK: Final = 200_000_000
"""Bytes that all parts together may expand to."""

HIGHEST_RATIO: Final = 100
"""Times that a large part may expand; real sheets expand about ten times."""

_SMALL_PART: Final = 1_000_000
"""Bytes below which the ratio says nothing: a short part of one repeated cell expands a lot."""

_MOST_PARTS: Final = 2_000
_CHUNK: Final = 1 << 16
_STREAMED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The only ways to compress that can be undone piece by piece in bounded memory."""

_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_READ_ERRORS: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)
_MACRO_ENDINGS: Final = (".xlsm", ".xltm", ".xlam", ".xlsb")
_OTHER_ENDINGS: Final = (".xls", ".xlt", ".ods", ".numbers")
_SAVE: Final = "Save the one sheet as .xlsx (Excel Workbook) and load again."

_UNWANTED: Final = (
    (r"vbaProject|/macrosheets/|/activeX/", "macros", "MACROS"),
    (r"/externalLinks/", "links to other workbooks", "EXTERNAL_LINK"),
    (r"/embeddings/|oleObject", "embedded objects", "EMBEDDED_OBJECT"),
    (r"/connections\.xml$|/queryTables/|/model/", "a data connection", "EXTERNAL_LINK"),
)
_MACRO_TYPE: Final = re.compile(rb"macroEnabled|vbaProject|intlMacrosheet|excel4macro", re.I)
_RELATIONSHIP: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_OUTWARD: Final = re.compile(rb"TargetMode\s*=\s*[\"']External", re.I)


class Package:
    """The parts of a workbook that was found safe to open; each is read piece by piece."""

    def __init__(self, archive: zipfile.ZipFile, file_name: str) -> None:
        """Take over the archive."""
        self._archive = archive
        self._room = LARGEST_WORKBOOK
        self.file_name = file_name
        self.parts = {member.filename.lower(): member for member in archive.infolist()}

    def __contains__(self, part: str) -> bool:
        """Say whether there is such a part; Excel ignores capitals in their names."""
        return part.lower() in self.parts

    def pieces(self, part: str) -> Iterator[bytes]:
        """Yield a part's bytes, counted as they come: a directory may state too few.

        Raises:
            FileRefused: the part is missing or damaged, or goes on beyond the limits.
        """
        member = self.parts.get(part.lower())
        if member is None:
            raise damaged(self.file_name, f"part {part} is missing")
        read = 0
        try:
            with self._archive.open(member) as stream:
                while piece := stream.read(_CHUNK):
                    read += len(piece)
                    self._room -= len(piece)
                    if read > LARGEST_PART or self._room < 0:
                        raise _too_large(self.file_name, part, read, member.compress_size)
                    yield piece
        except _READ_ERRORS as fault:
            raise damaged(self.file_name, f"part {part} cannot be unpacked") from fault

    def read(self, part: str) -> bytes:
        """Return all bytes of a part."""
        return b"".join(self.pieces(part))


def open_package(raw: bytes, file_name: str) -> Package:
    """Return the parts of an .xlsx workbook; only its directory and its links were read.

    Raises:
        FileRefused: it is something else under that name, protected by a password, damaged, too
            large when decompressed, or holds macros, links to other files or embedded objects.
    """
    _refuse_ending(file_name)
    _refuse_other_content(raw, file_name)
    try:
        package = Package(zipfile.ZipFile(io.BytesIO(raw)), file_name)
    except _READ_ERRORS as fault:
        raise damaged(file_name, "its directory cannot be read") from fault
    _refuse_unsafe_directory(package)
    _refuse_other_package(package)
    _refuse_unwanted(package)
    _refuse_outward_links(package)
    return package


def damaged(file_name: str, what: str) -> FileRefused:
    """Return the refusal of a workbook that is not whole."""
    return FileRefused(
        file_name,
        f"{file_name} is damaged or incomplete as an Excel workbook ({what}). Open it in Excel, "
        "save it again as .xlsx and load that.",
        reason="DAMAGED_FILE",
    )


def _refused(file_name: str, what: str, reason: str, *, advice: str = _SAVE) -> FileRefused:
    return FileRefused(file_name, f"{file_name} {what}. {advice}", reason=reason)


def _refuse_ending(file_name: str) -> None:
    name = file_name.lower()
    if name.endswith(_MACRO_ENDINGS):
        raise _refused(file_name, "is a kind of workbook that can hold macros", "MACROS")
    if name.endswith(_OTHER_ENDINGS):
        raise _refused(file_name, "is an older or other kind of spreadsheet", "NOT_A_WORKBOOK")


def _refuse_other_content(raw: bytes, file_name: str) -> None:
    start = raw[:1_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not raw:
        message = "is empty (0 bytes)"
        raise _refused(file_name, message, "EMPTY_FILE", advice="Ask the sender for it again.")
    if raw.startswith(_OLE2):
        raise _old_or_locked(raw, file_name)
    if start.startswith(b"<"):
        message = "is a web page or XML text, not an Excel workbook"
        raise _refused(file_name, message, "NOT_A_WORKBOOK")
    if not raw.startswith(b"PK"):
        is_text = b"\0" not in start and b"," in start
        what = "comma-separated text" if is_text else "of an unknown kind"
        advice = "Name it .csv and load again." if is_text else _SAVE
        message = f"is {what}, not an Excel workbook"
        raise _refused(file_name, message, "NOT_A_WORKBOOK", advice=advice)


def _old_or_locked(raw: bytes, file_name: str) -> FileRefused:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        advice = "Save it without a password as .xlsx and load again."
        return _refused(file_name, "is protected by a password", "PASSWORD", advice=advice)
    message = "is an old Excel file (.xls, or another OLE2 file) named as .xlsx"
    return _refused(file_name, message, "NOT_A_WORKBOOK")


def _refuse_unsafe_directory(package: Package) -> None:
    members = list(package.parts.values())
    if len(members) > _MOST_PARTS or len(members) < len(package._archive.infolist()):
        raise damaged(package.file_name, "it has too many parts, or two of one name")
    for member in members:
        if member.flag_bits & 1:
            advice = "Save it without a password as .xlsx and load again."
            message = "is protected by a password"
            raise _refused(package.file_name, message, "PASSWORD", advice=advice)
        if member.compress_type not in _STREAMED:
            raise damaged(package.file_name, "its parts are compressed in an unknown way")
        ratio = member.file_size / max(member.compress_size, 1)
        is_swollen = ratio > HIGHEST_RATIO and member.file_size > _SMALL_PART
        if is_swollen or member.file_size > LARGEST_PART:
            size = (member.file_size, member.compress_size)
            raise _too_large(package.file_name, member.filename, *size)
    total = sum(member.file_size for member in members)
    if total > LARGEST_WORKBOOK:
        raise _too_large(package.file_name, "all parts together", total, total)


def _too_large(file_name: str, part: str, size: int, compressed: int) -> FileRefused:
    limit = LARGEST_WORKBOOK if size > LARGEST_WORKBOOK else LARGEST_PART
    return FileRefused(
        file_name,
        f"{file_name}: {part.rpartition('/')[2]} expands to {size / 1e6:,.0f} MB "
        f"({size / max(compressed, 1):,.0f}:1); the limits are {limit / 1e6:,.0f} MB and "
        f"{HIGHEST_RATIO}:1. Copy the rows into a new workbook, or save the sheet as CSV UTF-8.",
        reason="TOO_LARGE",
    )


def _refuse_other_package(package: Package) -> None:
    if "xl/workbook.bin" in package:
        message = "is a binary workbook (.xlsb) named as .xlsx"
        raise _refused(package.file_name, message, "NOT_A_WORKBOOK")
    if "[Content_Types].xml" not in package or "xl/workbook.xml" not in package:
        message = "is a zip archive or another document, not an Excel workbook"
        raise _refused(package.file_name, message, "NOT_A_WORKBOOK")


def _refuse_unwanted(package: Package) -> None:
    for pattern, what, reason in _UNWANTED:
        if any(re.search(pattern, f"/{part}", re.I) for part in package.parts):
            raise _refused(package.file_name, f"holds {what}", reason)
    if _MACRO_TYPE.search(package.read("[Content_Types].xml")):
        raise _refused(package.file_name, "holds macros", "MACROS")


def _refuse_outward_links(package: Package) -> None:
    """Refuse relationships to outside; hyperlinks may stay, as nothing follows them."""
    for part in package.parts:
        if not part.endswith(".rels"):
            continue
        for found in _RELATIONSHIP.findall(package.read(part)):
            if _OUTWARD.search(found) and b"/hyperlink" not in found:
                raise _refused(package.file_name, "holds links to other files", "EXTERNAL_LINK")
