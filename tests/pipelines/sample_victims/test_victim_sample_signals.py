"""The planted changes can be seen in simple counts."""

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl

from pipelines.reference import load_reference
from pipelines.sample.victims.plan import LATE_RETURN, MISSING_RETURN

Read = Callable[[str], pl.DataFrame]

SPRING_2026 = date(2026, 4, 1)


def test_waits_lengthen_at_one_provider_from_spring_2026(sound: Read) -> None:
    waits = sound("referrals").select(
        "provider_id",
        is_late=pl.col("date_received").is_between(SPRING_2026, date(2026, 7, 31)),
        days=(pl.col("date_first_contact") - pl.col("date_received")).dt.total_days(),
        year=pl.col("date_received").dt.year(),
    )
    means = (
        waits.filter(pl.col("year") >= 2025)
        .group_by("provider_id", "is_late")
        .agg(pl.col("days").mean())
        .pivot(on="is_late", index="provider_id", values="days")
        .with_columns(ratio=pl.col("true") / pl.col("false"))
    )
    ratios = dict(means.select("provider_id", "ratio").iter_rows())
    assert ratios.pop("P06") > 1.5
    assert max(ratios.values()) < 1.25


def on_time(rows: pl.DataFrame, reported: str, referred: str) -> float:
    """Return the share referred within two days of Monday to Friday; bank holidays left aside."""
    days = rows.drop_nulls([reported, referred])
    first = days[reported].to_numpy().astype("datetime64[D]")
    last = days[referred].to_numpy().astype("datetime64[D]")
    return float((np.busday_count(first + 1, last + 1) <= 2).mean())


def test_referral_within_two_working_days_slips_in_redditch(sound: Read) -> None:
    cases = sound("code_cases")
    redditch = pl.col("la_code") == "E07000236"
    recent = pl.col("date_reported") >= date(2026, 1, 1)
    columns = ("date_reported", "referred_date")
    assert on_time(cases.filter(redditch & recent), *columns) < 0.7
    assert 0.83 < on_time(cases.filter(redditch & ~recent), *columns) < 0.92
    assert 0.83 < on_time(cases.filter(~redditch & recent), *columns) < 0.92


def test_rural_herefordshire_has_no_rural_service_and_sends_few(sound: Read) -> None:
    areas = sound("service_areas")
    groups = sound("service_groups").filter(
        pl.col("specialist") == "Y",
        (pl.col("crime_group") == "RURAL") | (pl.col("priority_flag") == "RURAL"),
    )
    served = areas.filter(pl.col("service_id").is_in(groups["service_id"].to_list()))["la_code"]
    assert len(set(served)) == 8
    assert "E06000019" not in set(served)
    small = load_reference().small_areas.filter(pl.col("area_code") == "E06000019")
    residents = small.group_by("is_rural").agg(pl.col("residents").sum()).sort("is_rural")
    rows = sound("referrals").join(small, left_on="lsoa21", right_on="small_area_code")
    sent = rows.group_by("is_rural").len().sort("is_rural")["len"] / residents["residents"]
    assert sent[1] / sent[0] < 0.45


def test_no_referral_carries_the_flag_for_learning_disabled_people(every_row: Read) -> None:
    flags = every_row("referrals")["priority_flags"].drop_nulls().str.split("|").explode()
    found = set(flags)
    assert "LD" not in found
    assert len(found) == 15


def test_one_return_is_missing_and_one_came_late(sound: Read) -> None:
    returns = sound("provider_returns").select("provider_id", "quarter", "submitted_on").unique()
    provider, quarter, came = LATE_RETURN
    first = pl.col("quarter").str.slice(0, 4).cast(pl.Int32)
    number = pl.col("quarter").str.tail(1).cast(pl.Int32)
    end = pl.date(first, 4, 1).dt.offset_by(pl.format("{}mo", number * 3)) - pl.duration(days=1)
    late = returns.filter(pl.col("submitted_on") > end + pl.duration(days=45))
    assert late.rows() == [(provider, quarter, came)]
    sent = set(returns.select("provider_id", "quarter").iter_rows())
    quarters = {each for _, each in sent}
    providers = {each for each, _ in sent}
    missing = {(who, when) for who in providers for when in quarters} - sent
    assert missing == {MISSING_RETURN}
    assert len(quarters) == 12
    assert len(providers) == 14


def test_people_come_back_within_a_year_with_the_same_key(every_row: Read) -> None:
    rows = every_row("referrals")
    again = 1 - rows["person_key"].n_unique() / len(rows)
    assert 0.04 < again < 0.1
