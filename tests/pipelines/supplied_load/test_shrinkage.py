"""A file with far fewer rows than are loaded: refused, unless someone approves it."""

import json
import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.places import Places
from pipelines.supplied import words
from pipelines.supplied.counted import rows_that_count
from pipelines.supplied.intake import SuppliedIntake
from pipelines.supplied.log import Holding
from tests.support.loading import AS_OF, load, query
from tests.support.supplied_files import cells, referrals, take_in, write_directory, write_rows

pytestmark = pytest.mark.slow

Q1 = {
    "date_crime_reported": "2026-05-01",
    "date_referred": "2026-05-02",
    "date_received": "2026-05-02",
}
FIRST_QUARTER, SECOND_QUARTER = "2026-27 Q1", "2026-27 Q2"
MESSAGE = (
    "second.csv holds far fewer rows than are loaded of 2026-27 Q1 from P01. Nothing of it was "
    "loaded, and what is loaded stays. If dates or senders in it are wrong, correct them; if the "
    "file is right, run build again with --approve 2026-04."
)


def _write(places: Places, name: str, *, first: int = 0, second: int = 0) -> Path:
    """Write a file with as many referrals of either quarter, none of them in another file."""
    rows = [
        *({**row, **Q1} for row in referrals(1 + first)[:first]),
        *referrals(1 + second)[:second],
    ]
    for number, row in enumerate(rows):
        row["referral_id"] = f"{name.split('.', maxsplit=1)[0]}-{number}"
    return write_rows(places.inbox, rows, name=name)


def _counted(places: Places, intake: SuppliedIntake) -> dict[str, int]:
    days = rows_that_count(places, intake.log)["referrals"]["date_received"]
    quarters = Counter(FIRST_QUARTER if day.month < 7 else SECOND_QUARTER for day in days)
    return dict(quarters)


def test_a_stray_row_refuses_the_file_and_the_quarter_stays(places: Places) -> None:
    _write(places, "first.csv", first=20)
    take_in(places)
    _write(places, "second.csv", first=1, second=20)
    intake = take_in(places)
    assert [refusal.message for refusal in intake.refused] == [MESSAGE]
    assert _counted(places, intake) == {FIRST_QUARTER: 20}
    assert len(list((places.supplied / "referrals").iterdir())) == 1


def test_it_is_refused_at_each_load_and_no_version_comes_of_it(places: Places) -> None:
    _write(places, "first.csv", first=20)
    load(places)
    _write(places, "second.csv", first=1, second=20)
    refused = load(places)
    again = load(places)
    assert (refused.exit_code, again.exit_code) == (1, 1)
    assert (again.outcome, again.version) == ("unchanged", refused.version)


def test_what_is_approved_replaces_the_quarter_and_is_audited(places: Places) -> None:
    _write(places, "first.csv", first=20)
    load(places)
    _write(places, "second.csv", first=1, second=20)
    load(places)
    report = load(places, approve=("2026-04",))
    assert (report.outcome, report.exit_code) == ("published", 0)
    assert "referrals replaced: 2026-27 Q1 from P01" in report.notes
    assert query(
        places, "select file_name, status from meta_supplied_file where table_name = 'referrals'"
    ) == [("first.csv", "replaced"), ("second.csv", "loaded")]
    (line,) = (places.audit / "loads.jsonl").read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert (record["action"], record["file"], record["month"], record["said"]) == (
        "smaller file approved",
        "second.csv",
        "2026-04",
        "holds far fewer rows than are loaded of 2026-27 Q1 from P01.",
    )
    assert load(places).outcome == "unchanged"


def test_approving_another_month_changes_nothing(places: Places) -> None:
    _write(places, "first.csv", first=20)
    take_in(places)
    _write(places, "second.csv", first=1, second=20)
    intake = take_in(places, approve=("2026-07", "2026-05"))
    assert _counted(places, intake) == {FIRST_QUARTER: 20}


@pytest.mark.parametrize(
    ("before", "now", "is_refused"),
    [(20, 16, False), (20, 8, False), (20, 7, True), (10, 4, False), (10, 3, True), (9, 1, False)],
)
def test_a_smaller_file_may_be_right_from_two_fifths_on(
    places: Places, before: int, now: int, is_refused: bool
) -> None:
    _write(places, "first.csv", first=before)
    take_in(places)
    _write(places, "second.csv", first=now)
    intake = take_in(places)
    assert bool(intake.refused) == is_refused
    assert _counted(places, intake) == {FIRST_QUARTER: before if is_refused else now}


@pytest.mark.parametrize("stray", ["2026-04-01", "2026-06-30"])
def test_within_one_load_the_file_changed_last_is_held_against_the_other(
    places: Places, stray: str
) -> None:
    first = _write(places, "first.csv", first=20)
    rows = referrals(21)
    for number, row in enumerate(rows):
        row["referral_id"] = f"second-{number}"
    days = dict.fromkeys(("date_crime_reported", "date_referred", "date_received"), stray)
    second = write_rows(places.inbox, [*rows[1:], {**rows[0], **days}], name="second.csv")
    os.utime(first, ns=(1_000, 1_000))
    os.utime(second, ns=(2_000, 2_000))
    intake = take_in(places)
    assert [refusal.message for refusal in intake.refused] == [MESSAGE]
    assert _counted(places, intake) == {FIRST_QUARTER: 20}


def test_a_whole_table_is_approved_by_the_month_of_loading(tmp_path: Path) -> None:
    places = Places(tmp_path / "data")
    write_directory(places.inbox)
    many = [cells("providers", provider_id=f"P{number:02}") for number in range(1, 13)]
    write_rows(places.inbox, many, "providers", "providers.csv")
    take_in(places)
    write_rows(places.inbox, many[:2], "providers", "newest.csv")
    intake = take_in(places)
    assert "loaded of the whole table." in intake.refused[0].message
    assert f"--approve {AS_OF:%Y-%m}" in intake.refused[0].message
    assert rows_that_count(places, intake.log)["providers"].height == 12
    intake = take_in(places, approve=(f"{AS_OF:%Y-%m}",))
    assert rows_that_count(places, intake.log)["providers"].height == 2


def test_a_file_refused_at_first_does_not_replace_what_came_after_it(tmp_path: Path) -> None:
    places = Places(tmp_path / "data")
    _write(places, "first.csv", first=20)
    take_in(places)  # Refused: there is no directory yet.
    write_directory(places.inbox)
    _write(places, "second.csv", first=12)
    take_in(places)
    intake = take_in(places)
    assert not intake.refused
    assert _counted(places, intake) == {FIRST_QUARTER: 12}


@pytest.mark.parametrize(
    ("period", "month"),
    [
        ("2026-27 Q1", "2026-04"),
        ("2026-27 Q4", "2027-01"),
        ("2026-27", "2026-04"),
        ("2019-20", "2019-04"),
        ("2026-12", "2026-12"),
        ("", ""),
    ],
)
def test_the_first_month_of_a_period(period: str, month: str) -> None:
    assert Holding("P01", period).first_month == month


_ROWS = st.sampled_from((0, 1, 4, 9, 10, 25))


@settings(max_examples=8)
@given(st.lists(st.tuples(_ROWS, _ROWS).filter(any), min_size=2, max_size=5))
def test_no_loads_lose_a_period_and_none_changes_without_a_word(
    files: list[tuple[int, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        places = Places(Path(folder) / "data")
        write_directory(places.inbox)
        held: dict[str, int] = {}
        for number, (first, second) in enumerate(files):
            path = _write(places, f"f{number}.csv", first=first, second=second)
            intake = take_in(places)
            path.unlink()
            sent = {FIRST_QUARTER: first, SECOND_QUARTER: second}
            sent = {period: rows for period, rows in sent.items() if rows}
            is_stray = any(
                held.get(key, 0) >= 10 and n < 0.4 * held[key] for key, n in sent.items()
            )
            told = " ".join((*words.notes(intake), *(each.message for each in intake.refused)))
            assert all(period in told for period in sent if period in held and not is_stray)
            assert is_stray == bool(intake.refused)
            held |= {} if is_stray else sent
            assert _counted(places, intake) == held
