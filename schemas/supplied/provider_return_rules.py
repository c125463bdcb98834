"""Rules of providers' returns, which compare rows of one service and quarter with each other.

Figures are compared within one file. A row at fault is set aside alone: where figures contradict
each other, the one that follows from the others (a part, an end) is the one spoken of.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from schemas.rule import Level, Rule, or_empty
from schemas.supplied.conditions import if_then, is_one, known_provider, known_service
from schemas.supplied.lists import Codes

ALL: Final = "ALL"
MEASURED: Final = "OUTCOME_MEASURED_"
IMPROVED: Final = "OUTCOME_IMPROVED_"

NOT_ADDED: Final = ("LONGEST_WAIT_DAYS",)
"""Measures whose values do not add up to the whole."""

SUM_WARNS_OVER: Final = 0.02
SUM_FAILS_OVER: Final = 0.05
CASELOAD_WITHIN: Final = 3
CHANGE_SHARE: Final = 0.5
CHANGE_LEAST: Final = 20

_RETURN: Final = ("provider_id", "service_id", "quarter")
_IS_WHOLE: Final = is_one("breakdown", (ALL,))
# Values of decimals such as 0.1 + 0.2 may miss their sum by this much.
_EXACT: Final = 1e-6


def breakdown_value_rule(values: Mapping[str, Codes]) -> Rule:
    """Return the rule that a value belongs to its breakdown; blanks are spoken of elsewhere."""
    belongs = pl.lit(None, dtype=pl.Boolean)
    for breakdown, codes in values.items():
        is_value = pl.col("breakdown_value").is_in(list(codes))
        belongs = pl.when(pl.col("breakdown") == breakdown).then(is_value).otherwise(belongs)
    return Rule(
        reason="BAD_CODE",
        column="breakdown_value",
        holds=belongs.fill_null(value=True),
        expected="a value of the field that breakdown ({breakdown:text}) names",
        advice="Use a code of that field's list; Excel may have taken an age band for a date.",
    )


def return_rules() -> tuple[Rule, ...]:
    """Return the rules P01 to P07, after those for provider and service."""
    return (
        known_provider(),
        known_service(),
        _quarter_has_ended(),
        *_parts_add_up(),
        *_caseload_moves(),
        _improved_within_measured(),
        _like_last_year(),
        _one_submission(),
        _starts_where_it_ended(),
    )


def _quarter_has_ended() -> Rule:
    ended = pl.col("quarter").dt.offset_by("3mo") <= pl.col("_as_of")
    return Rule(
        rule_id="P01",
        reason="FUTURE_QUARTER",
        column="quarter",
        holds=or_empty(ended, "quarter"),
        expected="a quarter that has ended",
        advice="Check the quarter; Q1 is April to June.",
    )


def _parts_add_up() -> tuple[Rule, Rule]:
    """Compare the parts with the whole, where there is one. Not known counts as a part."""
    parts = pl.col("value").sum().over(*_RETURN, "measure", "breakdown")
    whole = pl.col("value").filter(_IS_WHOLE).first().over(*_RETURN, "measure")
    gap = (parts - whole).abs()
    is_left_out = _IS_WHOLE | is_one("measure", NOT_ADDED)

    def rule(level: Level, reason: str, most: float, holds: pl.Expr) -> Rule:
        return Rule(
            rule_id="P02",
            level=level,
            reason=reason,
            column="value",
            holds=is_left_out | holds.fill_null(value=True),
            expected=f"parts that add up to the value for ALL, within {most:.0%} of it",
            advice="Check the parts; people whose answer is not known are a part as well, NK.",
        )

    fails = gap > whole * SUM_FAILS_OVER + _EXACT
    warns = gap > whole * SUM_WARNS_OVER + _EXACT
    return (
        rule("W", "PARTS_DIFFER_A_LITTLE", SUM_WARNS_OVER, fails | ~warns),
        rule("E", "PARTS_DO_NOT_ADD_UP", SUM_FAILS_OVER, ~fails),
    )


def _whole_of(measure: str) -> pl.Expr:
    """Return the service's whole figure of the quarter, null where there is none."""
    is_it = _IS_WHOLE & is_one("measure", (measure,))
    return pl.col("value").filter(is_it).first().over(_RETURN)


def _caseload_moves() -> tuple[Rule, Rule]:
    closed = _whole_of("CLOSED_PLANNED") + _whole_of("CLOSED_UNPLANNED")
    gap = (pl.col("value") - (_whole_of("ACTIVE_START") + _whole_of("NEW_PEOPLE") - closed)).abs()
    is_end = _IS_WHOLE & is_one("measure", ("ACTIVE_END",))

    def rule(level: Level, reason: str, how_near: str, holds: pl.Expr) -> Rule:
        return Rule(
            rule_id="P03",
            level=level,
            reason=reason,
            column="value",
            holds=if_then(is_end, holds.fill_null(value=True)),
            expected=f"{how_near} ACTIVE_START + NEW_PEOPLE - CLOSED_PLANNED - CLOSED_UNPLANNED",
            advice="Check the five figures; somebody was counted twice or left out.",
        )

    return (
        rule(
            "W", "CASELOAD_DIFFERS_A_LITTLE", "exactly", (gap <= _EXACT) | (gap > CASELOAD_WITHIN)
        ),
        rule(
            "E", "CASELOAD_DOES_NOT_ADD_UP", f"within {CASELOAD_WITHIN} of", gap <= CASELOAD_WITHIN
        ),
    )


def _improved_within_measured() -> Rule:
    domain = pl.col("measure").str.strip_prefix(IMPROVED).str.strip_prefix(MEASURED)
    is_measured = pl.col("measure").str.starts_with(MEASURED)
    is_improved = pl.col("measure").str.starts_with(IMPROVED).fill_null(value=False)
    same = (*_RETURN, "breakdown", "breakdown_value")
    measured = pl.col("value").filter(is_measured).first().over(*same, domain)
    return Rule(
        rule_id="P04",
        reason="MORE_IMPROVED_THAN_MEASURED",
        column="value",
        holds=if_then(is_improved, (pl.col("value") <= measured).fill_null(value=True)),
        expected="at most the people measured in the same domain",
        advice="Check both figures; only people with two scores can have improved.",
    )


def _like_last_year() -> Rule:
    change = (pl.col("value") - pl.col("_last_year_value")).abs()
    is_large = (change > pl.col("_last_year_value") * CHANGE_SHARE) & (change > CHANGE_LEAST)
    return Rule(
        rule_id="P05",
        level="W",
        reason="UNLIKE_LAST_YEAR",
        column="value",
        holds=or_empty(~is_large, "value", "_last_year_value"),
        expected=(
            f"a change of at most {CHANGE_SHARE:.0%}, or of at most {CHANGE_LEAST}, since the "
            "same quarter last year"
        ),
        advice="Check the figure, or note what has changed.",
    )


def _one_submission() -> Rule:
    return Rule(
        rule_id="P06",
        reason="TWO_SUBMISSIONS",
        column="submitted_on",
        holds=or_empty(pl.col("submitted_on").n_unique().over(_RETURN) == 1, "submitted_on"),
        expected="one day of submission for a service and quarter",
        advice="Send the current return only; it replaces what was sent before.",
    )


def _starts_where_it_ended() -> Rule:
    is_start = _IS_WHOLE & is_one("measure", ("ACTIVE_START",))
    is_same = (pl.col("value") - pl.col("_last_quarter_active_end")).abs() <= _EXACT
    return Rule(
        rule_id="P07",
        level="W",
        reason="START_DIFFERS_FROM_LAST_END",
        column="value",
        holds=if_then(is_start, or_empty(is_same, "value", "_last_quarter_active_end")),
        expected="the ACTIVE_END of the quarter before",
        advice="Check both; correct the earlier return as well where it was wrong.",
    )
