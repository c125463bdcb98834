"""The way from report to recovery, step by step: victims of recorded crime, referrals, scores.

The three parts are counted apart, by the month of the report, of the referral and of the last
score. Each step is a share of a step of its own part; nobody is followed from part to part.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.about_people import About, count_of, share_of
from dashboard.metrics.cells import evaluate_cells
from dashboard.metrics.menu import TIME_DIMENSIONS
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.referral import CONTACT_MONTHS, END_MONTHS, START_MONTHS
from dashboard.metrics.unfinished import first_unfinished
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_APPLICABLE

Part = Literal["victims of recorded crime", "referrals", "scores"]

_FIGURES: Final = ("numerator", "denominator", "value", "lower", "upper", "marker")
_ABOUT: Final = About(
    id="RJ01",
    label="From report to recovery",
    noun="the step before",
    definition=(
        "How many victims of recorded crime, referrals and scores come to each step of the way, "
        "and their share of the step before in the same part of the way."
    ),
    caveat=(
        "Three parts, counted apart: victims by the month of the report, referrals by the month in "
        "which a service received them, whoever sent them, and scores by the month of the exit. "
        "Nobody is followed from one to the next."
    ),
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the way: what of its part comes so far, and of which step that is a share.

    settles: months after which hardly anybody of a cohort is still to come so far.
    """

    key: str
    label: str
    part: Part
    measure: str
    whole: str = ""
    settles: int = 0

    @property
    def metric(self) -> Metric:
        """The count or the share that the step is, made of protected cells."""
        if not self.whole:
            return count_of(self.measure, _ABOUT)
        return share_of(self.whole, self.measure, _ABOUT, settles=self.settles)


def _referral(key: str, label: str, measure: str, whole: str, settles: int) -> Step:
    return Step(
        key=key, label=label, part="referrals", measure=measure, whole=whole, settles=settles
    )


STEPS: Final = (
    Step(
        key="REPORTED",
        label="Reported to the police",
        part="victims of recorded crime",
        measure="code_victims",
    ),
    Step(
        key="NEEDS",
        label="Needs assessed by the police",
        part="victims of recorded crime",
        measure="needs_assessed",
        whole="code_victims",
    ),
    Step(
        key="AGREED",
        label="Offered and agreed to support",
        part="victims of recorded crime",
        measure="referral_agreed",
        whole="code_victims",
    ),
    Step(key="RECEIVED", label="Referred to a service", part="referrals", measure="referrals"),
    _referral("CONTACTED", "Contact made", "contacted", "referrals", CONTACT_MONTHS),
    _referral("ASSESSED", "Needs assessed by the service", "assessed", "contacted", START_MONTHS),
    _referral("STARTED", "Support started", "started", "assessed", START_MONTHS),
    _referral("COMPLETED", "Support completed", "completed", "started", END_MONTHS),
    Step(key="PAIRED", label="Scored at entry and exit", part="scores", measure="scores_paired"),
    Step(
        key="IMPROVED",
        label="Better at exit than at entry",
        part="scores",
        measure="scores_improved",
        whole="scores_paired",
    ),
)
"""In the order of the way. Acceptance is no step of its own: nearly all who are accepted start."""

JOURNEY: Final = replace(
    share_of("referrals", "started", _ABOUT, key="journey", default_by=("step",)),
    way="steps",
    breakdowns=(
        *("step", "month", "quarter", "partnership_code", "area_code"),
        *("crime_group", "source", "service_id"),
    ),
)


def evaluate_steps(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return one row per step and combination of the rest of `by`, in the order of the way.

    `numerator` is how many came so far. The first step of a part is a share of nothing: it has no
    denominator and no value ([z]). Steps that are not published for this choice are left out, and
    a note names them. The published periods are those of referrals.

    Raises:
        UnknownChoice: it is not by step, or no step is published for this choice.
    """
    if "step" not in by:
        raise UnknownChoice(f"{metric.label}: break it down by step.")
    others = tuple(each for each in by if each != "step")
    received = evaluate_cells(_RECEIVED.metric, choice, warehouse=warehouse, by=others)
    months = received.period
    during = choice.during(months.first_month, months.last_month)
    found = {
        step: result
        for step in STEPS
        for result in _published(step, during, warehouse=warehouse, by=others)
    }
    frames = [_rows(step, result).select(*by, *_FIGURES) for step, result in found.items()]
    return replace(
        received,
        metric=metric,
        choice=choice,
        by=by,
        frame=pl.concat(frames, how="vertical_relaxed"),
        is_invented=any(result.is_invented for result in found.values()),
        names={**received.names, **{step.key: step.label for step in STEPS}},
        notes=(*_absent(found), *_unfinished(received, warehouse), *_rounding(found)),
    )


_RECEIVED: Final = next(step for step in STEPS if step.key == "RECEIVED")


def _published(
    step: Step, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Iterator[Result]:
    """Yield the figure of a step; nothing where it is not published for this choice."""
    # One note below speaks of all steps together.
    metric = step.metric if set(TIME_DIMENSIONS) & set(by) else replace(step.metric, settles=0)
    try:
        yield evaluate_cells(metric, choice, warehouse=warehouse, by=by)
    except UnknownChoice:
        return


def _rows(step: Step, result: Result) -> pl.DataFrame:
    rows = result.frame.with_columns(step=pl.lit(step.key))
    if step.whole:
        return rows
    is_shown = pl.col("marker") == ""
    return rows.with_columns(
        pl.lit(None, pl.Float64).alias(name) for name in ("value", "lower", "upper")
    ).with_columns(marker=pl.when(is_shown).then(pl.lit(NOT_APPLICABLE)).otherwise("marker"))


def _absent(found: dict[Step, Result]) -> tuple[str, ...]:
    labels = [step.label.lower() for step in STEPS if step not in found]
    return (f"Not published for this choice: {', '.join(labels)}.",) if labels else ()


def _unfinished(received: Result, warehouse: Warehouse) -> tuple[str, ...]:
    as_of = warehouse.build.as_of_date
    young = [
        f"those since {first:%B %Y} had less than {months} months to {what}"
        for months, what in ((START_MONTHS, "start support"), (END_MONTHS, "complete it"))
        for first in [first_unfinished(months, as_of)]
        if first <= received.period.last_month
    ]
    return (f"Referrals in it are unfinished: {' and '.join(young)}.",) if young else ()


def _rounding(found: dict[Step, Result]) -> tuple[str, ...]:
    """Return how the counts and shares are protected, as every figure about people says it."""
    shares = [result for step, result in found.items() if step.whole]
    return shares[0].notes if shares else ()
