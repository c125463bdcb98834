"""What the Data quality page says of supplied files, their faults and the returns that are due."""

import io
from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from dashboard.charts.chart import Cell, Chart
from dashboard.export import export
from dashboard.ui import quality, quality_boundaries, quality_faults, quality_supplied
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support.leaving import leaving
from tests.support.tiny_record import BROOK, REFERRALS, RETURNS, add_record
from tests.support.tiny_warehouse import write_version
from tests.ui.conftest import Run, words

PAGE = "pages/about/data_quality.py"


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """The tiny version with a record of supplied files."""
    add_record(write_version(tmp_path))
    return open_warehouse(tmp_path)


def rows(chart: Chart) -> list[dict[str, Cell]]:
    """Return the rows of a listing, each cell by its heading."""
    return [dict(zip(chart.table.columns, row, strict=True)) for row in chart.table.rows]


def test_counts_of_rows_about_people_are_told_in_hundreds_or_as_few(warehouse: Warehouse) -> None:
    loaded = {
        row["File"]: row["Rows loaded"] for row in rows(quality_supplied.supplied_files(warehouse))
    }
    assert loaded[REFERRALS] == "about 3,100"
    assert loaded["referrals_small.csv"] == "fewer than 50"
    assert loaded[RETURNS] == 11
    assert loaded["who_knows.csv"] == "none"


def test_a_sender_is_named_by_the_directory_else_by_the_publisher(warehouse: Warehouse) -> None:
    senders = {row["From"] for row in rows(quality_supplied.supplied_files(warehouse))}
    assert {"Brook House", "Harbour"} <= senders
    assert BROOK not in senders


def test_returns_stand_by_provider_and_quarter(warehouse: Warehouse) -> None:
    chart = quality_supplied.returns_by_quarter(warehouse)
    assert chart.headline == "Of 3 returns due, 1 came late and 1 was refused"
    assert rows(chart) == [
        {"Provider": "Brook House", "2026-27 Q1": "on time", "2026-27 Q2": "not yet due"},
        {"Provider": "Harbour", "2026-27 Q1": "late", "2026-27 Q2": "refused"},
    ]


def test_returns_to_chase_are_those_late_refused_or_missing(warehouse: Warehouse) -> None:
    found = rows(quality_supplied.returns_to_chase(warehouse))
    assert [(row["Quarter"], row["State"]) for row in found] == [
        ("2026-27 Q2", "refused"),
        ("2026-27 Q1", "late"),
    ]
    assert found[1]["Received on"] == "20 August 2026"


@pytest.mark.parametrize(
    ("first_day", "told"),
    [
        (date(2026, 4, 1), "2026-27 Q1"),
        (date(2026, 10, 1), "2026-27 Q3"),
        (date(2027, 1, 1), "2026-27 Q4"),
        (date(1999, 7, 1), "1999-00 Q2"),
    ],
)
def test_a_quarter_is_named_by_its_financial_year(first_day: date, told: str) -> None:
    assert quality_supplied.quarter_words(first_day) == told


def test_reasons_stand_in_words_for_every_source(warehouse: Warehouse) -> None:
    found = rows(quality_faults.set_aside_reasons(warehouse))
    assert [(row["Reason"], row["Source"]) for row in found] == [
        ("One day lies before another that must come first", "Referrals"),
        ("The date cannot be read", "Services"),
    ]


def test_oddities_about_people_are_rounded_or_few(warehouse: Warehouse) -> None:
    found = rows(quality_faults.oddities(warehouse))
    assert [row["Rows"] for row in found] == ["about 100", "fewer than 50 in a file"]


def test_a_source_without_periods_and_a_late_one_are_told_so(warehouse: Warehouse) -> None:
    found = {row["Source"]: row for row in rows(quality.sources(warehouse))}
    services = found["Services (invented sample)"]
    assert (services["Covers"], services["Next due"]) == (
        "the list as it stands",
        "when it changes",
    )
    assert found["Referrals (invented sample)"]["State"] == "late"
    assert next(iter(found)) == "Referrals (invented sample)"  # what is late comes first
    assert services["Days since"] == 0  # loaded on the day that the figures are of


def test_the_list_for_one_sender_is_a_workbook_with_notes_and_its_faults_only(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    assert quality_faults.senders(warehouse) == ["Brook House", "Harbour"]
    made = export(
        quality_faults.faults(warehouse, "Brook House"), "xlsx", leaving=leaving(tmp_path)
    )
    assert made.file_name == "faults-to-send-back-brook-house.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    heading, *faults = book["Data"].iter_rows(values_only=True)
    assert heading[:4] == ("File", "Line", "Column", "What is wrong")
    assert [row[:3] for row in faults] == [(REFERRALS, 14, "date_received")]
    notes = " ".join(str(cell.value) for row in book["Notes"].iter_rows() for cell in row)
    assert "send the whole file for its period again" in notes
    assert "Do not add names" in notes


def test_the_page_shows_no_reason_code_and_one_sender_when_chosen(run: Run, data_dir: Path) -> None:
    # A number of its own: what a page shows is kept by version, for all tests of this process.
    add_record(write_version(data_dir, number=7))
    app = run(PAGE)
    assert not app.exception
    shown = words(app)
    assert "Of 3 returns due, 1 came late and 1 was refused." in shown
    for code in ("NEGATIVE_INTERVAL", "BAD_DATE", "LONG_WAIT", "MANY_UNKNOWN"):
        assert code not in shown
    app.selectbox(key="send_back_to").select("Harbour").run()
    shown = words(app)
    assert "One fault to send back to Harbour" in shown


def test_without_supplied_files_the_page_says_so(run: Run) -> None:
    app = run(PAGE)
    assert not app.exception
    assert "No supplied file" in words(app)
    assert "No return is due yet" in words(app)


def test_the_outlines_drawn_are_named_first_with_their_day_and_the_others_below(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    assert quality_boundaries.boundaries(warehouse).headline == (
        "Maps draw outlines carried: no official boundary file is loaded"
    )
    path = write_version(tmp_path / "official", number=3)
    loaded = (9, 352, 2221, 100.0, datetime(2026, 11, 3, 9), "Whose they are.")
    with duckdb.connect(str(path)) as connection:
        connection.execute("update meta_boundary set status = 'replaced', message = 'Not used.'")
        for number, row in enumerate(
            (
                ("in use", "Districts 2024", "lad.geojson", "00", "LAD24CD", 361, *loaded, ""),
                ("refused", "", "bad.json", "01", None, 7, 0, 7, None, None, *loaded[4:], "Bad."),
            ),
            start=1,
        ):
            places = ", ".join("?" for _ in range(14))
            connection.execute(f"insert into meta_boundary values ({places})", [number, *row])
    chart = quality_boundaries.boundaries(open_warehouse(tmp_path / "official"))
    assert chart.headline == "Maps draw districts 2024, from lad.geojson, loaded 3 November 2026"
    assert [
        (row["Outlines"], row["State"], row["Areas read"], row["Drawn"], row["Set aside"])
        for row in rows(chart)
    ] == [
        ("Districts 2024", "in use", 361, 9, 352),
        ("not known", "refused", 7, 0, 7),
        ("Outlines carried", "replaced", 9, 9, 0),
    ]
    assert chart.subtitle == (
        "2,221 points in all, simplified by about 100 metres. Whose they are."
    )


def test_what_the_files_leave_unsaid_is_said_over_all_types(warehouse: Warehouse) -> None:
    # 46 of 1,136 rows have no place; 69 of 906 offences, antisocial behaviour left out, no outcome.
    assert quality.unknown_shares(warehouse).headline == (
        "4.0% of rows have no location, 7.6% of offences no outcome yet"
    )
