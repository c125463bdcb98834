"""Counts of people that providers give in their quarterly returns, as they give them.

They stand beside the counts of referrals, of which they are no copy: the provider counts by its
own lights, in full, and knows people whose rows never came or were set aside. Yet where the two
agree, one could be taken for the other's hidden value: a return is shown only where the count of
rows is. Only what a metric needs is published, and breakdowns of the returns are not: they would
repeat the splits of the referrals, sum by sum.
"""

from typing import Final

from schemas.cells import Measure
from schemas.menu.levels import QUARTER_ENDS, QUARTERS, force_by, quarter_ends_by

_TABLE: Final = "provider_returns"

RETURNS: Final[tuple[Measure, ...]] = (
    Measure(
        key="returned_new_people",
        label="People newly supported, as returned by providers",
        table=_TABLE,
        mirrors="people_supported",
        views=(QUARTERS, *force_by("provider_id", "service_id")),
    ),
    Measure(
        key="returned_active_end",
        label="People supported at the end of the quarter, as returned by providers",
        table=_TABLE,
        adds_up=False,
        # Only quarters: a longer period would repeat the people of its last quarter.
        views=(QUARTER_ENDS, *quarter_ends_by("provider_id", "service_id")),
    ),
)
