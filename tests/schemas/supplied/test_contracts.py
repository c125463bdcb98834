"""The contracts as a whole: every rule of the data dictionary is there, and can be held."""

import re

import pytest

from schemas.reasons import REASONS
from schemas.rule import contract_of
from schemas.supplied.contracts import CONTRACTS, contract
from schemas.supplied.field import TYPES, Contract
from tests.support.prepared_rows import GOOD, every_rule, prepared

DICTIONARY = {
    "referrals": [f"R{number:02d}" for number in range(1, 22)],
    "code_cases": [f"K{number:02d}" for number in range(1, 8)],
    "case_updates": [f"U{number:02d}" for number in range(1, 4)],
    "outcome_scores": [f"O{number:02d}" for number in range(1, 5)],
}

each_contract = pytest.mark.parametrize("what", CONTRACTS, ids=lambda what: what.table)


@pytest.mark.parametrize("table", DICTIONARY)
def test_every_rule_of_the_dictionary_is_in_its_contract(table: str) -> None:
    held = {rule.rule_id for rule in every_rule(contract(table))}
    assert held - {"", "R02"} == set(DICTIONARY[table]) - {"R02"}
    assert "R02" in held


@pytest.mark.parametrize("table", GOOD)
def test_pandera_passes_a_good_row_by_every_rule_at_once(table: str) -> None:
    what = contract(table)
    rows = prepared(table, {})
    contract_of(what.prepared, every_rule(what)).validate(rows, lazy=True)


@pytest.mark.parametrize("table", GOOD)
def test_every_reason_about_people_has_plain_words(table: str) -> None:
    assert {rule.reason for rule in every_rule(contract(table))} <= REASONS.keys()


@each_contract
def test_no_two_rules_have_one_name(what: Contract) -> None:
    rules = [rule.name for rule in every_rule(what)]
    assert sorted(set(rules)) == sorted(rules)


@each_contract
def test_rules_speak_of_fields_of_the_table(what: Contract) -> None:
    assert {rule.column for rule in every_rule(what)} <= set(what.names)


@each_contract
def test_rules_say_what_was_expected_and_what_to_do(what: Contract) -> None:
    for rule in every_rule(what):
        assert rule.expected, rule.name
        assert rule.advice, rule.name


@each_contract
def test_fields_named_elsewhere_in_a_contract_exist(what: Contract) -> None:
    named = {*what.unique, what.period_field, what.sender_field} - {None}
    assert named <= set(what.names)
    assert all(name.startswith("_") for name in what.context)


@each_contract
def test_the_last_field_says_whether_the_row_is_invented(what: Contract) -> None:
    assert what.names[-1] == "sample_mark"


@each_contract
def test_codes_are_given_exactly_where_the_kind_wants_them(what: Contract) -> None:
    for field in what.fields:
        assert field.kind in TYPES
        assert bool(field.codes) == (field.kind in ("code", "codes")), field.name


def test_tables_have_different_names() -> None:
    names = [each.table for each in CONTRACTS]
    assert len(set(names)) == len(names)


def test_an_unknown_table_has_no_contract() -> None:
    with pytest.raises(KeyError):
        contract("crimes")


@each_contract
def test_placeholders_are_those_that_the_loader_fills_in(what: Contract) -> None:
    columns = {f"{name}:text" for name in what.names} | {"first_line", "nearest"}
    for rule in every_rule(what):
        assert set(re.findall(r"\{([^{}0-9][^{}]*)\}", rule.expected)) <= columns, rule.name
        assert set(re.findall(r"\{([^{}]*)\}", rule.advice)) <= {"value", "excel_date"}, rule.name
