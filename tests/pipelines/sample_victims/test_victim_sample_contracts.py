"""Every row of the victim sample, as the load of the sample took it through the very door."""

from collections import Counter
from pathlib import Path

import pytest

from pipelines.places import Places
from pipelines.sample.victims.faults import FAULTS
from pipelines.supplied.log import SuppliedLog, read_log

pytestmark = pytest.mark.slow


@pytest.fixture
def places(sample_dir: Path) -> Places:
    return Places(sample_dir)


@pytest.fixture
def log(places: Places) -> SuppliedLog:
    """Return what the load noted of each file, each examined in its turn."""
    return read_log(places)


def test_every_file_is_known_for_its_table_and_none_is_refused(
    places: Places, log: SuppliedLog
) -> None:
    written = (places.sample / "victim_services").rglob("*.csv")
    expected = sorted((path.parent.name, path.name) for path in written)
    assert sorted((file.table, file.file_name) for file in log.counted) == expected
    assert len(log.files) == len(expected)


def test_the_rows_set_aside_are_the_spoilt_ones_and_no_others(
    places: Places, log: SuppliedLog
) -> None:
    names = {file.sha256: file.file_name for file in log.files}
    found = {
        (names[fault["file_sha256"]], fault["line"], fault["reason"], fault["rule_id"])
        for fault in log.faults(places).iter_rows(named=True)
    }
    assert found == {(each.file, each.line, each.reason, each.rule_id) for each in FAULTS}


def test_every_row_read_is_loaded_or_set_aside(log: SuppliedLog) -> None:
    for file in log.files:
        assert file.rows_read == file.rows_loaded + file.rows_set_aside, file.file_name
    assert sum(file.rows_read for file in log.files) > 600_000


def test_few_rows_are_odd_and_oddities_are_of_many_kinds(log: SuppliedLog) -> None:
    """A directory checked by and by is the exception: four in ten services wait to be checked."""
    rows, odd = Counter[str](), Counter[tuple[str, str]]()
    for file in log.files:
        rows[file.table] += file.rows_read
        odd.update({(file.table, each.rule_id): each.row_count for each in file.warnings})
    shares = {(table, rule): count / rows[table] for (table, rule), count in odd.items()}
    assert {"R07", "R11", "R12", "R13", "R14", "R17", "R19", "K04", "K05", "U02", "P05"} <= {
        rule for _, rule in shares
    }
    assert shares.pop(("services", "S04")) < 0.5
    assert max(shares.values()) < 0.11
