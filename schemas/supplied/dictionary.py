"""The data dictionary: what each supplied table holds, in words, straight from its contract."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from schemas.reasons import REASONS
from schemas.rule import Level, Rule
from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.copy_rules import copy_rules
from schemas.supplied.dictionary_words import ALLOWED, FORMS, KINDS, SENT
from schemas.supplied.field import FIRST_DAY, Contract, Field, Kind
from schemas.supplied.field_rules import field_rules

LEVELS: Final[Mapping[Level, str]] = MappingProxyType(
    {"E": "row set aside", "W": "loaded with a warning"}
)

MOST_CODES_INLINE: Final = 8
"""A longer list of codes stands on its own, once for all fields that use it."""

_WORDED_OUT: Final = (
    (r" \(\{\w+(:text)?\}\)", ""),
    (r"\{nearest\}", "named in the message"),
    (r"line \{first_line\}", "the line that the message names"),
)
"""What a message fills in from the row at hand, and what readers see in its place."""

_PERIODS: Final[Mapping[Kind, str]] = MappingProxyType(
    {"date": "quarters", "quarter": "quarters", "month": "months", "financial_year": "years"}
)


@dataclass(frozen=True, kw_only=True)
class FieldEntry:
    """One field in words.

    needed: "in every row", "no", or "where …". code_list: the name of the list that the field's
    codes stand in, blank where they are few and stand in `allowed`.
    """

    name: str
    kind: str
    needed: str
    allowed: str
    meaning: str
    code_list: str


@dataclass(frozen=True, kw_only=True)
class RuleEntry:
    """One rule in words. rule_id: blank where the rule has no number."""

    rule_id: str
    column: str
    level: str
    expected: str
    advice: str


@dataclass(frozen=True, kw_only=True)
class TableEntry:
    """One table in words. replaces: what is dropped when a new file of the table comes."""

    table: str
    title: str
    row: str
    sender: str
    rhythm: str
    replaces: str
    is_about_people: bool
    fields: tuple[FieldEntry, ...]
    rules: tuple[RuleEntry, ...]


@dataclass(frozen=True, kw_only=True)
class GeneralRule:
    """What sets a row aside in fields of some kinds, whatever the table."""

    rule_id: str
    reason: str
    kinds: tuple[str, ...]
    advice: str


def entry(contract: Contract) -> TableEntry:
    """Return what the dictionary says of one table."""
    sender, rhythm = SENT[contract.table]
    rules = (*contract.rules, *copy_rules(contract))
    return TableEntry(
        table=contract.table,
        title=contract.title,
        row=contract.row,
        sender=sender,
        rhythm=rhythm,
        replaces=_replaces(contract),
        is_about_people=contract.is_about_people,
        fields=tuple(_field_entry(each, contract) for each in contract.fields),
        rules=tuple(_rule_entry(rule) for rule in rules),
    )


@cache
def code_lists() -> Mapping[str, Mapping[str, str]]:
    """Return the long lists of codes by name: that of the first field which uses the list."""
    named: dict[str, Mapping[str, str]] = {}
    for table, field in _coded_fields():
        if not _is_long(field.codes) or field.codes in named.values():
            continue
        is_taken = field.name in named
        named[f"{field.name} of {table}" if is_taken else field.name] = field.codes
    return MappingProxyType(named)


def general_rules() -> tuple[GeneralRule, ...]:
    """Return the rules that follow from the kinds of fields, each once."""
    rules: dict[str, Rule] = {}
    kinds: dict[str, set[Kind]] = {}
    for rule, kind in _rules_of_fields():
        rules.setdefault(rule.reason, rule)
        kinds.setdefault(rule.reason, set()).add(kind)
    return tuple(
        GeneralRule(
            rule_id=rule.rule_id,
            reason=REASONS[reason],
            kinds=tuple(words for kind, words in KINDS.items() if kind in kinds[reason]),
            advice=worded_out(rule.advice),
        )
        for reason, rule in rules.items()
    )


def worded_out(text: str) -> str:
    """Return what a rule says, in words where a message would name something of the row."""
    for pattern, words in _WORDED_OUT:
        text = re.sub(pattern, words, text)
    return text


def _replaces(contract: Contract) -> str:
    if contract.period_field is None:
        return "the whole table"
    kind = {each.name: each.kind for each in contract.fields}[contract.period_field]
    of_sender = "of the same sender " if contract.sender_field else ""
    return f"what was sent {of_sender}for its {_PERIODS[kind]}, told by {contract.period_field}"


def _field_entry(field: Field, contract: Contract) -> FieldEntry:
    code_list = _list_of(field)
    return FieldEntry(
        name=field.name,
        kind=KINDS[field.kind],
        needed=_needed(field, contract),
        allowed=_allowed(field, code_list),
        meaning=field.meaning,
        code_list=code_list,
    )


def _list_of(field: Field) -> str:
    if not _is_long(field.codes):
        return ""
    return next(name for name, codes in code_lists().items() if codes == field.codes)


def _is_long(codes: Mapping[str, str]) -> bool:
    return len(codes) > MOST_CODES_INLINE


def _needed(field: Field, contract: Contract) -> str:
    if field.is_required:
        return "in every row"
    conditions = [
        rule.expected.removeprefix("a value ")
        for rule in contract.rules
        if rule.column == field.name and rule.reason == "MISSING_VALUE"
    ]
    return " and ".join(conditions) or "no"


def _allowed(field: Field, code_list: str) -> str:
    if field.codes:
        return _codes(field, code_list)
    if field.kind in ("integer", "decimal"):
        return _range(field)
    if field.pattern is not None:
        return FORMS[field.pattern]
    if field.kind == "date":
        first = f", from {field.first_day} on" if field.first_day != FIRST_DAY else ""
        return ALLOWED["date"] + first + (", may lie in the future" if field.may_be_future else "")
    return ALLOWED[field.kind]


def _codes(field: Field, code_list: str) -> str:
    each = "; ".join(f"{code} = {meaning}" for code, meaning in field.codes.items())
    if field.kind == "code":
        return f"one of the list {code_list}" if code_list else each
    several = f"of the list {code_list}, " if code_list else ""
    return f"one or more {several}with | between them" + ("" if code_list else f": {each}")


def _range(field: Field) -> str:
    if field.least is not None and field.most is not None:
        return f"{field.least:g} to {field.most:g}"
    return "any number" if field.least is None else f"{field.least:g} or more"


def _rule_entry(rule: Rule) -> RuleEntry:
    return RuleEntry(
        rule_id=rule.rule_id,
        column=rule.column,
        level=LEVELS[rule.level],
        expected=worded_out(rule.expected),
        advice=worded_out(rule.advice),
    )


def _coded_fields() -> Iterator[tuple[str, Field]]:
    for contract in CONTRACTS:
        yield from ((contract.table, field) for field in contract.fields if field.codes)


def _rules_of_fields() -> Iterator[tuple[Rule, Kind]]:
    """Yield the rules of single fields, with the kind of the field."""
    for contract in CONTRACTS:
        kinds = {each.name: each.kind for each in contract.fields}
        copies = {rule.reason for rule in copy_rules(contract)}
        for rule in field_rules(contract):
            if rule.reason not in copies:
                yield rule, kinds[rule.column]
