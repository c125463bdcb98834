"""One file out of a remote zip archive: fetched, unpacked, checked, put in place."""

import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from pipelines.fetching.faults import BY_HAND, FetchError
from pipelines.fetching.index import Member
from pipelines.fetching.remote_file import RemoteFile

PIECE = 256 * 1024
# Local file header (.ZIP File Format Specification 4.3.7): its last two fields are the lengths
# of the name and of the extra field that follow it.
LOCAL_HEADER = struct.Struct("<26xHH")
SIGNATURE = b"PK\x03\x04"


class Damaged(Exception):
    """What arrived is not what the archive's index announced."""


def is_present(member: Member, target: Path) -> bool:
    """Whether `target` already holds exactly this member: same size, same checksum."""
    if not target.is_file() or target.stat().st_size != member.size:
        return False
    return _checksum(target) == member.crc


def bring(
    member: Member, remote: RemoteFile, target: Path, *, on_held: Callable[[int], None]
) -> None:
    """Put the member at `target`, whole or not at all.

    What came of a cut transfer is kept beside it, in a hidden `.part` that no build looks at, and
    carried on next time. `on_held` is told how many packed bytes of this member are held so far.

    Raises:
        FetchError: it arrived damaged twice, or the network failed for good.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # The checksum in the name: a part of an older edition of the same file is never carried on.
    part = target.with_name(f".{target.name}.{member.crc:08x}.part")
    try:
        _attempt(member, remote, part, on_held=on_held)
    except Damaged:
        _last_attempt(member, remote, part, on_held=on_held)
    _unpacked_path(part).replace(target)
    for leftover in target.parent.glob(f".{target.name}.*.part"):
        leftover.unlink()


def _last_attempt(
    member: Member, remote: RemoteFile, part: Path, *, on_held: Callable[[int], None]
) -> None:
    try:
        _attempt(member, remote, part, on_held=on_held)
    except Damaged as fault:
        raise FetchError(
            f"{member.name} arrived damaged twice: {fault}. The archive itself may be damaged; "
            f"try an earlier one with --archive YYYY-MM. {BY_HAND}"
        ) from fault


def _attempt(
    member: Member, remote: RemoteFile, part: Path, *, on_held: Callable[[int], None]
) -> None:
    start = _content_offset(member, remote)
    _download(remote, part, start=start, size=member.packed_size, on_held=on_held)
    try:
        _unpack(part, member)
    except Damaged:
        part.unlink()  # nothing in it can be trusted: the next attempt begins anew
        raise


def _content_offset(member: Member, remote: RemoteFile) -> int:
    """Find where the packed bytes begin: only the local header says how long it is itself."""
    header_end = member.header_offset + LOCAL_HEADER.size
    header = remote.read(member.header_offset, min(header_end, remote.size))
    if len(header) < LOCAL_HEADER.size or not header.startswith(SIGNATURE):
        raise Damaged(f"no file begins at byte {member.header_offset}, where the index says so")
    name_length, extra_length = LOCAL_HEADER.unpack(header)
    start = header_end + int(name_length) + int(extra_length)
    if start + member.packed_size > remote.size:
        raise Damaged("the index announces more bytes than the archive has")
    return start


def _download(
    remote: RemoteFile, part: Path, *, start: int, size: int, on_held: Callable[[int], None]
) -> None:
    """Bring `part` to `size` bytes, beginning after what it already holds."""
    with part.open("ab") as file:
        if file.tell() > size:
            file.truncate(0)
            file.seek(0)
        on_held(file.tell())
        for piece in remote.pieces(start + file.tell(), start + size):
            file.write(piece)
            on_held(file.tell())


def _unpack(part: Path, member: Member) -> None:
    size, crc = 0, 0
    with part.open("rb") as packed, _unpacked_path(part).open("wb") as file:
        for piece in _content(packed, member):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            if size > member.size:
                raise Damaged(f"it unpacks to more than the {member.size} bytes announced")
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if (size, crc) != (member.size, member.crc):
        raise Damaged(
            f"{size} bytes with checksum {crc:08x}, expected {member.size} with {member.crc:08x}"
        )


def _unpacked_path(part: Path) -> Path:
    return part.with_suffix(".unpacked.part")


def _content(packed: BinaryIO, member: Member) -> Iterator[bytes]:
    pieces = iter(lambda: packed.read(PIECE), b"")
    return pieces if member.method == zipfile.ZIP_STORED else _inflated(pieces)


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack a raw deflate stream, at most PIECE bytes at a time whatever it claims to hold."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in pieces:
            waiting = piece
            while waiting:
                yield inflater.decompress(waiting, PIECE)
                waiting = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as fault:
        raise Damaged(f"it cannot be unpacked ({fault})") from fault


def _checksum(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(PIECE), b""):
            crc = zlib.crc32(piece, crc)
    return crc
