"""Supplied files from the inbox to the published file, and what a load says of them."""

import json
import re
import signal
from pathlib import Path

import pytest

from pipelines.check import check_files
from pipelines.errors import PolicyRefused
from pipelines.places import Places
from pipelines.publish import CRASH_VARIABLE, current_version
from pipelines.separation import SampleOntoReal, refuse_sample_onto_real
from pipelines.state import served_state
from pipelines.status import status
from pipelines.supplied.log import read_log
from schemas.codes import SAMPLE_MARK, SAMPLE_NOTICE
from tests.support.loading import AS_OF as DAY
from tests.support.loading import load, query, rows_by_month, run
from tests.support.street_files import write_sample_street, write_street
from tests.support.supplied_files import REFERRALS, referrals, write_directory, write_rows

pytestmark = pytest.mark.slow  # nearly every test loads everything, and once more

MARKED = "unmistakable-marked-9"
AS_OF = ("--as-of", "2026-11-01")


def test_supplied_files_are_published_without_any_crime(places: Places) -> None:
    report = load(places)
    assert (report.outcome, report.exit_code) == ("published", 0)
    assert query(places, "select provider_id from dim_provider") == [("P01",)]
    assert query(places, "select count(*) from cube_crime") == [(0,)]
    assert query(places, "select source_key from meta_source order by all") == [
        ("providers",),
        ("service_areas",),
        ("services",),
    ]


def test_the_same_inbox_again_is_no_new_version(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    first = load(places)
    again = load(places)
    assert (again.outcome, again.version) == ("unchanged", first.version)


def test_a_new_supplied_file_is_a_new_version_with_the_same_crime(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    load(places)
    write_rows(places.inbox, referrals(3))
    report = load(places)
    assert report.outcome == "published"
    assert rows_by_month(places) == {"2026-09": 20}
    assert query(
        places, "select status, rows_loaded from meta_supplied_file where table_name = 'referrals'"
    ) == [("loaded", None)]
    shown = "select count(*) from cube_protected_count where count is not null and count > 0"
    assert query(places, shown) == [(0,)]


def test_a_crash_between_the_log_and_the_publication_is_healed(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    killed = run("build", *AS_OF, places=places, env={CRASH_VARIABLE: "after_build"})
    assert killed.returncode == -signal.SIGKILL
    assert places.supplied_log.exists()
    assert current_version(places) is None
    assert load(places).outcome == "published"
    assert query(places, "select provider_id from dim_provider") == [("P01",)]


def test_nothing_of_a_row_about_a_person_is_told_or_published(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = referrals(10, referral_id=MARKED, sex=MARKED)
    write_rows(places.inbox, rows)
    done = run("build", *AS_OF, "--json", places=places)
    told = json.loads(done.stdout)
    assert f"{REFERRALS}: 1 rows set aside (BAD_CODE 1)" in told["warnings"]
    assert check_files([places.inbox], as_json=True, as_of=DAY, places=places) == 1
    checked, shown = capsys.readouterr().out, json.dumps(status(places), default=str)
    open_files = [*places.published.iterdir(), *places.audit.iterdir(), places.supplied_log]
    for text in (done.stdout, done.stderr, checked, shown):
        assert MARKED not in text
        assert rows[1]["person_key"] not in text
    for path in open_files:
        content = path.read_bytes()
        assert MARKED.encode() not in content, path
        assert rows[1]["person_key"].encode() not in content, path


def test_status_counts_files_and_rows_by_table(places: Places) -> None:
    write_rows(places.inbox, referrals(10, sex="X"))
    load(places)
    assert status(places)["supplied"]["referrals"] == {
        "files_loaded": 1,
        "files_replaced": 0,
        "files_refused": 0,
        "rows_loaded": 9,
        "rows_set_aside": 1,
    }


def test_invented_services_may_stand_beside_real_crime(tmp_path: Path) -> None:
    places = Places(tmp_path / "data")
    write_directory(places.inbox, sample_mark=SAMPLE_MARK)
    write_sample_street(places.inbox, "2026-08", 20)
    load(places)
    for path in places.inbox.glob("*street.csv"):
        path.unlink()
    write_street(places.inbox, "2026-09", 30)
    load(places)
    assert query(places, "select source_key, is_invented from meta_source order by all") == [
        ("police_uk", False),
        ("providers", True),
        ("service_areas", True),
        ("services", True),
    ]


def test_real_crime_beside_invented_services_is_not_taken_for_the_sample(tmp_path: Path) -> None:
    places = Places(tmp_path / "data")
    write_directory(places.inbox, sample_mark=SAMPLE_MARK)
    write_rows(places.inbox, [{**row, "sample_mark": SAMPLE_MARK} for row in referrals(12)])
    write_street(places.inbox, "2026-08", 20)
    load(places)
    state = served_state(places)
    assert state is not None
    assert not state.is_invented
    for path in places.inbox.iterdir():
        path.unlink()
    write_street(places.inbox, "2026-09", 30)
    report = load(places)
    assert (report.outcome, report.exit_code) == ("published", 0)
    assert not [note for note in report.notes if "sample" in note]
    assert rows_by_month(places) == {"2026-08": 20, "2026-09": 30}
    assert query(places, "select distinct subject, is_invented from meta_source order by all") == [
        ("crime", False),
        ("victim services", True),
    ]
    shown = "select count(*) > 0 from cube_protected_count where count >= 10"
    assert query(places, shown) == [(True,)]
    with pytest.raises(SampleOntoReal, match="Real crime is published here"):
        refuse_sample_onto_real(served_state(places), read_log(places))
    told = run("status", places=places).stdout
    assert f"{SAMPLE_NOTICE} (victim services)" in told


def test_invented_crime_does_not_make_real_services_the_sample(places: Places) -> None:
    write_sample_street(places.inbox, "2026-08", 20)
    load(places)
    write_rows(places.inbox, referrals(3))
    assert load(places).outcome == "published"
    assert query(places, "select distinct subject, is_invented from meta_source order by all") == [
        ("crime", True),
        ("victim services", False),
    ]
    assert f"{SAMPLE_NOTICE} (crime)" in run("status", places=places).stdout


def test_the_sample_is_not_built_onto_real_services(places: Places) -> None:
    load(places)
    with pytest.raises(SampleOntoReal, match="Real files of victim services are loaded here"):
        refuse_sample_onto_real(served_state(places), read_log(places))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[suplied]\n", "unknown section suplied; did you mean [supplied]?"),
        ("[supplied]\nencodin = 'utf-8'\n", "unknown key encodin under [supplied]; did you mean"),
        ("[supplied]\nencoding = 'latin'\n", "expected utf-8 or windows-1252"),
        ("[supplied.tables.referal]\n", "unknown table referal under [supplied]; did you mean"),
        ("[supplied.senders]\nP01 = 3\n", "P01 must hold lines like"),
        ("[supplied.senders.P01]\ndate_order = 'us'\n", "expected date_order iso or day_first"),
        ("[protection]\nthreshold = 5\n", "threshold is 5, expected a whole number 10 to 100"),
    ],
)
def test_a_policy_that_cannot_be_followed_stops_the_load(
    places: Places, text: str, words: str
) -> None:
    places.create()
    places.policy.write_text(text)
    with pytest.raises(PolicyRefused, match=re.escape(words)):
        load(places)
