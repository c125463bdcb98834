"""The contracts as a whole: every rule of the data dictionary is there, and can be held."""

import re
from pathlib import Path

import pytest

from schemas.reasons import REASONS
from schemas.rule_contract import contract_of
from schemas.supplied.contracts import CONTRACTS, contract
from schemas.supplied.field import TYPES, Contract
from tests.support.prepared_rows import GOOD, enough, every_rule, prepared

DICTIONARY = {
    "referrals": {
        "E": "R01 R02 R03 R04 R05 R06 R08 R09 R10 R15 R21",
        "W": "R11 R13 R14 R16 R19 R20",
        "E and W": "R07 R12 R17 R18",
    },
    "code_cases": {"E": "K02 K03 K06", "W": "K01 K04 K05 K07"},
    "case_updates": {"E": "U01 U03", "W": "U02"},
    "services": {"E": "S02 S03 S05", "W": "S04"},
    "service_sites": {"E": "S01", "W": "S06"},
    "provider_returns": {"E": "P01 P04 P06", "W": "P05 P07", "E and W": "P02 P03"},
    "outcome_scores": {"E": "O01 O02 O04", "W": "O03"},
    "satisfaction": {"E": "F01", "W": "F02"},
    "satisfaction_invites": {"E": "F03"},
    "complaints": {"E": "C01", "W": "C02"},
    "vrr": {"W": "C03"},
    "funding": {"E": "M01", "W": "M02 M03"},
}
"""The rules of the data dictionary by table and level, as settled."""

OURS = {"assumption", "ref_code_standard", "ref_target"}
OURS |= {"delivery_plan", "code_checklist", "ref_duty"}
"""Tables whose rules the dictionary does not number; ours are A01 to A08."""

IDS = [rule for levels in DICTIONARY.values() for ids in levels.values() for rule in ids.split()]
TESTS = Path(__file__).parent

each_contract = pytest.mark.parametrize("what", CONTRACTS, ids=lambda what: what.table)


def test_the_dictionary_is_listed_whole() -> None:
    lasts = {"R": 21, "K": 7, "U": 3, "S": 6, "P": 7, "O": 4, "F": 3, "C": 3, "M": 3}
    every = [f"{letter}{n:02d}" for letter, last in lasts.items() for n in range(1, last + 1)]
    assert sorted(IDS) == sorted(every)


@each_contract
def test_every_rule_of_the_dictionary_is_in_its_contract_with_its_level(what: Contract) -> None:
    if what.table in OURS:
        return
    # R02 speaks of the days and periods of every table.
    held = {rule.rule_id for rule in every_rule(what)} - {"", "R02"}
    listed = DICTIONARY.get(what.table, {})
    assert held == {rule for ids in listed.values() for rule in ids.split()} - {"R02"}
    for level, ids in listed.items():
        assert all(_levels(what, rule_id) == level for rule_id in ids.split()), level


def _levels(what: Contract, rule_id: str) -> str:
    return " and ".join(sorted({r.level for r in every_rule(what) if r.rule_id == rule_id}))


def test_every_rule_of_the_dictionary_has_a_test_that_names_it() -> None:
    named = {
        found.upper()
        for path in TESTS.glob("test_*_rules.py")
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
        for found in re.findall(r"(?<=_)[a-z]\d\d(?=_)", name)
    }
    assert sorted(set(IDS) - named) == []


@pytest.mark.parametrize("table", GOOD)
def test_pandera_passes_a_good_row_by_every_rule_at_once(table: str) -> None:
    what = contract(table)
    rows = prepared(table, *enough(table))
    contract_of(what.prepared, every_rule(what)).validate(rows, lazy=True)


@pytest.mark.parametrize("table", GOOD)
def test_every_reason_has_plain_words(table: str) -> None:
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


def test_every_table_has_a_good_row_for_these_tests() -> None:
    assert GOOD.keys() == {each.table for each in CONTRACTS}
