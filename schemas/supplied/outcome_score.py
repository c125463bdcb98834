"""The contract of outcome scores: one row per score of a person at entry, review or exit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final, Literal

import polars as pl

from schemas.rule import Rule
from schemas.supplied.conditions import is_one, known_provider
from schemas.supplied.field import PUBLIC_ID, SAMPLE_FIELD, SENDER_KEY, Contract, Field
from schemas.supplied.lists import Codes


@dataclass(frozen=True)
class Tool:
    """A questionnaire with its range of scores, and whether a higher or lower score is better.

    step: scores are least plus a multiple of it; None where any number between is possible.
    """

    meaning: str
    least: float
    most: float
    better: Literal["UP", "DOWN"]
    step: float | None = None


TOOLS: Final[Mapping[str, Tool]] = MappingProxyType(
    {
        "OUTCOME_STAR": Tool("Outcome star", 1, 10, "UP", step=1),
        "CORE10": Tool("CORE-10, distress", 0, 40, "DOWN"),
        "SWEMWBS": Tool("Short scale of mental wellbeing", 7, 35, "UP"),
        "GAD7": Tool("GAD-7, anxiety", 0, 21, "DOWN"),
        "PHQ9": Tool("PHQ-9, depression", 0, 27, "DOWN"),
        "LOCAL_1_5": Tool("The service's own scale of five", 1, 5, "UP"),
    }
)
"""Tools with a known range. Scores of other tools are not checked."""

OTHER_TOOL: Final = "OTHER"

OUTCOME_DOMAIN: Final[Codes] = {
    "COPE": "Better able to cope",
    "RECOVER": "Recovering",
    "SAFER": "Feeling safer",
    "HEALTH_WELLBEING": "Better health and wellbeing",
    "INFORMED": "Better informed",
    "CONFIDENCE_CJS": "More confidence in criminal justice",
    "MENTAL_PHYSICAL_HEALTH": "Need: mental and physical health",
    "SHELTER_ACCOMMODATION": "Need: shelter and accommodation",
    "FAMILY_FRIENDS": "Need: family, friends and children",
    "EDUCATION_WORK": "Need: education, skills and work",
    "DRUGS_ALCOHOL": "Need: drugs and alcohol",
    "FINANCE_BENEFITS": "Need: money and benefits",
    "OUTLOOK_ATTITUDES": "Need: outlook and attitudes",
    "SOCIAL": "Need: contact with others",
}

OCCASION: Final[Codes] = {"ENTRY": "At entry", "REVIEW": "At a review", "EXIT": "At exit"}

COMPLETED_BY: Final[Codes] = {"PERSON": "The person", "WORKER": "The worker", "JOINT": "Both"}

SOON_DAYS: Final = 14
"""An exit score so soon after entry tells little."""

_SCALE: Final = ("provider_id", "referral_id", "tool", "domain")


def _code(name: str, codes: Codes, meaning: str, *, is_required: bool = True) -> Field:
    return Field(name=name, kind="code", codes=codes, meaning=meaning, is_required=is_required)


_FIELDS: Final = (
    Field(
        name="provider_id",
        kind="id",
        meaning="The provider, as in the directory",
        is_required=True,
        pattern=PUBLIC_ID,
    ),
    Field(
        name="referral_id",
        kind="key",
        meaning="The provider's own key of the referral",
        is_required=True,
        pattern=SENDER_KEY,
    ),
    _code(
        "tool",
        {**{code: tool.meaning for code, tool in TOOLS.items()}, OTHER_TOOL: "Another tool"},
        "The questionnaire",
    ),
    _code("domain", OUTCOME_DOMAIN, "What it is about; blank for the whole", is_required=False),
    _code("occasion", OCCASION, "When in the support it was filled in"),
    Field(name="date", kind="date", meaning="Day it was filled in", is_required=True),
    Field(name="score", kind="decimal", meaning="The score", is_required=True),
    _code("completed_by", COMPLETED_BY, "Who filled it in", is_required=False),
)


def _is_in_range() -> pl.Expr:
    """Return where the score is possible with the tool; null for tools without a known range."""
    possible = pl.lit(None, dtype=pl.Boolean)
    for code, tool in TOOLS.items():
        is_within = pl.col("score").is_between(tool.least, tool.most)
        if tool.step is not None:
            is_within &= (pl.col("score") - tool.least) % tool.step == 0
        possible = pl.when(pl.col("tool") == code).then(is_within).otherwise(possible)
    return possible.fill_null(value=True)


def _ranges() -> str:
    return ", ".join(f"{code} {tool.least:g} to {tool.most:g}" for code, tool in TOOLS.items())


def _date_of(occasion: str) -> pl.Expr:
    return pl.when(pl.col("occasion") == occasion).then(pl.col("date"))


_FIRST_ENTRY: Final = _date_of("ENTRY").min().over(_SCALE)
_SINCE_ENTRY: Final = _date_of("EXIT") - _FIRST_ENTRY

_RULES: Final = (
    known_provider(),
    Rule(
        rule_id="O01",
        reason="SCORE_OUT_OF_RANGE",
        column="score",
        holds=_is_in_range(),
        expected=f"a score the tool can give: {_ranges()}; whole points for the outcome star",
        advice="Check the score and the tool.",
    ),
    Rule(
        rule_id="O02",
        reason="SECOND_ENTRY_OR_EXIT",
        column="occasion",
        # Rows of the same day are copies, of which another rule speaks.
        holds=~is_one("occasion", ("ENTRY", "EXIT"))
        | (pl.col("date").n_unique().over(*_SCALE, "occasion") <= 1),
        expected="at most one ENTRY and one EXIT for a referral, tool and domain",
        advice="Find out which one counts; the others are reviews.",
    ),
    Rule(
        rule_id="O03",
        level="W",
        reason="EXIT_SOON_AFTER_ENTRY",
        column="date",
        holds=(~_SINCE_ENTRY.is_between(timedelta(), timedelta(days=SOON_DAYS))).fill_null(
            value=True
        ),
        expected=f"more than {SOON_DAYS} days between ENTRY and EXIT",
        advice="Check the two days; so soon, a change tells little.",
    ),
    Rule(
        rule_id="O04",
        reason="NEGATIVE_INTERVAL",
        column="date",
        holds=(timedelta() <= _SINCE_ENTRY).fill_null(value=True),
        expected="the EXIT on or after the ENTRY of the same referral, tool and domain",
        advice="Compare the two rows at the source: a date or an occasion is wrong.",
    ),
)

OUTCOME_SCORE: Final = Contract(
    table="outcome_scores",
    title="Outcome scores",
    row="score of a person with one tool, on one occasion",
    fields=(*_FIELDS, SAMPLE_FIELD),
    rules=_RULES,
    is_about_people=True,
    period_field="date",
    sender_field="provider_id",
    unique=("provider_id", "referral_id", "tool", "domain", "occasion", "date"),
    context=MappingProxyType[str, pl.DataType]({"_provider_known": pl.Boolean()}),
)
