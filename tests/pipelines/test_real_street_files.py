"""The real files: all rows accounted for, and the counts as published tables have them."""

import os
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl
import pytest

from pipelines.offered import look_through
from pipelines.policy import Policy
from pipelines.reference import HOME_FORCE_CODE, Reference, load_reference
from pipelines.sources.police_uk import CleanedFile, clean

REAL_DATA: Final = os.environ.get("WM_REAL_DATA")
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.slow,
    pytest.mark.skipif(not REAL_DATA, reason="WM_REAL_DATA does not name the real files"),
]

SPLIT_AT_A_COMMA: Final = {" Christchur": "Violence and sexual offences"}
"""The published table splits "Bournemouth, Christchurch and Poole 004A" although it is quoted, so
that the name's end stands as the type of eight rows. All eight are of this type."""

Counts = Mapping[tuple[str, ...], int]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def files(reference: Reference) -> list[CleanedFile]:
    found = look_through(Path(REAL_DATA or "") / "police_uk")
    assert (found.refusals, found.ignored) == ((), ())
    as_of = date(2026, 11, 1)
    return [
        clean(offered, as_of=as_of, policy=Policy(), reference=reference) for offered in found.files
    ]


def test_every_row_of_every_file_is_loaded_or_set_aside(files: list[CleanedFile]) -> None:
    assert len(files) == 131
    for file in files:
        assert file.rows_read == file.rows_loaded + file.rows_set_aside, file.file_name
        assert file.tally["record_count"].sum() == file.rows_loaded, file.file_name
    assert sum(file.rows_read for file in files) == 868_203


def test_only_exact_duplicates_are_set_aside(files: list[CleanedFile]) -> None:
    reasons = Counter(reason for file in files for reason in file.set_aside["reason"])
    assert set(reasons) == {"DUPLICATE_CRIME_ID"}


def test_west_mercia_by_month_district_and_type_is_as_published(files: list[CleanedFile]) -> None:
    published = _published("crimes_by_month_lad_type", "month", "lad_code", "crime_type")
    difference = Counter(published)
    difference.subtract(_counted(files, ("month", "area_code", "crime_type")))
    # The one exact duplicate of West Mercia, which the published table counts twice.
    assert [(key[0], count) for key, count in difference.items() if count] == [("2025-02", 1)]


def test_west_mercia_has_one_exact_duplicate_and_32_identifiers_at_two_places(
    files: list[CleanedFile],
) -> None:
    home = [file for file in files if "west-mercia" in file.file_name]
    assert [(f.file_name[:7], f.rows_set_aside) for f in home if f.rows_set_aside] == [
        ("2025-02", 1)
    ]
    warnings = pl.concat([file.warnings for file in home])
    repeated = warnings.filter(pl.col("reason") == "REPEATED_CRIME_ID")
    assert repeated["row_count"].sum() == 2 * 32


def test_comparison_forces_by_month_and_type_are_as_published(
    files: list[CleanedFile], reference: Reference
) -> None:
    codes = dict(reference.forces.select("slug", "force_code").iter_rows())
    published = Counter[tuple[str, ...]]()
    for slug, month, crime_type, count, _ in _table("force_comparison_by_month_type").iter_rows():
        published[codes[slug], month, SPLIT_AT_A_COMMA.get(crime_type[:11], crime_type)] += count
    forces = {key[0] for key in published}
    counted = _counted(files, ("force_code", "month", "crime_type"), home_only=False)
    published.subtract({key: n for key, n in counted.items() if key[0] in forces})
    missing = Counter[tuple[str, str]]()
    for (force, month, _), count in published.items():
        assert count >= 0
        missing[force, month] += count
    assert +missing == _set_aside_by_force_and_month(files)


def test_rows_without_location_are_as_published(
    files: list[CleanedFile], reference: Reference
) -> None:
    codes = dict(reference.forces.select("force_code", "slug").iter_rows())
    tally = pl.concat([file.tally for file in files]).filter(area_code="NONE")
    counted = tally.group_by("force_code").agg(pl.col("record_count").sum())
    table = _table("force_comparison_by_month_type").group_by("force_slug")
    published = dict(table.agg(pl.col("no_lsoa").sum()).iter_rows())
    for force_code, count in counted.iter_rows():
        # Exact duplicates set aside may be among them.
        assert published[codes[force_code]] - 20 <= count <= published[codes[force_code]]


def test_every_located_row_inside_the_force_has_small_area_and_hexagon(
    files: list[CleanedFile],
) -> None:
    tally = pl.concat([file.tally for file in files]).filter(force_code=HOME_FORCE_CODE)
    inside = tally.filter(~pl.col("area_code").is_in(["NONE", "OUTSIDE"]))
    assert inside.select("small_area_code", "hexagon", "hexagon_wide").null_count().row(0) == (
        0,
        0,
        0,
    )
    assert inside["small_area_code"].n_unique() <= 804


def _set_aside_by_force_and_month(files: list[CleanedFile]) -> Counter[tuple[str, str]]:
    found = Counter[tuple[str, str]]()
    for file in files:
        force_code = file.tally["force_code"][0]
        if file.rows_set_aside:
            found[force_code, file.file_name[:7]] += file.rows_set_aside
    return found


def _counted(files: list[CleanedFile], by: tuple[str, ...], *, home_only: bool = True) -> Counts:
    tally = pl.concat([file.tally for file in files])
    if home_only:
        tally = tally.filter(force_code=HOME_FORCE_CODE)
    month = pl.col("month").dt.strftime("%Y-%m")
    counted = (
        tally.with_columns(month=month, crime_type=pl.col("crime_type").cast(pl.String))
        .group_by(by)
        .agg(pl.col("record_count").sum())
    )
    return {row[:-1]: row[-1] for row in counted.iter_rows()}


def _published(name: str, *keys: str) -> Counts:
    return {row[:-1]: row[-1] for row in _table(name).select(*keys, "n").iter_rows()}


def _table(name: str) -> pl.DataFrame:
    return pl.read_csv(Path(REAL_DATA or "") / "facts" / f"{name}.csv")
