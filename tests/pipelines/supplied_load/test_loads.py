"""Supplied files over several loads: what counts, what stays in the log, what is kept apart."""

import stat
from pathlib import Path

import polars as pl
import pytest

from pipelines.places import Places
from pipelines.supplied.counted import rows_that_count
from pipelines.supplied.log import LogDamaged, SuppliedLog
from schemas.codes import SAMPLE_MARK
from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.field import TYPES
from tests.support.supplied_files import (
    REFERRALS,
    referrals,
    take_in,
    write_directory,
    write_rows,
)

pytestmark = pytest.mark.slow

INVENTED = {"sample_mark": SAMPLE_MARK}


def _counted(places: Places, log: SuppliedLog) -> pl.DataFrame:
    return rows_that_count(places, log)["referrals"]


def _statuses(log: SuppliedLog) -> dict[str, str]:
    return {file.file_name: file.status for file in log.files if file.table == "referrals"}


def test_every_table_has_its_rows_and_its_types(places: Places) -> None:
    write_rows(places.inbox, referrals(3))
    rows = rows_that_count(places, take_in(places).log)
    for contract in CONTRACTS:
        expected = {each.name: TYPES[each.kind] for each in contract.fields}
        assert dict(rows[contract.table].schema) == expected
    assert {table: frame.height for table, frame in rows.items() if frame.height} == {
        "providers": 1,
        "services": 1,
        "service_areas": 1,
        "referrals": 3,
    }


def test_a_period_sent_again_replaces_it_and_both_stay_in_the_log(places: Places) -> None:
    write_rows(places.inbox, referrals(3))
    take_in(places)
    write_rows(places.inbox, referrals(2, sex="M"), name="referrals_again.csv")
    log = take_in(places).log
    assert _statuses(log) == {REFERRALS: "replaced", "referrals_again.csv": "loaded"}
    assert _counted(places, log)["sex"].to_list() == ["M", "F"]


def test_only_the_periods_that_a_file_holds_are_replaced(places: Places) -> None:
    earlier = [{**row, "referral_id": f"E{row['referral_id']}", **_DAYS} for row in referrals(2)]
    write_rows(places.inbox, [*earlier, *referrals(3)])
    take_in(places)
    write_rows(places.inbox, referrals(1), name="referrals_again.csv")
    log = take_in(places).log
    assert _statuses(log) == {REFERRALS: "loaded", "referrals_again.csv": "loaded"}
    assert sorted(_counted(places, log)["referral_id"]) == ["ER-0001", "ER-0002", "R-0001"]


_DAYS = {
    "date_crime_reported": "2026-05-01",
    "date_referred": "2026-05-02",
    "date_received": "2026-05-02",
}


def test_a_row_moved_to_another_period_counts_once(places: Places) -> None:
    write_rows(places.inbox, referrals(2))
    take_in(places)
    write_rows(places.inbox, referrals(1, **_DAYS), name="referrals_moved.csv")
    counted = _counted(places, take_in(places).log)
    assert sorted(counted["referral_id"]) == ["R-0001", "R-0002"]
    assert str(counted["date_received"].min()) == "2026-05-02"


def test_rows_that_do_not_count_any_more_are_not_kept(places: Places) -> None:
    write_rows(places.inbox, referrals(3))
    take_in(places)
    write_rows(places.inbox, referrals(2), name="referrals_again.csv")
    log = take_in(places).log
    (kept,) = (path.stem for path in (places.supplied / "referrals").iterdir())
    assert kept in {file.sha256 for file in log.counted}


def test_a_known_file_is_not_read_again(places: Places) -> None:
    write_rows(places.inbox, referrals(3))
    first = take_in(places)
    again = take_in(places)
    assert (len(first.loaded), len(again.loaded)) == (4, 0)
    assert again.log == first.log


def test_rows_kept_before_a_field_was_asked_for_have_it_blank(places: Places) -> None:
    write_rows(places.inbox, referrals(3, ethnic_detail="W1"))
    log = take_in(places).log
    counted = _counted(places, log)
    assert counted["ethnic_detail"].to_list() == ["W1", None, None]
    (kept,) = (places.supplied / "referrals").iterdir()
    pl.read_parquet(kept).drop("ethnic_detail").write_parquet(kept)
    blank = pl.lit(None, pl.String).alias("ethnic_detail")
    assert _counted(places, log).equals(counted.with_columns(blank))


def test_a_refused_file_is_tried_again_at_each_load(places: Places) -> None:
    for path in places.inbox.iterdir():
        path.unlink()
    write_rows(places.inbox, referrals(3))
    refused = take_in(places)
    assert _statuses(refused.log) == {REFERRALS: "refused"}
    assert "load the directory first" in refused.refused[0].message
    write_directory(places.inbox)
    assert _statuses(take_in(places).log) == {REFERRALS: "loaded"}


def test_only_the_loaders_user_may_read_what_is_kept(places: Places) -> None:
    write_rows(places.inbox, referrals(10, sex="X"))
    take_in(places)
    for path in (places.supplied_log, *places.supplied.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
    assert stat.S_IMODE(places.restricted.stat().st_mode) == 0o700


def test_real_files_drive_the_sample_out(tmp_path: Path) -> None:
    places = Places(tmp_path / "data")
    write_directory(places.inbox, **INVENTED)
    write_rows(places.inbox, [{**row, **INVENTED} for row in referrals(3)])
    assert {file.is_invented for file in take_in(places).log.counted} == {True}
    for path in places.inbox.iterdir():
        path.unlink()
    write_directory(places.inbox)
    intake = take_in(places)
    assert intake.is_sample_removed
    assert {file.table for file in intake.log.files} == {"providers", "services", "service_areas"}
    assert not list(places.supplied.glob("referrals/*"))


def test_invented_files_beside_real_ones_are_refused(places: Places) -> None:
    write_rows(places.inbox, [{**row, **INVENTED} for row in referrals(3)])
    intake = take_in(places)
    assert _statuses(intake.log) == {REFERRALS: "refused"}
    assert "the two are never mixed" in intake.refused[0].message


def test_a_refused_real_file_leaves_the_sample_where_it_is(tmp_path: Path) -> None:
    places = Places(tmp_path / "data")
    write_directory(places.inbox, **INVENTED)
    write_rows(places.inbox, referrals(3))
    log = take_in(places).log
    assert {file.is_invented for file in log.counted} == {True}
    assert _statuses(log) == {REFERRALS: "refused"}


def test_invented_and_real_rows_in_one_file_are_refused(places: Places) -> None:
    write_rows(places.inbox, referrals(3, **INVENTED))
    take_in(places)
    assert not list(places.supplied.glob("referrals/*"))


def test_a_damaged_log_stops_the_load(places: Places) -> None:
    take_in(places)
    places.supplied_log.write_text("[{}]")
    with pytest.raises(LogDamaged, match="Put it back from the backup"):
        take_in(places)


def test_the_later_of_two_files_in_one_load_counts(places: Places) -> None:
    import os

    newer = write_rows(places.inbox, referrals(1, sex="M"), name="a_newer.csv")
    older = write_rows(places.inbox, referrals(1), name="b_older.csv")
    os.utime(newer, ns=(2_000, 2_000))
    os.utime(older, ns=(1_000, 1_000))
    assert _counted(places, take_in(places).log)["sex"].to_list() == ["M"]
