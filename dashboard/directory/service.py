"""What an entry of the directory is, and what its contract and its last check say today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from schemas.supplied.directory import CONFIDENTIAL_SITE, EVERYWHERE
from schemas.supplied.directory_service import VERIFIED_WITHIN_MONTHS

UNFUNDED: Final = "NOT_FUNDED"
_NOT_OURS: Final = (UNFUNDED, "NATIONAL")
_OURS: Final = ("PCC", "JOINT")

SOURCES: Final = ("services", "providers", "service_areas", "service_groups", "service_sites")
"""Keys of the sources that the directory is made of."""


@dataclass(frozen=True)
class Group:
    """People that a service is for, by codes: a crime, a priority group, or both."""

    crime_group: str | None
    priority_flag: str | None
    is_specialist: bool


@dataclass(frozen=True)
class Site:
    """A place where a service sees people; a confidential one has no coordinates, ever."""

    site_id: str
    site_type: str
    latitude: float | None
    longitude: float | None
    days_per_week: float | None

    @property
    def is_confidential(self) -> bool:
        """True for a place that is named by its area only."""
        return self.site_type == CONFIDENTIAL_SITE


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service. `record` is its row of `dim_service`; `as_of` is the day of the build.

    `areas` are district codes, or EVERYWHERE; without `groups` it is for everyone.
    """

    record: Mapping[str, Any]
    provider: str
    areas: tuple[str, ...]
    groups: tuple[Group, ...]
    sites: tuple[Site, ...]
    as_of: date

    @property
    def name(self) -> str:
        """The name of the service."""
        return str(self.record["service_name"])

    @property
    def is_everywhere(self) -> bool:
        """True when it works in the whole force area."""
        return EVERYWHERE in self.areas

    @property
    def is_ours(self) -> bool:
        """True when the commissioner pays for it, alone or together with others."""
        return (
            self.record["commissioner"] in _OURS and self.record["funding_route"] not in _NOT_OURS
        )

    @property
    def is_ours_now(self) -> bool:
        """True when the commissioner pays for it under a contract that has not ended."""
        return self.is_ours and not self.has_ended

    @property
    def contract_end(self) -> date | None:
        """The last day of the contract or grant; None where nobody funds it or no day is given."""
        is_funded = self.record["funding_route"] != UNFUNDED
        end: date | None = self.record["contract_end"] if is_funded else None
        return end

    @property
    def has_begun(self) -> bool:
        """True unless the contract begins on a later day."""
        start: date | None = self.record["contract_start"]
        is_funded = self.record["funding_route"] != UNFUNDED
        return not is_funded or start is None or start <= self.as_of

    @property
    def has_ended(self) -> bool:
        """True when the contract has ended."""
        return self.contract_end is not None and self.contract_end < self.as_of

    def ends_within(self, months: int) -> bool:
        """Return True when the contract has not ended, and will within so many months."""
        end = self.contract_end
        return end is not None and self.as_of <= end < months_on(self.as_of, months)

    @property
    def is_check_overdue(self) -> bool:
        """True when nobody confirmed the entry within the last six months."""
        checked: date | None = self.record["last_verified"]
        return checked is None or checked < months_on(self.as_of, -VERIFIED_WITHIN_MONTHS)


@dataclass(frozen=True, kw_only=True)
class Directory:
    """Every service by name, and the districts in their order, by code."""

    services: tuple[Service, ...]
    districts: Mapping[str, str]


def months_on(day: date, months: int) -> date:
    """Return the same day some months later, or earlier; the last of a shorter month."""
    moved: date = pl.select(pl.lit(day).dt.offset_by(f"{months}mo")).item()
    return moved
