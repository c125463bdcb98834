"""Metrics that count measures: those that signal concern, those that will miss their target."""

from dataclasses import replace
from typing import Final

from dashboard.metrics.metric import LOCAL, Metric

CONCERNS: Final = Metric(
    key="measures_of_concern",
    id="OV05",
    label="Measures signalling concern",
    noun="measures",
    definition=(
        "Measures of the whole place whose latest month or quarter is a signal of concern, too "
        "strong to be chance among all the series scanned."
    ),
    kind="count",
    unit="measures",
    breakdowns=("area_code",),
    better="lower",
    source="police_uk",
    objective="E",
    caveat="Depends on which measures are watched and on their past; never a ranking of places.",
    page="Overview",
    way="scan",
    target=0,
    target_basis=LOCAL,
)

MISSED: Final = replace(
    CONCERNS,
    key="targets_missed",
    id="OV06",
    label="Targets that will not reliably be met",
    noun="targets",
    definition=(
        "Measures of the whole place with a target that lies beyond the limits of their control "
        "chart, on the side that is better. Needs twelve months or quarters."
    ),
    unit="targets",
    caveat="As things go now. Within the limits a target may or may not be met.",
)

SHORTFALL_METRICS: Final = (CONCERNS, MISSED)
