"""Rules R03 to R11 of a referral: the order of its days, the report, and where it stands."""

from datetime import timedelta
from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.conditions import blank, given, if_then, is_one, needed, not_before, unwanted
from schemas.supplied.referral_fields import ENDED

LONG_WAIT_DAYS: Final = 90

_TOLD_LATER_BY: Final = ("VAL", "OTHER_VS")
"""Sources that often cannot say when the crime was reported."""

_IS_ENDED: Final = is_one("status", ENDED)
_IS_OPEN: Final = is_one("status", ("ACTIVE", "WAITING"))
_IS_WAITING: Final = is_one("status", ("WAITING",))
_IS_CLOSED: Final = is_one("status", ("CLOSED",))
_IS_COMPLETED: Final = is_one("end_reason", ("COMPLETED",))
_IS_REFERRED_ON: Final = is_one("end_reason", ("REFERRED_ON",))
_IS_REPORTED: Final = is_one("crime_reported_to_police", ("Y",))
_TELLS_LATER: Final = is_one("source", _TOLD_LATER_BY)

ORDER_OF_DAYS: Final = (
    not_before("date_received", "date_referred", rule_id="R03"),
    not_before("date_first_attempt", "date_received", rule_id="R04"),
    # Without an attempt on record, contact is held against the day of receipt.
    not_before("date_first_contact", "date_received", "date_first_attempt", rule_id="R04"),
    not_before("date_support_start", "date_received", rule_id="R05"),
    not_before("date_support_end", "date_support_start", rule_id="R05"),
)

REPORT: Final = (
    Rule(
        rule_id="R06",
        reason="SOURCE_CONTRADICTS_REPORT",
        column="crime_reported_to_police",
        holds=if_then(
            is_one("source", ("POLICE", "REPORT_FRAUD")),
            ~is_one("crime_reported_to_police", ("N",)),
        ),
        expected="Y or NK where the police or the fraud service referred the person",
        advice="Correct the source of the referral, or whether the crime was reported.",
    ),
    needed(
        "date_crime_reported",
        where=_IS_REPORTED & ~_TELLS_LATER,
        when="where crime_reported_to_police is Y",
        rule_id="R07",
    ),
    Rule(
        rule_id="R07",
        level="W",
        reason="NO_REPORT_DATE",
        column="date_crime_reported",
        holds=if_then(_IS_REPORTED & _TELLS_LATER, given("date_crime_reported")),
        expected="the day on which the crime was reported, where crime_reported_to_police is Y",
        advice="Ask the service that referred the person; without it the clock cannot start.",
    ),
    not_before("date_referred", "date_crime_reported", where=_IS_REPORTED, rule_id="R07"),
)

STATUS_RULES: Final = (
    needed(
        "end_reason", where=_IS_ENDED, when="where status is CLOSED or NOT_STARTED", rule_id="R08"
    ),
    unwanted(
        "end_reason",
        where=given("status") & ~_IS_ENDED,
        when="unless status is CLOSED or NOT_STARTED",
        rule_id="R08",
    ),
    unwanted(
        "date_support_end",
        where=_IS_OPEN,
        when="where status is ACTIVE or WAITING",
        rule_id="R09",
    ),
    needed("date_accepted", where=_IS_WAITING, when="where status is WAITING", rule_id="R09"),
    unwanted(
        "date_support_start", where=_IS_WAITING, when="where status is WAITING", rule_id="R09"
    ),
    needed(
        "date_support_start",
        where=_IS_COMPLETED,
        when="where end_reason is COMPLETED",
        rule_id="R10",
    ),
    needed(
        "date_support_end",
        where=_IS_COMPLETED,
        when="where end_reason is COMPLETED",
        rule_id="R10",
    ),
    needed(
        "onward_service_id",
        where=_IS_REFERRED_ON,
        when="where end_reason is REFERRED_ON",
    ),
    needed("planned_exit", where=_IS_CLOSED, when="where status is CLOSED"),
    Rule(
        rule_id="R11",
        level="W",
        reason="LONG_WAIT",
        column="date_accepted",
        holds=if_then(
            blank("date_support_start"),
            or_empty(
                pl.col("_as_of") - pl.col("date_accepted") < timedelta(days=LONG_WAIT_DAYS),
                "date_accepted",
            ),
        ),
        expected=f"support within {LONG_WAIT_DAYS} days of acceptance",
        advice="Check whether support has begun, or the referral has ended.",
    ),
)
