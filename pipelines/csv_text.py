"""What the bytes of an offered file are: comma-separated UTF-8 text, or something else."""

import csv
from dataclasses import dataclass
from typing import Final

from pipelines.errors import FileRefused

_UTF8_MARK: Final = b"\xef\xbb\xbf"
_WIDE_MARKS: Final = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_OTHER_DELIMITERS: Final = {";": ";", "\t": "tab", "|": "|"}
_SIGHT: Final = 1_000
"""Bytes from the start that are looked at to tell what a file is."""

_LONGEST_HEADER: Final = 100_000


@dataclass(frozen=True)
class CsvText:
    """A file as UTF-8 text: its header's names, and the bytes after the header line.

    `refusals` are the reasons for which the file must not be loaded although it can be read on.
    """

    file_name: str
    header: tuple[str, ...]
    data: bytes
    refusals: tuple[FileRefused, ...]


def open_csv(
    raw: bytes, file_name: str, *, encoding: str = "utf-8", section: str = "police_uk"
) -> CsvText:
    """Return the file's text. `section` is where `policy.toml` may name another encoding.

    Raises:
        FileRefused: it is empty, a web page, of a wide encoding, or not separated by commas, so
            that nothing more can be said about it.
    """
    _refuse_other_content(raw, file_name)
    bare = raw.removeprefix(_UTF8_MARK)
    text, refusals = _as_utf8(bare, file_name, encoding=encoding, section=section)
    if b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    first, _, data = text.partition(b"\n")
    _refuse_other_delimiter(first.decode(errors="replace"), file_name)
    return CsvText(file_name, _names(first), data, refusals)


def _refuse_other_content(raw: bytes, file_name: str) -> None:
    if not raw:
        raise FileRefused(
            file_name, f"{file_name} is empty (0 bytes). Download it again.", reason="EMPTY_FILE"
        )
    if raw[:_SIGHT].removeprefix(_UTF8_MARK).lstrip().startswith(b"<"):
        raise FileRefused(
            file_name,
            f"{file_name} line 1 is a web page, not CSV. The download failed; fetch it again.",
            reason="WEB_PAGE",
        )
    if wide := _wide_encoding(raw):
        raise FileRefused(
            file_name,
            f"{file_name} is {wide}. Save as CSV UTF-8 and load again.",
            reason="WRONG_ENCODING",
        )


def _wide_encoding(raw: bytes) -> str | None:
    for mark, name in _WIDE_MARKS.items():
        if raw.startswith(mark):
            return f"{name} (byte-order mark {mark.hex(' ').upper()} found)"
    start = raw[:_SIGHT]
    # Half of the bytes of plain text in UTF-16 are NUL.
    return "UTF-16 (no byte-order mark)" if start.count(0) * 3 > len(start) else None


def _as_utf8(
    raw: bytes, file_name: str, *, encoding: str, section: str
) -> tuple[bytes, tuple[FileRefused, ...]]:
    if raw.isascii():
        return raw, ()
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as fault:
        # Read on as Windows-1252 only so that the other faults can be told as well.
        return (
            raw.decode("windows-1252", errors="replace").encode(),
            (_wrong_bytes(raw, fault.start, file_name, encoding=encoding, section=section),),
        )
    return text.encode() if encoding != "utf-8" else raw, ()


def _wrong_bytes(
    raw: bytes, position: int, file_name: str, *, encoding: str, section: str
) -> FileRefused:
    line = raw.count(b"\n", 0, position)
    field = raw.count(b",", raw.rfind(b"\n", 0, position) + 1, position)
    names = _names(raw.partition(b"\n")[0])
    column = names[field] if field < len(names) else str(field + 1)
    advice = (
        "the file looks like Windows-1252. Re-save as UTF-8, or set encoding: windows-1252 for "
        f'this source (policy.toml, under [{section}]: encoding = "windows-1252").'
        if encoding == "utf-8"
        else "re-save as UTF-8."
    )
    return FileRefused(
        file_name,
        f"{file_name} line {line + 1} column {column}: byte 0x{raw[position]:02X} is not "
        f"{encoding.upper().replace('WINDOWS', 'Windows')}; {advice}",
        reason="WRONG_ENCODING",
    )


def _refuse_other_delimiter(first: str, file_name: str) -> None:
    if "," in first:
        return
    for delimiter, name in _OTHER_DELIMITERS.items():
        if delimiter in first:
            raise FileRefused(
                file_name,
                f"{file_name} line 1: expected commas, found {name}. Save it with commas.",
                reason="WRONG_DELIMITER",
            )


def _names(first: bytes) -> tuple[str, ...]:
    # Control characters and overlong lines are no header, but must not stop the csv module.
    line = first[:_LONGEST_HEADER].decode(errors="replace").replace("\0", "").replace("\r", " ")
    return tuple(name.strip() for name in next(csv.reader([line]), []))
