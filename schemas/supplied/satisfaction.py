"""Contracts of the survey: answers, invitations, and themes of what people said."""

from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.complaint import THEME
from schemas.supplied.field import SAMPLE_FIELD, Contract, Field
from schemas.supplied.fields import amount, code, count, key
from schemas.supplied.lists import (
    AGE_BAND,
    CRIME_GROUP,
    DISABILITY,
    ETHNIC_GROUP,
    LA_CODE,
    SEX,
    YES_NO,
    Codes,
)

CHANNEL: Final[Codes] = {
    "PHONE": "By telephone",
    "SMS": "By text message",
    "ONLINE": "Online",
    "FACE": "Face to face",
}

POPULATION: Final[Codes] = {
    "POLICE_VICTIM": "People whose crime the police recorded",
    "SERVICE_USER": "People whom a service supported",
    "WITNESS": "Witnesses",
}

_NO_ANSWER: Final[Codes] = {"NR": "No answer"}
_DOES_NOT_APPLY: Final[Codes] = {"NA": "Does not apply"}

SATISFIED: Final[Codes] = {
    "COMPLETELY": "Completely satisfied",
    "VERY": "Very satisfied",
    "FAIRLY": "Fairly satisfied",
    "NEITHER": "Neither",
    "FAIRLY_DIS": "Fairly dissatisfied",
    "VERY_DIS": "Very dissatisfied",
    "COMPLETELY_DIS": "Completely dissatisfied",
    **_DOES_NOT_APPLY,
    **_NO_ANSWER,
}

FIVE_POINTS: Final[Codes] = {
    "1": "Not at all",
    "2": "A little",
    "3": "Neither",
    "4": "Mostly",
    "5": "Fully",
    **_NO_ANSWER,
}

TOLD: Final[Codes] = {**YES_NO, **_NO_ANSWER}
TOLD_IF_DUE: Final[Codes] = {**YES_NO, **_DOES_NOT_APPLY, **_NO_ANSWER}

SENTIMENT: Final[Codes] = {
    "POSITIVE": "Positive",
    "NEGATIVE": "Negative",
    "MIXED": "Both",
    "NEUTRAL": "Neither",
}

FEW_ANSWERS: Final = 30

_QUARTER: Final = Field(
    name="quarter", kind="quarter", meaning="Quarter of the interview", is_required=True
)

_ABOUT: Final = (
    key("survey_id", "The survey's own key of the set of answers"),
    _QUARTER,
    code("channel", CHANNEL, "How the person was asked", is_required=True),
    code("population", POPULATION, "Who was asked", is_required=True),
    code("crime_group", CRIME_GROUP, "The crime", is_required=True),
    code("la_code", LA_CODE, "District of the home", is_required=True),
    code("age_band", AGE_BAND, "Age"),
    code("sex", SEX, "Sex"),
    code("ethnic_group", ETHNIC_GROUP, "Ethnic group"),
    code("disability", DISABILITY, "Disability"),
    amount("weight", "Weight of the answers; 1 in surveys without", is_required=True, least=None),
)

_ANSWERS: Final = (
    code("q_overall", SATISFIED, "Satisfied over all", is_required=True),
    code("q_first_contact", SATISFIED, "Satisfied with the first contact"),
    code("q_actions", SATISFIED, "Satisfied with what was done"),
    code("q_kept_informed", SATISFIED, "Satisfied with being kept informed"),
    code("q_treatment", SATISFIED, "Satisfied with the treatment"),
    code("aware_code", TOLD, "Knows of the Victims' Code"),
    code("offered_support", TOLD, "Was offered support"),
    code("offered_vps", TOLD_IF_DUE, "Was offered a personal statement"),
    code("better_able_to_cope", FIVE_POINTS, "Is better able to cope"),
    code("safer", FIVE_POINTS, "Feels safer"),
    code("recommend", FIVE_POINTS, "Would recommend the service"),
)

SATISFACTION: Final = Contract(
    table="satisfaction",
    title="Survey of victims",
    row="set of answers of one person",
    fields=(*_ABOUT, *_ANSWERS, SAMPLE_FIELD),
    rules=(
        Rule(
            rule_id="F01",
            reason="WEIGHT_NOT_POSITIVE",
            column="weight",
            holds=or_empty(pl.col("weight") > 0, "weight"),
            expected="more than 0",
            advice="Send 1 where the survey is not weighted.",
        ),
        Rule(
            rule_id="F02",
            level="W",
            reason="FEW_ANSWERS",
            column="crime_group",
            holds=pl.len().over("quarter", "crime_group") >= FEW_ANSWERS,
            expected=f"at least {FEW_ANSWERS} sets of answers for a crime group and quarter",
            advice="Nothing: shares from so few answers are uncertain and read as indicative.",
        ),
    ),
    is_about_people=True,
    period_field="quarter",
    unique=("survey_id",),
)

SATISFACTION_INVITE: Final = Contract(
    table="satisfaction_invites",
    title="Invitations to the survey",
    row="quarter, channel and crime group",
    fields=(
        _QUARTER,
        code("channel", CHANNEL, "How people were asked", is_required=True),
        code("crime_group", CRIME_GROUP, "The crime", is_required=True),
        count("invited", "People invited", is_required=True),
        count("completed", "People who answered", is_required=True),
        SAMPLE_FIELD,
    ),
    rules=(
        Rule(
            rule_id="F03",
            reason="MORE_ANSWERS_THAN_INVITED",
            column="completed",
            holds=or_empty(pl.col("completed") <= pl.col("invited"), "completed", "invited"),
            expected="at most the number invited ({invited:text})",
            advice="Check both numbers; people reached in another way are invited as well.",
        ),
    ),
    is_about_people=True,
    period_field="quarter",
    unique=("quarter", "channel", "crime_group"),
)
"""Counts of people: only protected cells of them leave, although no row is one person."""

FEEDBACK_THEME: Final = Contract(
    table="feedback_themes",
    title="Themes of feedback",
    row="quarter, theme, sentiment and crime group",
    fields=(
        _QUARTER,
        code("theme", THEME, "What was spoken of", is_required=True),
        code("sentiment", SENTIMENT, "In which sense", is_required=True),
        count("count", "Comments with this theme; no comment is sent", is_required=True),
        code("crime_group", CRIME_GROUP, "The crime; blank where it was not kept"),
        SAMPLE_FIELD,
    ),
    rules=(),
    is_about_people=True,
    period_field="quarter",
    unique=("quarter", "theme", "sentiment", "crime_group"),
)
"""Counts of comments by people: only protected cells of them leave."""
