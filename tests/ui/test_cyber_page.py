"""The page on cyber crime, over the tiny snapshots and cells."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.ui.filters import VIEW
from tests.support.tiny_cells import COUNTS, YEAR, cell
from tests.support.tiny_fraud import REPORTS
from tests.support.tiny_warehouse import BROMSGROVE, HOME, REDDITCH, write_version
from tests.ui.conftest import Run, words

PAGE = "pages/understand/cyber.py"
ONLINE = [
    *(cell("referrals", HOME, 200, "crime_group", group) for group in ("STALK", "HARASS", "DA")),
    *(cell("online_completed", HOME, 100, "crime_group", g) for g in ("STALK", "HARASS", "DA")),
    cell("online_yes", HOME, 60, "crime_group", "STALK"),
    cell("online_yes", HOME, 55, "crime_group", "HARASS"),
    cell("online_yes", HOME, 90, "crime_group", "DA"),
]


def test_it_answers_and_says_where_reports_come_from(run: Run) -> None:
    app = run(PAGE)
    assert not app.exception
    shown = words(app)
    assert "65 reports of fraud and cyber crime in West Mercia, July to September 2026" in shown
    assert "about 40 people in West Mercia, October 2025 to September 2026." in shown
    assert "Showing 65 reports in West Mercia, July to September 2026." in shown
    assert "police.uk holds no fraud" in shown
    assert "Report Fraud (Action Fraud before)" in shown


def test_crime_types_are_off_and_one_that_is_kept_does_not_apply(run: Run) -> None:
    app = run(PAGE, type="Burglary")
    assert not app.exception
    off = [widget.label for widget in [*app.multiselect, *app.selectbox] if widget.disabled]
    assert off == ["Crime type"]
    assert "65 reports" in words(app)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("Change", "Fraud and cyber reports had too few months for a usual range"),
        ("Kinds", "dating is the largest, 50 reports"),
        ("Losses", "Median loss of people: dating is the largest, £1,200"),
        ("Other forces", "A funnel needs rates of three places or more"),
        ("Unreported", "Estimated fraud incidents"),
        ("Online harm", "Referrals that say if it was online"),
        ("Support", "neither is a share of the other"),
        ("All on one page", "How many victims reach support?"),
    ],
)
def test_each_question_is_answered(run: Run, view: str, said: str) -> None:
    app = run(PAGE, **{VIEW: view})
    assert not app.exception
    assert said in words(app)


def test_reports_keep_to_the_force_while_support_follows_the_area(run: Run) -> None:
    app = run(PAGE, area=BROMSGROVE, **{VIEW: "Support"})
    assert not app.exception
    shown = words(app)
    assert "Showing 65 reports in West Mercia" in shown
    assert 'Victims of fraud supported</p><p class="wm-number' in shown


def test_several_areas_are_refused_for_people_and_the_page_goes_on(run: Run) -> None:
    app = run(PAGE, area=[BROMSGROVE, REDDITCH], **{VIEW: "Support"})
    assert not app.exception
    assert "never summed" in words(app)


def test_a_period_without_published_people_names_the_one_that_is_shown(run: Run) -> None:
    app = run(PAGE, **{VIEW: "Support"})
    assert "October 2025 to September 2026 is shown." in words(app)


def test_completeness_comes_before_the_flag_and_level_groups_are_called_level(
    run: Run, data_dir: Path
) -> None:
    write_version(data_dir, 11, cells=[*COUNTS, *ONLINE])
    # The cells are those of a year, and the page opens on the three months of the snapshots.
    year = {"from": f"{YEAR[0]:%Y-%m}", "to": f"{YEAR[1]:%Y-%m}"}
    shown = words(run(PAGE, **{VIEW: "Online harm"}, **year))
    first, then = (shown.index(each) for each in ("% of referrals,", "% of referrals that say,"))
    assert first < then
    assert "No clear difference between stalking and harassment: about 60%" in shown
    assert "omestic abuse" not in shown


def test_where_no_snapshot_is_loaded_the_page_says_so(run: Run, data_dir: Path) -> None:
    write_version(data_dir, 12, fraud=())
    app = run(PAGE, **{VIEW: "All on one page"})
    assert not app.exception
    shown = words(app)
    assert "are not loaded, and police.uk holds none" in shown
    assert "Fraud and cyber reports: not loaded. Load its source first." in shown
    assert "Victims of fraud supported" in shown


def test_the_latest_month_of_reports_may_be_earlier_than_that_of_crime(
    run: Run, data_dir: Path
) -> None:
    write_version(data_dir, 13, fraud=[row for row in REPORTS if row[1] < date(2026, 9, 1)])
    app = run(PAGE)
    assert not app.exception
    assert "Showing 37 reports in West Mercia, July to August 2026." in words(app)
