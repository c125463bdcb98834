"""The contract of providers' returns: one row per figure of a service in a quarter."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

from schemas.supplied.field import SAMPLE_FIELD, Contract, Field
from schemas.supplied.fields import amount, code, day, identifier, text
from schemas.supplied.lists import (
    AGE_BAND,
    CRIME_GROUP,
    DISABILITY,
    ETHNIC_GROUP,
    LA_CODE,
    SEX,
    SOURCE,
    Codes,
)
from schemas.supplied.outcome_score import OUTCOME_DOMAIN
from schemas.supplied.provider_return_rules import (
    ALL,
    IMPROVED,
    MEASURED,
    breakdown_value_rule,
    return_rules,
)
from schemas.supplied.referral_fields import END_REASON

MEASURE: Final[Codes] = MappingProxyType(
    {
        "REFERRALS_IN": "Referrals received",
        "REFERRALS_ACCEPTED": "Referrals accepted",
        "NEW_PEOPLE": "People newly supported",
        "ACTIVE_START": "People supported at the start of the quarter",
        "ACTIVE_END": "People supported at the end of the quarter",
        "CLOSED_PLANNED": "People whose support ended as planned",
        "CLOSED_UNPLANNED": "People whose support ended otherwise",
        "WAITING_END": "People waiting at the end of the quarter",
        "LONGEST_WAIT_DAYS": "Longest wait, in days",
        "CONTACTS": "Contacts",
        "SESSIONS": "Sessions",
        "FTE_IDVA": "Domestic violence advisers, full-time equivalents",
        "FTE_ISVA": "Sexual violence advisers, full-time equivalents",
        "FTE_OTHER": "Other staff, full-time equivalents",
        "VACANCY_FTE": "Vacant posts, full-time equivalents",
        **{f"{MEASURED}{each}": f"Measured: {name}" for each, name in OUTCOME_DOMAIN.items()},
        **{f"{IMPROVED}{each}": f"Improved: {name}" for each, name in OUTCOME_DOMAIN.items()},
        "COMPLAINTS": "Complaints received",
        "CASE_STUDIES": "Case studies written",
        "UNMET_TURNED_AWAY": "People turned away for want of capacity",
        "SPEND_GBP": "Spend in pounds",
    }
)

BREAKDOWNS: Final[Mapping[str, Codes]] = MappingProxyType(
    {
        ALL: {ALL: "Everyone"},
        "LA": LA_CODE,
        "CRIME_GROUP": CRIME_GROUP,
        "SOURCE": SOURCE,
        "AGE": AGE_BAND,
        "SEX": SEX,
        "ETHNIC": ETHNIC_GROUP,
        "DISABILITY": DISABILITY,
        "OUTCOME": END_REASON,
    }
)
"""Breakdown → the values it has, named as in the referrals."""

BREAKDOWN: Final[Codes] = MappingProxyType(
    {
        ALL: "The whole",
        "LA": "By district of the home: la_code",
        "CRIME_GROUP": "By crime group: crime_group",
        "SOURCE": "By source of the referral: source",
        "AGE": "By age: age_band",
        "SEX": "By sex: sex",
        "ETHNIC": "By ethnic group: ethnic_group",
        "DISABILITY": "By disability: disability",
        "OUTCOME": "By how support ended: end_reason",
    }
)

PROVIDER_RETURN: Final = Contract(
    table="provider_returns",
    title="Quarterly returns of providers",
    row="figure of a service in a quarter, whole or one value of a breakdown",
    fields=(
        identifier("provider_id", "The provider, as in the directory"),
        identifier("service_id", "The service, as in the directory"),
        Field(
            name="quarter",
            kind="quarter",
            meaning="Quarter, once it has ended",
            is_required=True,
            may_be_future=True,  # P01 says more.
        ),
        code("measure", MEASURE, "What the figure is", is_required=True),
        code("breakdown", BREAKDOWN, "What it is broken down by", is_required=True),
        Field(
            name="breakdown_value",
            kind="id",
            meaning="A value of that field of the referrals; ALL where breakdown is ALL",
            is_required=True,
            pattern=r"[A-Za-z0-9_+-]{1,40}",
        ),
        amount("value", "The figure", is_required=True),
        text("note", "What the figure needs to be understood; nothing about a person"),
        day("submitted_on", "When the return was submitted", is_required=True),
        SAMPLE_FIELD,
    ),
    rules=(breakdown_value_rule(BREAKDOWNS), *return_rules()),
    is_about_people=True,
    period_field="quarter",
    sender_field="provider_id",
    unique=("provider_id", "service_id", "quarter", "measure", "breakdown", "breakdown_value"),
    unique_rule="P06",
    context=MappingProxyType[str, pl.DataType](
        {
            "_provider_known": pl.Boolean(),
            "_service_known": pl.Boolean(),
            "_last_year_value": pl.Float64(),
            "_last_quarter_active_end": pl.Float64(),
        }
    ),
)
"""Counts of people in small groups: protected like rows about people. Context, null where there is
none: `_last_year_value`, the same figure four quarters earlier; `_last_quarter_active_end`, the
whole ACTIVE_END of the same service in the quarter before (which may stand in the same file)."""
