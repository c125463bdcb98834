"""Survey, complaints, reviews and lessons agree with each other and are of a size to be shown."""

from collections.abc import Callable

import polars as pl
import pytest

from pipelines.working_days import working_days_between

Read = Callable[[str], pl.DataFrame]

SATISFIED = ["COMPLETELY", "VERY"]
LEAST_FOR_A_PERCENTAGE = 50


def share(flags: pl.Series) -> float:
    """Return how many of the flags are true, those that are unknown left aside."""
    return float(flags.drop_nulls().to_numpy().mean())


def test_invitations_were_completed_as_often_as_there_are_answers(every_row: Read) -> None:
    names = ["quarter", "channel", "crime_group"]
    answers = every_row("satisfaction").group_by(names).len("answers")
    invited = every_row("satisfaction_invites").join(answers, on=names, how="full", coalesce=True)
    unspoilt = invited.filter(pl.col("completed") != "9999")
    assert len(unspoilt) == len(invited) - 1
    assert (unspoilt["completed"].cast(pl.Int64) == unspoilt["answers"]).all()


@pytest.mark.parametrize(
    ("channel", "least", "most"),
    [("PHONE", 0.3, 0.38), ("SMS", 0.13, 0.19), ("ONLINE", 0.16, 0.22), ("FACE", 0.48, 0.62)],
)
def test_response_is_as_usual_for_the_channel(
    channel: str, least: float, most: float, sound: Read
) -> None:
    rows = sound("satisfaction_invites").filter(pl.col("channel") == channel)
    sums = rows.select(pl.col("invited", "completed").cast(pl.Int64).sum()).row(0, named=True)
    assert least < sums["completed"] / sums["invited"] < most


@pytest.mark.parametrize("split", ["la_code", "age_band"])
def test_most_splits_of_a_quarter_have_answers_enough_for_a_percentage(
    split: str, sound: Read
) -> None:
    rows = sound("satisfaction").filter(~pl.col(split).is_in(["NK", "OUT", "PNTS"]))
    counts = rows.group_by("quarter", split).len()["len"]
    assert share(counts >= LEAST_FOR_A_PERCENTAGE) > 0.8


def test_satisfaction_is_near_what_was_published_and_least_with_being_kept_informed(
    sound: Read,
) -> None:
    rows = sound("satisfaction").filter(pl.col("population") == "POLICE_VICTIM")

    def satisfied(question: str, crime: pl.Expr) -> float:
        answers = rows.filter(crime, ~pl.col(question).is_in(["NA", "NR"]))[question]
        return share(answers.is_in(SATISFIED))

    of = pl.col("crime_group")
    assert satisfied("q_overall", of == "DA") == pytest.approx(0.73, abs=0.03)
    assert satisfied("q_overall", of == "VIOL") == pytest.approx(0.63, abs=0.03)
    everyone = pl.lit(value=True)
    assert satisfied("q_kept_informed", everyone) < satisfied("q_overall", everyone) - 0.05
    assert satisfied("q_overall", everyone) < satisfied("q_treatment", everyone) - 0.05


def test_only_adults_answer_and_only_service_users_speak_of_recovery(sound: Read) -> None:
    rows = sound("satisfaction")
    assert not rows["age_band"].is_in(["0-9", "10-15", "16-17"]).any()
    is_user = rows["population"] == "SERVICE_USER"
    for question in ("better_able_to_cope", "safer", "recommend"):
        assert (rows[question].is_not_null() == is_user).all()


def test_complaints_are_mostly_acknowledged_or_answered_in_ten_working_days(sound: Read) -> None:
    rows = sound("complaints").with_columns(
        first=pl.min_horizontal("date_acknowledged", "date_answered")
    )
    passed = working_days_between(rows["date_received"], rows["first"])
    assert 0.78 < share(passed <= 10) < 0.93
    assert rows.filter(pl.col("outcome") == "OPEN")["date_answered"].is_null().all()
    settled = rows.filter(pl.col("outcome").is_in(["UPHELD", "PART", "NOT"]))
    assert settled["date_answered"].is_not_null().all()


def test_reviews_asked_for_late_are_out_of_time_and_one_in_seven_decisions_changes(
    sound: Read,
) -> None:
    rows = sound("vrr").with_columns(
        is_late=pl.col("date_requested") > pl.col("date_decision").dt.offset_by("3mo")
    )
    late = rows.filter("is_late", pl.col("outcome") != "OPEN")
    assert 30 < len(late) < 100
    assert set(late["outcome"]) == {"OUT_OF_TIME"}
    done = rows.filter(pl.col("outcome").is_in(["UPHELD", "OVERTURNED"]))
    assert 0.11 < share(done["outcome"] == "OVERTURNED") < 0.2
    in_time = working_days_between(done["date_requested"], done["date_completed"]) <= 30
    assert 0.75 < share(in_time) < 0.97


def test_independent_reviews_are_of_decisions_that_were_left_standing(sound: Read) -> None:
    rows = sound("vrr")
    local = rows.filter(pl.col("stage") == "LOCAL").select("vrr_key", "outcome", "date_completed")
    full = rows.filter(pl.col("stage") == "FULL").join(local, on="vrr_key", suffix="_before")
    assert len(full) > 150
    assert set(full["outcome_before"]) == {"UPHELD"}
    assert (full["date_requested"] >= full["date_completed_before"]).all()


def test_most_lessons_older_than_ninety_days_are_closed(sound: Read) -> None:
    rows = sound("lessons_log").filter(pl.col("date_logged") < pl.date(2026, 8, 3))
    assert 0.75 < share(rows["closed"].is_not_null()) < 0.95
    assert rows["owner_role"].is_in(["POLICE", "SERVICE", "WCU", "OPCC"]).all()
