"""The contract of fraud reports: monthly snapshots of what was reported nationally, by force."""

from typing import Final

from schemas.supplied.conditions import is_one, not_before, unwanted
from schemas.supplied.field import SAMPLE_FIELD, Contract, Field
from schemas.supplied.fields import amount, code, count, text
from schemas.supplied.lists import AGE_BAND, Codes

FRAUD_TYPE: Final[Codes] = {
    "ADVANCE_FEE": "Advance fee",
    "SHOPPING_AUCTION": "Online shopping and auctions",
    "DATING": "Dating",
    "INVESTMENT": "Investment",
    "PAYMENT": "Cheque, card and bank account",
    "VIRUS": "Computer virus",
    "HACK_SOCIAL_EMAIL": "Hacking of social media and e-mail",
    "HACK_PERSONAL": "Hacking of a person's devices",
    "HACK_EXTORTION": "Hacking with extortion",
    "HACK_SERVER": "Hacking of a server",
    "DENIAL_OF_SERVICE": "Denial of service",
    "OTHER": "Other",
}

FRAUD_VICTIM: Final[Codes] = {"INDIVIDUAL": "A person", "ORGANISATION": "An organisation"}


def _month(name: str, meaning: str) -> Field:
    return Field(name=name, kind="month", meaning=meaning, is_required=True)


FRAUD_REPORT: Final = Contract(
    table="fraud_reports",
    title="Reports of fraud",
    row="month, force, type of fraud, kind of victim and age, in one snapshot",
    fields=(
        _month("snapshot_month", "Month in which the figures were taken"),
        _month("period_month", "Month of the reports"),
        text("force", "Police force", is_required=True),
        code("type", FRAUD_TYPE, "Type of fraud", is_required=True),
        code("victim_type", FRAUD_VICTIM, "Who was defrauded", is_required=True),
        code("age_band", AGE_BAND, "Age; blank for organisations and where not given"),
        count("reports", "Reports", is_required=True),
        amount("loss_gbp", "Reported loss in pounds"),
        amount(
            "median_loss_gbp",
            "Median reported loss in pounds of the type and kind of victim in the month, all ages "
            "together, where it is given; the same in the row of each age",
        ),
        SAMPLE_FIELD,
    ),
    rules=(
        not_before("snapshot_month", "period_month"),
        unwanted(
            "age_band",
            where=is_one("victim_type", ("ORGANISATION",)),
            when="where victim_type is ORGANISATION",
        ),
    ),
    is_about_people=False,
    period_field="snapshot_month",
    unique=("snapshot_month", "period_month", "force", "type", "victim_type", "age_band"),
)
"""Counts that are published nationally. Names of types are to be held against the first file that
arrives: they were not seen in a source."""
