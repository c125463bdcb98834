"""Every reason for which a row or a file can be turned away has plain words."""

import ast
from pathlib import Path

import pytest

from schemas.reasons import REASONS
from schemas.refusals import REFUSALS, codes_in_words, reason_in_words
from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.field import Contract
from schemas.supplied.field_rules import field_rules

PIPELINES = Path(__file__).parents[2] / "pipelines"
# Modules that name reasons elsewhere than in the call that refuses.
NAMED_APART = (
    "sources/police_uk_verdicts.py",
    "supplied/workbook_safety.py",
    "supplied/names.py",
    "boundaries/rings.py",
    "boundaries/examine.py",
)


def reasons_given() -> set[str]:
    """Return each reason that the pipelines pass on as `reason=…`."""
    return {
        node.value.value
        for path in PIPELINES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword)
        and node.arg == "reason"
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def reasons_named_apart() -> set[str]:
    """Return the capital words of the modules that keep their reasons in lists or arguments."""
    strings = (
        node.value
        for name in NAMED_APART
        for node in ast.walk(ast.parse((PIPELINES / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {each for each in strings if each.isupper() and each.replace("_", "").isalpha()}


def test_every_reason_to_refuse_a_file_has_words() -> None:
    given = reasons_given() | reasons_named_apart()
    assert {"IDENTIFIER_CELL", "MACROS", "TOO_MANY_SET_ASIDE", "NO_COLUMN_NAME"} <= given
    assert sorted(given - REFUSALS.keys() - REASONS.keys()) == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda each: each.table)
def test_every_reason_of_a_contract_has_words(contract: Contract) -> None:
    given = {rule.reason for rule in (*field_rules(contract), *contract.rules)}
    assert given
    assert sorted(given - REASONS.keys()) == []


def test_a_reason_means_one_thing() -> None:
    assert REASONS.keys() & REFUSALS.keys() == set()


def test_words_are_short_sentences_without_codes() -> None:
    for words in (*REASONS.values(), *REFUSALS.values()):
        assert words[0].isupper()
        assert not words.endswith(".")
        assert "_" not in words
        assert len(words) <= 70


def test_a_code_from_a_newer_loader_is_shown_as_words() -> None:
    assert reason_in_words("BAD_MONTH") == "The month cannot be read"
    assert reason_in_words("MACROS") == "The workbook may hold macros"
    assert reason_in_words("SOMETHING_NEW") == "Something new"


def test_codes_within_a_message_are_told_in_words_and_names_of_fields_are_left() -> None:
    told = codes_in_words("a_b.csv: BAD_MONTH 1 and NO_SUCH_CODE 2 in date_received")
    assert told == "a_b.csv: “The month cannot be read” 1 and NO_SUCH_CODE 2 in date_received"
