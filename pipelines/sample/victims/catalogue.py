"""The invented providers and services. Rivers that do not exist name them; bodies are roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipelines.sample.victims.plan import DISTRICTS


@dataclass(frozen=True)
class Provider:
    """An invented provider: `kind` as the dictionary's type of providers."""

    provider_id: str
    name: str
    kind: str
    by_and_for: str = "N"
    website_has_code: str = "Y"


PROVIDERS: Final = (
    Provider("P01", "Police", "POLICE"),
    Provider("P02", "Ilvane River Support", "VCSE"),
    Provider("P03", "Quenlow Water Advocacy", "VCSE"),
    Provider("P04", "Morrel Beck Women's Refuge", "VCSE", by_and_for="Y"),
    Provider("P05", "Sprindle Brook Counselling", "VCSE"),
    Provider("P06", "Wexmarrow Stream Counselling", "VCSE"),
    Provider("P07", "Tarrowby Burn Young People", "VCSE"),
    Provider("P08", "Lindlebeck Stalking Advocacy", "VCSE"),
    Provider("P09", "Cranwist Ford Communities", "VCSE", by_and_for="Y", website_has_code="N"),
    Provider("P10", "Dovellan Weir Restorative Practice", "VCSE"),
    Provider("P11", "Yskerwater Road Harm", "VCSE"),
    Provider("P12", "Pellowby Mere Fraud Care", "VCSE", website_has_code="NK"),
    Provider("P13", "Health trust", "NHS"),
    Provider("P14", "Council", "LA"),
)

ALL: Final = ("ALL",)

CHILDREN: Final = {"0-9": 20.0, "10-15": 45.0, "16-17": 30.0}
ADULTS: Final = {
    "18-24": 15.0,
    "25-34": 24.0,
    "35-44": 21.0,
    "45-54": 15.0,
    "55-64": 10.0,
    "65-74": 5.0,
    "75+": 3.0,
}
EVERYONE: Final = {"0-9": 1.0, "10-15": 4.0, "16-17": 3.0, **ADULTS}
OLDER: Final = {"55-64": 15.0, "65-74": 35.0, "75+": 45.0}

USUAL_SOURCES: Final = {
    "POLICE": 40.0,
    "VAL": 18.0,
    "SELF": 18.0,
    "HEALTH": 5.0,
    "SOCIAL_CARE": 5.0,
    "HOUSING": 3.0,
    "OTHER_VS": 4.0,
    "FAMILY": 2.0,
    "EDUCATION": 2.0,
    "OTHER": 2.0,
    "NK": 1.0,
}
VAL_SOURCES: Final = {"POLICE": 86.0, "SELF": 9.0, "FAMILY": 2.0, "OTHER": 2.0, "NK": 1.0}
ABUSE_SOURCES: Final = {**USUAL_SOURCES, "MARAC": 18.0, "HEALTH": 8.0}
SEXUAL_SOURCES: Final = {**USUAL_SOURCES, "SARC": 22.0, "HEALTH": 8.0, "SELF": 26.0}
YOUNG_SOURCES: Final = {**USUAL_SOURCES, "EDUCATION": 18.0, "SOCIAL_CARE": 24.0, "VAL": 6.0}
COURT_SOURCES: Final = {"POLICE": 40.0, "COURT_WS": 55.0, "VAL": 5.0}
FRAUD_SOURCES: Final = {**USUAL_SOURCES, "REPORT_FRAUD": 60.0}


@dataclass(frozen=True, kw_only=True)
class Service:
    """An invented service and the shares from which its referrals are drawn.

    a_year: referrals received in a year. groups: crime group → weight. not_started: share of
    referrals that end before support. wait_days: mean from acceptance to the start of support.
    stay_days: mean length of support. contact_days: working days to contact under the contract.
    tool, domains: how outcomes are measured, none when they are not. specialist: crime groups and
    flags the service is a specialist for.
    """

    service_id: str
    provider_id: str
    name: str
    a_year: int
    groups: Mapping[str, float]
    support: tuple[str, ...]
    value: int
    capacity: int
    areas: tuple[str, ...] = ALL
    ages: Mapping[str, float]
    sources: Mapping[str, float]
    not_started: float = 0.3
    wait_days: float = 6.0
    stay_days: float = 80.0
    contact_days: int = 3
    tool: str = ""
    domains: tuple[str, ...] = ()
    specialist: tuple[str, ...] = ()
    funding_route: str = "CONTRACT"
    commissioner: str = "PCC"
    stream: str = "CORE"
    start: date = date(2022, 4, 1)
    end: date = date(2027, 3, 31)
    extension_months: int = 12
    capacity_unit: str = "CASELOAD"
    sex: str = "ANY"
    accepts_unreported: str = "Y"
    self_referral: str = "Y"
    pilot: str = "N"

    @property
    def districts(self) -> tuple[str, ...]:
        """Return the districts it serves."""
        return DISTRICTS if self.areas == ALL else self.areas

    @property
    def least_age(self) -> int:
        """Return the youngest age it takes."""
        return 0 if "0-9" in self.ages else 18 if "18-24" in self.ages else 55

    @property
    def most_age(self) -> int:
        """Return the oldest age it takes."""
        return 120 if "75+" in self.ages else 17
