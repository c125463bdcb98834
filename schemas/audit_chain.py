"""The chain of an audit log: what makes an edited, removed, inserted or moved line show.

Each line is one JSON object. It begins with its number and ends with the hash of the line before
and its own hash, which is taken of every byte of it before that hash.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_LINE: Final = re.compile(
    r'(?P<sealed>\{.*"previous":"[0-9a-f]{64}"),"hash":"(?P<hash>[0-9a-f]{64})"\}'
)


@dataclass(frozen=True)
class Link:
    """A place in the chain: how many lines lead up to it, and the hash of the last of them."""

    number: int
    hash: str


START: Final = Link(0, "0" * 64)
"""Where a chain begins: before its first line."""


class BrokenLine(ValueError):
    """A line is not as it was written; the message says what differs."""


def seal(content: Mapping[str, object], *, after: Link) -> tuple[str, Link]:
    """Return the line that follows `after` with this content, without a line end, and its link."""
    fields = {"number": after.number + 1, **content, "previous": after.hash}
    sealed = json.dumps(fields, ensure_ascii=True, separators=(",", ":"))[:-1]
    link = Link(after.number + 1, _hash(sealed))
    return f'{sealed},"hash":"{link.hash}"}}', link


def link_of(line: str) -> Link:
    """Return the link that a line makes.

    Raises:
        BrokenLine: it is no line of an audit log, or its content does not fit its own hash.
    """
    return _opened(line)[0]


def follow(line: str, *, after: Link) -> Link:
    """Return the link that a line makes after another one.

    Raises:
        BrokenLine: the line was changed, or is not the one that was written there.
    """
    link, previous = _opened(line)
    if link.number != after.number + 1:
        raise BrokenLine(f"it has number {link.number} where {after.number + 1} is expected")
    if previous != after.hash:
        raise BrokenLine("it was not written after the line that stands before it now")
    return link


def first_link(line: str) -> Link:
    """Return the link that the first line kept was written after. Raises BrokenLine."""
    link, previous = _opened(line)
    return Link(link.number - 1, previous)


def _opened(line: str) -> tuple[Link, str]:
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise BrokenLine("it is not whole, or no line of an audit log")
    if _hash(parts["sealed"]) != parts["hash"]:
        raise BrokenLine("its content does not fit its own hash, so it was edited")
    try:
        fields = json.loads(f"{parts['sealed']}}}")
        return Link(int(fields["number"]), parts["hash"]), str(fields["previous"])
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        raise BrokenLine("its hash fits its content, but no line is written so") from None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
