"""The planted changes can be seen in simple counts."""

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl
import pytest

from pipelines.reference import load_reference
from pipelines.sample.calibration import load_calibration
from pipelines.sample.counts import home_counts
from pipelines.sample.plan import MONTHS, random_stream
from pipelines.sample.victims.plan import DISTRICTS, LATE_RETURN, MISSING_RETURN
from pipelines.working_days import working_days_between
from schemas.codes import ROW_TYPES

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


def test_cases_are_of_the_very_crimes_that_the_crime_sample_counts(every_row: Read) -> None:
    """Vehicle crime is one crime group alone: four victims on record for five crimes."""
    counts = home_counts(load_calibration(), random=random_stream(0, 1))
    crimes = counts[:9, ROW_TYPES.index("Vehicle crime"), :]
    cases = every_row("code_cases").filter(pl.col("crime_group") == "VEH")
    cases = cases.with_columns(month=pl.col("date_reported").str.head(7))
    grid = cases.filter(pl.col("la_code").is_in(DISTRICTS)).pivot(
        on="month",
        index="la_code",
        values="case_key",
        aggregate_function="len",
    )
    victims = grid.sort("la_code").select(MONTHS).to_numpy()
    assert (victims <= crimes).all()
    assert abs(victims.sum() / crimes.sum() - 0.8) < 0.01
    assert np.corrcoef(victims.ravel(), crimes.ravel())[0, 1] > 0.95
    redditch = victims[DISTRICTS.index("E07000236")]
    assert redditch[-3:].mean() < 0.55 * redditch[:24].mean()


@pytest.mark.parametrize(
    ("split", "least"),
    [
        (("service_id",), 0.99),
        (("source",), 0.99),
        (("age_band",), 0.99),
        (("crime_group",), 0.95),
        (("la_code", "enhanced"), 0.9),
        (("la_code", "age_band"), 0.75),
    ],
)
def test_most_counts_of_a_quarter_are_large_enough_to_be_shown(
    split: tuple[str, ...], least: float, sound: Read
) -> None:
    rows = sound("referrals").with_columns(pl.col("date_received").dt.truncate("1q"))
    counts = rows.group_by("date_received", *split).len()["len"]
    assert (counts >= 10).to_numpy().mean() > least


def test_median_wait_for_contact_is_a_day_or_two_but_where_it_lengthens(sound: Read) -> None:
    rows = sound("referrals").filter(pl.col("date_received") >= date(2026, 7, 1))
    waits = working_days_between(rows["date_received"], rows["date_first_contact"])
    medians = dict(
        rows.select("provider_id", waits=waits)
        .group_by("provider_id")
        .agg(pl.col("waits").median())
        .iter_rows()
    )
    assert medians.pop("P06") >= 4
    assert max(medians.values()) <= 3
