"""The sources that the product loads, as readers see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from schemas.codes import ABOUT_CRIME, ABOUT_FRAUD, ABOUT_SERVICES, ABOUT_STANDARDS, SAMPLE_NOTICE
from schemas.supplied.contracts import contract

RETURN_DUE_DAYS: Final = 45
"""Days after the end of a quarter within which providers send their returns."""

_MONTH, _QUARTER, _YEAR = 1, 3, 12


@dataclass(frozen=True, kw_only=True)
class Source:
    """One source: who publishes it, under what licence, and when the next of it is expected.

    every_months: 1, 3 or 12, the length of its periods; 0 when it is replaced whole at any time.
    The next is due `days_until_due` after the end of its period and `months_until_due`.
    """

    key: str
    subject: str
    name: str
    publisher: str
    licence: str
    every_months: int
    months_until_due: int = 0
    days_until_due: int = 1

    def next_due(self, latest: date) -> date | None:
        """Return the day by which the period after that of `latest` is expected, if any is."""
        return self.due(_add_months(latest, self.every_months)) if self.every_months else None

    def due(self, day: date) -> date:
        """Return the day by which the period that holds `day` is expected."""
        last_day = self._first_after(day) - timedelta(days=1)
        return last_day + timedelta(days=self.days_until_due)

    def _first_after(self, day: date) -> date:
        # Quarters and financial years begin with April, the fourth month.
        into_period = (day.month - 4) % self.every_months
        return _add_months(day, self.every_months - into_period + self.months_until_due)


POLICE_UK: Final = Source(
    key="police_uk",
    subject=ABOUT_CRIME,
    name="Street-level crime, data.police.uk",
    publisher="Home Office, from police forces",
    licence=(
        "Contains public sector information licensed under the Open Government Licence v3.0. "
        "Boundaries: contains National Statistics data © Crown copyright and database right; "
        "contains OS data © Crown copyright and database right."
    ),
    every_months=_MONTH,
    # data.police.uk/about: new months appear about two months after they end.
    months_until_due=2,
)

SAMPLE_LICENCE: Final = SAMPLE_NOTICE
SAMPLE_PUBLISHER: Final = "Nobody: made up by this product"

_OFFICE: Final = "Police and crime commissioner's office"
_PROVIDERS: Final = "Providers of victim services"
_FORCE: Final = "The force's case system"
_AGREEMENT: Final = "Supplied to the office under its agreement with the sender"


def _supplied(
    table: str,
    publisher: str,
    *,
    every_months: int = 0,
    days_until_due: int = RETURN_DUE_DAYS,
    subject: str = ABOUT_SERVICES,
) -> Source:
    return Source(
        key=table,
        subject=subject,
        name=contract(table).title,
        publisher=publisher,
        licence=_AGREEMENT,
        every_months=every_months,
        days_until_due=days_until_due,
    )


_SUPPLIED: Final = (
    _supplied("referrals", _PROVIDERS, every_months=_QUARTER),
    _supplied("code_cases", _FORCE, every_months=_MONTH, days_until_due=30),
    _supplied("case_updates", _FORCE, every_months=_MONTH, days_until_due=30),
    _supplied("outcome_scores", _PROVIDERS, every_months=_QUARTER),
    _supplied("providers", _OFFICE),
    _supplied("services", _OFFICE),
    _supplied("service_areas", _OFFICE),
    _supplied("service_groups", _OFFICE),
    _supplied("service_sites", _OFFICE),
    _supplied("provider_returns", _PROVIDERS, every_months=_QUARTER),
    _supplied("satisfaction", "The force's survey", every_months=_QUARTER),
    _supplied("satisfaction_invites", "The force's survey", every_months=_QUARTER),
    _supplied("feedback_themes", _OFFICE, every_months=_QUARTER),
    _supplied("complaints", "The organisations complained of", every_months=_QUARTER),
    _supplied("vrr", "Police and prosecution service", every_months=_QUARTER),
    _supplied("lessons_log", _OFFICE),
    _supplied("funding", _OFFICE, every_months=_YEAR, days_until_due=90),
    _supplied("assumption", _OFFICE, subject=ABOUT_STANDARDS),
    _supplied("ref_code_standard", _OFFICE, subject=ABOUT_STANDARDS),
    _supplied("ref_target", _OFFICE, subject=ABOUT_STANDARDS),
    _supplied("ref_commitment", _OFFICE, subject=ABOUT_STANDARDS),
    _supplied("delivery_plan", _OFFICE, subject=ABOUT_STANDARDS),
    _supplied("code_checklist", _OFFICE, subject=ABOUT_STANDARDS),
    _supplied("ref_duty", _OFFICE, subject=ABOUT_STANDARDS),
    _supplied(
        "fraud_reports",
        "National fraud reporting service",
        every_months=_MONTH,
        days_until_due=30,
        subject=ABOUT_FRAUD,
    ),
    _supplied("rural_crimes", _FORCE, every_months=_QUARTER),
)

SUPPLIED_SOURCES: Final[Mapping[str, Source]] = MappingProxyType(
    {each.key: each for each in _SUPPLIED}
)
"""Supplied table → its source. The days until due are the office's own, but for the returns."""


def _add_months(month: date, count: int) -> date:
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)
