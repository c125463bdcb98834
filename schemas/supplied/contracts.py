"""Every supplied table, by name."""

from typing import Final

from schemas.supplied.case_update import CASE_UPDATE
from schemas.supplied.code_case import CODE_CASE
from schemas.supplied.field import Contract
from schemas.supplied.outcome_score import OUTCOME_SCORE
from schemas.supplied.referral import REFERRAL

CONTRACTS: Final[tuple[Contract, ...]] = (
    REFERRAL,
    CODE_CASE,
    CASE_UPDATE,
    OUTCOME_SCORE,
)
"""In the order in which the templates and the data dictionary name them."""


def contract(table: str) -> Contract:
    """Return the contract of a table.

    Raises:
        KeyError: no such table is supplied.
    """
    return {each.table: each for each in CONTRACTS}[table]
