"""What has become of crimes: the younger the month, the more are still open."""

from typing import Final

import numpy as np

from pipelines.sample.calibration import Calibration, Numbers
from pipelines.sample.ladder import Ladder
from pipelines.sample.plan import MONTH_COUNT
from schemas.codes import OUTCOMES

_OPEN: Final = [OUTCOMES.index("Under investigation"), OUTCOMES.index("Status update unavailable")]
_MOST_OPEN: Final = 0.85


def outcome_ladder(calibration: Calibration, *, month_number: int) -> Ladder:
    """Return the chances of each outcome by crime type, as the latest month's archive shows them.

    Between types the published mix of 2024 and 2025 holds. Its open share is multiplied by about
    three in the latest month and by about a half after a year (assumed: published files show one
    age each), the rest shrinking in proportion.
    """
    age = MONTH_COUNT - 1 - month_number
    shares = calibration.outcome_share
    open_share = shares[:, _OPEN].sum(axis=1, keepdims=True)
    open_now = np.minimum(open_share * _open_factor(age), _MOST_OPEN)
    closed = np.divide(1 - open_now, 1 - open_share)
    weights = shares * closed
    under_investigation = _share_under_investigation(age)
    weights[:, _OPEN] = open_now * np.array([under_investigation, 1 - under_investigation])
    return Ladder.of(_for_asb(weights))


def _open_factor(age: int) -> float:
    return float(0.55 + 2.6 * np.exp(-age / 2.5))


def _share_under_investigation(age: int) -> float:
    """Old open crimes have had no update; young ones are being investigated."""
    return float(0.15 + 0.8 * np.exp(-age / 6))


def _for_asb(weights: Numbers) -> Numbers:
    """Antisocial behaviour has no outcome; any weight will do, since it is not shown."""
    return np.where(weights.sum(axis=1, keepdims=True) > 0, weights, 1.0)
