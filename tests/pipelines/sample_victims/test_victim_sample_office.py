"""Funding, fraud reports, and what the office keeps: assumptions, standards, commitments."""

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl
import pytest

Read = Callable[[str], pl.DataFrame]


def test_spend_is_what_the_returns_add_up_to(every_row: Read) -> None:
    spend = every_row("provider_returns").filter(pl.col("measure") == "SPEND_GBP")
    returned = spend.group_by("service_id", pl.col("quarter").str.head(7).alias("year")).agg(
        pl.col("value").cast(pl.Float64).sum()
    )
    funded = (
        every_row("funding")
        .filter(pl.col("actual_gbp") != "-1200")
        .group_by("service_id", pl.col("financial_year").alias("year"))
        .agg(pl.col("actual_gbp").cast(pl.Int64).sum())
    )
    both = funded.join(returned, on=["service_id", "year"]).filter(
        pl.col("year") != "2023-24",
        ~((pl.col("service_id") == "S14") & (pl.col("year") == "2024-25")),
    )
    assert len(both) > 60
    assert ((both["actual_gbp"] - both["value"]).abs() <= 1).all()


def test_budgets_are_the_values_of_the_contracts(every_row: Read) -> None:
    budget = (
        every_row("funding")
        .group_by("service_id", "financial_year")
        .agg(pl.col("budget_gbp").cast(pl.Int64).sum())
    )
    services = every_row("services").filter(pl.col("funding_route") != "NOT_FUNDED")
    both = budget.join(services, on="service_id")
    assert both["service_id"].n_unique() == len(services) == 24
    assert (both["budget_gbp"] == both["annual_value_gbp"].cast(pl.Int64)).all()


def test_later_snapshots_add_late_reports_and_never_lose_any(sound: Read) -> None:
    rows = sound("fraud_reports").with_columns(pl.col("reports").cast(pl.Int64))
    months = rows.group_by("force", "period_month", "snapshot_month").agg(pl.col("reports").sum())
    months = months.sort("snapshot_month").with_columns(
        more=pl.col("reports").diff().over("force", "period_month", order_by="snapshot_month")
    )
    later = months.drop_nulls("more")
    assert len(later) > 9 * 35
    spoilt = (pl.col("force") == "West Mercia") & (pl.col("snapshot_month") == "2026-08")
    assert (later.filter(~spoilt)["more"] >= 0).all()
    late = float(later["more"].sum()) / float(later["reports"].sum())
    # Of a month's reports 4.5 % come in the month after and 1.5 % in the next: half of 6 % a row.
    assert late == pytest.approx(0.03, abs=0.005)


def test_fraud_is_reported_about_as_often_as_nationally_by_nine_forces(sound: Read) -> None:
    rows = sound("fraud_reports").with_columns(pl.col("reports").cast(pl.Int64))
    assert set(rows["force"]) == {"West Mercia", *(f"Force {letter}" for letter in "ABCDEFGH")}
    assert rows["snapshot_month"].n_unique() == 36
    assert rows.filter(pl.col("snapshot_month") == "2023-10")["period_month"].n_unique() == 13
    home = rows.filter(pl.col("force") == "West Mercia", pl.col("snapshot_month") > "2023-10")
    latest = home.filter(pl.col("snapshot_month") == pl.col("period_month"))["reports"].sum()
    assert float(latest) / 35 / 1299.836 == pytest.approx(0.44, abs=0.04)


def test_losses_are_skewed_and_their_median_is_given(sound: Read) -> None:
    rows = sound("fraud_reports").filter(pl.col("force") == "Force H", pl.col("type") == "DATING")
    sums = rows.select(pl.col("loss_gbp", "reports", "median_loss_gbp").cast(pl.Float64))
    mean = float(sums["loss_gbp"].sum()) / float(sums["reports"].sum())
    assert mean > 1.5 * float(np.median(sums["median_loss_gbp"].to_numpy()))
    assert rows["median_loss_gbp"].null_count() == 0


@pytest.mark.parametrize(
    ("assumption", "central", "status"),
    [
        ("PREVALENCE_DA", 7.8, "AGREED"),
        ("PREVALENCE_RASSO", 1.9, "AGREED"),
        ("REPORTED_DA", 18.9, "AGREED"),
        ("PREVALENCE_STALK", 2.9, "DRAFT"),
        ("INCIDENTS_FRAUD", 4_200_000, "DRAFT"),
        ("REPORTED_VEH", 90, "RETIRED"),
    ],
)
def test_published_figures_stand_as_they_were_published(
    assumption: str, central: float, status: str, sound: Read
) -> None:
    row = sound("assumption").row(by_predicate=pl.col("assumption_id") == assumption, named=True)
    assert (float(row["central"]), row["status"]) == (central, status)


def test_agreed_assumptions_have_source_period_and_place_and_others_say_what_is_wrong(
    sound: Read,
) -> None:
    rows = sound("assumption")
    agreed = rows.filter(pl.col("status") == "AGREED")
    assert len(agreed) == 12
    assert (
        agreed.select("source", "source_url", "period", "geography")
        .null_count()
        .sum_horizontal()
        .item()
        == 0
    )
    others = rows.filter(pl.col("status") != "AGREED")
    assert others["caveat"].null_count() == 0
    without = others.filter(pl.col("source").is_null())
    assert set(without["status"]) == {"DRAFT"}
    press = rows.filter(pl.col("source").str.contains("as the press reported it"))
    assert len(press) == 4
    assert press["caveat"].str.contains("press reports of July 2025 only").all()


def test_low_and_high_lie_a_quarter_away_where_the_caveat_says_so(sound: Read) -> None:
    values = pl.col("low", "central", "high").cast(pl.Float64)
    rows = (
        sound("assumption")
        .filter(pl.col("caveat").str.contains("a quarter below"))
        .with_columns(values)
    )
    assert len(rows) == 13
    assert ((rows["low"] / rows["central"] - 0.75).abs() < 1e-9).all()
    assert ((rows["high"] / rows["central"] - 1.25).abs() < 1e-9).all()


def test_every_event_with_a_clock_has_one_standard_for_its_agency_today(sound: Read) -> None:
    standards = sound("ref_code_standard")
    now = standards.filter(pl.col("effective_to").is_null())
    assert now.select("event", "owner").is_unique().all()
    assert set(now["effective_from"].dt.strftime("%Y-%m-%d")) == {"2021-04-01"}
    ended = standards.filter(pl.col("effective_to").is_not_null())
    assert set(ended["effective_to"].dt.strftime("%Y-%m-%d")) == {"2021-03-31"}
    clocks = {
        (event, owner): (int(usual), int(enhanced))
        for event, owner, usual, enhanced in now.select(
            "event", "owner", "standard_days", "enhanced_days"
        ).iter_rows()
    }
    assert clocks["REFERRAL", "POLICE"] == (2, 2)
    assert clocks["ARREST", "POLICE"] == (5, 1)
    assert clocks["OUTCOME", "WCU"] == (1, 1)
    assert clocks["COMPLAINT", "CPS"] == (10, 10)


def test_there_are_eighteen_commitments_and_every_objective_has_one(sound: Read) -> None:
    rows = sound("ref_commitment")
    assert len(rows) == 18
    assert set(rows["objective"]) == set("ABCDE")
    assert (rows["commitment"].str.len_chars() <= 100).all()


def test_every_right_has_a_line_for_every_organisation(sound: Read) -> None:
    rows = sound("code_checklist")
    assert len(rows.unique(["right_no", "organisation"])) == len(rows) == 12 * 7
    assert {"HELD", "PART", "NONE", "NOT_OURS"} == set(rows["evidence"])
    # A gap to find: evidence is held, and nobody says when it was looked at.
    held = rows.filter(pl.col("evidence") == "HELD", pl.col("checked_on").is_null())
    assert held.select("right_no", "organisation").rows() == [("6", "CPS")]


def test_the_duty_to_review_compliance_was_not_in_force_when_last_checked(sound: Read) -> None:
    rows = sound("ref_duty")
    sections = rows.filter(pl.col("law").str.contains(r"sections? (6|7|8|9|11)\b"))
    assert set(sections.select("status", "checked_on").rows()) == {
        ("NOT_IN_FORCE", date(2026, 6, 1))
    }
    assert len(sections) == 5
    assert rows["source"].null_count() == 0


def test_every_commitment_has_a_plan_and_every_kind_of_entry_is_there(sound: Read) -> None:
    rows = sound("delivery_plan")
    assert set(rows["commitment_id"]) == set(sound("ref_commitment")["commitment_id"])
    assert set(rows["kind"]) == {"MILESTONE", "RISK", "ISSUE", "ACTION"}
    late = rows.filter(pl.col("status") == "OPEN", pl.col("due") < date(2026, 11, 1))
    assert set(late["entry_id"]) == {"DP06", "DP09", "DP15", "DP25", "DP29", "DP41"}


def test_law_asks_for_all_and_the_office_for_less(sound: Read) -> None:
    rows = sound("ref_target").with_columns(pl.col("value").cast(pl.Float64))
    assert set(rows.filter(pl.col("basis") == "LEGAL")["value"]) == {100.0}
    both = rows.filter(pl.len().over("metric_id") > 1).sort("metric_id", "basis")
    assert both.select("metric_id", "value").rows() == [
        ("VC03", 100.0),
        ("VC03", 95.0),
        ("VC04", 100.0),
        ("VC04", 90.0),
    ]
