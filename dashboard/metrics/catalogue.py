"""The catalogue: every metric there is, found by its key or its id."""

from typing import Final

from dashboard.errors import UnknownChoice
from dashboard.metrics.crime import CRIME_METRICS
from dashboard.metrics.cyber import CYBER_METRICS
from dashboard.metrics.fraud import FRAUD_METRICS
from dashboard.metrics.funding import FUNDING_METRICS
from dashboard.metrics.gap_map import GAP_MAP_METRICS
from dashboard.metrics.harm import HARM_METRICS
from dashboard.metrics.journey import JOURNEY
from dashboard.metrics.metric import Metric
from dashboard.metrics.needs import NEEDS_METRICS
from dashboard.metrics.outcome import OUTCOME_METRICS
from dashboard.metrics.people import PEOPLE_METRICS
from dashboard.metrics.provider import PROVIDER_METRICS
from dashboard.metrics.provision import PROVISION_METRICS
from dashboard.metrics.referral import REFERRAL_METRICS
from dashboard.metrics.rural import RURAL_METRICS
from dashboard.metrics.shortfalls import SHORTFALL_METRICS
from dashboard.metrics.strategy import STRATEGY_METRICS
from dashboard.metrics.victims_code import CODE_METRICS
from dashboard.metrics.victims_code_kept import KEPT_METRICS
from dashboard.metrics.voice import VOICE_METRICS
from dashboard.metrics.waiting import WAITING_METRICS

SUBJECTS: Final[dict[str, tuple[Metric, ...]]] = {
    "Recorded crime": CRIME_METRICS,
    "Rural crime": RURAL_METRICS,
    "Need": (*NEEDS_METRICS, *HARM_METRICS),
    "Need and provision": (*GAP_MAP_METRICS, *PROVISION_METRICS),
    "Fraud and cyber crime": (*FRAUD_METRICS, *CYBER_METRICS),
    "From referral to support": (*REFERRAL_METRICS, *WAITING_METRICS, JOURNEY),
    "People supported": PEOPLE_METRICS,
    "Outcomes of support": OUTCOME_METRICS,
    "Services and money": (*PROVIDER_METRICS, *FUNDING_METRICS),
    "The Victims' Code": (*CODE_METRICS, *KEPT_METRICS),
    "What victims say": VOICE_METRICS,
    "The strategy": (*STRATEGY_METRICS, *SHORTFALL_METRICS),
}
"""The metrics by subject, in the order in which they are listed."""

METRICS: Final[tuple[Metric, ...]] = tuple(each for group in SUBJECTS.values() for each in group)

ALIASES: Final[dict[str, str]] = {
    "CX01": "recorded_crime",
    "CX02": "recorded_crime_rate",
    "CX03": "recorded_crime_rate",
}
"""Ids that ask for another view of a metric that has its own id: the same numbers answer."""


def metric(key_or_id: str) -> Metric:
    """Return the metric with this key, id or alias; of several with one id, the first listed.

    CX06 names two: the count of antisocial behaviour and its rate.
    Raises UnknownChoice when there is none.
    """
    key = ALIASES.get(key_or_id, key_or_id)
    for each in METRICS:
        if key in (each.key, each.id):
            return each
    raise UnknownChoice(
        f"There is no metric {key_or_id!r}. `python -m dashboard metrics` lists them all."
    )
