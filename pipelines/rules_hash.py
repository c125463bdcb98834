"""A short hash of the rules that a file was held against, to tell when they have changed."""

import hashlib
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[1]


def hash_of_rules(policy: object, patterns: tuple[str, ...]) -> str:
    """Return a hash of the data owner's decisions and of the files that match the patterns."""
    digest = hashlib.sha256(repr(policy).encode())
    for pattern in patterns:
        for path in sorted(_ROOT.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:8]
