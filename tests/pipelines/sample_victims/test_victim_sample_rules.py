"""Every rule of level E, held a second time against the written files, in plain polars.

Rows spoilt on purpose are left out; that they break their rule is shown at the end.
"""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from pipelines.sample.victims.catalogue import Service
from pipelines.sample.victims.services import SERVICES
from schemas.supplied.referral_fields import ETHNIC_DETAIL

Read = Callable[[str], pl.DataFrame]

ADULTS = ["18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+"]
AS_OF = date(2026, 11, 1)


def ordered(earlier: str, later: str) -> pl.Expr:
    return (pl.col(later) >= pl.col(earlier)).fill_null(value=True)


def has(column: str, code: str) -> pl.Expr:
    return pl.col(column).str.split("|").list.contains(code).fill_null(value=False)


ENDED = pl.col("status").is_in(["CLOSED", "NOT_STARTED"])
COMPLETED = (pl.col("end_reason") == "COMPLETED").fill_null(value=False)
REPORTED = pl.col("crime_reported_to_police") == "Y"
DAYS = [
    "date_crime_reported",
    "date_offer",
    "date_referred",
    "date_received",
    "date_first_attempt",
    "date_first_contact",
    "date_needs_assessed",
    "date_accepted",
    "date_support_start",
    "date_support_end",
]

REFERRAL_RULES = {
    "R02": pl.all_horizontal(
        pl.col(day).is_between(date(2015, 1, 1), AS_OF).fill_null(value=True) for day in DAYS
    ),
    "R03": ordered("date_referred", "date_received"),
    "R04 attempt": ordered("date_received", "date_first_attempt"),
    "R04 contact": ordered("date_first_attempt", "date_first_contact"),
    "R05 start": ordered("date_received", "date_support_start"),
    "R05 end": ordered("date_support_start", "date_support_end"),
    "R06": ~pl.col("source").is_in(["POLICE", "REPORT_FRAUD"])
    | (pl.col("crime_reported_to_police") != "N"),
    "R07 present": ~REPORTED
    | pl.col("date_crime_reported").is_not_null()
    | pl.col("source").is_in(["VAL", "OTHER_VS"]),
    "R07 order": ordered("date_crime_reported", "date_referred"),
    "R08": pl.col("end_reason").is_not_null() == ENDED,
    "R09 end": ~pl.col("status").is_in(["ACTIVE", "WAITING"])
    | pl.col("date_support_end").is_null(),
    "R09 waiting": (pl.col("status") != "WAITING")
    | (pl.col("date_accepted").is_not_null() & pl.col("date_support_start").is_null()),
    "R10": ~COMPLETED
    | (pl.col("date_support_start").is_not_null() & pl.col("date_support_end").is_not_null()),
    "R12": ~has("priority_flags", "CYP") | ~pl.col("age_band").is_in(ADULTS),
    "R15": pl.col("enhanced_reason").is_not_null() == (pl.col("enhanced") == "Y"),
    "R21": (pl.col("secondary_crime_group") != pl.col("crime_group")).fill_null(value=True),
    "onward": pl.col("onward_service_id").is_not_null()
    == (pl.col("end_reason") == "REFERRED_ON").fill_null(value=False),
    "planned": pl.col("planned_exit").is_not_null() == (pl.col("status") == "CLOSED"),
}


@pytest.mark.parametrize("rule", REFERRAL_RULES)
def test_referrals_keep(rule: str, sound: Read) -> None:
    broken = sound("referrals").filter(~REFERRAL_RULES[rule].fill_null(value=False))
    assert broken.is_empty(), broken.select("file", "line").head(3).rows()


def test_r01_referral_ids_are_unique_for_a_provider(every_row: Read) -> None:
    assert every_row("referrals").select("provider_id", "referral_id").is_unique().all()


@pytest.mark.parametrize("service", SERVICES, ids=lambda each: each.service_id)
def test_r17_and_r18_areas_and_contract_of_a_service(service: Service, sound: Read) -> None:
    rows = sound("referrals").filter(pl.col("service_id") == service.service_id)
    assert set(rows["la_code"]) <= {*service.districts, "OUT", "NK"}
    assert rows["date_received"].is_between(service.start, service.end).all()
    assert set(rows["provider_id"]) == {service.provider_id}


@pytest.mark.parametrize("field", ["age_band", "sex", "ethnic_group", "disability", "la_code"])
def test_r20_little_is_unknown_in_every_file(field: str, sound: Read) -> None:
    unknown = pl.col(field).is_in(["NK", "NA_ASKED"]).mean().alias("share")
    shares = sound("referrals").group_by("file").agg(unknown)["share"]
    assert shares.to_numpy().max() <= 0.2


def test_finer_ethnic_groups_agree_with_the_census_groups(sound: Read) -> None:
    told = sound("referrals").drop_nulls("ethnic_detail")
    pairs = set(told.select("ethnic_group", pl.col("ethnic_detail").str.head(1)).rows())
    agreed = {(group, group[0]) for group in ("WHITE", "MIXED", "ASIAN", "BLACK", "OTHER")}
    assert pairs == agreed | {(unsaid, "N") for unsaid in ("PNTS", "NK", "NA_ASKED")}
    assert set(told["ethnic_detail"]) == set(ETHNIC_DETAIL)
    assert 0.5 < told.height / sound("referrals").height < 0.7


CASE_RULES = {
    "K02": ordered("date_reported", "date_recorded"),
    "K03": pl.col("referred_date").is_null()
    | pl.col("consent_to_refer").is_in(["Y", "NOT_REQUIRED"]),
    "K06": pl.col("vps_made_date").is_null() | pl.col("vps_offered_date").is_not_null(),
    "person key": (pl.col("victim_type") == "PERSON") == pl.col("person_key").is_not_null(),
    "reason": pl.col("enhanced_reason").is_not_null() == (pl.col("enhanced") == "Y"),
    "not to come": pl.all_horizontal(
        (pl.col(day) <= AS_OF).fill_null(value=True)
        for day in ("date_recorded", "written_confirmation_date", "referred_date", "vps_made_date")
    ),
}


@pytest.mark.parametrize("rule", CASE_RULES)
def test_cases_keep(rule: str, sound: Read) -> None:
    assert sound("code_cases").filter(~CASE_RULES[rule].fill_null(value=False)).is_empty()


def test_cases_and_persons_are_unique(sound: Read) -> None:
    assert sound("code_cases")["case_key"].is_unique().all()


UPDATE_RULES = {
    "U01": ordered("event_date", "told_date"),
    "U03": (pl.col("owner") != "WCU") | pl.col("info_received_date").is_not_null(),
    "heard": ordered("event_date", "info_received_date"),
}


@pytest.mark.parametrize("rule", UPDATE_RULES)
def test_updates_keep(rule: str, sound: Read) -> None:
    assert sound("case_updates").filter(~UPDATE_RULES[rule].fill_null(value=False)).is_empty()


def test_updates_are_of_cases_that_exist(sound: Read) -> None:
    orphans = sound("case_updates").join(every := sound("code_cases"), on="case_key", how="anti")
    spoilt = 2
    assert orphans["case_key"].n_unique() <= spoilt
    assert len(every) > 0


def test_p02_breakdowns_add_up_to_all(every_row: Read) -> None:
    """The spoilt row counts: its breakdown value is misspelt, its figure is right."""
    returns = every_row("provider_returns").with_columns(pl.col("value").cast(pl.Float64))
    names = ["service_id", "quarter", "measure"]
    whole = returns.filter(pl.col("breakdown") == "ALL").select(*names, whole="value")
    parts = returns.filter(pl.col("breakdown") != "ALL").group_by(*names, "breakdown")
    compared = parts.agg(pl.col("value").sum()).join(whole, on=names, how="left")
    assert len(compared) > 4_000
    assert compared.filter(pl.col("value") != pl.col("whole")).is_empty()
    assert compared["whole"].null_count() == 0


def wide(sound: Read) -> pl.DataFrame:
    returns = sound("provider_returns").filter(pl.col("breakdown") == "ALL")
    return returns.with_columns(pl.col("value").cast(pl.Float64)).pivot(
        on="measure", index=["provider_id", "service_id", "quarter"], values="value"
    )


def test_p03_caseloads_carry_over(sound: Read) -> None:
    rows = wide(sound)
    closed = rows["CLOSED_PLANNED"] + rows["CLOSED_UNPLANNED"]
    assert (rows["ACTIVE_END"] == rows["ACTIVE_START"] + rows["NEW_PEOPLE"] - closed).all()


@pytest.mark.parametrize("domain", ["COPE", "SAFER", "HEALTH_WELLBEING", "INFORMED"])
def test_p04_no_more_improved_than_measured(domain: str, sound: Read) -> None:
    rows = wide(sound).drop_nulls(f"OUTCOME_MEASURED_{domain}")
    assert (rows[f"OUTCOME_IMPROVED_{domain}"] <= rows[f"OUTCOME_MEASURED_{domain}"]).all()


def test_returns_agree_with_the_referrals(every_row: Read, sound: Read) -> None:
    """Spoilt rows count, for the provider did not know that they were."""
    counted = every_row("referrals").group_by("service_id").len("rows")
    returned = wide(sound).group_by("service_id").agg(pl.col("REFERRALS_IN").sum())
    both = counted.join(returned, on="service_id").filter(pl.col("service_id") != "S18")
    assert len(both) == 24
    assert (both["rows"] == both["REFERRALS_IN"]).all()


def test_o01_scores_are_within_the_range_of_their_tool(sound: Read) -> None:
    ranges = {
        "OUTCOME_STAR": (1, 10),
        "CORE10": (0, 40),
        "SWEMWBS": (7, 35),
        "PHQ9": (0, 27),
        "LOCAL_1_5": (1, 5),
    }
    scores = sound("outcome_scores").with_columns(pl.col("score").cast(pl.Float64))
    assert set(scores["tool"]) == set(ranges)
    for tool, (least, most) in ranges.items():
        values = scores.filter(pl.col("tool") == tool)["score"]
        assert values.is_between(least, most).all()


def test_o02_and_o04_one_entry_then_one_exit(sound: Read) -> None:
    scores = sound("outcome_scores")
    names = ["provider_id", "referral_id", "tool", "domain"]
    assert scores.select(*names, "occasion").is_unique().all()
    pairs = scores.pivot(on="occasion", index=names, values="date")
    assert (pairs["EXIT"] > pairs["ENTRY"]).fill_null(value=True).all()


def test_scores_belong_to_referrals_and_about_seven_in_ten_are_paired(
    sound: Read, every_row: Read
) -> None:
    scores = sound("outcome_scores")
    referrals = every_row("referrals").select("provider_id", "referral_id", "status")
    joined = scores.join(referrals, on=["provider_id", "referral_id"], how="left")
    assert joined["status"].null_count() == 0
    entered = joined.filter(pl.col("occasion") == "ENTRY", pl.col("status") == "CLOSED")
    left = joined.filter(pl.col("occasion") == "EXIT")
    paired = left["referral_id"].n_unique() / entered["referral_id"].n_unique()
    assert 0.65 <= paired <= 0.75


def test_s01_refuges_have_no_place_and_all_others_do(sound: Read) -> None:
    sites = sound("service_sites")
    is_refuge = sites["site_type"] == "REFUGE_NOT_LOCATED"
    assert is_refuge.any()
    assert (sites["latitude"].is_null() == is_refuge).all()
    assert (sites["longitude"].is_null() == is_refuge).all()


def test_s02_s03_and_s05_contract_capacity_and_ages(sound: Read) -> None:
    services = sound("services")
    assert (services["contract_end"] > services["contract_start"]).all()
    assert (services["capacity_value"].cast(pl.Int64) > 0).all()
    least = services["eligibility_min_age"].cast(pl.Int64)
    assert (least <= services["eligibility_max_age"].cast(pl.Int64)).all()
