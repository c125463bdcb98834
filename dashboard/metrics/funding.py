"""Metrics of money: what is spent on services, for what, where, and from which fund."""

from typing import Final

from dashboard.metrics.metric import Metric

_PAGE: Final = "Provider performance"

SPEND: Final = Metric(
    key="spend",
    id="SV09",
    label="Spend on services",
    noun="pounds",
    definition=(
        "What was spent on services for victims in a financial year, from all funds that the "
        "office is told of: by fund, by objective of the strategy, by crime and by district."
    ),
    kind="amount",
    unit="thousand pounds",
    breakdowns=("financial_year", "stream", "objective", "crime_group", "area_code", "service_id"),
    better="context",
    source="funding",
    objective="E",
    caveat=(
        "Spend for the whole force is shared among districts by the rule that each fund names: by "
        "residents, or by recorded crime, among the districts in which the service works. What is "
        "not to be split, or was spent as it fell, stands apart. Which objective a service is for "
        "is taken from its kind, as proposed here, until the office names it."
    ),
    page=_PAGE,
    way="spend",
)

FUNDING_METRICS: Final = (SPEND,)
