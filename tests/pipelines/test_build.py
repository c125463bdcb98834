"""A load from inbox to published file: what counts, what is refused, what it says."""

import json
from datetime import date
from pathlib import Path

import pytest

from pipelines.places import Places
from pipelines.publish import current_version
from tests.support.loading import load, query, rows_by_month
from tests.support.street_files import (
    HEADER,
    WARWICKSHIRE,
    file_name,
    write_archive,
    write_sample_street,
    write_street,
)

pytestmark = pytest.mark.slow

MONTHS = [f"2026-{number:02d}" for number in range(1, 10)]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "data")


def _last_load(places: Places) -> dict[str, object]:
    record: dict[str, object] = json.loads((places.published / "last-load.json").read_text())
    return record


def test_a_first_load_publishes_and_reconciles(places: Places) -> None:
    write_street(places.inbox, "2026-08", 20)
    write_street(places.inbox, "2026-08", 30, force=WARWICKSHIRE)
    report = load(places)
    assert (report.outcome, report.exit_code, report.rows_counted) == ("published", 0, 50)
    assert rows_by_month(places) == {"2026-08": 50}
    assert query(places, "select count(*), sum(rows_loaded) from meta_file") == [(2, 50)]
    assert query(places, "select is_invented, period_to from meta_source") == [
        (False, date(2026, 8, 1))
    ]


def test_b02_header_only_names_the_last_count_and_keeps_the_month(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    first = load(places)
    (places.inbox / file_name("2026-09")).write_text(HEADER + "\n", encoding="utf-8")
    report = load(places)
    (refusal,) = report.refused
    assert refusal.message == (
        "2026-09-west-mercia-street.csv has a header but no data rows; "
        "the last load had 20 rows, which stay."
    )
    assert (report.version, report.exit_code) == (first.version, 1)
    assert rows_by_month(places) == {"2026-09": 20}


def test_b32_same_file_twice_is_no_new_version(places: Places) -> None:
    path = write_street(places.inbox, "2026-09", 20)
    first = load(places)
    path.rename(places.inbox / "copy-of-2026-09-west-mercia-street.csv")
    second = load(places)
    assert (second.outcome, second.version, second.exit_code) == ("unchanged", first.version, 0)
    assert any("already loaded (sha256 " in note for note in second.notes)
    assert rows_by_month(places) == {"2026-09": 20}


def test_b32_same_file_under_two_names_counts_once(places: Places) -> None:
    write_street(places.inbox / "one", "2026-09", 20)
    write_street(places.inbox / "two", "2026-09", 20)
    load(places)
    assert rows_by_month(places) == {"2026-09": 20}


def test_b33_newer_archive_replaces_the_month_and_says_the_difference(places: Places) -> None:
    write_archive(places.inbox / "2026-06.zip", {"2026-05": (20, "a")})
    load(places)
    write_archive(places.inbox / "2026-09.zip", {"2026-05": (23, "b")})
    report = load(places)
    assert "West Mercia 2026-05 replaced: 20 rows before, 23 now (+3)" in report.notes
    assert rows_by_month(places) == {"2026-05": 23}
    history = query(places, "select archive_name, status from meta_file order by load_number")
    assert history == [("2026-06.zip", "replaced"), ("2026-09.zip", "loaded")]


def test_b34_older_archive_is_refused_unless_allowed(places: Places) -> None:
    write_archive(places.inbox / "2026-09.zip", {"2026-05": (23, "b")})
    first = load(places)
    older = write_archive(places.data_dir / "older" / "2026-06.zip", {"2026-05": (20, "a")})
    refused = load(places, inbox=older.parent)
    assert refused.exit_code == 1
    assert "archive 2026-06 is older than the loaded 2026-09" in refused.refused[0].message
    assert (refused.version, rows_by_month(places)) == (first.version, {"2026-05": 23})
    load(places, inbox=older.parent, allow_older=True)
    assert rows_by_month(places) == {"2026-05": 20}


def test_b35_month_not_supplied_is_missing_never_zero(places: Places) -> None:
    write_street(places.inbox, "2026-07", 20)
    write_street(places.inbox, "2026-09", 20)
    write_street(places.inbox, "2026-09", 20, force=WARWICKSHIRE)
    load(places)
    coverage = query(
        places,
        "select force_code, strftime(month, '%Y-%m'), is_supplied, row_count "
        "from meta_coverage order by all",
    )
    assert coverage == [
        ("E23000016", "2026-07", True, 20),
        ("E23000016", "2026-08", False, None),
        ("E23000016", "2026-09", True, 20),
        ("E23000017", "2026-09", True, 20),
    ]
    assert "2026-08" not in rows_by_month(places)


def _write_usual_months(places: Places, months: list[str]) -> None:
    for number, month in enumerate(months):
        write_street(places.inbox, month, 95 + number)


def test_b36_month_far_below_the_median_is_held_until_approved(places: Places) -> None:
    _write_usual_months(places, MONTHS[:8])
    first = load(places)
    write_street(places.inbox, "2026-09", 39)
    held = load(places)
    assert (held.outcome, held.exit_code, held.version) == ("held", 5, first.version)
    assert held.warnings[0].startswith(
        "PUBLISH HELD: West Mercia 2026-09 has 39 rows, expected 97-100."
    )
    assert "2026-09" not in rows_by_month(places)
    approved = load(places, approve=("2026-09",))
    assert (approved.outcome, rows_by_month(places)["2026-09"]) == ("published", 39)
    (line,) = (places.audit / "loads.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["month"] == "2026-09"


def test_b36_approval_stays_on_record_in_later_versions(places: Places) -> None:
    _write_usual_months(places, MONTHS[:6])
    write_street(places.inbox, "2026-07", 5)
    load(places, approve=("2026-07",))
    write_street(places.inbox, "2026-08", 100)
    load(places)
    approvals = "select detail, row_count from meta_warning where reason = 'LOW_MONTH_APPROVED'"
    assert query(places, approvals) == [("2026-07", 5)]


def test_b36_needs_six_other_months_to_know_what_is_usual(places: Places) -> None:
    _write_usual_months(places, MONTHS[:5])
    write_street(places.inbox, "2026-06", 5)
    assert load(places).outcome == "published"


@pytest.mark.parametrize(("rows", "outcome"), [(40, "held"), (41, "published")])
def test_b36_holds_at_sixty_percent_below_and_not_above(
    places: Places, rows: int, outcome: str
) -> None:
    for month in MONTHS[:6]:
        write_street(places.inbox, month, 100)
    write_street(places.inbox, "2026-07", rows)
    assert load(places).outcome == outcome


def test_b83_a_clock_a_year_ahead_is_pointed_out(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    report = load(places, as_of=date(2027, 11, 1))
    assert any(
        warning.startswith("The clock says 2027-11 but the newest file is 2026-09")
        for warning in report.warnings
    )


def test_b83_a_clock_behind_the_last_load_is_pointed_out(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    load(places)
    current = current_version(places)
    assert current is not None
    _set_built_at(places.published / current.file_name, "2999-01-01")
    write_street(places.inbox, "2026-08", 20)
    report = load(places)
    assert any("was built at 2999-01-01 00:00 UTC" in warning for warning in report.warnings)


def _set_built_at(path: Path, moment: str) -> None:
    import duckdb

    path.chmod(0o640)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"update meta_build set built_at = '{moment}'")


def test_a_first_real_load_removes_the_sample_and_says_so(places: Places) -> None:
    write_sample_street(places.sample, "2026-08", 20)
    assert load(places, inbox=places.sample).outcome == "published"
    assert query(places, "select is_invented from meta_source") == [(True,)]
    write_street(places.inbox, "2026-09", 30)
    report = load(places)
    assert "The invented sample was removed: real crime is loaded now." in report.notes
    assert rows_by_month(places) == {"2026-09": 30}
    assert query(places, "select is_invented from meta_source") == [(False,)]
    assert query(places, "select count(*) from dim_area where is_invented") == [(0,)]


def test_a_sample_file_among_real_ones_is_refused(places: Places) -> None:
    write_sample_street(places.inbox, "2026-08", 20)
    write_street(places.inbox, "2026-09", 30)
    report = load(places)
    assert [refusal.file_name for refusal in report.refused] == [file_name("2026-08")]
    assert rows_by_month(places) == {"2026-09": 30}


def test_an_empty_inbox_is_no_failure_and_says_what_to_do(places: Places) -> None:
    report = load(places)
    assert (report.outcome, report.version, report.exit_code) == ("unchanged", None, 0)
    assert report.notes[0].startswith("No street crime files in ")


def test_last_load_is_recorded_however_it_ends(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    (places.inbox / file_name("2026-08")).write_bytes(b"")
    report = load(places)
    record = _last_load(places)
    assert (record["outcome"], record["version"]) == ("published", report.version)
    assert record["refused"] == [
        {"file_name": file_name("2026-08"), "message": report.refused[0].message}
    ]
    assert query(places, "select file_name from meta_file where status = 'refused'") == [
        (file_name("2026-08"),)
    ]


def test_a_known_file_is_not_read_again(places: Places) -> None:
    path = write_street(places.inbox, "2026-09", 20)
    load(places)
    write_street(places.inbox, "2026-08", 20)
    kept = {each: each.stat().st_mtime_ns for each in places.cleaned.glob("*.parquet")}
    path.touch()
    load(places)
    again = {each: each.stat().st_mtime_ns for each in places.cleaned.glob("*.parquet")}
    assert kept.items() <= again.items()
    assert len(again) == 2


def test_a_month_stays_when_its_file_leaves_the_inbox(places: Places) -> None:
    path = write_street(places.inbox, "2026-08", 20)
    load(places)
    path.unlink()
    write_street(places.inbox, "2026-09", 30)
    load(places)
    assert rows_by_month(places) == {"2026-08": 20, "2026-09": 30}


def test_lost_rows_of_a_loaded_month_stop_the_load_and_name_the_file(places: Places) -> None:
    from pipelines.publish import PublishFailed

    path = write_street(places.inbox, "2026-08", 20)
    first = load(places)
    path.unlink()
    for kept in places.cleaned.iterdir():
        kept.unlink()
    write_street(places.inbox, "2026-09", 30)
    with pytest.raises(PublishFailed, match=r"2026-08-west-mercia-street\.csv was loaded before"):
        load(places)
    assert _last_load(places)["outcome"] == "failed"
    assert rows_by_month(places) == {"2026-08": 20}
    assert _last_load(places)["version"] == first.version


def test_a_damaged_kept_file_is_read_again_from_the_inbox(places: Places) -> None:
    write_street(places.inbox, "2026-08", 20)
    load(places)
    (kept,) = places.cleaned.glob("*.parquet")
    kept.write_bytes(b"")
    write_street(places.inbox, "2026-09", 30)
    load(places)
    assert rows_by_month(places) == {"2026-08": 20, "2026-09": 30}


def test_restricted_is_closed_to_other_users(places: Places) -> None:
    load(places)
    assert places.restricted.stat().st_mode & 0o777 == 0o700


ARCHIVES: dict[str, dict[str, tuple[int, str]]] = {
    "2026-05.zip": {"2026-03": (20, "a"), "2026-04": (21, "a")},
    "2026-06.zip": {"2026-03": (22, "b"), "2026-04": (21, "a"), "2026-05": (24, "a")},
    "2026-07.zip": {"2026-03": (20, "a"), "2026-05": (25, "b")},
}


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Places into which the three archives were loaded together."""
    places = Places(tmp_path_factory.mktemp("at-once"))
    for name, months in ARCHIVES.items():
        write_archive(places.inbox / name, months)
    load(places)
    return places


@pytest.mark.slow  # eight loads; test_ledger.py holds the promise for any order without loading
@pytest.mark.parametrize("turn", [1, 2], ids=["middle first", "last first"])
def test_archives_in_any_order_and_repeated_give_the_same_content(
    places: Places, at_once: Places, turn: int
) -> None:
    order = (*list(ARCHIVES)[turn:], *list(ARCHIVES)[:turn])
    for number, name in enumerate((*order, order[0])):
        inbox = places.data_dir / f"delivery-{number}"
        write_archive(inbox / name, ARCHIVES[name])
        load(places, inbox=inbox)
    assert rows_by_month(places) == {"2026-03": 20, "2026-04": 21, "2026-05": 25}
    content = "select content_sha256 from meta_build"
    assert query(places, content) == query(at_once, content)
