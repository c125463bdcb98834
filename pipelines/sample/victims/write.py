"""Writes the sample of victim services as supplied files, one per table, period and sender."""

from pathlib import Path

import polars as pl

from pipelines.progress import Progress, no_progress
from pipelines.sample.victims.cases import make_code_cases
from pipelines.sample.victims.complaints import make_complaints, make_reviews
from pipelines.sample.victims.directory import make_directory
from pipelines.sample.victims.faults import spoil
from pipelines.sample.victims.feedback import make_feedback_themes, make_invites
from pipelines.sample.victims.files import SENDINGS, Sending, cut
from pipelines.sample.victims.fraud import make_fraud_reports
from pipelines.sample.victims.funding import make_funding
from pipelines.sample.victims.kept import make_kept_tables
from pipelines.sample.victims.lessons import make_lessons
from pipelines.sample.victims.plan import FIRST_DAY
from pipelines.sample.victims.referrals import REFERRAL_COLUMNS, make_referrals
from pipelines.sample.victims.returns import make_provider_returns
from pipelines.sample.victims.scores import SCORE_COLUMNS, make_outcome_scores
from pipelines.sample.victims.survey import make_satisfaction
from pipelines.sample.victims.updates import make_case_updates


def write_victim_sample(folder: Path, *, progress: Progress = no_progress) -> list[Path]:
    """Write every supplied file of the sample under `folder`, a folder a table; return the paths.

    October 2023 to September 2026 as of 1 November 2026, the same bytes on every run. Files that
    stand there under the same names are overwritten; `progress` is told the tables done and
    their number.

    Raises:
        OSError: the folder cannot be written to.
    """
    tables = make_tables()
    written: list[Path] = []
    for number, sending in enumerate(SENDINGS, start=1):
        written += _write(folder, sending, tables[sending.table])
        progress("Writing the victim sample", number, len(SENDINGS))
    return written


def make_tables() -> dict[str, pl.DataFrame]:
    """Return every table of the sample by name, with the columns of its template."""
    referrals = make_referrals()
    scores = make_outcome_scores(referrals)
    cases = make_code_cases()
    answers = make_satisfaction(referrals, cases)
    returns = make_provider_returns(referrals, scores)
    return {
        **make_directory(),
        "referrals": referrals.filter(pl.col("date_received") >= FIRST_DAY).select(
            REFERRAL_COLUMNS
        ),
        "code_cases": cases,
        "case_updates": make_case_updates(cases),
        "provider_returns": returns,
        "outcome_scores": scores.select(SCORE_COLUMNS),
        "satisfaction": answers,
        "satisfaction_invites": make_invites(answers),
        "feedback_themes": make_feedback_themes(answers),
        "complaints": make_complaints(cases),
        "vrr": make_reviews(cases),
        "lessons_log": make_lessons(),
        "funding": make_funding(returns),
        "fraud_reports": make_fraud_reports(),
        **make_kept_tables(),
    }


def _write(folder: Path, sending: Sending, rows: pl.DataFrame) -> list[Path]:
    place = folder / sending.table
    place.mkdir(parents=True, exist_ok=True)
    written = []
    for name, part in cut(_as_written(rows), sending):
        path = place / f"{name}.csv"
        path.write_bytes(spoil(part.write_csv().encode(), path.name))
        written.append(path)
    return written


def _as_written(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with whole numbers written as such: 53 for 53.0."""
    return rows.with_columns(pl.col(pl.Float64).cast(pl.String).str.strip_suffix(".0"))
