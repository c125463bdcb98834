"""The published file is opened with suspicion, queried in safety, and replaced while in use."""

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard import warehouse as gateway
from dashboard.errors import QueryTooSlow, VersionNotKept, VersionRefused, WarehouseUnavailable
from dashboard.metrics.catalogue import metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.version import open_version
from dashboard.warehouse import (
    Warehouse,
    current_version,
    kept_versions,
    last_load,
    open_kept,
    open_warehouse,
)
from schemas.published import TABLES
from tests.support.tiny_warehouse import write_version

BANNER = "Update of {day} failed its checks; showing data to 30 September 2026"
_NOBODY = 65534


def banner(path: Path) -> str:
    """The words for a failed version whose file was written on 20 November 2026."""
    moment = 1_795_168_800
    os.utime(path, (moment, moment))
    return BANNER.format(day="20 November 2026")


def content(path: Path) -> list[object]:
    """Return a digest of every table of a version, or raise as opening it does."""
    connection, _ = open_version(path)
    digests = [
        connection.execute(f"select bit_xor(hash(t)) from {table.name} as t").fetchone()
        for table in TABLES
    ]
    connection.close()
    return list(digests)


def test_b72_missing_pointer_is_unavailable_and_recovers_by_itself(tmp_path: Path) -> None:
    path = write_version(tmp_path)
    pointer = tmp_path / "published" / "CURRENT"
    pointer.unlink()
    with pytest.raises(WarehouseUnavailable) as refused:
        open_warehouse(tmp_path)
    assert refused.value.last_known == date(2026, 9, 30)
    pointer.write_text(path.name)
    assert open_warehouse(tmp_path).version == path.stem


def test_b72_pointer_to_a_missing_file_is_unavailable(tmp_path: Path) -> None:
    write_version(tmp_path, 1)
    write_version(tmp_path, 2).unlink()
    with pytest.raises(WarehouseUnavailable, match="missing") as refused:
        open_warehouse(tmp_path)
    assert refused.value.last_known == date(2026, 9, 30)


@pytest.mark.parametrize("text", ["", "../secret.duckdb", "wh-1-xyz.duckdb", "wh-1-0000000g"])
def test_b72_damaged_pointer_is_unavailable(tmp_path: Path, text: str) -> None:
    write_version(tmp_path)
    (tmp_path / "published" / "CURRENT").write_text(text)
    with pytest.raises(WarehouseUnavailable):
        current_version(tmp_path)


def test_b72_nothing_published_has_no_last_known_date(tmp_path: Path) -> None:
    with pytest.raises(WarehouseUnavailable, match="Nothing is published") as refused:
        open_warehouse(tmp_path)
    assert refused.value.last_known is None


def test_a_kept_version_is_opened_as_itself_or_not_at_all(tmp_path: Path) -> None:
    older, newest = write_version(tmp_path, 1), write_version(tmp_path, 2)
    assert open_kept(tmp_path, older.stem).version == older.stem
    assert kept_versions(tmp_path) == [newest.stem, older.stem]
    newest.write_bytes(b"not a database")
    for version in (newest.stem, "wh-3-00000000", "../published/CURRENT", "wh-1-00000000\n"):
        with pytest.raises(VersionNotKept):
            open_kept(tmp_path, version)
    misnamed = older.with_name("wh-4-00000000.duckdb")
    misnamed.write_bytes(older.read_bytes())
    with pytest.raises(VersionNotKept):
        open_kept(tmp_path, misnamed.stem)


@pytest.mark.parametrize("content", [b"", b"<html>not found</html>", b"DUCK" * 4096])
def test_b73_empty_or_foreign_file_leaves_the_last_good_served(
    tmp_path: Path, content: bytes
) -> None:
    good = write_version(tmp_path, 1)
    bad = write_version(tmp_path, 2)
    bad.write_bytes(content)
    expected = banner(bad)
    served = open_warehouse(tmp_path)
    assert served.version == good.stem
    assert served.problem == expected
    assert bad.name in str(served.problem_detail)


def test_b73_truncated_file_leaves_the_last_good_served(tmp_path: Path) -> None:
    good = write_version(tmp_path, 1)
    bad = write_version(tmp_path, 2)
    whole = bad.read_bytes()
    for length in random.Random(73).sample(range(1, len(whole) - 4096), 20):
        bad.write_bytes(whole[:length])
        assert open_warehouse(tmp_path).version == good.stem, f"{length} bytes"


@pytest.mark.slow
def test_b73_bit_flips_never_give_another_answer(tmp_path: Path) -> None:
    good = write_version(tmp_path, 1)
    whole, expected = good.read_bytes(), content(good)
    chance = random.Random(73)
    refused = 0
    for number in range(60):
        damaged = bytearray(whole)
        place = chance.randrange(len(whole))
        damaged[place] ^= 1 << chance.randrange(8)
        path = good.with_name(f"wh-{number + 2}-{number:08x}.duckdb")
        path.write_bytes(damaged)
        try:
            found = content(path)
        except VersionRefused:
            refused += 1
        else:
            # Bytes that belong to no table may change without harm.
            assert found == expected, f"byte {place}"
        path.unlink()
    assert refused >= 20


def test_b73_recovers_when_a_good_version_follows(tmp_path: Path) -> None:
    write_version(tmp_path, 1)
    write_version(tmp_path, 2).write_bytes(b"")
    assert open_warehouse(tmp_path).problem
    newest = write_version(tmp_path, 3)
    served = open_warehouse(tmp_path)
    assert (served.version, served.problem) == (newest.stem, None)


def test_b73_no_good_version_at_all_is_unavailable(tmp_path: Path) -> None:
    write_version(tmp_path).write_bytes(b"")
    with pytest.raises(WarehouseUnavailable, match="failed its checks"):
        open_warehouse(tmp_path)


def test_b74_stale_wal_is_refused_and_never_replayed(tmp_path: Path) -> None:
    good = write_version(tmp_path, 1)
    bad = write_version(tmp_path, 2)
    bad.with_name(bad.name + ".wal").write_bytes(b"anything")
    served = open_warehouse(tmp_path)
    assert served.version == good.stem
    assert "unexpected .wal" in str(served.problem_detail)


def test_b74_removing_the_wal_brings_the_version_back(tmp_path: Path) -> None:
    good = write_version(tmp_path, 1)
    bad = write_version(tmp_path, 2)
    wal = bad.with_name(bad.name + ".wal")
    wal.write_bytes(b"anything")
    assert open_warehouse(tmp_path).version == good.stem
    wal.unlink()
    assert open_warehouse(tmp_path).version == bad.stem


@pytest.mark.parametrize(("schema_version", "words"), [(8, "needs a newer app"), (0, "older")])
def test_b75_other_schema_version_leaves_the_last_good_served(
    tmp_path: Path, schema_version: int, words: str
) -> None:
    good = write_version(tmp_path, 1)
    bad = write_version(tmp_path, 2, schema_version=schema_version)
    expected = banner(bad)
    served = open_warehouse(tmp_path)
    assert (served.version, served.problem) == (good.stem, expected)
    assert f"data version {schema_version}" in str(served.problem_detail)
    assert words in str(served.problem_detail)


def test_b75_missing_table_leaves_the_last_good_served(tmp_path: Path) -> None:
    good = write_version(tmp_path, 1)
    bad = write_version(tmp_path, 2)
    with duckdb.connect(str(bad)) as connection:
        connection.execute("drop table cube_outcome")
    served = open_warehouse(tmp_path)
    assert served.version == good.stem
    assert "cube_outcome" in str(served.problem_detail)


def test_b76_a_session_finishes_on_the_version_it_began_with(tmp_path: Path) -> None:
    first = write_version(tmp_path, 1)
    before = open_warehouse(tmp_path)
    second = write_version(tmp_path, 2)
    first.unlink()
    assert open_warehouse(tmp_path).version == second.stem
    assert before.query("select count(*) as n from meta_build").item() == 1


def test_b77_no_crime_loaded_says_so_and_opens(tmp_path: Path) -> None:
    write_version(tmp_path, has_crime=False)
    served = open_warehouse(tmp_path)
    assert served.build.data_to is None
    with pytest.raises(WarehouseUnavailable, match="No month is loaded"):
        evaluate(metric("recorded_crime"), Choice(), warehouse=served)


def test_b78_no_rows_after_filters_is_a_zero_not_an_error(tiny: Warehouse) -> None:
    result = evaluate(
        metric("recorded_crime"), Choice(crime_types=("Robbery",)), warehouse=tiny, by=("month",)
    )
    assert result.frame["value"].to_list() == [0.0] * 12
    assert set(result.frame["marker"]) == {""}


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """Yield a folder of an ordinary user's own, and act as that user: root may read all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_version(folder)
        if os.geteuid() != 0:
            yield folder
            return
        for each in (folder, *folder.rglob("*")):
            os.chown(each, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("closed", ["published", "published/wh-1-*.duckdb"])
def test_b79_what_may_not_be_read_is_unavailable(ordinary_user: Path, closed: str) -> None:
    next(ordinary_user.glob(closed)).chmod(0)
    with pytest.raises(WarehouseUnavailable):
        open_warehouse(ordinary_user)


def test_b79_log_names_the_path_and_errno(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = write_version(tmp_path)
    shutil.move(path, path.with_suffix(".old"))
    path.mkdir()
    with pytest.raises(WarehouseUnavailable, match="may not be read"):
        open_warehouse(tmp_path)
    assert str(path) in caplog.text
    assert "errno 21" in caplog.text


ATTACKS = (
    "from read_csv('/etc/passwd')",
    "from read_text('/etc/hostname')",
    "attach '/tmp/other.duckdb'",
    "copy (select 1) to '/tmp/out.csv'",
    "insert into meta_build select * from meta_build",
    "drop table cube_crime",
    "set enable_external_access = true",
    "set memory_limit = '8GB'",
    "install httpfs",
    "load httpfs",
    "from 'https://example.org/x.parquet'",
)


@pytest.mark.parametrize("statement", ATTACKS)
def test_connection_reaches_nothing_outside(tiny: Warehouse, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        tiny.query(statement)


def test_eight_threads_get_their_own_answers(tiny: Warehouse) -> None:
    def ask(number: int) -> bool:
        rows = tiny.query("select $n::integer as n, count(*) as c from cube_crime", n=number)
        return rows.row(0) == (number, expected)

    expected = tiny.query("select count(*) as c from cube_crime").item()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(8 * 200)))
    assert answers.count(False) == 0


def test_slow_query_is_stopped_and_others_go_on(
    tiny: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "LONGEST_QUERY_SECONDS", 0.2)
    with pytest.raises(QueryTooSlow, match="was stopped"):
        tiny.query(
            "select count(*) from range(100000) a, range(10000000) b where a.range > b.range"
        )
    assert tiny.query("select 1 as one").item() == 1


def test_only_small_tables_are_kept_whole(tiny: Warehouse) -> None:
    assert tiny.table("dim_area") is tiny.table("dim_area")
    with pytest.raises(KeyError):
        tiny.table("cube_crime")


def test_last_load_is_told_or_unknown(tmp_path: Path) -> None:
    assert last_load(tmp_path) is None
    write_version(tmp_path)
    assert last_load(tmp_path) == {"outcome": "published"}
    (tmp_path / "published" / "last-load.json").write_text("{")
    assert last_load(tmp_path) is None
