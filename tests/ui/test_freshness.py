"""What a reader is told of each subject's figures: which are invented, and how far they go."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.report.tables import about
from dashboard.ui.listing import Column, listing
from dashboard.warehouse import open_warehouse
from schemas.codes import ABOUT_CRIME, ABOUT_FRAUD, ABOUT_SERVICES, SAMPLE_NOTICE
from tests.ui.conftest import Run, words

Supply = Callable[..., None]


@pytest.fixture
def supply(data_dir: Path) -> Supply:
    """Add a source to the published file, and say whether crime is invented."""

    def write(
        key: str,
        subject: str,
        *,
        is_invented: bool,
        to: date | None = date(2026, 9, 1),
        crime_is_invented: bool = False,
    ) -> None:
        path = next((data_dir / "published").glob("*.duckdb"))
        with duckdb.connect(str(path)) as connection:
            connection.execute(
                "update meta_source set is_invented = ? where source_key = 'police_uk'",
                [crime_is_invented],
            )
            connection.execute(
                "insert into meta_source (source_key, subject, source_name, is_invented, period_to)"
                " values (?, ?, 'Supplied', ?, ?)",
                [key, subject, is_invented, to],
            )

    return write


def test_when_all_is_invented_the_banner_says_only_that(run: Run, supply: Supply) -> None:
    supply("services", ABOUT_SERVICES, is_invented=True, crime_is_invented=True)
    assert f"<strong>{SAMPLE_NOTICE}.</strong>" in words(run())


def test_real_crime_beside_invented_services_reads_right(run: Run, supply: Supply) -> None:
    supply("services", ABOUT_SERVICES, is_invented=True)
    shown = words(run())
    assert f"<strong>{SAMPLE_NOTICE}: victim services.</strong>" in shown
    assert "Figures on crime are not invented." in shown


def test_invented_crime_beside_real_services_reads_right(run: Run, supply: Supply) -> None:
    supply("services", ABOUT_SERVICES, is_invented=False, crime_is_invented=True)
    shown = words(run())
    assert f"<strong>{SAMPLE_NOTICE}: crime.</strong>" in shown
    assert "Figures on victim services are not invented." in shown


def test_when_nothing_is_invented_there_is_no_banner(run: Run, supply: Supply) -> None:
    supply("services", ABOUT_SERVICES, is_invented=False)
    assert "wm-banner" not in words(run())


def test_subjects_that_go_equally_far_are_told_once(run: Run, supply: Supply) -> None:
    supply("referrals", ABOUT_SERVICES, is_invented=False)
    assert "Data to September 2026 · loaded" in words(run())


def test_subjects_that_differ_are_told_one_by_one(run: Run, supply: Supply) -> None:
    supply("fraud_reports", ABOUT_FRAUD, is_invented=False, to=date(2026, 7, 1))
    shown = words(run())
    assert "Data: crime to September 2026, fraud reports to July 2026 · loaded" in shown


def test_a_budget_for_the_year_that_runs_is_not_data_to_come(run: Run, supply: Supply) -> None:
    supply("funding", ABOUT_SERVICES, is_invented=False, to=date(2027, 3, 1))
    assert "Data to September 2026 · loaded" in words(run())


@pytest.mark.parametrize(
    ("sources", "has_notice"),
    [(("police_uk",), False), (("services",), True), (("police_uk", "services"), True), ((), True)],
)
def test_a_table_that_leaves_carries_the_notice_of_its_own_sources(
    data_dir: Path, supply: Supply, sources: tuple[str, ...], has_notice: bool
) -> None:
    supply("services", ABOUT_SERVICES, is_invented=True)
    table = listing(
        "key",
        "Headline",
        "Subtitle",
        columns=(Column("Name"),),
        rows=[("one",)],
        warehouse=open_warehouse(data_dir),
        sources=sources,
    )
    assert (("Notice", SAMPLE_NOTICE) in about(table)) == has_notice


def test_subjects_stand_in_their_own_order(data_dir: Path, supply: Supply) -> None:
    supply("fraud_reports", ABOUT_FRAUD, is_invented=False)
    supply("services", ABOUT_SERVICES, is_invented=True, to=None)
    found = open_warehouse(data_dir).build.subjects
    assert [each.name for each in found] == [ABOUT_CRIME, ABOUT_SERVICES, ABOUT_FRAUD]
    assert [each.is_invented for each in found] == [False, True, False]
