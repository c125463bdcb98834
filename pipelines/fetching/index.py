"""The list of what a remote zip archive holds, read without the archive."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, cast

from pipelines.fetching.faults import BY_HAND, FetchError
from pipelines.fetching.remote_file import RemoteFile

BLOCK = 256 * 1024
# Three years of every force come to about 1 MB of index; more than this is not such an archive.
LARGEST_INDEX = 64 * 1024 * 1024
LARGEST_MEMBER = 512 * 1024 * 1024
STREET_FILE = re.compile(r"(?:.*/)?(\d{4}-(?:0[1-9]|1[0-2]))-([a-z][a-z-]*)-street\.csv")
ENCRYPTED = 0x1


@dataclass(frozen=True)
class Member:
    """One street file in the archive. Sizes in bytes; `crc` is the checksum of its content."""

    name: str
    month: str
    force: str
    header_offset: int
    method: int
    is_locked: bool
    packed_size: int
    size: int
    crc: int

    @property
    def path(self) -> str:
        """Where the file belongs below the archive's folder; never the archive's own path."""
        return street_path(self.force, self.month)


def street_path(force: str, month: str) -> str:
    """Return the path that police.uk gives to a force's street file of a month."""
    return f"{month}/{month}-{force}-street.csv"


def read_street_files(remote: RemoteFile) -> tuple[Member, ...]:
    """Return one Member per street file, in the archive's order.

    Raises:
        FetchError: the index is unreadable, or names a file that cannot be taken safely.
    """
    try:
        with zipfile.ZipFile(cast(IO[bytes], _RangeReader(remote))) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError) as fault:
        raise FetchError(
            f"{remote.address}: the archive's index cannot be read ({fault}). The archive may be "
            f"incomplete; try an earlier one with --archive YYYY-MM. {BY_HAND}"
        ) from fault
    return tuple(
        _member(info, found) for info in infos if (found := STREET_FILE.fullmatch(info.filename))
    )


def check_safe(members: Sequence[Member], address: str) -> None:
    """Raise FetchError for a member that comes twice, is far too large or cannot be opened."""
    counts = Counter(member.path for member in members)
    for member in members:
        fault = _fault(member, counts[member.path])
        if fault:
            raise FetchError(
                f"{address}: {fault}. Nothing was taken. Try another archive with "
                f"--archive YYYY-MM. {BY_HAND}"
            )


def _member(info: zipfile.ZipInfo, found: re.Match[str]) -> Member:
    return Member(
        name=info.filename,
        month=found[1],
        force=found[2],
        header_offset=info.header_offset,
        method=info.compress_type,
        is_locked=bool(info.flag_bits & ENCRYPTED),
        packed_size=info.compress_size,
        size=info.file_size,
        crc=info.CRC,
    )


def _fault(member: Member, count: int) -> str | None:
    if count > 1:
        return f"it holds {member.path} more than once, so it is unclear which one counts"
    if member.size > LARGEST_MEMBER:
        return f"{member.name} announces {member.size} bytes; at most {LARGEST_MEMBER} are expected"
    if member.is_locked or member.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return (
            f"{member.name} is packed with method {member.method}"
            f"{' and a password' if member.is_locked else ''}; expected stored or deflated"
        )
    return None


class _RangeReader(io.RawIOBase):
    """A remote file that can be read like a local one; blocks once read are kept."""

    def __init__(self, remote: RemoteFile) -> None:
        self._remote = remote
        self._position = 0
        self._blocks: dict[int, bytes] = {}

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._remote.size}
        if origin[whence] + offset < 0:
            raise OSError("the position lies before the start of the file")
        self._position = origin[whence] + offset
        return self._position

    def read(self, size: int = -1) -> bytes:
        stop = self._remote.size if size < 0 else min(self._position + size, self._remote.size)
        start = min(self._position, stop)
        if stop - start > LARGEST_INDEX:
            raise EOFError(f"an index of {stop - start} bytes")
        first, last = start // BLOCK, -(-stop // BLOCK)
        joined = b"".join(self._block(number) for number in range(first, last))
        self._position = stop
        return joined[start - first * BLOCK : stop - first * BLOCK]

    def _block(self, number: int) -> bytes:
        if number not in self._blocks:
            start = number * BLOCK
            stop = min(start + BLOCK, self._remote.size)
            self._blocks[number] = self._remote.read(start, stop)
        return self._blocks[number]
