"""The menu: every protected count of people, by what it is split, for which areas and periods.

Shares are made of two counts, a part and its whole. What is left when a part is taken from its
whole is protected too, so a chain says more than it lists: due ⊇ missed ⊇ no record, and on time is
what is due but not missed, late what is missed but has a record. The order decides what a small
number hides: few late hide "no record", and not the share that is done in time. Where two measures
count the same people by two ways, one mirrors the other: it is shown only where that is.
"""

from typing import Final

from schemas.cells import Change, Measure, Wait
from schemas.menu.code import CODE
from schemas.menu.referrals import CHANGES as _CHANGES
from schemas.menu.referrals import REFERRALS
from schemas.menu.referrals import WAITS as _WAITS
from schemas.menu.returns import RETURNS
from schemas.menu.rural import RURAL
from schemas.menu.voice import VOICE

MEASURES: Final[tuple[Measure, ...]] = (*REFERRALS, *CODE, *VOICE, *RETURNS, *RURAL)
"""In the order in which they are counted: each part comes after its whole."""

WAITS: Final[tuple[Wait, ...]] = _WAITS
"""The waits of which medians and ninetieth percentiles are published."""

CHANGES: Final[tuple[Change, ...]] = _CHANGES
"""The changes in score of which means are published."""
