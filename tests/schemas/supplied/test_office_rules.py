"""Each rule of funding, of what the office keeps and of fraud is broken by a row of its own."""

from datetime import date

import pytest

from tests.support.prepared_rows import broken, only, spoilt

TABLES = (
    *("funding", "assumption", "ref_code_standard", "ref_target", "ref_commitment"),
    *("delivery_plan", "code_checklist", "ref_duty", "fraud_reports"),
)


@pytest.mark.parametrize("table", TABLES)
def test_a_good_row_breaks_nothing(table: str) -> None:
    assert spoilt(table) == []


def test_m01_spend_below_zero_is_set_aside() -> None:
    only("funding", "M01 NEGATIVE_SPEND actual_gbp", "E", actual_gbp=-0.01, _annual_value_gbp=None)
    assert spoilt("funding", actual_gbp=0.0, _annual_value_gbp=None) == []


def test_m02_over_the_budget_by_more_than_a_tenth_warns() -> None:
    only("funding", "M02 OVER_BUDGET actual_gbp", "W", budget_gbp=107_000.0)
    assert spoilt("funding", budget_gbp=108_000.0) == []
    assert spoilt("funding", actual_gbp=None) == []


@pytest.mark.parametrize("value", [94_800.0, 158_001.0])
def test_m03_over_a_quarter_from_the_value_of_the_contract_warns(value: float) -> None:
    only("funding", "M03 FAR_FROM_CONTRACT_VALUE actual_gbp", "W", _annual_value_gbp=value)


def test_m03_a_quarter_is_not_too_far() -> None:
    assert spoilt("funding", actual_gbp=90_000.0) == []
    assert spoilt("funding", actual_gbp=150_000.0, budget_gbp=150_000.0) == []


def test_m03_all_funds_of_the_service_count_together() -> None:
    half = {"actual_gbp": 60_000.0}
    assert broken("funding", half, half | {"fund_id": "F02"}) == {}


def test_m03_a_year_that_still_runs_is_not_compared() -> None:
    assert spoilt("funding", financial_year=date(2026, 4, 1), actual_gbp=1_000.0) == []


def test_a_budget_may_be_sent_before_its_year_begins() -> None:
    assert spoilt("funding", financial_year=date(2027, 4, 1), actual_gbp=None) == []


def test_a_fund_may_pay_for_no_service() -> None:
    nothing = {"service_id": None, "_service_known": None, "_annual_value_gbp": None}
    assert spoilt("funding", **nothing) == []
    only("funding", "UNKNOWN_SERVICE service_id", "E", _service_known=False)


@pytest.mark.parametrize("changes", [{"low": 0.35}, {"high": 0.25}, {"central": None, "low": 0.5}])
def test_a01_low_central_and_high_out_of_order_are_set_aside(changes: dict[str, object]) -> None:
    only("assumption", "A01 RANGE_OUT_OF_ORDER central", "E", **changes)


@pytest.mark.parametrize("field", ["source", "period"])
def test_a02_an_agreed_assumption_needs_its_source_and_period(field: str) -> None:
    only("assumption", f"A02 MISSING_VALUE {field}", "E", **{field: None})
    assert spoilt("assumption", status="DRAFT", **{field: None}) == []


def test_a03_a_review_before_the_entry_is_set_aside() -> None:
    early = date(2026, 5, 31)
    rule = "A03 NEGATIVE_INTERVAL review_by"
    only("assumption", rule, "E", review_by=early, status="DRAFT")


def test_a04_an_agreed_assumption_whose_review_is_overdue_warns() -> None:
    past = date(2026, 10, 31)
    only("assumption", "A04 REVIEW_OVERDUE review_by", "W", review_by=past)
    assert spoilt("assumption", review_by=past, status="RETIRED") == []
    assert spoilt("assumption", review_by=date(2026, 11, 1)) == []


def test_a05_a_standard_or_target_that_ends_before_it_begins_is_set_aside() -> None:
    rule = "A05 NEGATIVE_INTERVAL effective_to"
    only("ref_code_standard", rule, "E", effective_to=date(2021, 3, 31))
    only("ref_target", "A05 NEGATIVE_INTERVAL to", "E", to=date(2026, 3, 31))


def test_a_new_code_is_a_new_row_beside_the_old_one() -> None:
    newer = {"effective_from": date(2030, 4, 1), "effective_to": None, "standard_days": 3}
    assert broken("ref_code_standard", {}, newer) == {}
    found = broken("ref_code_standard", {}, {"standard_days": 3})
    assert found == {"CONFLICTING_DUPLICATE effective_from": [2, 3]}


def test_measures_of_a_commitment_are_codes_with_bars_between() -> None:
    only("ref_commitment", "BAD_KEY metric_ids", "E", metric_ids="CO01, CO02")
    assert spoilt("ref_commitment", metric_ids="CO01") == []


def test_an_entry_of_the_plan_belongs_to_a_commitment() -> None:
    only("delivery_plan", "UNKNOWN_COMMITMENT commitment_id", "E", _commitment_known=False)


@pytest.mark.parametrize("kind", ["MILESTONE", "ACTION"])
def test_a_milestone_or_an_action_needs_its_day(kind: str) -> None:
    only("delivery_plan", "A06 MISSING_VALUE due", "E", kind=kind, due=None)


@pytest.mark.parametrize("kind", ["RISK", "ISSUE"])
def test_a_risk_or_an_issue_needs_its_severity_and_no_day(kind: str) -> None:
    only("delivery_plan", "A07 MISSING_VALUE severity", "E", kind=kind, due=None)
    assert spoilt("delivery_plan", kind=kind, due=None, severity="LOW") == []


def test_an_open_entry_that_nobody_looks_at_warns() -> None:
    only("delivery_plan", "A08 ENTRY_STALE updated_on", "W", updated_on=date(2026, 6, 1))
    assert spoilt("delivery_plan", updated_on=date(2026, 6, 1), status="DONE") == []


def test_a_look_at_evidence_that_is_overdue_warns() -> None:
    row = {"checked_on": date(2025, 6, 1), "review_by": date(2026, 10, 31)}
    only("code_checklist", "A04 REVIEW_OVERDUE review_by", "W", **row)
    assert spoilt("code_checklist", review_by=date(2026, 5, 31)) == [
        "A03 NEGATIVE_INTERVAL review_by",
        "A04 REVIEW_OVERDUE review_by",
    ]
    assert spoilt("code_checklist", evidence="NOT_OURS", checked_on=None, review_by=None) == []


def test_a_legal_status_needs_the_day_it_was_checked() -> None:
    only("ref_duty", "A02 MISSING_VALUE checked_on", "E", checked_on=None)
    assert spoilt("ref_duty", status="NOT_CHECKED", checked_on=None) == []


def test_reports_of_a_month_after_the_snapshot_are_set_aside() -> None:
    rule = "NEGATIVE_INTERVAL snapshot_month"
    only("fraud_reports", rule, "E", period_month=date(2026, 10, 1))
    assert spoilt("fraud_reports", period_month=date(2026, 9, 1)) == []


def test_r02_a_snapshot_of_a_month_to_come_is_set_aside() -> None:
    rule = "R02 DATE_OUT_OF_RANGE snapshot_month"
    only("fraud_reports", rule, "E", snapshot_month=date(2026, 12, 1))


def test_an_organisation_has_no_age() -> None:
    rule = "UNEXPECTED_VALUE age_band"
    only("fraud_reports", rule, "E", victim_type="ORGANISATION")
    assert spoilt("fraud_reports", victim_type="ORGANISATION", age_band=None) == []


def test_the_median_loss_may_be_left_out_but_is_never_below_zero() -> None:
    assert spoilt("fraud_reports", median_loss_gbp=None) == []
    only("fraud_reports", "OUT_OF_RANGE median_loss_gbp", "E", median_loss_gbp=-1.0)
