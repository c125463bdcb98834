"""Places, sites and capacity, worked out by hand from the tiny services of `tiny_gap.py`."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest

from dashboard.metrics.access_network import Network, network
from dashboard.metrics.access_services import Part, serving
from dashboard.metrics.catchment import access
from dashboard.metrics.metric import Choice
from dashboard.metrics.travel import Band, bands
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support.tiny_gap import ADVOCATES, CIRCLE, HELPLINE, REFUGE, VISITS, add_gap
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH, write_version

ABUSE: Part = ("crime_group", "DA")
OF_ALL = 1200 + 36 + 2 / 3 + 60 + 120 + 60 + 120 + 360
"""Need of every crime with an estimate; the helpline is for all of them."""


@pytest.fixture(scope="module")
def gap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    data_dir = tmp_path_factory.mktemp("gap")
    add_gap(write_version(data_dir))
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def abuse(gap: Warehouse) -> Network:
    return network(gap, Choice(), ABUSE)


def test_need_is_that_of_the_district_shared_out_by_residents(abuse: Network) -> None:
    assert abuse.places.codes[:4] == ("E01000001", "E01000002", "E01000003", "E01000004")
    assert list(abuse.places.districts) == [BROMSGROVE, BROMSGROVE, REDDITCH, REDDITCH, "", ""]
    # Beyond the border, as in the force: 1,200 in need among 36,000 residents.
    of_places = [400 / 3, 800 / 3, 800, 0, 200, 400]
    np.testing.assert_allclose(abuse.need.central, of_places)
    np.testing.assert_allclose(abuse.need.low, np.array(of_places) / 4)
    np.testing.assert_allclose(abuse.need.high, np.array(of_places) * 2.5)


def test_only_sites_that_people_travel_to_are_in_the_network(abuse: Network) -> None:
    assert {each.service_id: each.capacity for each in abuse.sites} == {
        ADVOCATES: pytest.approx(100),
        VISITS: pytest.approx(36),
    }
    apart = {(each.service_id, each.layer): each.capacity for each in abuse.apart}
    assert apart == {
        (VISITS, "outreach"): pytest.approx(24),
        (REFUGE, "confidential"): pytest.approx(30),
        (HELPLINE, "remote"): pytest.approx(500 * 1200 / OF_ALL),
    }
    assert {each.service_id for each in abuse.apart if not each.is_specialist} == {HELPLINE}


def test_a_service_without_a_stated_capacity_has_none_and_one_that_ended_is_not_there(
    gap: Warehouse,
) -> None:
    held = {each.service.record["service_id"]: each for each in serving(gap, Choice(), ABUSE)}
    assert set(held) == {ADVOCATES, VISITS, HELPLINE, REFUGE, CIRCLE}
    assert held[CIRCLE].capacity is None


def test_weights_follow_the_minutes_and_the_districts_of_a_service(abuse: Network) -> None:
    to_south, to_north = abuse.minutes.T
    rural, urban = 60 * 1.3 * 11.12 / 50, 60 * 1.3 * 11.12 / 30
    np.testing.assert_allclose(to_south[:5], [0, urban, urban, urban, rural], rtol=1e-6)
    assert to_north.tolist() == [np.inf, np.inf, 0, 0, np.inf, np.inf]
    assert abuse.weights.T.tolist() == [[1, 0.68, 0.68, 0.68, 0.68, 0], [0, 0, 1, 1, 0, 0]]


def test_access_by_hand(abuse: Network) -> None:
    found = access(abuse.need.central, abuse.capacity, abuse.weights)
    each = 100 / (400 / 3 + 0.68 * (800 / 3 + 800 + 200))
    expected = [each, 0.68 * each, 0.68 * each + 36 / 800, 0.68 * each + 36 / 800, 0.68 * each]
    np.testing.assert_allclose(found, [*expected, np.nan])


def test_what_a_reader_assumes_moves_the_network(gap: Warehouse, abuse: Network) -> None:
    tried = network(gap, Choice(assumptions=(("SUPPORT_DA", 20.0),)), ABUSE)
    np.testing.assert_allclose(tried.need.central, abuse.need.central / 2)
    assert network(gap, Choice(), ABUSE) is abuse


def test_without_an_estimate_there_is_no_need_to_share_out(gap: Warehouse) -> None:
    rural = network(gap, Choice(), ("crime_group", "RURAL"))
    assert not rural.is_estimated
    assert np.isnan(rural.need.central).all()
    # The helpline is for everybody; nobody's need being known, it has no part for these.
    assert [each.capacity for each in rural.apart] == [0]


def test_the_bands_of_the_office_weigh_sites_instead(tmp_path: Path) -> None:
    path = write_version(tmp_path)
    add_gap(path)
    with duckdb.connect(str(path)) as connection:
        for code, weight in (("TRAVEL_WEIGHT_20_45", 0.5), ("TRAVEL_WEIGHT_0_20", 0.9)):
            connection.execute(
                "insert into dim_assumption (assumption_id, name, central, unit, entered_on,"
                " status) values (?, 'A band', ?, 'ratio', date '2026-04-01', 'AGREED')",
                [code, weight],
            )
    warehouse = open_warehouse(tmp_path)
    assert bands(warehouse) == (Band(0, 20, 0.9), Band(20, 45, 0.5))
    to_south = network(warehouse, Choice(), ABUSE).weights[:, 0]
    # Beside it, then 28.9 minutes away, then 17.3 from the country beyond the border.
    assert to_south.tolist() == [0.9, 0.5, 0.5, 0.5, 0.9, 0]


def test_the_bands_of_the_method_stand_in_where_the_office_has_none(gap: Warehouse) -> None:
    assert bands(gap) == (Band(0, 15, 1.0), Band(15, 30, 0.68), Band(30, 60, 0.22))
