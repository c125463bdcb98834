"""Rules R12 to R16 and R19 to R21 of a referral: the person, the crime, and what repeats."""

from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.conditions import given, has, if_then, is_one, needed, unwanted
from schemas.supplied.lists import ADULT_AGE_BANDS, CHILD_AGE_BANDS, SEXUAL_CRIME_GROUPS

TWICE_WITHIN_DAYS: Final = 14
MOST_UNKNOWN: Final = 0.2
UNKNOWN: Final = ("NK", "NA_ASKED")

_ENHANCED_BY_CRIME: Final = ("DA", "RASSO", "CSA", "CSE", "STALK", "MSHT", "HOMICIDE", "HATE")
_IS_CHILD: Final = is_one("age_band", CHILD_AGE_BANDS)
_IS_ENHANCED: Final = is_one("enhanced", ("Y",))
_IS_NOT_ENHANCED: Final = is_one("enhanced", ("N",))

PERSON: Final = (
    Rule(
        rule_id="R12",
        level="W",
        reason="CHILD_WITHOUT_FLAG",
        column="priority_flags",
        holds=if_then(_IS_CHILD, has("priority_flags", "CYP")),
        expected="CYP among the flags of a person under 18",
        advice="Add CYP at the source; without it children are undercounted.",
    ),
    Rule(
        rule_id="R12",
        reason="CHILD_FLAG_ON_ADULT",
        column="priority_flags",
        holds=if_then(has("priority_flags", "CYP"), ~is_one("age_band", ADULT_AGE_BANDS)),
        expected="no CYP among the flags of a person of 18 or over",
        advice="Correct the age band or the flag.",
    ),
    Rule(
        rule_id="R13",
        level="W",
        reason="CHILD_NOT_ENHANCED",
        column="enhanced",
        holds=~(_IS_CHILD & _IS_NOT_ENHANCED),
        expected="Y for a person under 18, who counts as vulnerable",
        advice="Check the assessment: enhanced rights may have been missed.",
    ),
    Rule(
        rule_id="R14",
        level="W",
        reason="CRIME_NOT_ENHANCED",
        column="enhanced",
        holds=~(is_one("crime_group", _ENHANCED_BY_CRIME) & _IS_NOT_ENHANCED),
        expected=f"Y for crimes of the groups {', '.join(_ENHANCED_BY_CRIME)}",
        advice="Check the assessment: enhanced rights may have been missed.",
    ),
    needed("enhanced_reason", where=_IS_ENHANCED, when="where enhanced is Y", rule_id="R15"),
    unwanted(
        "enhanced_reason",
        where=given("enhanced") & ~_IS_ENHANCED,
        when="unless enhanced is Y",
        rule_id="R15",
    ),
    Rule(
        rule_id="R16",
        level="W",
        reason="IDVA_FOR_OTHER_CRIME",
        column="support_types",
        holds=if_then(
            has("support_types", "ADVOCACY_IDVA"), is_one("crime_group", ("DA", "STALK"))
        ),
        expected="a domestic violence adviser for the crime groups DA and STALK",
        advice="Check the crime group and the kind of support.",
    ),
    Rule(
        rule_id="R16",
        level="W",
        reason="ISVA_FOR_OTHER_CRIME",
        column="support_types",
        holds=if_then(
            has("support_types", "ADVOCACY_ISVA"), is_one("crime_group", SEXUAL_CRIME_GROUPS)
        ),
        expected="a sexual violence adviser for the crime groups RASSO, CSA and CSE",
        advice="Check the crime group and the kind of support.",
    ),
)


def _days_since_last() -> pl.Expr:
    """Return days since the person's last referral to the service for such a crime, or null."""
    same = ("provider_id", "person_key", "service_id", "crime_group")
    return pl.col("date_referred").diff().over(same, order_by="date_referred").dt.total_days()


def _many_unknown(field: str) -> Rule:
    is_unknown = is_one(field, UNKNOWN)
    return Rule(
        rule_id="R20",
        level="W",
        reason="MANY_UNKNOWN",
        column=field,
        holds=~is_unknown | (is_unknown.mean().over("provider_id") <= MOST_UNKNOWN),
        expected=f"NK or NA_ASKED in at most {MOST_UNKNOWN:.0%} of a provider's rows",
        advice="Ask the provider how the question is put, and why it stays open so often.",
    )


REPETITION: Final = (
    Rule(
        rule_id="R19",
        level="W",
        reason="REFERRED_TWICE",
        column="date_referred",
        # Copies of one referral are spoken of by R01.
        holds=(_days_since_last() > TWICE_WITHIN_DAYS).fill_null(value=True)
        | pl.col("first_line").is_not_null(),
        expected=f"one referral of a person to a service for a crime in {TWICE_WITHIN_DAYS} days",
        advice="Check whether the same referral was entered twice.",
    ),
    *(_many_unknown(each) for each in ("age_band", "sex", "ethnic_group", "disability", "la_code")),
    Rule(
        rule_id="R21",
        reason="SAME_CRIME_TWICE",
        column="secondary_crime_group",
        holds=or_empty(
            pl.col("secondary_crime_group") != pl.col("crime_group"),
            "secondary_crime_group",
            "crime_group",
        ),
        expected="another group than crime_group, or nothing",
        advice="Leave the second group empty where there was one kind of crime.",
    ),
)
