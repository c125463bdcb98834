"""A name for a file on our disk, made from the one that its sender chose."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

_LONGEST: Final = 100
_LONGEST_ENDING: Final = 10


def safe_name(name: str) -> str:
    """Return a name that can be neither a path, nor hidden, nor an option; its ending stays.

    Letters, digits and `@ + - . _` stay, accents are dropped, everything else becomes `_`. The
    at sign stays so that the check still sees an e-mail address in a name, and refuses it.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9@+._-]+", "_", plain).lstrip("._-")
    safe = PurePosixPath(words or "file")
    return safe.stem[:_LONGEST] + safe.suffix[:_LONGEST_ENDING]
