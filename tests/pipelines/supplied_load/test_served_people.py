"""Tables about people are made anew only when something that they follow from has changed."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines.places import Places
from pipelines.plan import Plan, Request, make_plan
from pipelines.progress import no_progress
from pipelines.protect import ProtectionReport
from pipelines.publish import current_version
from pipelines.report import LoadReport
from pipelines.rules_hash import hash_of_rules
from pipelines.served_people import People, kept_reasons, people_sha256, served_people
from tests.support.loading import AS_OF, load, query, rows_by_month, run
from tests.support.street_files import write_street
from tests.support.supplied_files import referrals, write_directory, write_rows

pytestmark = pytest.mark.slow

CELLS = "select * from cube_protected_count order by all"
WAITS = "select * from cube_protected_wait order by all"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Return places with a month of crime and a file of referrals, published."""
    places = Places(tmp_path_factory.mktemp("served") / "data")
    write_directory(places.inbox)
    write_street(places.inbox, "2026-08", 20)
    write_rows(places.inbox, referrals(23))
    load(places)
    return places


@pytest.fixture
def loaded(published: Places, tmp_path: Path) -> Places:
    """Return a copy of these places, which a test may change."""
    return Places(shutil.copytree(published.data_dir, tmp_path / "data"))


def _are_reused(report: LoadReport) -> bool:
    assert report.outcome == "published"
    return any(note.startswith("People as in wh-") for note in report.notes)


def _plan(places: Places) -> Plan:
    return make_plan(places, Request(places.inbox, AS_OF), no_progress)


def test_a_new_month_of_crime_leaves_people_as_they_are(loaded: Places) -> None:
    before = query(loaded, CELLS), query(loaded, WAITS)
    kept = loaded.protection.stat().st_mtime_ns
    write_street(loaded.inbox, "2026-09", 30)
    assert _are_reused(load(loaded))
    assert (query(loaded, CELLS), query(loaded, WAITS)) == before
    assert rows_by_month(loaded) == {"2026-08": 20, "2026-09": 30}
    assert loaded.protection.stat().st_mtime_ns == kept


def test_what_is_reused_is_what_would_be_made_anew(loaded: Places, tmp_path: Path) -> None:
    write_street(loaded.inbox, "2026-09", 30)
    load(loaded)
    afresh = Places(tmp_path / "afresh")
    load(afresh, inbox=loaded.inbox)
    assert query(loaded, CELLS) == query(afresh, CELLS)
    assert query(loaded, "select people_sha256 from meta_build") == query(
        afresh, "select people_sha256 from meta_build"
    )


def _more_referrals(places: Places) -> None:
    write_rows(places.inbox, referrals(31), name="referrals_again.csv")


def _stricter_policy(places: Places) -> None:
    places.policy.write_text("[protection]\nthreshold = 12\n", encoding="utf-8")


@pytest.mark.parametrize("change", [_more_referrals, _stricter_policy])
def test_other_rows_or_numbers_count_people_anew(
    loaded: Places, change: Callable[[Places], None]
) -> None:
    change(loaded)
    write_street(loaded.inbox, "2026-09", 30)
    assert not _are_reused(load(loaded))


def test_another_day_counts_people_anew(loaded: Places) -> None:
    write_street(loaded.inbox, "2026-09", 30)
    assert not _are_reused(load(loaded, as_of=AS_OF + timedelta(days=1)))


def test_a_version_of_another_contract_tells_nothing_about_people(loaded: Places) -> None:
    current = current_version(loaded)
    assert current is not None
    assert served_people(loaded) is not None
    path = loaded.published / current.file_name
    path.chmod(0o640)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update meta_build set schema_version = schema_version - 1")
    assert served_people(loaded) is None


def test_reasons_are_those_of_the_served_cells_or_none(loaded: Places) -> None:
    served = served_people(loaded)
    assert served is not None
    kept = kept_reasons(loaded, served)
    assert kept is not None
    cells = served.tables["cube_protected_count"]
    assert len(kept) == cells["count"].null_count() > 0
    other = kept_reasons(loaded, replace(served, sha256="0" * 64))
    assert other is not None
    assert other.is_empty()
    loaded.protection.unlink()
    assert kept_reasons(loaded, served) is None


def test_the_report_tells_each_way_in_which_cells_were_protected() -> None:
    report = ProtectionReport(
        hidden=1_234,
        repaired=56,
        widened=7,
        dropped=8,
        lopsided=9,
        mirrored=10,
        sums_not_kept=0,
        reasons=pl.DataFrame(),
        audited=1_000,
        proven=600,
        programmes=11,
    )
    assert list(People({}, report).notes) == [
        "People are protected: 1,234 cells hidden (56 of them for a neighbour, 10 because the same "
        "people are counted another way), 7 rounded more widely, 8 splits dropped; 1,000 audited, "
        "600 of them proven safe by all sums at once."
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"as_of": date(2026, 11, 2)},
        {"supplied.protection.wait_base": 11},
        {"supplied.log.files": ()},
    ],
)
def test_the_hash_changes_with_each_of_its_parts(
    loaded: Places, changed: dict[str, object]
) -> None:
    plan = _plan(loaded)
    ((path, value),) = changed.items()
    assert people_sha256(plan) == people_sha256(_plan(loaded))
    assert people_sha256(_with(plan, path.split("."), value)) != people_sha256(plan)


def _with(what: Any, path: list[str], value: object) -> Any:
    first, *rest = path
    return replace(what, **{first: _with(getattr(what, first), rest, value) if rest else value})


def test_the_hash_covers_every_file_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines import rules_hash, served_people

    names = ("pipelines/counting/people.py", "schemas/menu/code.py", "data/reference/areas.csv")
    for name in (*names, "requirements.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    monkeypatch.setattr(rules_hash, "_ROOT", tmp_path)
    before = hash_of_rules("", served_people._PROGRAM)
    for name in (*names, "requirements.txt"):
        (tmp_path / name).write_text("after")
        after = hash_of_rules("", served_people._PROGRAM)
        assert after != before, name
        before = after


def test_a_load_that_reuses_people_needs_neither_counting_nor_protection(loaded: Places) -> None:
    write_street(loaded.inbox, "2026-09", 30)
    done = run(
        *("build", "--as-of", f"{AS_OF}", "--json"),
        places=loaded,
        env={"PYTHONPROFILEIMPORTTIME": "1"},
    )
    assert json.loads(done.stdout)["outcome"] == "published"
    assert "pipelines.publish" in done.stderr
    assert "pipelines.counting" not in done.stderr
    assert "scipy" not in done.stderr


def test_a_rollback_reuses_only_what_the_older_version_followed_from(loaded: Places) -> None:
    first = current_version(loaded)
    assert first is not None
    _more_referrals(loaded)
    load(loaded)
    done = run("rollback", places=loaded)
    assert done.returncode == 0
    report = load(loaded)
    assert not _are_reused(report)
    assert report.version != first.name
