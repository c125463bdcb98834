"""Fraud and cyber crime as it is reported nationally: what police.uk does not hold."""

from dataclasses import replace
from typing import Final

from dashboard.metrics.metric import Metric

_REPORTED: Final = "Many never report, and more reports may mean better reporting."

FRAUD_REPORTS: Final = Metric(
    key="fraud_reports",
    id="CY01",
    label="Fraud and cyber reports",
    noun="reports",
    definition=(
        "Reports of fraud and cyber crime to Report Fraud (Action Fraud before) by victims who "
        "live in the force's area."
    ),
    kind="count",
    unit="reports",
    way="fraud",
    query="fraud",
    breakdowns=("month", "force_code", "fraud_type", "victim_type", "age_band"),
    better="context",
    source="fraud_reports",
    objective="C",
    caveat=f"Reports, not crimes, and no safe trend by themselves. {_REPORTED}",
    page="Cyber crime",
)

FRAUD_REPORT_RATE: Final = replace(
    FRAUD_REPORTS,
    key="fraud_report_rate",
    id="CY02",
    label="Fraud and cyber report rate",
    definition="Reports of fraud and cyber crime for every 1,000 residents in a year.",
    kind="rate",
    unit="per 1,000 residents",
    per=1000,
    decimals=2,
    breakdowns=("month", "force_code", "fraud_type", "victim_type"),
    caveat=_REPORTED,
)

FRAUD_LOSS: Final = replace(
    FRAUD_REPORTS,
    key="fraud_loss",
    id="CY04",
    label="Total reported loss",
    noun="pounds",
    definition="The losses that victims reported, added up.",
    kind="amount",
    unit="pounds",
    decimals=-2,
    better="lower",
    caveat=(
        "Losses are what victims say, and very uneven: a few large ones make most of the total, "
        "so look at the median first."
    ),
)

FRAUD_MEDIAN_LOSS: Final = replace(
    FRAUD_LOSS,
    key="fraud_median_loss",
    label="Median loss of people",
    definition=(
        "Half of the people who reported this type of fraud in the month lost less than this, "
        "as the snapshot gives it."
    ),
    kind="median",
    decimals=0,
    breakdowns=("month", "force_code", "fraud_type"),
    default_by=("fraud_type",),
    of=(("victim_type", "INDIVIDUAL"),),
    caveat="Losses are what victims say. Medians of months or types cannot be joined.",
)

FRAUD_METRICS: Final = (FRAUD_REPORTS, FRAUD_REPORT_RATE, FRAUD_MEDIAN_LOSS, FRAUD_LOSS)
