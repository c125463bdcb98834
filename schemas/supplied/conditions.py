"""Conditions and common rules from which the contracts' cross-field rules are made."""

from collections.abc import Collection
from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty

_EVERYWHERE: Final = pl.lit(value=True)


def given(field: str) -> pl.Expr:
    """Return where the field is filled in, understood or not."""
    return pl.col(f"{field}:text").is_not_null()


def blank(field: str) -> pl.Expr:
    """Return where the field is left empty."""
    return pl.col(f"{field}:text").is_null()


def is_one(field: str, codes: Collection[str]) -> pl.Expr:
    """Return where the field has one of the codes; false where it is empty."""
    return pl.col(field).is_in(list(codes)).fill_null(value=False)


def has(field: str, code: str) -> pl.Expr:
    """Return where a field of several codes has this one; false where it is empty."""
    return pl.col(field).list.contains(code).fill_null(value=False)


def if_then(condition: pl.Expr, then: pl.Expr) -> pl.Expr:
    """Return where the condition is false, or what follows from it is true."""
    return ~condition | then


def not_before(later: str, *earlier: str, where: pl.Expr = _EVERYWHERE, rule_id: str = "") -> Rule:
    """Return the rule that a day does not come before others; empty days are not compared.

    `{<field>:text}` in what is expected stands for that column of the row: the earlier day as it
    stood in the file.
    """
    in_order = pl.all_horizontal(
        or_empty(pl.col(later) >= pl.col(each), later, each) for each in earlier
    )
    days = " and ".join(f"{name} ({{{name}:text}})" for name in earlier)
    return Rule(
        rule_id=rule_id,
        reason="NEGATIVE_INTERVAL",
        column=later,
        holds=if_then(where, in_order),
        expected=f"{later} on or after {days}",
        advice=f"Compare {later} with {' and '.join(earlier)} at the source: one is wrong.",
    )


def needed(field: str, *, where: pl.Expr, when: str, rule_id: str = "") -> Rule:
    """Return the rule that a field is filled in where a condition is true, put into words."""
    return Rule(
        rule_id=rule_id,
        reason="MISSING_VALUE",
        column=field,
        holds=if_then(where.fill_null(value=False), given(field)),
        expected=f"a value {when}",
        advice=f"Fill in {field} at the source and send the file again.",
    )


def unwanted(field: str, *, where: pl.Expr, when: str, rule_id: str = "") -> Rule:
    """Return the rule that a field is left empty where a condition is true, put into words."""
    return Rule(
        rule_id=rule_id,
        reason="UNEXPECTED_VALUE",
        column=field,
        holds=if_then(where.fill_null(value=False), blank(field)),
        expected=f"nothing {when}",
        advice=f"Take out {field}, or correct what it contradicts.",
    )


def known_provider() -> Rule:
    """Return the rule that the provider is in the directory, by the context `_provider_known`.

    `{nearest}` stands for the known code most like the one found.
    """
    return _known("provider_id", "_provider_known", reason="UNKNOWN_PROVIDER", thing="provider")


def known_service(field: str = "service_id", context: str = "_service_known") -> Rule:
    """Return the rule that a service is in the directory, by a context column of truth values."""
    return _known(field, context, reason="UNKNOWN_SERVICE", thing="service")


def _known(field: str, context: str, *, reason: str, thing: str) -> Rule:
    return Rule(
        reason=reason,
        column=field,
        holds=or_empty(pl.col(context).fill_null(value=False), field),
        expected=f"a {thing} of the directory; the nearest is {{nearest}}",
        advice=f"Correct the code, or load the directory with this {thing} first.",
    )
