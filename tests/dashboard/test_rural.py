"""Rural crime, worked out by hand from the tiny published file.

Small area 1 is rural: 4,000 residents, 50 hectares, 4 burglaries and 4 incidents a month. The three
urban ones have 8,000, 24,000 and no residents on 50 hectares each.
"""

from collections.abc import Iterator
from datetime import date
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.compare import compare
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Result
from dashboard.metrics.ratio_limits import ratio_limits
from dashboard.metrics.rural_support import nearest_supported
from dashboard.metrics.travel import Travel, straight_km, travel
from dashboard.warehouse import Warehouse, open_warehouse
from schemas.codes import ANTISOCIAL_BEHAVIOUR, ROW_TYPES
from tests.support.rural_results import PEOPLE
from tests.support.tiny_directory import FRIENDS, add_directory
from tests.support.tiny_warehouse import BROMSGROVE, GAP, OTHER, REDDITCH, write_version

YEAR = Choice(first_month=date(2025, 10, 1), last_month=date(2026, 9, 1))
ACROSS_GAP = Choice(first_month=date(2025, 1, 1), last_month=date(2025, 3, 1))
RURAL, URBAN = 48, 72 + 92 + 240


@pytest.fixture(scope="module")
def helped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The tiny version with people supported by their home, and the directory of services."""
    data_dir = tmp_path_factory.mktemp("helped")
    add_directory(write_version(data_dir, cells=PEOPLE))
    warehouse = open_warehouse(data_dir)
    yield warehouse
    warehouse.close()


def ask(warehouse: Warehouse, key: str, *by: str, choice: Choice = YEAR) -> Result:
    return evaluate(metric(key), choice, warehouse=warehouse, by=by)


def rows(result: Result) -> dict[Any, dict[str, Any]]:
    """The rows of a result by their keys."""
    return {
        tuple(row[each] for each in result.by) if len(result.by) > 1 else row[result.by[0]]: row
        for row in result.frame.iter_rows(named=True)
    }


def one(result: Result) -> dict[str, Any]:
    """The only row of a result."""
    (row,) = result.frame.iter_rows(named=True)
    return row


def test_the_share_is_of_located_offences(tiny: Warehouse) -> None:
    row = one(ask(tiny, "RU01"))
    assert (row["numerator"], row["denominator"]) == (RURAL, RURAL + URBAN)
    assert row["value"] == pytest.approx(100 * RURAL / (RURAL + URBAN))
    by_area = rows(ask(tiny, "RU01", "area_code"))
    assert by_area[REDDITCH]["value"] == 0
    assert set(by_area) == {BROMSGROVE, REDDITCH}


def test_a_month_that_is_missing_has_no_share(tiny: Warehouse) -> None:
    by_month = rows(ask(tiny, "RU01", "month", choice=ACROSS_GAP))
    assert by_month[GAP]["marker"] == "[x]"
    assert by_month[date(2025, 1, 1)]["value"] == pytest.approx(100 * 4 / 35)


def test_the_ratio_is_of_two_rates(tiny: Warehouse) -> None:
    from scipy.stats import binomtest  # takes a second to load, in each process of tests

    row = one(ask(tiny, "RU02"))
    assert row["value"] == pytest.approx((RURAL / 4_000) / (URBAN / 32_000))
    assert row["value"] == pytest.approx(row["numerator"] / row["denominator"])
    assert row["numerator"] == RURAL
    share = binomtest(RURAL, RURAL + URBAN).proportion_ci(0.95, method="exact")
    for limit, end in ((share.low, "lower"), (share.high, "upper")):
        assert row[end] == pytest.approx(limit / (1 - limit) * 8, rel=1e-6)


def test_an_area_with_one_kind_of_place_has_no_ratio(tiny: Warehouse) -> None:
    result = ask(tiny, "RU02", "area_code")
    by_area = rows(result)
    assert by_area[BROMSGROVE]["value"] == pytest.approx((48 / 4_000) / (164 / 8_000))
    assert (by_area[REDDITCH]["value"], by_area[REDDITCH]["marker"]) == (None, "[z]")
    assert any("no ratio" in note for note in result.notes)


def test_a_ratio_without_urban_crime_is_no_number_and_without_rural_crime_zero(
    tiny: Warehouse,
) -> None:
    by_type = rows(ask(tiny, "RU02", "crime_type"))
    assert by_type["Robbery"]["marker"] == "[z]"
    assert (by_type["Shoplifting"]["value"], by_type["Shoplifting"]["lower"]) == (0, 0)
    assert by_type["Shoplifting"]["upper"] > 0


def test_a_month_that_is_missing_has_no_ratio(tiny: Warehouse) -> None:
    by_month = rows(ask(tiny, "RU02", "month", choice=ACROSS_GAP))
    assert by_month[GAP]["marker"] == "[x]"
    assert one(ask(tiny, "RU02", choice=ACROSS_GAP))["marker"] == "[x]"


def test_by_land_the_base_is_hectares(tiny: Warehouse) -> None:
    by_class = rows(ask(tiny, "rural_urban_density"))
    assert by_class["Rural"]["value"] == pytest.approx(100 * RURAL / 50)
    assert by_class["Urban"]["value"] == pytest.approx(100 * URBAN / 150)
    row = one(ask(tiny, "rural_urban_density_ratio"))
    assert row["value"] == pytest.approx((RURAL / 50) / (URBAN / 150))


def test_among_types_antisocial_behaviour_has_its_own_row_and_is_in_no_total(
    tiny: Warehouse,
) -> None:
    by_both = rows(ask(tiny, "rural_urban_rate", "rural_class", "crime_type"))
    assert set(by_both) == {(kind, each) for kind in ("Rural", "Urban") for each in ROW_TYPES}
    assert by_both["Rural", ANTISOCIAL_BEHAVIOUR]["numerator"] == 48
    assert by_both["Urban", ANTISOCIAL_BEHAVIOUR]["value"] == pytest.approx(1000 * 72 / 32_000)
    assert rows(ask(tiny, "rural_urban_rate"))["Rural"]["numerator"] == RURAL


def test_places_far_from_a_town_stand_apart(tiny: Warehouse) -> None:
    by_class = rows(ask(tiny, "rural_urban_rate", "town_class"))
    assert {kind: row["numerator"] for kind, row in by_class.items()} == {
        "Rural near a major town": RURAL,
        "Urban near a major town": URBAN,
    }


def test_the_proxy_is_four_types_in_rural_places_only(tiny: Warehouse) -> None:
    assert one(ask(tiny, "RU03"))["numerator"] == RURAL
    assert one(ask(tiny, "rural_proxy_rate"))["value"] == pytest.approx(1000 * RURAL / 4_000)
    assert set(rows(ask(tiny, "RU03", "small_area_code"))) == {"E01000001"}
    assert set(rows(ask(tiny, "RU03", "area_code"))) == {BROMSGROVE}
    by_type = rows(ask(tiny, "RU03", "crime_type"))
    assert {each: row["numerator"] for each, row in by_type.items()} == {
        "Burglary": RURAL,
        "Criminal damage and arson": 0,
        "Other theft": 0,
        "Vehicle crime": 0,
    }
    assert "proxy" in metric("RU03").definition


def test_a_type_that_is_not_in_the_proxy_is_not_counted_as_none(tiny: Warehouse) -> None:
    row = one(ask(tiny, "RU03", choice=Choice(crime_types=("Shoplifting",))))
    assert (row["value"], row["marker"]) == (None, "[z]")


def test_support_is_people_over_the_crime_of_the_same_places(helped: Warehouse) -> None:
    result = ask(helped, "rural_support_reach")
    by_class = rows(result)
    assert by_class["Rural"]["value"] == pytest.approx(1000 * 60 / RURAL)
    assert by_class["Urban"]["value"] == pytest.approx(1000 * 300 / URBAN)
    assert result.notes[0].startswith("The home of 240 people supported is not known")
    row = one(ask(helped, "RU05"))
    assert row["value"] == pytest.approx((60 / RURAL) / (300 / URBAN))
    assert row["lower"] < row["value"] < row["upper"]


def test_where_people_are_hidden_there_is_no_support_ratio(helped: Warehouse) -> None:
    assert rows(ask(helped, "RU05", "area_code"))[BROMSGROVE]["marker"] == "[c]"
    by_both = rows(ask(helped, "rural_support_reach", "area_code", "rural_class"))
    hidden = by_both[BROMSGROVE, "Rural"]
    assert (hidden["numerator"], hidden["value"], hidden["marker"]) == (None, None, "[c]")
    assert by_both[BROMSGROVE, "Urban"]["value"] == pytest.approx(1000 * 200 / 164)
    assert {code for code, _ in by_both} == {BROMSGROVE, REDDITCH}


def test_support_is_asked_for_a_published_period(helped: Warehouse) -> None:
    quarter = Choice(first_month=date(2026, 8, 1), last_month=date(2026, 9, 1))
    with pytest.raises(UnknownChoice, match="none of those held"):
        ask(helped, "RU05", choice=quarter)
    nearest = nearest_supported(metric("RU05"), quarter, warehouse=helped, by=())
    assert (nearest.first_month, nearest.last_month) == (YEAR.first_month, YEAR.last_month)


KM_AWAY = 1.3 * 111.2 * (0.031**2 + (0.061 * 0.611297) ** 2) ** 0.5
"""From the small areas to the one place of a service that works everywhere and has not ended."""


def test_help_is_as_far_as_the_nearest_place_of_a_running_service(helped: Warehouse) -> None:
    by_class = rows(ask(helped, "distance_to_help", "rural_class"))
    assert by_class["Rural"]["value"] == pytest.approx(KM_AWAY, rel=1e-4)
    assert by_class["Urban"]["denominator"] == 32_000
    assert rows(ask(helped, "RU06"))["Rural"]["value"] == 100
    assert rows(ask(helped, "RU06"))["Rural"]["lower"] is None


def test_rural_speed_reaches_further_than_urban(tmp_path: Path) -> None:
    # 19.5 km by road are 23 minutes at 50 km an hour, and 39 at 30.
    warehouse = _moved(tmp_path, latitude=52.43)
    by_class = rows(ask(warehouse, "RU06"))
    assert {kind: row["value"] for kind, row in by_class.items()} == {"Rural": 100, "Urban": 0}
    bands = rows(ask(warehouse, "travel_bands", "rural_class", "travel_band"))
    assert bands["Rural", "15 to 30 minutes"]["value"] == 100
    assert bands["Urban", "30 to 60 minutes"]["value"] == 100
    assert bands["Urban", "Within 15 minutes"]["value"] == 0


def _moved(tmp_path: Path, **columns: object) -> Warehouse:
    """Return a version in which the site of the service that works everywhere is changed."""
    path = write_version(tmp_path)
    add_directory(path)
    with duckdb.connect(str(path)) as connection:
        for column, value in columns.items():
            connection.execute(
                f"update fact_service_site set {column} = ? where service_id = ?", [value, FRIENDS]
            )
    return open_warehouse(tmp_path)


def test_places_of_outreach_count_apart(tmp_path: Path) -> None:
    warehouse = _moved(tmp_path, site_type="OUTREACH")
    assert rows(ask(warehouse, "RU06"))["Rural"]["marker"] == "[x]"
    assert rows(ask(warehouse, "within_reach_of_outreach"))["Rural"]["value"] == 100


def test_a_place_counts_only_where_its_service_works(tmp_path: Path) -> None:
    path = write_version(tmp_path)
    add_directory(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update fact_service_area set la_code = ? where service_id = ?", [BROMSGROVE, FRIENDS]
        )
    warehouse = open_warehouse(tmp_path)
    by_area = rows(ask(warehouse, "RU06", "area_code"))
    assert {code: row["value"] for code, row in by_area.items()} == {BROMSGROVE: 100, REDDITCH: 0}
    distances = rows(ask(warehouse, "distance_to_help", "area_code"))
    assert (distances[REDDITCH]["value"], distances[REDDITCH]["marker"]) == (None, "[z]")


def test_without_a_directory_nothing_is_said_of_distance(tiny: Warehouse) -> None:
    result = ask(tiny, "RU06")
    assert {row["marker"] for row in rows(result).values()} == {"[x]"}
    assert result.notes == (
        "No place where a service sees people is loaded: load the directory of services.",
    )


def test_assumptions_of_travel_stand_beside_the_figure_as_placeholders(helped: Warehouse) -> None:
    (note,) = ask(helped, "RU06").notes
    assert "1.3 times a straight line" in note
    assert "30 km an hour from urban places, 50 from rural ones" in note
    assert note.endswith("These are DRAFT, not agreed.")
    assert ask(helped, "RU06").metric.unit == "% of residents within 30 minutes (DRAFT)"


def test_agreed_assumptions_are_used_and_bear_no_mark(tmp_path: Path) -> None:
    path = write_version(tmp_path)
    add_directory(path)
    with duckdb.connect(str(path)) as connection:
        for code, value in (("DETOUR", 2.0), ("SPEED_URBAN", 20.0), ("SPEED_RURAL", 40.0)):
            connection.execute(
                "insert into dim_assumption (assumption_id, central, status) "
                "values (?, ?, 'AGREED')",
                [f"TRAVEL_{code}", value],
            )
    warehouse = open_warehouse(tmp_path)
    assert travel(warehouse) == Travel(
        detour=2.0, urban_speed=20.0, rural_speed=40.0, is_draft=False
    )
    assert ask(warehouse, "RU06").metric.unit == "% of residents within 30 minutes"
    distance = rows(ask(warehouse, "distance_to_help", "rural_class"))["Rural"]["value"]
    assert distance == pytest.approx(KM_AWAY * 2 / 1.3, rel=1e-4)


def test_what_makes_no_sense_is_refused_or_said(helped: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="home force only"):
        ask(helped, "RU06", choice=Choice(areas=(OTHER,)))
    reach = compare(metric("RU06"), YEAR, warehouse=helped)
    assert reach.words == "The directory is held as it stands now, for the home force only."
    similar = Choice(**{**vars(YEAR), "compare_with": "similar_forces"})
    ratio = compare(metric("RU02"), similar, warehouse=helped)
    assert ratio.words == "Other forces are held as a whole, not by rural and urban areas."


def test_limits_equal_those_that_r_prints_for_its_own_example() -> None:
    # The example of `poisson.test` in the manual of R, with the digits that R prints.
    counts, bases = (11, 6 + 8 + 7), (800, 1083 + 1050 + 878)
    lower, upper = ratio_limits(counts, bases)
    assert (counts[0] / bases[0]) / (counts[1] / bases[1]) == pytest.approx(1.971488, abs=5e-7)
    assert lower == pytest.approx(0.8584264, abs=5e-8)
    assert upper == pytest.approx(4.2772659, abs=5e-8)


@given(
    counts=st.tuples(st.integers(0, 20_000), st.integers(1, 20_000)),
    bases=st.tuples(st.floats(1, 1e6), st.floats(1, 1e6)),
)
def test_the_ratio_lies_within_its_limits_and_turns_round_with_them(
    counts: tuple[int, int], bases: tuple[float, float]
) -> None:
    lower, upper = ratio_limits(counts, bases)
    value = (counts[0] / bases[0]) / (counts[1] / bases[1])
    assert lower <= value <= upper
    if counts[0]:
        back = ratio_limits(counts[::-1], bases[::-1])
        assert float(back[0]) == pytest.approx(1 / float(upper), rel=1e-6)


@given(latitude=st.floats(51.8, 53.0), longitude=st.floats(-3.2, -1.7))
def test_distance_is_near_that_on_the_globe(latitude: float, longitude: float) -> None:
    flat = float(straight_km([latitude], [longitude], to=([52.3], [-2.3]))[0, 0])
    assert flat == pytest.approx(_on_the_globe(latitude, longitude, 52.3, -2.3), rel=0.01, abs=0.01)


def _on_the_globe(latitude: float, longitude: float, other: float, other_longitude: float) -> float:
    north, east = radians(other - latitude) / 2, radians(other_longitude - longitude) / 2
    half = sin(north) ** 2 + cos(radians(latitude)) * cos(radians(other)) * sin(east) ** 2
    return 2 * 6371.0 * asin(sqrt(half))
