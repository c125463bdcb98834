"""The sources that the product loads, as readers see them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from schemas.codes import SAMPLE_NOTICE


@dataclass(frozen=True)
class Source:
    """One source: who publishes it, under what licence, how long after a month it appears."""

    key: str
    name: str
    publisher: str
    licence: str
    months_until_published: int

    def next_due(self, latest: date) -> date:
        """Return the day by which the month after `latest` is expected."""
        return _add_months(latest, 2 + self.months_until_published)


POLICE_UK: Final = Source(
    key="police_uk",
    name="Street-level crime, data.police.uk",
    publisher="Home Office, from police forces",
    licence=(
        "Contains public sector information licensed under the Open Government Licence v3.0. "
        "Boundaries: contains National Statistics data © Crown copyright and database right; "
        "contains OS data © Crown copyright and database right."
    ),
    # data.police.uk/about: new months appear about two months after they end.
    months_until_published=2,
)

SAMPLE_LICENCE: Final = SAMPLE_NOTICE
SAMPLE_PUBLISHER: Final = "Nobody: made up by this product"

SOURCES: Final = (POLICE_UK,)


def _add_months(month: date, count: int) -> date:
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)
