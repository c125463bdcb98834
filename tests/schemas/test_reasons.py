"""Every reason that a reader may meet beside a row has plain words."""

import ast
from datetime import date
from pathlib import Path

from pipelines.record import APPROVED
from schemas.reasons import REASONS
from schemas.street_crime import rules

_ROOT = Path(__file__).parents[2]
_STREET_WARNINGS = _ROOT / "pipelines" / "sources" / "police_uk_warnings.py"
_CSV_ROWS = _ROOT / "pipelines" / "csv_rows.py"


def test_every_rule_of_a_street_file_has_plain_words() -> None:
    told = {rule.reason for rule in rules(as_of=date(2026, 11, 1), file_month=date(2026, 9, 1))}
    assert told <= REASONS.keys()


def test_every_warning_and_every_unreadable_line_has_plain_words() -> None:
    whole_files = {"INCOMPLETE_FILE"}  # refused with a message of their own
    told = {APPROVED} | _capital_strings(_STREET_WARNINGS) | _capital_strings(_CSV_ROWS)
    assert "OUT_OF_AREA" in told
    assert "NUL_BYTE" in told
    assert told - whole_files <= REASONS.keys()


def _capital_strings(path: Path) -> set[str]:
    """Return the strings of a module that are written like reason codes."""
    strings = (
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {each for each in strings if "_" in each and each.isupper() and each.isascii()}
