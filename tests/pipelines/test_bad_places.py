"""Rows without place, with an odd one or of another force's area: B23 to B26."""

from pathlib import Path

import pytest

from tests.support.street_rows import cleaned, counted, faults, refusal, rows, spoilt, warned


def test_b23_row_without_location_counts_without_area(tmp_path: Path) -> None:
    nowhere = {
        "Longitude": "",
        "Latitude": "",
        "LSOA code": "",
        "LSOA name": "",
        "Location": "No Location",
    }
    result = cleaned(tmp_path, [rows(1)[0] | nowhere, *rows(100)[1:]])
    assert result.set_aside.is_empty()
    assert (
        counted(result, "partnership_code", "area_code", "small_area_code", "hexagon")[
            None, "NONE", None, None
        ]
        == 1
    )


def test_b24_zeroed_point_is_no_point(tmp_path: Path) -> None:
    lines = rows()
    lines[0] |= {"Longitude": "0", "Latitude": "0.0"}
    result = cleaned(tmp_path, lines)
    assert warned(result) == {("ZEROED_POINT", "Longitude"): 1}
    assert counted(result, "small_area_code", "hexagon")["E01013988", None] == 1


def test_a_place_on_the_meridian_is_not_zeroed(tmp_path: Path) -> None:
    lines = rows()
    lines[0] |= {"Longitude": "0", "Latitude": "52.9"}
    assert cleaned(tmp_path, lines).warnings.is_empty()


def test_b25_codes_of_2011_and_2021_are_both_mapped(tmp_path: Path) -> None:
    # Two areas of 2011 became E01035071.
    result = cleaned(tmp_path, spoilt("LSOA code", "E01028991", "E01033529", "E01035071"))
    assert result.set_aside.is_empty()
    assert counted(result, "small_area_code") == {"E01035071": 3, "E01013988": 97}


SPLIT_2011 = "E01032130"
SPLIT_CENTRES = {"E01034316": (-2.052083, 52.320613), "E01034317": (-2.058739, 52.319447)}


def test_b25_split_area_goes_to_the_nearest_part(tmp_path: Path) -> None:
    lines = spoilt("LSOA code", *[SPLIT_2011] * 2)
    for line, (longitude, latitude) in zip(lines, SPLIT_CENTRES.values(), strict=False):
        line |= {"Longitude": str(longitude), "Latitude": str(latitude)}
    result = cleaned(tmp_path, lines)
    found = counted(result, "small_area_code")
    assert {code: found[code] for code in SPLIT_CENTRES} == dict.fromkeys(SPLIT_CENTRES, 1)


def test_b25_unknown_code_with_a_known_district_counts_there(tmp_path: Path) -> None:
    lines = rows()
    lines[0] |= {"LSOA code": "E01999999", "LSOA name": "Redditch 099Z"}
    result = cleaned(tmp_path, lines)
    assert counted(result, "area_code", "small_area_code")["E07000236", None] == 1


def test_b25_unknown_code_without_known_district_is_outside(tmp_path: Path) -> None:
    lines = rows()
    lines[0] |= {"LSOA code": "E01999999", "LSOA name": "Nowhereshire 001A"}
    result = cleaned(tmp_path, lines)
    assert counted(result, "area_code")["OUTSIDE"] == 1
    assert warned(result)["UNKNOWN_LSOA", "LSOA code"] == 1


def test_b25_malformed_code_is_set_aside(tmp_path: Path) -> None:
    result = cleaned(tmp_path, spoilt("LSOA code", "E0101"))
    assert faults(result) == [(2, "LSOA code", "UNKNOWN_LSOA", "E0101")]


BIRMINGHAM = {"LSOA code": "E01009160", "LSOA name": "Birmingham 125E"}


def test_b26_row_in_another_forces_area_is_kept_and_flagged(tmp_path: Path) -> None:
    result = cleaned(tmp_path, [rows(1)[0] | BIRMINGHAM, *rows()[1:]])
    assert counted(result, "partnership_code", "area_code", "hexagon")[None, "OUTSIDE", None] == 1
    assert warned(result) == {("OUT_OF_AREA", "E23000016"): 1}


def test_b26_over_five_per_cent_outside_refuses_the_file(tmp_path: Path) -> None:
    lines = [row | BIRMINGHAM if place < 6 else row for place, row in enumerate(rows())]
    assert "6 of 100 rows of force E23000016 (6%) lie in other forces' areas" in refusal(
        tmp_path, lines
    )
    lines[0] = rows(1)[0]
    assert cleaned(tmp_path, lines).rows_loaded == 100


def test_b26_is_measured_against_the_reporting_force(tmp_path: Path) -> None:
    police = {"Reported by": "West Midlands Police", "Falls within": "West Midlands Police"}
    name = "2026-09-west-midlands-street.csv"
    result = cleaned(tmp_path, [row | BIRMINGHAM | police for row in rows()], name=name)
    assert counted(result, "area_code") == {"FORCE_ONLY": 100}
    message = refusal(tmp_path, [row | police for row in rows()], name=name)
    assert "100 of 100 rows of force E23000014" in message


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [("-2.7", ""), ("", "52"), ("NaN", "52"), ("-2.7", "inf"), ("9", "52")],
)
def test_half_and_impossible_points_are_set_aside(
    tmp_path: Path, longitude: str, latitude: str
) -> None:
    lines = rows()
    lines[0] |= {"Longitude": longitude, "Latitude": latitude}
    assert {fault[2] for fault in faults(cleaned(tmp_path, lines))} == {"BAD_COORDINATE"}
