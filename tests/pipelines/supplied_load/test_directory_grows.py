"""Rows set aside because a provider or a service was unknown, once the directory knows it."""

from pathlib import Path

import pytest

from pipelines.places import Places
from pipelines.supplied.counted import rows_that_count
from pipelines.supplied.log import SuppliedFile, SuppliedLog
from schemas.codes import SAMPLE_MARK
from tests.support.loading import load, query
from tests.support.supplied_files import cells, referrals, take_in, write_directory, write_rows

pytestmark = pytest.mark.slow

NEW = {"provider_id": "P02", "service_id": "P02-A"}


def _write_grown_directory(places: Places, **changes: str) -> None:
    """Write a directory with another provider and its service beside the one known."""
    for table in ("providers", "services", "service_areas"):
        names = cells(table)
        grown = {name: code for name, code in NEW.items() if name in names}
        rows = [cells(table, **changes), cells(table, **grown, **changes)]
        write_rows(places.inbox, rows, table, f"{table}.csv")


def _referrals(log: SuppliedLog) -> SuppliedFile:
    (file,) = (file for file in log.files if file.table == "referrals")
    return file


def test_rows_of_an_unknown_provider_come_in_once_it_is_known(places: Places) -> None:
    write_rows(places.inbox, referrals(10, **NEW))
    before = take_in(places)
    _write_grown_directory(places)
    after = take_in(places)
    assert (_referrals(before.log).rows_loaded, _referrals(after.log).rows_loaded) == (9, 10)
    assert _referrals(after.log).load_number == _referrals(before.log).load_number
    assert _referrals(after.log).loaded_at == _referrals(before.log).loaded_at
    counted = rows_that_count(places, after.log)["referrals"]
    assert sorted(counted["provider_id"].unique()) == ["P01", "P02"]
    assert after.log.faults(places).is_empty()


def test_what_comes_in_is_published(places: Places) -> None:
    write_rows(places.inbox, referrals(10, **NEW))
    load(places)
    _write_grown_directory(places)
    assert load(places).outcome == "published"
    aside = "select rows_set_aside from meta_supplied_file where table_name = 'referrals'"
    assert query(places, aside) == [(0,)]


@pytest.mark.parametrize("changes", [{}, {"sex": "X"}])
def test_other_files_are_not_read_again(places: Places, changes: dict[str, str]) -> None:
    write_rows(places.inbox, referrals(10, **changes))
    take_in(places)
    _write_grown_directory(places)
    assert {file.table for file in take_in(places).loaded} == {
        "providers",
        "services",
        "service_areas",
    }


def test_nothing_is_read_again_while_the_directory_stays(places: Places) -> None:
    write_rows(places.inbox, referrals(10, **NEW))
    take_in(places)
    write_rows(places.inbox, referrals(9, date_referred="2026-07-01"), name="other.csv")
    assert [file.file_name for file in take_in(places).loaded] == ["other.csv"]


def test_a_real_directory_does_not_bring_the_sample_back(tmp_path: Path) -> None:
    places = Places(tmp_path / "data")
    invented = {"sample_mark": SAMPLE_MARK}
    write_directory(places.inbox, **invented)
    write_rows(places.inbox, [{**row, **invented} for row in referrals(10, **NEW)])
    take_in(places)
    _write_grown_directory(places)
    intake = take_in(places)
    assert intake.is_sample_removed
    assert intake.refused == ()
