"""The invented sample: the same every time, marked, at scale, and shaped as published."""

import hashlib
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from pipelines.reference import HOME_FORCE_CODE, load_reference
from pipelines.sample.calibration import MONTHS_PUBLISHED, load_calibration
from pipelines.sample.faults import EXACT_DUPLICATE, FAULTS
from pipelines.sample.plan import CARRIAGE_RETURN_MONTHS, MONTHS, NOT_SUPPLIED, PLANTED_CHANGES
from schemas.codes import ANTISOCIAL_BEHAVIOUR, OUTCOMES, ROW_TYPES, SAMPLE_MARK
from schemas.street_crime import COLUMN_NAMES

pytestmark = pytest.mark.slow  # the sample takes some seconds to write

PLANTED = {(change.area_code, change.crime_type) for change in PLANTED_CHANGES}


@pytest.fixture(scope="module")
def rows(street_sample: Path) -> pl.DataFrame:
    """Every sound row, with its file's force and month and the district it lies in."""
    faulty = pl.DataFrame(
        [(fault.force_code, fault.month, fault.line) for fault in FAULTS],
        schema={"force_code": pl.String, "file_month": pl.String, "line": pl.Int64},
        orient="row",
    )
    slugs = dict(load_reference().forces.select("slug", "force_code").iter_rows())
    frames = [
        _read(path, force_code=slugs[path.name[8:].removesuffix("-street.csv")])
        for path in sorted(street_sample.glob("*/*.csv"))
    ]
    sound = pl.concat(frames).join(faulty, on=faulty.columns, how="anti", maintain_order="left")
    districts = load_reference().small_areas.select("small_area_code", "area_code")
    return sound.join(districts, left_on="LSOA code", right_on="small_area_code", how="left")


@pytest.fixture(scope="module")
def home(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("force_code") == HOME_FORCE_CODE)


def _read(path: Path, *, force_code: str) -> pl.DataFrame:
    frame = pl.read_csv(path, infer_schema=False, truncate_ragged_lines=True)
    assert tuple(frame.columns) == COLUMN_NAMES
    return frame.with_row_index("line", offset=2).with_columns(
        pl.col("line").cast(pl.Int64),
        force_code=pl.lit(force_code),
        file_month=pl.lit(path.name[:7]),
    )


def test_two_runs_write_the_same_bytes(street_sample: Path, sample_dir: Path) -> None:
    """One run is of a fixture, the other of the command, in a process of its own."""
    assert _hashes(sample_dir / "sample") == _hashes(street_sample)


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("*/*.csv")
    }


def test_every_line_says_that_it_is_invented(street_sample: Path) -> None:
    for path in street_sample.glob("*/*.csv"):
        lines = path.read_text().splitlines()
        assert all(line.endswith("," + SAMPLE_MARK) for line in lines[1:]), path.name


def test_files_are_named_and_laid_out_as_police_uk_does(street_sample: Path) -> None:
    names = {str(path.relative_to(street_sample)) for path in street_sample.glob("*/*.csv")}
    slugs = ["west-mercia", *(f"force-{letter}" for letter in "abcdefgh")]
    expected = {f"{month}/{month}-{slug}-street.csv" for month in MONTHS for slug in slugs}
    assert expected - names == {"2024-03/2024-03-force-c-street.csv"}
    assert names <= expected
    assert NOT_SUPPLIED == (("SAMPLE-C", "2024-03"),)


def test_line_ends_are_of_the_kind_that_real_files_of_the_month_have(street_sample: Path) -> None:
    for month in MONTHS:
        path = street_sample / month / f"{month}-west-mercia-street.csv"
        first_line = path.read_bytes()[:200]
        assert (b"\r\n" in first_line) == (month in CARRIAGE_RETURN_MONTHS), month


def test_west_mercia_has_its_real_scale(home: pl.DataFrame) -> None:
    by_month = home.group_by("file_month").len()["len"]
    assert len(by_month) == 36
    assert by_month.mean() == pytest.approx(8_100, rel=0.02)
    assert by_month.min() > 7_000  # type: ignore[operator]
    assert by_month.max() < 9_200  # type: ignore[operator]
    located = home.filter(pl.col("area_code").is_not_null())
    assert located["LSOA code"].n_unique() == 804


def test_comparison_forces_have_rates_like_real_ones(rows: pl.DataFrame) -> None:
    residents = load_reference().areas.select(force_code="area_code", residents="residents")
    crime = rows.filter(pl.col("Crime type") != ANTISOCIAL_BEHAVIOUR)
    by_force = crime.group_by("force_code").agg(
        count=pl.len(), months=pl.col("file_month").n_unique()
    )
    rates = by_force.join(residents, on="force_code").with_columns(
        rate=pl.col("count") / pl.col("months") * 12_000 / pl.col("residents")
    )
    assert len(rates) == 9
    assert rates["rate"].is_between(45, 85).all(), rates


def test_mix_agrees_with_the_published_totals(home: pl.DataFrame) -> None:
    calibration = load_calibration()
    counts = Counter(home.select("area_code", "Crime type").iter_rows())
    for area, area_code in enumerate(calibration.area_codes):
        for number, crime_type in enumerate(ROW_TYPES):
            if (area_code, crime_type) in PLANTED:
                continue
            expected = calibration.rows[area, number] / MONTHS_PUBLISHED * 0.94 * 36
            # Four Poisson deviations, and 4 % for the sample's wider spread and season.
            allowed = 4 * expected**0.5 + 0.04 * expected
            assert abs(counts[area_code, crime_type] - expected) < allowed, (area_code, crime_type)


def test_deprivation_and_rural_gradients_agree_with_the_published_totals(
    home: pl.DataFrame,
) -> None:
    calibration = load_calibration()
    areas = load_reference().small_areas.drop("area_code")
    located = home.join(areas, left_on="LSOA code", right_on="small_area_code")
    by_decile = located.group_by("deprivation_decile").len().sort("deprivation_decile")["len"]
    shares = (by_decile / by_decile.sum()).to_list()
    published = calibration.decile_rows / calibration.decile_rows.sum()
    assert shares == pytest.approx(published.tolist(), rel=0.05)
    rural = located.group_by("Crime type").agg(pl.col("is_rural").mean())
    for crime_type, share in rural.iter_rows():
        number = ROW_TYPES.index(crime_type)
        known = calibration.rural_rows[number]
        assert share == pytest.approx(known / (known + calibration.urban_rows[number]), abs=0.02), (
            crime_type
        )


def test_crime_is_as_concentrated_as_published(home: pl.DataFrame) -> None:
    calibration = load_calibration()
    by_area = home.drop_nulls("area_code").group_by("area_code", "LSOA code").len()
    top = by_area.group_by("area_code").agg(share=pl.col("len").max() / pl.col("len").sum())
    published = calibration.top_rows / calibration.rows.sum(axis=1)
    assert top.sort("area_code")["share"].to_list() == pytest.approx(published.tolist(), rel=0.1)


def test_rows_without_a_place_and_outside_are_as_rare_as_in_real_files(home: pl.DataFrame) -> None:
    without = home.group_by("file_month").agg(share=pl.col("LSOA code").is_null().mean())
    assert without["share"].is_between(0.015, 0.025).all()
    bare = home.filter(pl.col("LSOA code").is_null())
    assert set(bare["Location"]) == {"No Location"}
    assert bare.select("Longitude", "Latitude", "LSOA name").null_count().sum_horizontal()[
        0
    ] == 3 * len(bare)
    outside = home.filter(pl.col("LSOA code").is_not_null() & pl.col("area_code").is_null())
    assert len(outside) / len(home) == pytest.approx(0.0036, rel=0.1)
    assert set(outside["LSOA code"]) <= set(load_calibration().outside_areas["small_area_code"])


def test_small_area_names_and_codes_belong_together(home: pl.DataFrame) -> None:
    known = load_reference().small_areas.select("small_area_code", "small_area_name")
    outside = load_calibration().outside_areas.select("small_area_code", "small_area_name")
    pairs = set(pl.concat([known, outside]).iter_rows())
    found = home.drop_nulls("LSOA code").select("LSOA code", "LSOA name").unique()
    assert set(found.iter_rows()) <= pairs


def test_points_are_few_and_lie_in_their_small_area(home: pl.DataFrame) -> None:
    points = (
        home.drop_nulls("area_code")
        .group_by("LSOA code")
        .agg(
            count=pl.struct("Longitude", "Latitude").n_unique(),
            longitude=pl.col("Longitude").cast(pl.Float64).mean(),
            latitude=pl.col("Latitude").cast(pl.Float64).mean(),
        )
    )
    assert points["count"].max() <= 18  # type: ignore[operator]
    centres = load_reference().small_areas
    near = points.join(centres, left_on="LSOA code", right_on="small_area_code", suffix="_centre")
    radius = (pl.col("hectares") * 10_000 / 3.1416).sqrt() / 111_320
    assert near.select(
        ((pl.col("latitude") - pl.col("latitude_centre")).abs() <= radius).all()
    ).item()


def test_antisocial_behaviour_has_no_id_and_no_outcome_and_crime_has_both(
    rows: pl.DataFrame,
) -> None:
    is_asb = pl.col("Crime type") == ANTISOCIAL_BEHAVIOUR
    asb, crime = rows.filter(is_asb), rows.filter(~is_asb)
    assert asb["Crime ID"].null_count() == asb["Last outcome category"].null_count() == len(asb)
    assert crime["Crime ID"].str.contains("^[0-9a-f]{64}$").all()
    assert set(crime["Last outcome category"]) <= set(OUTCOMES)
    assert set(rows["Crime type"]) == set(ROW_TYPES)


def test_repeated_ids_lie_at_two_places_but_for_one_exact_repeat(rows: pl.DataFrame) -> None:
    repeated = rows.filter(pl.col("Crime ID").is_not_null() & pl.col("Crime ID").is_duplicated())
    assert 40 <= repeated["Crime ID"].n_unique() <= 120
    assert set(repeated["force_code"]) == {HOME_FORCE_CODE}
    exact = repeated.filter(repeated.select(COLUMN_NAMES).is_duplicated())
    assert exact.select("force_code", "file_month").rows() == [EXACT_DUPLICATE] * 2


def test_younger_months_have_more_open_outcomes(home: pl.DataFrame) -> None:
    crime = home.drop_nulls("Last outcome category")
    is_open = pl.col("Last outcome category").is_in(
        ["Under investigation", "Status update unavailable"]
    )
    share = dict(crime.group_by("file_month").agg(is_open.mean()).iter_rows())
    assert share["2026-09"] > 0.4 > share["2026-07"] > share["2026-05"] > share["2025-09"]
    assert share["2024-06"] == pytest.approx(share["2023-10"], abs=0.03)


def test_outcomes_between_the_closed_ones_are_as_published(home: pl.DataFrame) -> None:
    violence = home.filter(
        (pl.col("Crime type") == "Violence and sexual offences")
        & ~pl.col("Last outcome category").is_in(
            ["Under investigation", "Status update unavailable"]
        )
    )
    unable = (violence["Last outcome category"] == "Unable to prosecute suspect").mean()
    assert unable == pytest.approx(29_173 / (45_723 - 5_332 - 3_812), abs=0.01)


def test_no_real_force_is_named_but_west_mercia(rows: pl.DataFrame) -> None:
    assert set(rows["Reported by"]) == {
        "West Mercia Police",
        *(f"Force {letter} Police" for letter in "ABCDEFGH"),
    }
    assert rows["Reported by"].equals(rows["Falls within"])
