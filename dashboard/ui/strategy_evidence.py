"""What the measures of a commitment say now: value, verdict, and whether the target will be met."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dashboard.errors import UnknownChoice
from dashboard.metrics import catalogue
from dashboard.metrics.metric import Choice, Result
from dashboard.metrics.period import in_words
from dashboard.metrics.statistics import Assurance
from dashboard.metrics.strategy import Commitment
from dashboard.metrics.strategy_evidence import live_metric
from dashboard.metrics.targets import outlook_words, target_words
from dashboard.ui.cache import kept
from dashboard.ui.cards import number
from dashboard.ui.numbers import Numbers

NO_MEASURE: Final = "No evidence: no measure is named for this commitment."
NOT_LIVE: Final = "No evidence: none of its measures is live here yet."
_NOW: Final = Choice()
"""The whole force, and of each measure its own latest period."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One measure of a commitment: its figure, what its control chart says, and its page.

    `is_live` is False where the measure is not in the catalogue or its source is not loaded;
    then the words say so.
    """

    metric_id: str
    label: str
    is_live: bool
    value: str = ""
    period: str = ""
    kind: str = "unknown"
    verdict: str = ""
    target: str = ""
    page: str = ""

    @property
    def judged(self) -> str:
        """Its verdict and what to expect of its target; its figure where there is no verdict."""
        return "; ".join(filter(None, (self.verdict, self.target))) or self.value

    @property
    def words(self) -> str:
        """What the measure says, as one sentence."""
        if not self.is_live:
            return f"{self.metric_id} {self.label}."
        said = ", ".join(filter(None, (self.value, self.period)))
        judged = f"; {self.judged}" if self.verdict else ""
        return f"{self.metric_id} {self.label}: {said}{judged}."


def evidence(numbers: Numbers, commitment: Commitment) -> tuple[Evidence, ...]:
    """Return what each measure of a commitment says, in the order in which they are named."""
    return tuple(_of_metric(numbers, each) for each in commitment.metric_ids)


def says(found: tuple[Evidence, ...]) -> str:
    """Return in a few words what the measures say together, or that there is none."""
    if not found:
        return NO_MEASURE
    live = [each for each in found if each.is_live]
    if not live:
        return NOT_LIVE
    counted = f"{len(live)} measure{'s' if len(live) > 1 else ''}"
    return ", ".join((counted, *_counted_kinds(live)))


def verdicts(found: tuple[Evidence, ...]) -> str:
    """Return the verdict of each measure that is live, or that there is none."""
    live = [each for each in found if each.is_live]
    if not live:
        return says(found)
    return " ".join(f"{each.label}: {each.judged}." for each in live)


def _counted_kinds(live: list[Evidence]) -> Iterator[str]:
    kinds = [each.kind for each in live]
    for kind, words in (("concern", "of concern"), ("improving", "improving")):
        if kind in kinds:
            yield f"{kinds.count(kind)} {words}"
    if "concern" not in kinds and set(kinds) != {"unknown"}:
        yield "none of concern"
    missed = sum("reliably miss" in each.target for each in live)
    if missed:
        yield f"{missed} will reliably miss the target"


def _of_metric(numbers: Numbers, metric_id: str) -> Evidence:
    return kept(
        numbers.version, ("strategy evidence", metric_id), lambda: _made(numbers, metric_id)
    )


def _made(numbers: Numbers, metric_id: str) -> Evidence:
    metric = live_metric(metric_id, numbers.warehouse)
    if metric is None:
        return Evidence(metric_id=metric_id, label=_why_not(metric_id), is_live=False)
    try:
        result = numbers.result(metric, _NOW)
    except UnknownChoice:
        return Evidence(
            metric_id=metric_id,
            label=metric.label,
            is_live=True,
            value="no figure for its latest period",
            page=metric.page,
        )
    said = numbers.verdict(metric, _NOW) if numbers.series(metric, _NOW) else None
    return Evidence(
        metric_id=metric_id,
        label=metric.label,
        is_live=True,
        value=_value(result),
        period=in_words(result.period),
        kind=said.kind if said else "unknown",
        verdict=said.words if said else "no series to judge it by",
        target=_target(result, said.outlook if said else None),
        page=metric.page,
    )


def _why_not(metric_id: str) -> str:
    try:
        return f"{catalogue.metric(metric_id).label}: its source is not loaded"
    except UnknownChoice:
        return "is not measured here yet"


def _value(result: Result) -> str:
    if result.frame.height != 1:
        return f"given by {_divided(result)}"
    unit = result.metric.unit
    gap = "" if unit.startswith("%") else " "
    return f"{number(result)}{gap}{unit}"


def _divided(result: Result) -> str:
    return " and ".join(each.replace("_", " ") for each in result.by) or "several figures"


def _target(result: Result, outlook: Assurance | None) -> str:
    words = target_words(result.metric)
    if words and outlook:
        return f"{words}, which it {outlook_words(outlook)}"
    return words
