"""Every supplied table, by name."""

from typing import Final

from schemas.supplied.assumption import ASSUMPTION, CODE_STANDARD, COMMITMENT, TARGET
from schemas.supplied.case_update import CASE_UPDATE
from schemas.supplied.code_case import CODE_CASE
from schemas.supplied.code_duty import CODE_CHECKLIST, DUTY
from schemas.supplied.complaint import COMPLAINT, LESSON, VRR
from schemas.supplied.delivery_plan import DELIVERY_PLAN
from schemas.supplied.directory import PROVIDER, SERVICE_AREA, SERVICE_GROUP, SERVICE_SITE
from schemas.supplied.directory_service import SERVICE
from schemas.supplied.field import Contract
from schemas.supplied.fraud_report import FRAUD_REPORT
from schemas.supplied.funding import FUNDING
from schemas.supplied.outcome_score import OUTCOME_SCORE
from schemas.supplied.provider_return import PROVIDER_RETURN
from schemas.supplied.referral import REFERRAL
from schemas.supplied.rural_crime import RURAL_CRIME
from schemas.supplied.satisfaction import FEEDBACK_THEME, SATISFACTION, SATISFACTION_INVITE

CONTRACTS: Final[tuple[Contract, ...]] = (
    REFERRAL,
    CODE_CASE,
    CASE_UPDATE,
    OUTCOME_SCORE,
    PROVIDER,
    SERVICE,
    SERVICE_AREA,
    SERVICE_GROUP,
    SERVICE_SITE,
    PROVIDER_RETURN,
    SATISFACTION,
    SATISFACTION_INVITE,
    FEEDBACK_THEME,
    COMPLAINT,
    VRR,
    LESSON,
    FUNDING,
    ASSUMPTION,
    CODE_STANDARD,
    TARGET,
    COMMITMENT,
    DELIVERY_PLAN,
    CODE_CHECKLIST,
    DUTY,
    FRAUD_REPORT,
    RURAL_CRIME,
)
"""In the order in which the templates and the data dictionary name them."""


def contract(table: str) -> Contract:
    """Return the contract of a table.

    Raises:
        KeyError: no such table is supplied.
    """
    return {each.table: each for each in CONTRACTS}[table]
