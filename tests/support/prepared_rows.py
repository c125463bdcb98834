"""One good prepared row of each supplied table, to be spoilt by one test at a time."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from schemas.rule import Level, Rule, broken_rules
from schemas.rule_contract import contract_of
from schemas.supplied.contracts import contract
from schemas.supplied.field import Contract
from schemas.supplied.field_rules import field_rules
from schemas.supplied.satisfaction import FEW_ANSWERS
from tests.support.good_rows import SERVICES, Row

AS_OF: Final = date(2026, 11, 1)

_REFERRAL: Final[Row] = {
    "referral_id": "R-0001",
    "person_key": "a3f9c2d1e8b74650",
    "provider_id": "P01",
    "service_id": "P01-A",
    "source": "POLICE",
    "crime_reported_to_police": "Y",
    "crime_group": "DA",
    "online_flag": "N",
    "la_code": "E06000019",
    "age_band": "25-34",
    "sex": "F",
    "ethnic_group": "WHITE",
    "disability": "N",
    "enhanced": "Y",
    "enhanced_reason": ["SERIOUS"],
    "priority_flags": ["DA"],
    "repeat_victim": "N",
    "consent_basis": "CONSENT",
    "date_crime_reported": date(2026, 7, 1),
    "date_referred": date(2026, 7, 2),
    "date_received": date(2026, 7, 2),
    "date_first_attempt": date(2026, 7, 3),
    "date_first_contact": date(2026, 7, 6),
    "date_accepted": date(2026, 9, 1),
    "date_support_start": date(2026, 9, 7),
    "status": "ACTIVE",
    "support_types": ["ADVOCACY_IDVA"],
    "mode": ["PHONE"],
    "_provider_known": True,
    "_service_known": True,
    "_service_start": date(2025, 4, 1),
    "_service_end": date(2027, 3, 31),
    "_service_areas": ["E06000019", "E06000051"],
    "_service_is_force_wide": False,
}

_CODE_CASE: Final[Row] = {
    "case_key": "C-0001",
    "person_key": "a3f9c2d1e8b74650",
    "la_code": "E06000019",
    "crime_group": "DA",
    "victim_type": "PERSON",
    "date_reported": date(2026, 7, 1),
    "date_recorded": date(2026, 7, 2),
    "needs_assessment_date": date(2026, 7, 2),
    "enhanced": "Y",
    "enhanced_reason": ["SERIOUS"],
    "consent_to_refer": "Y",
    "referred_date": date(2026, 7, 3),
    "vps_offered_date": date(2026, 7, 4),
    "vps_made_date": date(2026, 7, 5),
    "_assessed_due": date(2026, 7, 8),
}

_CASE_UPDATE: Final[Row] = {
    "case_key": "C-0001",
    "event": "ARREST",
    "owner": "POLICE",
    "event_date": date(2026, 7, 6),
    "told_date": date(2026, 7, 7),
    "method": "PHONE",
    "enhanced": "Y",
    "_due": date(2026, 7, 7),
}

_OUTCOME_SCORE: Final[Row] = {
    "provider_id": "P01",
    "referral_id": "R-0001",
    "tool": "OUTCOME_STAR",
    "domain": "COPE",
    "occasion": "ENTRY",
    "date": date(2026, 7, 10),
    "score": 4.0,
    "completed_by": "JOINT",
    "_provider_known": True,
}

GOOD: Final[Mapping[str, Row]] = {
    "referrals": _REFERRAL,
    "code_cases": _CODE_CASE,
    "case_updates": _CASE_UPDATE,
    "outcome_scores": _OUTCOME_SCORE,
    **SERVICES,
}


def enough(table: str) -> tuple[Row, ...]:
    """Return changes of the good row that make a file without oddities; surveys need many rows."""
    if table != "satisfaction":
        return ({},)
    return tuple({"survey_id": f"A-{number:04d}"} for number in range(FEW_ANSWERS))


def prepared(table: str, *changes: Mapping[str, object]) -> pl.DataFrame:
    """Return a prepared frame with one row for each set of changes to the good row.

    A change of `<field>` changes the text too; of `<field>:text` the text alone, as if it had not
    been understood. Lines are numbered from 2.
    """
    what = contract(table)
    rows = [_in_full(what, {**GOOD[table], **each}) for each in changes]
    frame = pl.DataFrame(
        [row | {"line": line} for line, row in enumerate(rows, start=2)], schema=what.prepared
    )
    if not what.unique:
        return frame
    copies = pl.len().over(what.unique) > 1
    first = pl.when(copies).then(pl.col("line").min().over(what.unique))
    return frame.with_columns(first_line=first)


def broken(table: str, *changes: Mapping[str, object]) -> dict[str, list[int]]:
    """Return the broken rules as `R04 NEGATIVE_INTERVAL date_first_contact` with the lines.

    One pass finds the broken rules, Pandera the lines; the two must agree.
    """
    rows = prepared(table, *changes)
    what = contract(table)
    rules = every_rule(what)
    found = broken_rules(rows, rules)
    by_name = {rule.name: f"{rule.rule_id} {rule.reason} {rule.column}".strip() for rule in rules}
    lines = _lines_by_pandera(rows, contract_of(what.prepared, found))
    assert set(lines) == {rule.name for rule in found}
    return {by_name[name]: each for name, each in lines.items()}


def spoilt(table: str, **changes: object) -> list[str]:
    """Return the rules that the good row breaks after these changes."""
    return sorted(broken(table, changes))


def only(table: str, rule: str, level: Level, **changes: object) -> None:
    """Assert that the good row with these changes breaks this rule alone, and the rule's level."""
    assert spoilt(table, **changes) == [rule]
    assert level_of(table, rule) == level


def level_of(table: str, broken_rule: str) -> Level:
    """Return whether a rule, named as by `broken`, sets the row aside (E) or warns (W)."""
    what = contract(table)
    return next(
        rule.level
        for rule in every_rule(what)
        if f"{rule.rule_id} {rule.reason} {rule.column}".strip() == broken_rule
    )


def every_rule(what: Contract) -> tuple[Rule, ...]:
    """Return the rules that follow from the fields, and those of the contract."""
    return (*field_rules(what), *what.rules)


def _in_full(what: Contract, row: Row) -> Row:
    text = {f"{name}:text": _as_text(row.get(name)) for name in what.names}
    misread: Row = {
        key.removesuffix(":text"): None
        for key, value in row.items()
        if key.endswith(":text") and value is not None
    }
    return {"_as_of": AS_OF, **text, **row, **misread}


def _as_text(value: object) -> str | None:
    if value is None:
        return None
    return "|".join(value) if isinstance(value, list) else str(value)


def _lines_by_pandera(rows: pl.DataFrame, schema: pa.DataFrameSchema) -> dict[str, list[int]]:
    try:
        schema.validate(rows, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases.select("check", pl.col("index").cast(pl.Int64)).unique()
        lines: dict[str, list[int]] = {}
        for name, index in cases.sort("index").iter_rows():
            lines.setdefault(name, []).append(rows["line"][index])
        return lines
    return {}
