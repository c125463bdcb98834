"""The data dictionary says what the contracts say, in words, and its page is never out of date."""

import re
from pathlib import Path

import pytest

from pipelines.identifiers import SHAPES, is_identifier_name
from schemas.supplied.contracts import CONTRACTS, contract
from schemas.supplied.dictionary import (
    MOST_CODES_INLINE,
    FieldEntry,
    code_lists,
    entry,
    general_rules,
    worded_out,
)
from schemas.supplied.dictionary_page import markdown
from schemas.supplied.dictionary_words import REFUSED_NAMES, REFUSED_SHAPES, SENT
from schemas.supplied.field import Contract
from tests.support.prepared_rows import every_rule

PAGE = Path(__file__).parents[3] / "docs" / "data_dictionary.md"

each_contract = pytest.mark.parametrize("what", CONTRACTS, ids=lambda what: what.table)


def field(table: str, name: str) -> FieldEntry:
    return next(each for each in entry(contract(table)).fields if each.name == name)


def test_the_committed_page_is_what_the_contracts_say_now() -> None:
    told = "run `python -m schemas.supplied.dictionary_page > docs/data_dictionary.md`"
    assert PAGE.read_text(encoding="utf-8") == markdown(), told


@each_contract
def test_every_field_and_rule_of_a_table_is_told(what: Contract) -> None:
    told = entry(what)
    assert [each.name for each in told.fields] == list(what.names)
    numbers = {rule.rule_id for rule in every_rule(what)} - {"R02"}
    assert numbers <= {rule.rule_id for rule in told.rules} | {""}
    assert all(each.meaning and each.allowed and each.kind for each in told.fields)
    assert all(rule.expected and rule.advice for rule in told.rules)


def test_r02_stands_among_the_rules_of_every_field() -> None:
    assert [rule.rule_id for rule in general_rules() if rule.rule_id] == ["R02"]


def test_a_sender_is_named_for_every_table_and_no_other() -> None:
    assert SENT.keys() == {each.table for each in CONTRACTS}


def test_levels_are_told_in_words() -> None:
    rules = {rule.rule_id: rule.level for rule in entry(contract("outcome_scores")).rules}
    assert rules["O01"] == "row set aside"
    assert rules["O03"] == "loaded with a warning"


def test_what_a_message_fills_in_is_worded_out() -> None:
    assert not re.search(r"[{}]", markdown())
    assert (
        worded_out("a day on or after x ({x:text}) and y ({y:text})") == "a day on or after x and y"
    )


@pytest.mark.parametrize(
    ("table", "name", "needed"),
    [
        ("referrals", "status", "in every row"),
        ("referrals", "planned_exit", "where status is CLOSED"),
        ("referrals", "lsoa21", "no"),
        ("case_updates", "info_received_date", "where owner is WCU, whose clock starts then"),
    ],
)
def test_whether_a_field_is_needed_is_told(table: str, name: str, needed: str) -> None:
    assert field(table, name).needed == needed


@pytest.mark.parametrize(
    ("table", "name", "allowed"),
    [
        ("referrals", "person_key", "16 to 64 letters, digits, - or _"),
        ("service_sites", "latitude", "49 to 61"),
        ("assumption", "low", "any number"),
        ("funding", "budget_gbp", "0 or more"),
        ("services", "contract_end", "YYYY-MM-DD, may lie in the future"),
        ("code_cases", "confirmation_waived", "Y = Yes; N = No"),
        (
            "referrals",
            "priority_flags",
            "one or more of the list priority_flags, with | between them",
        ),
        ("ref_target", "metric_id", "up to 40 letters, digits, - or _"),
    ],
)
def test_what_a_field_may_hold_is_told(table: str, name: str, allowed: str) -> None:
    assert field(table, name).allowed == allowed


def test_long_lists_of_codes_stand_once_and_are_named_by_each_field_that_uses_them() -> None:
    lists = code_lists()
    assert len({tuple(codes.items()) for codes in lists.values()}) == len(lists)
    assert all(len(codes) > MOST_CODES_INLINE for codes in lists.values())
    for each in CONTRACTS:
        for told, held in zip(entry(each).fields, each.fields, strict=True):
            assert (told.code_list != "") == (len(held.codes) > MOST_CODES_INLINE)
            if told.code_list:
                assert lists[told.code_list] == held.codes


def test_every_link_leads_to_a_heading() -> None:
    page = markdown()
    headings = re.findall(r"^#+ (.+)$", page, flags=re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors
    assert len(anchors) == len(headings)


def test_names_said_to_be_refused_are_refused() -> None:
    names = [name for group in REFUSED_NAMES.values() for name in group]
    assert [name for name in names if not is_identifier_name(name)] == []


def test_every_shape_that_is_refused_is_said() -> None:
    assert set(SHAPES) <= set(REFUSED_SHAPES)
