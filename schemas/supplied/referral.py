"""The contract of referrals: one row per referral of a person to a service."""

from types import MappingProxyType
from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.conditions import is_one, known_provider, known_service
from schemas.supplied.field import Contract
from schemas.supplied.referral_fields import FIELDS
from schemas.supplied.referral_journey import ORDER_OF_DAYS, REPORT, STATUS_RULES
from schemas.supplied.referral_person import PERSON, REPETITION

GRACE_DAYS: Final = 90
"""Days after the end of a contract in which referrals may still be received."""

CONTEXT: Final = MappingProxyType[str, pl.DataType](
    {
        "_provider_known": pl.Boolean(),
        "_service_known": pl.Boolean(),
        "_onward_known": pl.Boolean(),
        "_service_start": pl.Date(),
        "_service_end": pl.Date(),
        "_service_areas": pl.List(pl.String()),
        "_service_is_force_wide": pl.Boolean(),
    }
)
"""From the directory.

`_service_known`: the service exists and is the provider's. `_onward_known`: so does the onward
service, or the field says EXTERNAL; null where it is blank. `_service_areas`: district codes.
What concerns the service is null where the service is not known or nothing is stated.
"""

_LIVES_ELSEWHERE: Final = is_one("la_code", ("OUT", "NK"))
_IS_IN_AREA: Final = pl.col("_service_areas").list.contains(pl.col("la_code"))
_LAST_DAY: Final = pl.col("_service_end") + pl.duration(days=GRACE_DAYS)

_AREA: Final = (
    Rule(
        rule_id="R17",
        reason="OUTSIDE_SERVICE_AREA",
        column="la_code",
        holds=or_empty(_IS_IN_AREA, "_service_areas", "la_code")
        | pl.col("_service_is_force_wide").fill_null(value=False)
        | _LIVES_ELSEWHERE,
        expected="a district that the service covers",
        advice="Check the district and the service, and the service's areas in the directory.",
    ),
    Rule(
        rule_id="R17",
        level="W",
        reason="HOME_OUTSIDE_OR_UNKNOWN",
        column="la_code",
        holds=~_LIVES_ELSEWHERE,
        expected="a district, rather than OUT or NK",
        advice="Nothing, where the person does live elsewhere or the district cannot be known.",
    ),
)

_CONTRACT_DATES: Final = (
    Rule(
        rule_id="R18",
        reason="OUTSIDE_CONTRACT",
        column="date_received",
        holds=or_empty(
            pl.col("date_received") >= pl.col("_service_start"), "date_received", "_service_start"
        )
        & or_empty(pl.col("date_received") <= _LAST_DAY, "date_received", "_service_end"),
        expected=f"a day of the service's contract, or of the {GRACE_DAYS} days after it",
        advice="Check the service's identifier, and its contract dates in the directory.",
    ),
    Rule(
        rule_id="R18",
        level="W",
        reason="AFTER_CONTRACT",
        column="date_received",
        holds=or_empty(
            ~pl.col("date_received").is_between(pl.col("_service_end"), _LAST_DAY, closed="right"),
            "date_received",
            "_service_end",
        ),
        expected="a day of the service's contract",
        advice="Check whether the contract was extended, and load the directory with its new end.",
    ),
)

REFERRAL: Final = Contract(
    table="referrals",
    title="Referrals",
    row="referral of a person to a service",
    fields=FIELDS,
    rules=(
        known_provider(),
        known_service(),
        known_service("onward_service_id", "_onward_known"),
        *ORDER_OF_DAYS,
        *REPORT,
        *STATUS_RULES,
        *PERSON,
        *_AREA,
        *_CONTRACT_DATES,
        *REPETITION,
    ),
    is_about_people=True,
    period_field="date_received",
    sender_field="provider_id",
    unique=("provider_id", "referral_id"),
    unique_rule="R01",
    context=CONTEXT,
)
