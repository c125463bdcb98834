"""Cyber crime beyond the reports, worked out by hand, and what its own charts say."""

from pathlib import Path

import pytest

from dashboard.charts.cyber import not_reported, online_harms
from dashboard.metrics.cyber import ESTIMATED_FRAUD, ESTIMATED_MISUSE, ONLINE, ONLINE_SAID
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Result
from dashboard.metrics.needs import UNREPORTED
from dashboard.warehouse import Warehouse, open_warehouse
from schemas.codes import NOT_AVAILABLE
from tests.support.tiny_cells import cell
from tests.support.tiny_warehouse import BROMSGROVE, HOME, REDDITCH, write_version

REFERRALS = {"STALK": 200, "HARASS": 400, "CSA": 100, "DA": 1_000}
SAID = {"STALK": 100, "HARASS": 300, "CSA": 80, "DA": 900}
WAS_ONLINE = {"STALK": 60, "HARASS": 165, "CSA": None, "DA": 90}


@pytest.fixture(scope="module")
def flagged(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Referrals of four crime groups, those that say if it was online, and those that were."""
    data_dir = tmp_path_factory.mktemp("flagged")
    cells = [
        cell(measure, HOME, count, "crime_group", group)
        for measure, counts in (
            ("referrals", REFERRALS),
            ("online_completed", SAID),
            ("online_yes", WAS_ONLINE),
        )
        for group, count in counts.items()
    ]
    write_version(data_dir, cells=cells)
    return open_warehouse(data_dir)


def _range(result: Result) -> tuple[float, ...]:
    row: tuple[float, ...] = result.frame.select("lower", "value", "upper").row(0)
    return row


def test_incidents_of_the_country_are_shared_out_by_residents(tiny: Warehouse) -> None:
    # Six million incidents among 60 million people: one for every ten residents.
    force = evaluate(ESTIMATED_FRAUD, Choice(), warehouse=tiny)
    assert _range(force) == pytest.approx((1_800, 3_600, 7_200))
    district = evaluate(ESTIMATED_FRAUD, Choice(areas=(BROMSGROVE,)), warehouse=tiny)
    assert _range(district) == pytest.approx((600, 1_200, 2_400))
    by_area = evaluate(ESTIMATED_FRAUD, Choice(), warehouse=tiny, by=("area_code",)).frame
    assert dict(by_area.select("area_code", "value").iter_rows()) == pytest.approx(
        {BROMSGROVE: 1_200, REDDITCH: 2_400}
    )


def test_what_has_no_published_estimate_has_no_figure(tiny: Warehouse) -> None:
    frame = evaluate(ESTIMATED_MISUSE, Choice(), warehouse=tiny).frame
    assert frame.select("value", "marker").row(0) == (None, NOT_AVAILABLE)


def test_the_flag_is_a_share_of_those_that_say(flagged: Warehouse) -> None:
    by = ("crime_group",)
    said = evaluate(ONLINE_SAID, Choice(), warehouse=flagged, by=by).frame
    assert dict(said.select("crime_group", "value").iter_rows()) == {
        "STALK": 50,
        "HARASS": 75,
        "CSA": 80,
        "DA": 90,
    }
    online = evaluate(ONLINE, Choice(), warehouse=flagged, by=by).frame
    values = dict(online.select("crime_group", "value").iter_rows())
    assert values == {"STALK": 60, "HARASS": 55, "CSA": None, "DA": 10}


def test_only_stalking_harassment_and_sexual_crimes_are_drawn(flagged: Warehouse) -> None:
    chart = online_harms(evaluate(ONLINE, Choice(), warehouse=flagged, by=("crime_group",)))
    assert chart.headline == (
        "No clear difference between stalking and harassment: about 60% of referrals that say"
    )
    assert chart.series[0].x == ("Stalking", "Harassment")
    assert [row[:2] for row in chart.table.rows][-1] == ("Child sexual abuse", "[c]")
    assert chart.levels == ()


def test_one_that_is_clearly_highest_is_named(flagged: Warehouse) -> None:
    chart = online_harms(evaluate(ONLINE_SAID, Choice(), warehouse=flagged, by=("crime_group",)))
    assert "child sexual abuse and harassment" in chart.headline
    assert "stalking" not in chart.headline


def test_what_is_not_reported_is_said_of_fraud_and_computer_misuse(tiny: Warehouse) -> None:
    chart = not_reported(evaluate(UNREPORTED, Choice(), warehouse=tiny, by=("crime_group",)))
    assert chart.headline == "A survey suggests that 75% of fraud is not reported"
    assert {row[0] for row in chart.table.rows} == {"Fraud", "Computer misuse"}


def test_where_nothing_is_shown_nothing_is_found(tmp_path: Path) -> None:
    cells = [cell("online_completed", HOME, None, "crime_group", "STALK")]
    cells.append(cell("online_yes", HOME, None, "crime_group", "STALK"))
    write_version(tmp_path, cells=cells)
    result = evaluate(ONLINE, Choice(), warehouse=open_warehouse(tmp_path), by=("crime_group",))
    assert online_harms(result).headline.startswith("Crimes with an online part is not available")
