"""Rows that are set aside with reasons, and odd rows that count: B15 to B22, B27 to B31."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.policy import load_policy
from tests.support.street_rows import (
    HEADER,
    NAME,
    antisocial,
    cleaned,
    counted,
    csv_bytes,
    csv_line,
    faults,
    identifier,
    refusal,
    rows,
    spoilt,
    warned,
    with_line,
)


def test_b15_nul_byte(tmp_path: Path) -> None:
    result = cleaned(tmp_path, with_line(7, lambda line: line.replace("Shopping", "Shop\0ping")))
    ((line, column, reason, value),) = faults(result)
    assert (line, column, reason) == (7, None, "NUL_BYTE")
    assert "Shop\\x00ping Area" in value


def test_b16_short_row(tmp_path: Path) -> None:
    result = cleaned(tmp_path, with_line(9, lambda line: line.rsplit(",", 1)[0]))
    ((line, column, reason, value),) = faults(result)
    assert (line, column, reason) == (9, None, "MISSING_COLUMNS")
    assert value == csv_line(rows()[7]).rsplit(",", 1)[0]
    assert result.set_aside["expected"][0] == "12 fields; this line has 11"


def test_b17_long_row(tmp_path: Path) -> None:
    result = cleaned(tmp_path, with_line(9, lambda line: line.replace("Shopping", "Shopping, Big")))
    ((line, column, reason, value),) = faults(result)
    assert (line, column, reason) == (9, None, "TOO_MANY_COLUMNS")
    assert "Shopping, Big Area" in value


def test_b16_b17_a_short_and_a_long_row_do_not_make_up_for_each_other(tmp_path: Path) -> None:
    lines = with_line(9, lambda line: line.replace("Shopping", "Shopping, Big")).split(b"\n")
    lines[19] = lines[19].rsplit(b",", 1)[0]
    result = cleaned(tmp_path, b"\n".join(lines))
    assert [fault[:3] for fault in faults(result)] == [
        (9, None, "TOO_MANY_COLUMNS"),
        (20, None, "MISSING_COLUMNS"),
    ]


def test_b18_quoted_line_end_is_one_row_and_line_numbers_stay_physical(tmp_path: Path) -> None:
    lines = spoilt("Month", "2026-09", "2026-13")
    content = csv_bytes(lines).replace(
        b"On or near Shopping Area", b'"On or near\nShopping Area"', 1
    )
    result = cleaned(tmp_path, content)
    assert result.rows_read == 100
    assert [fault[:3] for fault in faults(result)] == [(4, "Month", "BAD_MONTH")]


def test_b19_antisocial_behaviour_has_no_identifier(tmp_path: Path) -> None:
    result = cleaned(tmp_path, [*rows(), antisocial()])
    assert result.warnings.is_empty()
    assert counted(result, "crime_type") == {"Burglary": 100, "Anti-social behaviour": 1}


def test_b20_burglary_without_identifier_counts_with_a_warning(tmp_path: Path) -> None:
    result = cleaned(tmp_path, spoilt("Crime ID", "", ""))
    assert result.rows_loaded == 100
    assert warned(result) == {("BLANK_CRIME_ID", "Burglary"): 2}


def test_b21_exact_duplicates_are_set_aside_naming_the_first_line(tmp_path: Path) -> None:
    lines = [*rows(100), *[rows(1)[0]] * 12]
    result = cleaned(tmp_path, lines)
    assert result.rows_loaded == 100
    assert {fault[2] for fault in faults(result)} == {"DUPLICATE_CRIME_ID"}
    assert result.set_aside["line"].to_list() == list(range(102, 114))
    assert set(result.set_aside["expected"]) == {"each crime once; the same row stands on line 2"}
    assert warned(result) == {("MANY_DUPLICATES", "Crime ID"): 12}


def test_b21_a_small_file_of_copies_is_not_refused_for_them(tmp_path: Path) -> None:
    result = cleaned(tmp_path, [*rows(3), *[rows(1)[0]] * 12])
    assert (result.rows_loaded, result.rows_set_aside) == (3, 12)


def test_b21_same_identifier_at_two_places_is_two_rows(tmp_path: Path) -> None:
    elsewhere = rows(1)[0] | {"Longitude": "-2.7101"}
    result = cleaned(tmp_path, [*rows(), elsewhere])
    assert result.rows_loaded == 101
    assert warned(result) == {("REPEATED_CRIME_ID", "Crime ID"): 2}


def test_b22_identical_antisocial_rows_are_both_kept(tmp_path: Path) -> None:
    result = cleaned(tmp_path, [*rows(), antisocial(), antisocial()])
    assert counted(result, "crime_type")["Anti-social behaviour"] == 2


def test_b27_unknown_crime_type_prints_what_to_add(tmp_path: Path) -> None:
    lines = spoilt("Crime type", "Violent crime")
    result = cleaned(tmp_path, lines)
    assert faults(result) == [(2, "Crime type", "UNKNOWN_CATEGORY", "Violent crime")]
    assert '[[police_uk.crime_types]] name = "Violent crime"' in result.set_aside["advice"][0]


@pytest.mark.parametrize(("valid_to", "loaded"), [("2030-01-01", 100), ("2013-04-30", 99)])
def test_b27_mapped_crime_type_counts_while_the_mapping_is_valid(
    tmp_path: Path, valid_to: str, loaded: int
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(
        '[[police_uk.crime_types]]\nname = "Violent crime"\n'
        f'crime_type = "Violence and sexual offences"\nvalid_to = {valid_to}\n'
    )
    lines = spoilt("Crime type", "Violent crime")
    assert cleaned(tmp_path, lines, policy=load_policy(path)).rows_loaded == loaded


def test_b28_spaces_are_trimmed_and_other_case_warns(tmp_path: Path) -> None:
    result = cleaned(tmp_path, spoilt("Crime type", "burglary ", " Burglary", "BURGLARY"))
    assert counted(result, "crime_type") == {"Burglary": 100}
    assert warned(result) == {
        ("CASE_VARIANT", "BURGLARY"): 1,
        ("CASE_VARIANT", "burglary "): 1,
    }


@pytest.mark.parametrize("value", ["2026-13", "09/2026", "2026-9", "", "0001-01", "2026-09-01"])
def test_b29_bad_month(tmp_path: Path, value: str) -> None:
    result = cleaned(tmp_path, spoilt("Month", value))
    assert faults(result) == [(2, "Month", "BAD_MONTH", value)]
    assert "YYYY-MM" in result.set_aside["expected"][0]


def test_b30_month_other_than_the_names(tmp_path: Path) -> None:
    result = cleaned(tmp_path, spoilt("Month", "2026-08"))
    assert faults(result) == [(2, "Month", "MONTH_MISMATCH", "2026-08")]


def test_b30_all_rows_of_another_month_refuse_the_file(tmp_path: Path) -> None:
    lines = spoilt("Month", *["2026-08"] * 100)
    assert "this is the August file named September" in refusal(tmp_path, lines)


def test_b30_a_name_without_month_holds_any_months(tmp_path: Path) -> None:
    result = cleaned(tmp_path, spoilt("Month", "2026-08"), name="west-mercia-street.csv")
    assert counted(result, "month") == {date(2026, 8, 1): 1, date(2026, 9, 1): 99}


@pytest.mark.parametrize("name", [NAME, "street.csv"])
def test_b31_future_month(tmp_path: Path, name: str) -> None:
    result = cleaned(tmp_path, spoilt("Month", "2026-12"), name=name)
    assert faults(result) == [(2, "Month", "FUTURE_MONTH", "2026-12")]


def test_all_faults_of_a_row_are_told_one_for_each_column(tmp_path: Path) -> None:
    lines = rows()
    lines[0] |= {"Month": "2026-13", "LSOA code": "E1", "Latitude": "x", "Crime type": "Mischief"}
    assert {fault[1:3] for fault in faults(cleaned(tmp_path, lines))} == {
        ("Month", "BAD_MONTH"),
        ("LSOA code", "UNKNOWN_LSOA"),
        ("Latitude", "BAD_COORDINATE"),
        ("Crime type", "UNKNOWN_CATEGORY"),
    }


def test_over_a_fifth_set_aside_refuses_the_file_with_the_reasons(tmp_path: Path) -> None:
    lines = spoilt("Month", *["2026-13"] * 15, *["2026-08"] * 6)
    message = refusal(tmp_path, lines)
    assert "21 of 100 rows (21%) would be set aside" in message
    assert "BAD_MONTH 15, MONTH_MISMATCH 6" in message
    assert cleaned(tmp_path, spoilt("Month", *["2026-13"] * 20)).rows_set_aside == 20


def test_unknown_force_refuses_the_file(tmp_path: Path) -> None:
    assert "Reported by is 'Mercia Constabulary'" in refusal(
        tmp_path, spoilt("Reported by", "Mercia Constabulary")
    )


def test_missing_force_sets_the_row_aside(tmp_path: Path) -> None:
    result = cleaned(tmp_path, spoilt("Reported by", ""))
    assert faults(result) == [(2, "Reported by", "MISSING_FORCE", "")]


def test_unknown_outcome_counts_without_outcome(tmp_path: Path) -> None:
    result = cleaned(tmp_path, spoilt("Last outcome category", "Reprimanded"))
    assert counted(result, "outcome") == {None: 1, "Under investigation": 99}
    assert warned(result) == {("UNKNOWN_OUTCOME", "Reprimanded"): 1}


def test_sample_mark_makes_the_file_invented_and_may_not_be_mixed(tmp_path: Path) -> None:
    mark = "Invented sample row"
    assert cleaned(tmp_path, spoilt("Context", *[mark] * 100)).is_invented
    assert not cleaned(tmp_path, rows()).is_invented
    assert "1 of 100 rows are invented sample rows" in refusal(tmp_path, spoilt("Context", mark))


def test_several_forces_in_one_file(tmp_path: Path) -> None:
    police = {"Reported by": "Wiltshire Police", "LSOA name": "Wiltshire 001A"}
    others = [row | police | {"Crime ID": identifier(900)} for row in rows(1)]
    result = cleaned(tmp_path, [*rows(), *others], name="street.csv")
    assert counted(result, "force_code", "area_code") == {
        ("E23000016", "E06000019"): 100,
        ("E23000038", "FORCE_ONLY"): 1,
    }


def test_carriage_returns_at_line_ends_change_nothing(tmp_path: Path) -> None:
    plain = cleaned(tmp_path, csv_bytes(rows()))
    other = cleaned(tmp_path, csv_bytes(rows(), end="\r\n"))
    assert other.tally.sort(other.tally.columns).equals(plain.tally.sort(plain.tally.columns))


def test_blank_lines_are_no_rows_but_have_numbers(tmp_path: Path) -> None:
    lines = csv_bytes(spoilt("Month", "2026-09", "2026-13")).split(b"\n")
    lines.insert(2, b"")
    result = cleaned(tmp_path, b"\n".join(lines) + b"\n\n")
    assert result.rows_read == 100
    assert [fault[0] for fault in faults(result)] == [4]


def test_header_is_quoted_by_some_programs(tmp_path: Path) -> None:
    quoted = ",".join(f'"{name}"' for name in HEADER.split(","))
    content = csv_bytes(rows()).replace(HEADER.encode(), quoted.encode(), 1)
    assert cleaned(tmp_path, content).rows_loaded == 100
