"""Remembers the sha256 of files seen before, so that an unchanged file is not hashed again."""

import hashlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.offered import OfferedFile

_SETTLED_NANOSECONDS: Final = 2_000_000_000
"""A file changed less than this long ago may change again under the same time stamp."""


@dataclass(frozen=True)
class _ReadFile(OfferedFile):
    """An offered file whose content is in memory already."""

    content: bytes = b""

    def read_bytes(self) -> bytes:
        return self.content


class Fingerprints:
    """Path, size and time of change of each file seen, with the sha256 of its content."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, list[int | str]] = {}
        self._is_changed = False
        try:
            self._known = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._known = {}

    def find(self, offered: OfferedFile) -> str | None:
        """Return the sha256 of the content when the file is as it was, else None."""
        seen = self._known.get(_name(offered))
        state = offered.path.stat()
        is_as_seen = seen is not None and seen[:2] == [state.st_size, state.st_mtime_ns]
        return str(seen[2]) if seen and is_as_seen else None

    def read(self, offered: OfferedFile) -> tuple[str, OfferedFile]:
        """Return the sha256 of the content, and the file with its content in memory.

        Raises:
            FileRefused: the file cannot be read or decompressed.
        """
        state = offered.path.stat()
        content = offered.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if time.time_ns() - state.st_mtime_ns > _SETTLED_NANOSECONDS:
            self._known[_name(offered)] = [state.st_size, state.st_mtime_ns, digest]
            self._is_changed = True
        known = {**vars(offered), "sha256": digest}
        return digest, _ReadFile(**known, content=content)

    def save(self) -> None:
        """Write what was learnt. A loss costs only time."""
        if not self._is_changed:
            return
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        beside.write_text(json.dumps(self._known), encoding="utf-8")
        beside.replace(self._path)


def _name(offered: OfferedFile) -> str:
    return f"{offered.path.resolve()}|{offered.member or ''}"
