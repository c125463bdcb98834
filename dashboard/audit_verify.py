"""Whether the audit log is as it was written: numbers, hashes and the chain across its files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dashboard.audit import HEAD, audit_files, audit_folder, lines_of, read_head
from schemas.audit_chain import START, BrokenLine, Link, first_link, follow

NOTHING: Final = "nothing is recorded yet"


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What was found. `fault` names the first broken line; it is empty where none was found.

    `lines` counts those that are as they were written, up to the fault; `last` is the last of them.
    `notes` say what could not be told.
    """

    lines: int
    last: Link
    fault: str = ""
    notes: tuple[str, ...] = ()


def verify(data_dir: Path, *, first: int = 1, noted: Link | None = None) -> Verified:
    """Follow the chain from its first line, which has the number `first`, to the last.

    first: above 1 only where files of earlier years were removed on purpose.
    noted: a line as it was noted elsewhere, which also binds all lines before it.
    """
    folder, links = audit_folder(data_dir), _Links(first)
    try:
        # Read before the lines: what is written meanwhile comes after it.
        head = read_head(folder)
        for place, line in _lines(folder):
            links.add(line, place)
    except BrokenLine as broken:
        return Verified(lines=links.count, last=links.last, fault=str(broken))
    except OSError as error:
        why = f"it cannot be read ({error.strerror})"
        return Verified(lines=links.count, last=links.last, fault=why)
    return Verified(
        lines=links.count,
        last=links.last,
        fault=_cut(links, head) or _other_than_noted(links, noted),
        notes=tuple(_notes(folder, head, links.count)),
    )


class _Links:
    """The links of the lines that were followed so far."""

    def __init__(self, first: int) -> None:
        self._first = first
        self.hashes: dict[int, str] = {}
        self.last = START

    @property
    def count(self) -> int:
        """How many lines were followed."""
        return len(self.hashes)

    def add(self, line: str, place: str) -> None:
        """Follow one more line. Raises BrokenLine, with the place of the line."""
        try:
            if not self.hashes:
                self.last = self._start(line)
            self.last = follow(line, after=self.last)
        except BrokenLine as broken:
            raise BrokenLine(f"{place}: {broken}") from None
        self.hashes[self.last.number] = self.last.hash

    def _start(self, line: str) -> Link:
        start = first_link(line)
        if self._first == 1:
            return START
        return Link(self._first - 1, start.hash)


def _lines(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each line with its place. Raises BrokenLine for a file that ends within a line."""
    files = audit_files(folder)
    for path in files:
        lines, rest = lines_of(path)
        for number, line in enumerate(lines, start=1):
            yield f"{path.name}, line {number}", line
        if rest and path != files[-1]:
            raise BrokenLine(f"{path.name}, line {len(lines) + 1}: it is cut short")


def _cut(links: _Links, head: Link | None) -> str:
    """Return why the head shows that lines are missing at the end, or differ; else nothing."""
    if head is None or head == START or links.hashes.get(head.number) == head.hash:
        return ""
    if head.number > links.last.number:
        missing = head.number - links.last.number
        return f"after line {links.last.number}: {missing} more were written, as {HEAD} says"
    return f"line {head.number} is not the one that was written, as {HEAD} says"


def _other_than_noted(links: _Links, noted: Link | None) -> str:
    if noted is None or links.hashes.get(noted.number) == noted.hash:
        return ""
    return f"line {noted.number} is not the one that was noted, or is not there"


def _notes(folder: Path, head: Link | None, count: int) -> Iterator[str]:
    if not count:
        yield NOTHING
    elif head is None:
        yield f"{HEAD} is not there, so lines missing at the end would not be noticed"
    if any(lines_of(path)[1] for path in audit_files(folder)[-1:]):
        yield "the last line is being written, or was cut short; the next export sets it aside"
