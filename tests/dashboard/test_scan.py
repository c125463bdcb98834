"""Of many series only those are named that chance would hardly have made."""

from collections.abc import Iterator

import pytest

from dashboard.metrics.catalogue import metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.gaps import gaps
from dashboard.metrics.metric import Choice
from dashboard.metrics.scan import Scan, scan
from dashboard.metrics.watched import WATCHED
from dashboard.warehouse import Warehouse, open_warehouse
from schemas.codes import ANTISOCIAL_BEHAVIOUR
from tests.support.tiny_signals import CELLS
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH, write_version


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A version in which referrals in time fall in Redditch, and nothing else changes."""
    data_dir = tmp_path_factory.mktemp("scan")
    write_version(data_dir, cells=CELLS)
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


def subjects(found: Scan) -> list[str]:
    return [each.subject for each in found.clear]


def test_the_leap_is_named_and_nothing_else(office: Warehouse) -> None:
    found = scan(Choice(), office)
    assert [each.sentence for each in found.clear] == [
        "Referred to support in time, Redditch: 50% in the latest quarter, below the expected 81% "
        "to 87%"
    ]
    (leap,) = found.clear
    assert (leap.verdict.kind, leap.metric.page) == ("concern", "Victims' Code")
    assert leap.choice == Choice(areas=(REDDITCH,))
    assert found.concerns == found.clear


def test_what_chance_makes_of_so_many_series_is_apart(tiny: Warehouse) -> None:
    found = scan(Choice(), tiny)
    # Eight months at nine instead of five: of so few, hardly beyond what counting gives.
    assert "Shoplifting, Bromsgrove" in [each.subject for each in (*found.clear, *found.maybe)]
    first = next(each for each in (*found.clear, *found.maybe) if each.series.crime_types)
    assert first.sentence.endswith(": eight months above its average")
    assert first.choice.crime_types == ("Shoplifting",)
    for each in found.clear:
        assert each.verdict.chance * found.charts_scanned < 0.05
    for each in found.maybe:
        assert each.verdict.chance * found.charts_scanned >= 0.05


def test_a_measure_of_the_whole_force_that_misses_its_target_is_listed(office: Warehouse) -> None:
    found = scan(Choice(), office)
    assert [each.subject for each in found.missing] == [
        "Records with no location, West Mercia",
        "Referred to support in time, West Mercia",
    ]
    assert found.measures_of_concern == ()


def test_a_district_chosen_alone_is_a_whole(office: Warehouse) -> None:
    found = scan(Choice(areas=(REDDITCH,)), office)
    assert "Referred to support in time, Redditch" in subjects(found)
    assert [each.subject for each in found.measures_of_concern] == subjects(found)
    assert [each.subject for each in found.missing] == ["Referred to support in time, Redditch"]


@pytest.mark.parametrize(("number", "whole", "redditch"), [("OV05", 0, 1), ("OV06", 2, 1)])
def test_measures_that_fall_short_are_counted(
    office: Warehouse, number: str, whole: int, redditch: int
) -> None:
    total = evaluate(metric(number), Choice(), warehouse=office)
    assert total.frame["value"].to_list() == [whole]
    by_district = evaluate(metric(number), Choice(), warehouse=office, by=("area_code",)).frame
    counts = dict(by_district.select("area_code", "value").iter_rows())
    assert counts == {BROMSGROVE: 0, REDDITCH: redditch}


def test_a_scan_of_one_district_and_type_reads_one_series(tiny: Warehouse) -> None:
    found = scan(Choice(areas=(BROMSGROVE,), crime_types=("Shoplifting",)), tiny)
    assert [each.sentence for each in (*found.clear, *found.maybe)] == [
        "Shoplifting, Bromsgrove: eight months above its average"
    ]
    assert found.charts_scanned == 1


def test_antisocial_behaviour_is_never_part_of_all_crime(tiny: Warehouse) -> None:
    found = scan(Choice(crime_types=(ANTISOCIAL_BEHAVIOUR,)), tiny)
    assert (found.clear, found.maybe, found.charts_scanned) == ((), (), 2)


def test_every_watched_measure_is_in_the_catalogue_and_has_a_series() -> None:
    for watched in WATCHED:
        dimensions = metric(watched.key).breakdowns
        assert {"month", "quarter"} & set(dimensions), watched.key
        assert set(watched.by) <= set(dimensions), watched.key


def test_gaps_are_rural_places_with_less_support_and_groups_without_a_figure(
    office: Warehouse,
) -> None:
    rural, unseen = gaps(Choice(), office)
    assert rural.sentence.startswith("Support in rural places, Bromsgrove: 0.")
    assert (rural.choice, rural.view) == (Choice(areas=(BROMSGROVE,)), "Support")
    assert unseen.sentence == (
        "Referrals by priority group, learning disabled: hidden to protect people, unlike the "
        "other 15 groups. Are they reached, and is the flag used?"
    )


def test_a_crime_type_has_no_gaps_and_a_source_that_is_not_loaded_none(
    office: Warehouse, tiny: Warehouse
) -> None:
    assert gaps(Choice(crime_types=("Burglary",)), office) == ()
    assert gaps(Choice(), tiny) == ()
