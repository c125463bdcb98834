"""The list of versions that saved papers name, which the loader never removes."""

import logging
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from dashboard.workspace.database import WorkspaceUnavailable
from schemas.published import PINS_PATH, VERSION_PATTERN

_log = logging.getLogger(__name__)


def pin(data_dir: Path, versions: Iterable[str]) -> None:
    """Let these versions be kept, and no longer others that were pinned before.

    Give all that the saved papers name, while the workspace is held for writing: two who save at
    once then do not undo each other. The list is written whole or not at all.

    Raises:
        ValueError: a name is not that of a version.
        WorkspaceUnavailable: the list cannot be written, and the list of before stands.
    """
    names = sorted(set(versions))
    if not all(re.fullmatch(VERSION_PATTERN, name) for name in names):
        raise ValueError("A paper names a version as none is called.")
    try:
        _replace(data_dir / PINS_PATH, "".join(f"{name}\n" for name in names))
    except OSError as error:
        _log.error("%s cannot be written: %s", PINS_PATH, error)
        raise WorkspaceUnavailable(
            "The versions that papers name cannot be written down, so they might be removed. "
            f"Whoever runs the dashboard should look at {PINS_PATH}."
        ) from None


def _replace(path: Path, text: str) -> None:
    """Write the text beside the file, wait until it is on the disk, and put it in its place."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o640)  # no reader is named in it, and the loader must read it
        Path(beside).replace(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
