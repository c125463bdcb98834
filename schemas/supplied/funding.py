"""The contract of funding: one row per fund, financial year and service."""

from types import MappingProxyType
from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.conditions import known_service
from schemas.supplied.field import SAMPLE_FIELD, Contract, Field
from schemas.supplied.fields import amount, code, identifier, text
from schemas.supplied.lists import Codes

FUNDING_STREAM: Final[Codes] = {
    "MOJ_CORE": "Ministry of Justice, core",
    "MOJ_DA_SV": "Ministry of Justice, domestic and sexual abuse",
    "MOJ_ISVA_IDVA": "Ministry of Justice, advisers",
    "HO_VAWG": "Home Office, violence against women and girls",
    "PCC_LOCAL": "The commissioner's own budget",
    "LA": "Councils",
    "ICB": "Integrated care board",
    "OTHER": "Other",
}

AREA_SPLIT: Final[Codes] = {
    "POPULATION": "By residents",
    "CRIME": "By recorded crime",
    "NEED": "By estimated need",
    "ACTUAL": "As it was spent",
    "NONE": "Not split",
}

MOST_OVER_BUDGET: Final = 0.10
MOST_FROM_CONTRACT: Final = 0.25

_HAS_ENDED: Final = pl.col("financial_year").dt.offset_by("1y") <= pl.col("_as_of")
_OF_SERVICE: Final = pl.col("actual_gbp").sum().over("service_id", "financial_year")
_FROM_CONTRACT: Final = (_OF_SERVICE - pl.col("_annual_value_gbp")).abs()

_RULES: Final = (
    known_service(),
    Rule(
        rule_id="M01",
        reason="NEGATIVE_SPEND",
        column="actual_gbp",
        holds=or_empty(pl.col("actual_gbp") >= 0, "actual_gbp"),
        expected="0 or more",
        advice="Send what was spent in all; take money paid back off the sum it was part of.",
    ),
    Rule(
        rule_id="M02",
        level="W",
        reason="OVER_BUDGET",
        column="actual_gbp",
        holds=or_empty(
            pl.col("actual_gbp") <= pl.col("budget_gbp") * (1 + MOST_OVER_BUDGET),
            "actual_gbp",
            "budget_gbp",
        ),
        expected=f"at most {MOST_OVER_BUDGET:.0%} over the budget ({{budget_gbp:text}})",
        advice="Check both sums, or note why more was spent.",
    ),
    Rule(
        rule_id="M03",
        level="W",
        reason="FAR_FROM_CONTRACT_VALUE",
        column="actual_gbp",
        # A year that still runs is not compared: not all of it is spent.
        holds=or_empty(
            pl.col("_annual_value_gbp") * MOST_FROM_CONTRACT >= _FROM_CONTRACT,
            "actual_gbp",
            "service_id",
            "_annual_value_gbp",
        )
        | ~_HAS_ENDED.fill_null(value=False),
        expected=(
            f"all spend on the service in the year within {MOST_FROM_CONTRACT:.0%} of "
            "annual_value_gbp in the directory"
        ),
        advice="Check the spend and the directory; another fund may be missing.",
    ),
)

FUNDING: Final = Contract(
    table="funding",
    title="Funding",
    row="fund, financial year and service",
    fields=(
        identifier("fund_id", "The office's code of the fund"),
        Field(
            name="financial_year",
            kind="financial_year",
            meaning="Financial year; budgets may be sent before it begins",
            is_required=True,
            may_be_future=True,
        ),
        code("stream", FUNDING_STREAM, "Where the money comes from", is_required=True),
        identifier(
            "service_id", "The service it pays for; blank where it pays for none", is_required=False
        ),
        amount("budget_gbp", "Pounds budgeted for the year", is_required=True),
        amount("actual_gbp", "Pounds spent so far; blank where not known yet", least=None),
        code("area_split_rule", AREA_SPLIT, "How spend is shared among districts"),
        text("note", "What the sums need to be understood; nothing about a person"),
        SAMPLE_FIELD,
    ),
    rules=_RULES,
    is_about_people=False,
    period_field="financial_year",
    unique=("fund_id", "financial_year", "service_id"),
    context=MappingProxyType[str, pl.DataType](
        {"_service_known": pl.Boolean(), "_annual_value_gbp": pl.Float64()}
    ),
)
"""Context: `_annual_value_gbp`, the value of the service's contract by the directory."""
