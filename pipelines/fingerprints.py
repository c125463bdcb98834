"""Remembers the sha256 of files seen before, so that an unchanged file is not hashed again."""

import hashlib
import json
import os
import time
from pathlib import Path
from typing import Final

from pipelines.offered import OfferedFile

_SETTLED_NANOSECONDS: Final = 2_000_000_000
"""A file changed less than this long ago may change again under the same time stamp."""


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

    def sha256(self, offered: OfferedFile) -> str:
        """Return the sha256 of the decompressed content, reading it only when it may be new.

        Raises:
            FileRefused: the file cannot be decompressed.
        """
        state = offered.path.stat()
        name = f"{offered.path.resolve()}|{offered.member or ''}"
        seen = self._known.get(name)
        if seen and seen[:2] == [state.st_size, state.st_mtime_ns]:
            return str(seen[2])
        digest = hashlib.sha256(offered.read_bytes()).hexdigest()
        if time.time_ns() - state.st_mtime_ns > _SETTLED_NANOSECONDS:
            self._known[name] = [state.st_size, state.st_mtime_ns, digest]
            self._is_changed = True
        return digest

    def save(self) -> None:
        """Write what was learnt. A loss costs only time."""
        if not self._is_changed:
            return
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        beside.write_text(json.dumps(self._known), encoding="utf-8")
        beside.replace(self._path)
