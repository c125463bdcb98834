"""Every row of the victim sample, taken through the very door that real files come through."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipelines.sample.victims.faults import FAULTS
from pipelines.supplied.context import Known
from pipelines.supplied.examine import ExaminedFile, examine
from pipelines.supplied.received import receive, turn
from pipelines.supplied.settings import Rules

pytestmark = pytest.mark.slow

RULES = Rules(as_of=date(2026, 11, 1))

Examined = dict[str, tuple[str, ExaminedFile]]


@pytest.fixture(scope="module")
def examined(victim_folder: Path) -> Examined:
    """Return each file's table and what was found in it, each file examined in its turn."""
    files = [
        receive(path.read_bytes(), path.name, sha256="", policy=RULES.policy)
        for path in sorted(victim_folder.rglob("*.csv"))
    ]
    known, found = Known(), {}
    for file in sorted(files, key=turn):
        result = examine(file, known=known, rules=RULES)
        found[file.file_name] = (file.contract.table, result)
        known = known.after(file.contract, result.rows)
    return found


def test_every_file_is_known_for_its_table_and_none_is_refused(
    examined: Examined, victim_folder: Path
) -> None:
    for path in sorted(victim_folder.rglob("*.csv")):
        table, file = examined[path.name]
        assert table == path.parent.name
        assert file.refusals == (), path.name


def test_the_rows_set_aside_are_the_spoilt_ones_and_no_others(examined: Examined) -> None:
    found = {
        (name, fault["line"], fault["reason"], fault["rule_id"])
        for name, (_, file) in examined.items()
        for fault in file.set_aside.iter_rows(named=True)
    }
    assert found == {(each.file, each.line, each.reason, each.rule_id) for each in FAULTS}


def test_every_row_read_is_loaded_or_set_aside(examined: Examined) -> None:
    for name, (_, file) in examined.items():
        assert file.rows_read == file.rows_loaded + file.rows_set_aside, name
    assert sum(file.rows_read for _, file in examined.values()) > 600_000


def test_few_rows_are_odd_and_oddities_are_of_many_kinds(examined: Examined) -> None:
    """A directory checked by and by is the exception: four in ten services wait to be checked."""
    rows, odd = Counter[str](), Counter[tuple[str, str]]()
    for table, file in examined.values():
        rows[table] += file.rows_read
        odd.update({(table, each.rule_id): each.row_count for each in file.warnings})
    shares = {(table, rule): count / rows[table] for (table, rule), count in odd.items()}
    assert {"R07", "R11", "R12", "R13", "R14", "R17", "R19", "K04", "K05", "U02", "P05"} <= {
        rule for _, rule in shares
    }
    assert shares.pop(("services", "S04")) < 0.5
    assert max(shares.values()) < 0.11
