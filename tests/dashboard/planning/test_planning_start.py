"""What a scenario starts from, read from the tiny file with services and towns."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pytest

from dashboard.errors import UnknownChoice
from dashboard.metrics.assumptions import Range
from dashboard.planning.start import today_of
from dashboard.planning.today import Today, key_of
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support.tiny_cells import cell
from tests.support.tiny_gap import ADVOCATES, CIRCLE, HELPLINE, PAST, REFUGE, VISITS, add_gap
from tests.support.tiny_warehouse import BROMSGROVE, HOME, REDDITCH, write_version


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    data_dir = tmp_path_factory.mktemp("start")
    cells = [
        cell("people_supported", HOME, 400, "priority_flag", "DA"),
        cell("people_supported", BROMSGROVE, 20, "priority_flag", "DA"),
        cell("people_supported", REDDITCH, None, "priority_flag", "DA"),
    ]
    path = write_version(data_dir, cells=cells)
    add_gap(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "insert into dim_town values ('St Mary''s Town', ?, 52.3, -2.0, 1)", [BROMSGROVE]
        )
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def abuse(held: Warehouse) -> Today:
    return today_of(held, "DA")


def test_need_and_unmet_need_are_those_of_the_metrics(abuse: Today) -> None:
    bromsgrove, redditch = (abuse.districts[code] for code in (BROMSGROVE, REDDITCH))
    assert (bromsgrove.need, bromsgrove.unmet) == (Range(100, 400, 1_000), Range(80, 380, 980))
    assert (redditch.unmet.central, redditch.marker) == (None, "[c]")
    assert abuse.force.unmet == Range(-100, 800, 2_600)
    assert abuse.force.name == "West Mercia"


def test_running_services_have_their_people_a_year_and_their_part(abuse: Today) -> None:
    assert PAST not in abuse.services
    capacity = {code: each.capacity for code, each in abuse.services.items()}
    assert (capacity[ADVOCATES], capacity[VISITS], capacity[REFUGE]) == (100, 60, 30)
    assert capacity[CIRCLE] is None
    assert abuse.services[ADVOCATES].part == 1
    assert 0 < abuse.services[HELPLINE].part < 1


def test_towns_come_first_and_sites_away_from_them_follow(abuse: Today) -> None:
    assert next(iter(abuse.spots)) == "st-marys-town" == key_of("St Mary's Town")
    assert [each.name for each in abuse.spots.values()][1:] == ["Where Circle is today"]
    assert set(abuse.services[ADVOCATES].sites.values()) == {"St Mary's Town"}


def test_reach_is_that_of_the_network(abuse: Today) -> None:
    place = [each.service_id for each in abuse.network.sites].index(ADVOCATES)
    minutes, weights = abuse.reach(abuse.spots["st-marys-town"], None)
    assert np.array_equal(minutes, abuse.network.minutes[:, place])
    assert np.array_equal(weights, abuse.network.weights[:, place])
    closed, none = abuse.reach(abuse.spots["st-marys-town"], frozenset({REDDITCH}))
    assert np.isinf(closed[abuse.network.places.districts == BROMSGROVE]).all()
    assert (none[abuse.network.places.districts == BROMSGROVE] == 0).all()


def test_the_longest_journey_and_outreach_are_read(abuse: Today) -> None:
    assert abuse.near_minutes == 20
    assert set(abuse.outreach) == {VISITS}


def test_a_group_without_an_estimate_cannot_be_planned_for(held: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="no published estimate"):
        today_of(held, "RURAL")
