"""What gives a person away is refused at the door, and never repeated: B43."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.csv_rows import LineFault
from pipelines.errors import FileRefused
from pipelines.supplied.door import door_refusals, fault_refusals, identifier_refusals
from pipelines.supplied.reading import ReadFile, read_supplied
from tests.support.supplied_rows import NAME, VISIT, frame, harmless

DATE_KINDS = ("date", "month", "quarter", "financial_year")


def nhs_number(nine: int) -> str:
    """Return nine digits with their check digit; the next number where that would be ten."""
    digits = f"{nine:09}"
    check = (11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11) % 11
    return nhs_number((nine + 1) % 10**9) if check == 10 else f"{digits}{check}"


def spaced(*cuts: int) -> Callable[[str], str]:
    """Return what puts a space at each place of a text."""

    def cut(text: str) -> str:
        ends = (*cuts, len(text))
        return " ".join(text[start:end] for start, end in zip((0, *cuts), ends, strict=True))

    return cut


LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
nhs = st.integers(0, 10**9 - 1).map(nhs_number)
phone = st.from_regex(r"07[0-9]{9}", fullmatch=True)
SHAPES: dict[str, st.SearchStrategy[str]] = {
    "an e-mail address": st.emails(
        domains=st.sampled_from(["example.org", "mail.example.com"])
    ).filter(lambda text: text.isascii() and text.partition("@")[0][-1].isalnum()),
    "postcode": st.from_regex(
        rf"[{LETTERS}]{{1,2}}[1-9][0-9]? ?[0-9][{LETTERS}]{{2}}", fullmatch=True
    )
    | st.from_regex(r"wr1 [0-9][a-h]{2}", fullmatch=True),
    "a telephone number": phone
    | phone.map(spaced(5))
    | phone.map(spaced(5, 8))
    | phone.map(lambda text: f"+44 {text[1:]}")
    | phone.map(lambda text: f"(01905) {text[5:]}"),
    "an NHS number": nhs
    | nhs.map(spaced(3, 6))
    | nhs.map(lambda text: spaced(3, 6)(text).replace(" ", "-")),
    "a National Insurance number": st.from_regex(
        r"[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]", fullmatch=True
    ),
    "a date of birth": st.dates(date(1920, 1, 1), date(2026, 1, 1)).flatmap(
        lambda day: st.sampled_from(
            [f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}", f"{day:%d %B %Y}"]
        )
    ),
}


def refusals(rows: pl.DataFrame) -> tuple[FileRefused, ...]:
    header = tuple(name for name in rows.columns if name != "line")
    return door_refusals(ReadFile(header, rows, (), rows.height, (), ()), VISIT, NAME)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=60)
@given(data=st.data())
def test_b43_an_identifier_in_any_cell_is_refused_and_never_repeated(
    shape: str, data: st.DataObject
) -> None:
    value = data.draw(SHAPES[shape])
    fields = [
        field
        for field in VISIT.fields
        if not (shape == "a date of birth" and field.kind in DATE_KINDS)
    ]
    field = data.draw(st.sampled_from(fields))
    found = refusals(frame(**{field.name: value}))
    assert any(f"column {field.name} line 4 looks like" in str(refused) for refused in found)
    assert any(shape in str(refused) for refused in found)
    assert all(value not in str(refused) for refused in found)


@settings(max_examples=60)
@given(data=st.data())
def test_harmless_rows_are_not_refused(data: st.DataObject) -> None:
    row = {field.name: data.draw(harmless(field), label=field.name) for field in VISIT.fields}
    assert refusals(frame(**row)) == ()


def test_b43_an_identifier_within_other_text() -> None:
    for value in ("call 07700 900123 after 6", "see a.b@example.org", "at WR1 3AA, rear"):
        found = refusals(frame(service_name=value))
        assert [refused.reason for refused in found] == ["IDENTIFIER_CELL"]


@pytest.mark.parametrize(
    "name", ["surname", "Date of Birth", "DOB", "crime_ref", "URN", "Post code", "e-mail", "niche"]
)
def test_b43_a_column_named_as_an_identifier(name: str) -> None:
    rows = frame().with_columns(pl.lit(None, pl.String).alias(name))
    found = refusals(rows)
    assert [refused.reason for refused in found] == ["IDENTIFIER_COLUMN"]
    assert f"column {name} has a name that stands for details of people" in str(found[0])


def test_b43_a_name_of_the_contract_is_no_fault() -> None:
    assert "service_name" in VISIT.names
    assert refusals(frame()) == ()


def test_b43_a_file_name_that_gives_a_person_away_is_not_repeated() -> None:
    name = "visit_jane.roe@example.org_WR13AA.csv"
    found = identifier_refusals(VISIT.names, frame(), VISIT, name)
    with pytest.raises(FileRefused) as refused:
        read_supplied(b"", name, encoding="utf-8")
    assert str(refused.value) == str(found[0])
    assert [refused.reason for refused in found] == ["IDENTIFIER_FILE_NAME"]
    assert "jane" not in str(found[0]) + found[0].file_name
    assert "3AA" not in str(found[0]) + found[0].file_name


def test_b43_an_identifier_as_a_column_name_is_not_repeated() -> None:
    rows = frame().with_columns(pl.lit("x").alias("jane.roe@example.org"))
    found = refusals(rows)
    assert "IDENTIFIER_CELL" in [refused.reason for refused in found]
    assert all("jane" not in str(refused) for refused in found)


def test_b43_a_line_that_cannot_be_read_is_looked_at_too() -> None:
    line = LineFault(7, "R-1,Jane,07700 900123", "MISSING_COLUMNS", "", "")
    found = fault_refusals((line,), NAME)
    assert ["line 7 looks like a telephone number" in str(refused) for refused in found] == [True]
    assert "900123" not in str(found[0])


def test_b43_in_a_workbook_and_in_a_csv_file_alike() -> None:
    raw = frame(service_name="jane.roe@example.org").drop("line").write_csv().encode()
    read = read_supplied(raw, NAME, encoding="utf-8")
    assert [refused.reason for refused in door_refusals(read, VISIT, NAME)] == ["IDENTIFIER_CELL"]


def test_b43_the_one_bad_cell_among_eight_hundred_thousand_is_found() -> None:
    rows = frame(20_000, service_name="jane.roe@example.org")
    wide = rows.with_columns(
        pl.concat_str(pl.lit(f"{place}-key-of-a-person-"), pl.col("line")).alias(f"extra_{place}")
        for place in range(26)
    )
    header = tuple(name for name in wide.columns if name != "line")
    assert len(header) == 40
    (refused,) = identifier_refusals(header, wide, VISIT, NAME)
    assert "column service_name line 20001 looks like an e-mail address" in str(refused)
