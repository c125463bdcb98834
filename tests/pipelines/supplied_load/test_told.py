"""What any version ever told about people is kept, and the next is held against all of it."""

import shutil
import stat
from pathlib import Path

import polars as pl
import pytest

from pipelines.places import Places
from pipelines.publish import roll_back, versions
from pipelines.told import keep_told
from tests.support.loading import load, query
from tests.support.street_files import write_street
from tests.support.supplied_files import referrals, write_directory, write_rows

pytestmark = pytest.mark.slow

_ALL = (
    "select count from cube_protected_count where measure = 'referrals' "
    "and split_1 = '' and area_type = 'force' and period_type = 'month'"
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Return places with a version of 31 referrals, and a mistaken one of 5 after it."""
    places = Places(tmp_path_factory.mktemp("told") / "data")
    write_directory(places.inbox)
    _supply(places, 31)
    _supply(places, 5)
    return places


@pytest.fixture
def loaded(published: Places, tmp_path: Path) -> Places:
    """Return a copy of these places, which a test may change."""
    return Places(shutil.copytree(published.data_dir, tmp_path / "data"))


def _supply(places: Places, people: int) -> list[tuple[int | None]]:
    """Load the quarter with so many referrals; return what is published of it."""
    write_rows(places.inbox, referrals(people))
    load(places, approve=("2026-07",))
    return query(places, _ALL)


def _told(places: Places) -> pl.DataFrame:
    return pl.concat(map(pl.read_parquet, sorted(places.told.glob("*.parquet"))))


def test_what_the_first_version_told_is_shown_again_after_a_mistaken_one(loaded: Places) -> None:
    assert query(loaded, _ALL) == [(None,)]
    assert _supply(loaded, 32) == [(30,)]


def test_a_version_that_was_rolled_back_has_told_what_it_told(loaded: Places) -> None:
    roll_back(loaded, None)
    assert query(loaded, _ALL) == [(30,)]
    # It hid what no version told as 40: beside it, 40 would say what it hid.
    assert _supply(loaded, 40) == [(None,)]


def test_versions_whose_telling_was_not_kept_are_read_from_the_disk(loaded: Places) -> None:
    told = _told(loaded)
    shutil.rmtree(loaded.told)
    loaded.create()
    assert keep_told(loaded) == ()
    assert _told(loaded).equals(told)
    first, _ = versions(loaded)
    (loaded.told / f"{first.name}.parquet").unlink()
    path = loaded.published / first.file_name
    path.chmod(0o640)
    path.write_bytes(b"damaged")
    (warning,) = keep_told(loaded)
    assert warning.startswith(first.name)


def test_only_published_cells_are_kept_each_once_and_for_the_loader_alone(loaded: Places) -> None:
    told = _told(loaded)
    assert told.is_duplicated().sum() == 0
    shown = told["count"].drop_nulls()
    assert len(shown) > 0
    assert ((shown >= 10) & (shown % 5 == 0)).all()
    for path in loaded.told.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    # A version of which only the crime is new tells nothing new.
    write_street(loaded.inbox, "2026-09", 30)
    load(loaded)
    assert _told(loaded).equals(told)
    assert len(list(loaded.told.iterdir())) == len(versions(loaded)) == 3


def test_the_number_of_a_version_that_was_removed_is_not_given_again(loaded: Places) -> None:
    roll_back(loaded, None)
    (loaded.published / versions(loaded)[-1].file_name).unlink()
    _supply(loaded, 32)
    assert [version.number for version in versions(loaded)] == [1, 3]
