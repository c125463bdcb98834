"""People, each once in a period: whose support started, who came before, who waits."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.counting import count_cells
from schemas.cells import WAIT_BANDS
from tests.support.accepted_rows import (
    AS_OF,
    BROMSGROVE,
    REDDITCH,
    RURAL,
    TREE,
    accepted,
    referral,
    supported,
    the,
)

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
QUARTER = (date(2026, 4, 1), JUNE)
EARLY = referral(date(2025, 4, 1))
"""The source begins a year before, so that every measure has settled."""


def counted(*referrals: dict[str, Any]) -> pl.DataFrame:
    rows = accepted(referrals=[EARLY, *referrals, referral(date(2026, 6, 30))])
    return count_cells(rows, as_of=AS_OF, areas=TREE, rural=RURAL)


def test_a_person_counts_once_in_a_period_with_the_values_of_the_first_start() -> None:
    same = {"person_key": "the-same-person-1"}
    cells = counted(
        supported(date(2026, 5, 1), date(2026, 5, 20), la_code=BROMSGROVE, **same),
        supported(date(2026, 5, 2), date(2026, 6, 3), service_id="S2", crime_group="VEH", **same),
    )
    assert the(cells, "people_supported", MAY) == 1
    assert the(cells, "people_supported", JUNE) == 1
    assert the(cells, "people_supported", *QUARTER) == 1, "not the sum of the months"
    assert the(cells, "people_supported", *QUARTER, area=BROMSGROVE) == 1
    assert the(cells, "people_supported", *QUARTER, area=REDDITCH) == 0
    assert the(cells, "people_supported", *QUARTER, crime_group="DA") == 1
    assert the(cells, "people_supported", *QUARTER, crime_group="VEH") == 0
    assert the(cells, "people_supported", JUNE, crime_group="VEH") == 1


def test_the_same_key_at_another_provider_is_another_person() -> None:
    same = {"person_key": "the-same-person-1"}
    cells = counted(
        supported(date(2026, 6, 1), date(2026, 6, 2), **same),
        supported(date(2026, 6, 1), date(2026, 6, 2), provider_id="P2", service_id="S3", **same),
    )
    assert the(cells, "people_supported", JUNE) == 2


@pytest.mark.parametrize(
    ("before", "repeats"),
    [
        ({"day": date(2026, 1, 10), "crime_group": "VEH"}, 1),
        ({"day": date(2025, 6, 1), "crime_group": "VEH"}, 1),
        ({"day": date(2025, 5, 31), "crime_group": "VEH"}, 0),
        ({"day": date(2026, 1, 10), "crime_group": "DA"}, 0),
        ({"day": date(2026, 1, 10), "date_crime_reported": date(2026, 1, 9)}, 1),
        ({"day": date(2026, 1, 10), "date_crime_reported": date(2026, 5, 30)}, 0),
    ],
    ids=["other group", "a year", "over a year", "maybe the same", "other report", "same report"],
)
def test_a_repeat_is_another_crime_within_twelve_months(
    before: dict[str, Any], repeats: int
) -> None:
    same = {"person_key": "the-same-person-1"}
    day = before.pop("day")
    start = supported(
        date(2026, 6, 1), date(2026, 6, 2), date_crime_reported=date(2026, 5, 30), **same
    )
    cells = counted(referral(day, **same, **before), start)
    assert the(cells, "people_supported", JUNE) == 1
    assert the(cells, "repeat_people_supported", JUNE) == repeats


def test_a_home_is_rural_urban_or_not_known() -> None:
    homes = ("E01000001", "E01000001", "E01000002", None, "E01099999")
    day = date(2026, 6, 2)
    cells = counted(*(supported(day, day, lsoa21=home) for home in homes))
    kinds = ("RURAL", "URBAN", "NK")
    found = [the(cells, "people_supported", *QUARTER, rural_urban=kind) for kind in kinds]
    assert found == [2, 1, 2]


def test_people_wait_from_acceptance_until_support_starts_or_all_ends() -> None:
    accepted_on = {"date_accepted": date(2026, 5, 20)}
    day = date(2026, 5, 18)
    ended = {"status": "NOT_STARTED", "end_reason": "MOVED"}
    cells = counted(
        referral(day, status="WAITING", **accepted_on),
        referral(day, status="ACTIVE", date_support_start=date(2026, 6, 1), **accepted_on),
        referral(day, status="ACTIVE", date_support_start=date(2026, 5, 31), **accepted_on),
        referral(day, date_support_end=date(2026, 6, 10), **ended, **accepted_on),
        referral(day, **ended, **accepted_on),
        referral(day, status="ATTEMPTING"),
    )
    assert the(cells, "waiting", date(2026, 4, 1)) == 0
    assert the(cells, "waiting", MAY) == 3
    assert the(cells, "waiting", JUNE) == 1
    assert set(cells.filter(pl.col("measure") == "waiting")["period_type"]) == {"month"}


def test_a_person_who_waits_twice_waits_once_and_since_the_first_day() -> None:
    same = {"person_key": "the-same-person-1", "status": "WAITING"}
    cells = counted(
        referral(date(2026, 5, 1), date_accepted=date(2026, 5, 1), **same),
        referral(date(2026, 6, 28), date_accepted=date(2026, 6, 28), service_id="S2", **same),
    )
    assert the(cells, "waiting", JUNE) == 1
    assert the(cells, "waiting", JUNE, wait_band="56-90") == 1


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, "0-13"),
        (13, "0-13"),
        (14, "14-27"),
        (55, "28-55"),
        (56, "56-90"),
        (90, "56-90"),
        (91, "91+"),
    ],
)
def test_bands_of_waits_hold_their_edges(days: int, band: str) -> None:
    since = date(2026, 6, 30) - pl.duration(days=days)
    day = pl.select(since).item()
    cells = counted(referral(day, date_accepted=day, status="WAITING"))
    found = {each: the(cells, "waiting", JUNE, wait_band=each) for each in WAIT_BANDS}
    assert found == {each: int(each == band) for each in WAIT_BANDS}


def test_measures_begin_once_their_source_has_settled() -> None:
    cells = counted()
    first = dict(cells.group_by("measure").agg(pl.col("first_month").min()).iter_rows())
    assert first["referrals"] == date(2025, 4, 1)
    assert first["people_supported"] == first["waiting"] == date(2025, 7, 1)
    assert first["cases_closed"] == date(2025, 10, 1)
    assert first["repeat_people_supported"] == date(2026, 4, 1)
