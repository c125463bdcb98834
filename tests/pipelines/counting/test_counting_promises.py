"""What holds of any rows: parts add up, chains are subsets, one person changes only their cells."""

from datetime import date, timedelta
from typing import Any, Final

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.counting import count_cells
from pipelines.counting.periods import months_of
from pipelines.protection.index import AREA, KEYS, PERIOD, SERIES
from schemas.cells import OVERLAPPING
from schemas.measures import MEASURES
from tests.support.accepted_rows import AS_OF, RURAL, TREE, accepted, case, referral, the

FIRST: Final = date(2025, 4, 1)
EDGES: Final = [
    referral(FIRST, person_key="edge-1"),
    referral(date(2026, 3, 31), person_key="edge-2"),
]
CASE_EDGES: Final = [case(FIRST), case(date(2026, 3, 31))]
FEW: Final = settings(max_examples=8)

_days = st.integers(0, 364).map(lambda days: FIRST + timedelta(days=days))
_later = st.none() | st.integers(0, 120)
_places = st.sampled_from([*TREE.districts, "E06000019"])


@st.composite
def referrals(draw: st.DrawFn) -> dict[str, Any]:
    """A referral with any of its later days, of one of few people."""
    day = draw(_days)
    later = {
        name: None if (days := draw(_later)) is None else day + timedelta(days=days)
        for name in ("date_first_attempt", "date_first_contact", "date_accepted")
    }
    start = draw(_later)
    status = draw(st.sampled_from(["ACTIVE", "CLOSED", "NOT_STARTED"]))
    service, provider = draw(st.sampled_from([("S1", "P1"), ("S2", "P1"), ("S3", "P2")]))
    return referral(
        day,
        person_key=f"person-{draw(st.integers(0, 5))}",
        service_id=service,
        provider_id=provider,
        la_code=draw(_places),
        crime_group=draw(st.sampled_from(["DA", "VEH", "HOMICIDE"])),
        priority_flags=draw(st.lists(st.sampled_from(["DA", "MH"]), unique=True)),
        online_flag=draw(st.sampled_from(["Y", "N", "NK"])),
        date_support_start=None if start is None else day + timedelta(days=start),
        status=status,
        end_reason=None if status == "ACTIVE" else draw(st.sampled_from(["DECLINED", "OTHER"])),
        **later,
    )


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A case with any of its later days."""
    day = draw(_days)
    names = ("written_confirmation_date", "needs_assessment_date", "referred_date")
    more = ("vps_offer_point_date", "vps_offered_date", "vps_made_date")
    later = {
        name: None if (days := draw(_later)) is None else day + timedelta(days=days // 8)
        for name in (*names, *more)
    }
    return case(
        day,
        la_code=draw(_places),
        victim_type=draw(st.sampled_from(["PERSON", "PERSON", "BUSINESS"])),
        consent_to_refer=draw(st.sampled_from(["Y", "N", "NOT_REQUIRED", None])),
        enhanced=draw(st.sampled_from(["Y", "N", "NOT_ASSESSED"])),
        **later,
    )


_referrals = st.lists(referrals(), max_size=25)
_cases = st.lists(cases(), max_size=25)


def counted(people: list[dict[str, Any]], victims: list[dict[str, Any]] | None = None) -> Any:
    rows = accepted(referrals=[*EDGES, *people], code_cases=[*CASE_EDGES, *(victims or [])])
    return count_cells(rows, as_of=AS_OF, areas=TREE, rural=RURAL)


def _disagreeing(cells: pl.DataFrame, parts: pl.DataFrame, whole: tuple[str, ...]) -> pl.DataFrame:
    """Return the wholes that are not the sum of their parts."""
    sums = parts.group_by(whole).agg(sum=pl.col("true_count").sum())
    return cells.join(sums, on=whole).filter(pl.col("true_count") != pl.col("sum"))


@FEW
@given(_referrals, _cases)
def test_cells_agree_with_one_another_whatever_the_rows(
    people: list[dict[str, Any]], victims: list[dict[str, Any]]
) -> None:
    cells = counted(people, victims)
    _districts_add_up_to_the_force_with_those_who_live_elsewhere(cells)
    _values_of_a_split_add_up_to_the_whole(cells)
    _months_add_up_and_people_never_to_fewer(cells)
    _a_part_is_never_more_than_its_whole(cells)


def _districts_add_up_to_the_force_with_those_who_live_elsewhere(cells: pl.DataFrame) -> None:
    whole = (*SERIES, *PERIOD)
    force = cells.filter(pl.col("area_type") == "force")
    districts = cells.filter(pl.col("area_type") == "district")
    assert _disagreeing(force, districts, whole).is_empty()
    north = districts.filter(pl.col("area_code").is_in(TREE.partnerships["NORTH"]))
    partnership = cells.filter(pl.col("area_code") == "NORTH")
    assert _disagreeing(partnership, north, whole).is_empty()


def _values_of_a_split_add_up_to_the_whole(cells: pl.DataFrame) -> None:
    exclusive = cells.filter(~pl.col("split_1").is_in(OVERLAPPING))
    unsplit = exclusive.filter(pl.col("split_1") == "")
    whole = ("measure", *AREA, *PERIOD)
    for (split, other), part in exclusive.partition_by("split_1", "split_2", as_dict=True).items():
        assert not split or _disagreeing(unsplit, part, whole).is_empty(), (split, other)


def _months_add_up_and_people_never_to_fewer(cells: pl.DataFrame) -> None:
    same = (*SERIES, *AREA)
    longer = cells.filter(pl.col("period_type") != "month", pl.col("area_type") == "force")
    spread = months_of(longer.select(PERIOD).unique())
    months = cells.filter(pl.col("period_type") == "month").rename({"first_month": "month"})
    sums = (
        months.select(*same, "month", part="true_count")
        .join(spread, on="month")
        .group_by(*same, *PERIOD)
        .agg(pl.col("part").sum())
    )
    both = longer.join(sums, on=(*same, *PERIOD))
    distinct = pl.col("measure").is_in([each.key for each in MEASURES if not each.adds_up])
    assert both.height
    assert both.filter(~distinct, pl.col("part") != pl.col("true_count")).is_empty()
    assert both.filter(distinct, pl.col("part") < pl.col("true_count")).is_empty()


def _a_part_is_never_more_than_its_whole(cells: pl.DataFrame) -> None:
    wholes = {each.key: each.part_of for each in MEASURES if each.part_of}
    parts = cells.with_columns(
        measure=pl.col("measure").replace_strict(wholes, default=None), part=pl.col("true_count")
    ).drop("true_count")
    both = parts.join(cells.select(*KEYS, "true_count"), on=KEYS)
    assert both.height
    assert both.filter(pl.col("part") > pl.col("true_count")).is_empty()


@pytest.mark.slow
@FEW
@given(_referrals, referrals())
def test_one_more_person_changes_only_the_cells_that_contain_them(
    people: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    new = more | {"person_key": "someone-new"}
    before, after = counted(people), counted([*people, new])
    both = before.join(after.select(*KEYS, after="true_count"), on=KEYS)
    changed = both.filter(pl.col("true_count") != pl.col("after"))
    assert both.height == before.height == after.height
    assert (changed["after"] - changed["true_count"] == 1).all()
    place = new["la_code"] if new["la_code"] in TREE.districts else "NK"
    areas = {TREE.force, place, *(["NORTH"] if place in TREE.partnerships["NORTH"] else [])}
    assert set(changed["area_code"]) <= areas
    for split in ("crime_group", "service_id", "provider_id", "source", "age_band"):
        for one in (1, 2):
            values = changed.filter(pl.col(f"split_{one}") == split)[f"value_{one}"]
            assert set(values) <= {new[split]}
    received = changed.filter(pl.col("measure") == "referrals")
    month = new["date_received"].replace(day=1)
    assert received.height
    assert received.filter(
        ~pl.lit(month).is_between(pl.col("first_month"), pl.col("last_month"))
    ).is_empty()


def test_a_count_does_not_depend_on_the_order_of_the_rows() -> None:
    people = [referral(FIRST + timedelta(days=n), person_key=f"p{n % 3}") for n in range(30)]
    one, other = counted(people), counted(people[::-1])
    assert one.sort(KEYS).equals(other.sort(KEYS))
    assert the(one, "referrals", FIRST, date(2026, 3, 1)) == 32
