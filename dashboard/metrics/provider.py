"""Metrics of commissioned services: use, cost, returns, contracts. What they did is in `people.py`
and `outcome.py`, what is spent in `funding.py`."""

from dataclasses import replace
from typing import Final

from dashboard.metrics.metric import LOCAL, Metric

_PAGE: Final = "Provider performance"

USE_OF_CAPACITY: Final = Metric(
    key="use_of_capacity",
    id="SV02",
    label="Use of capacity",
    noun="contracted caseload",
    definition=(
        "People in support at the end of the quarter, as returned, as a share of the caseload that "
        "the contract is for."
    ),
    kind="proportion",
    unit="% of the contracted caseload",
    per=100,
    breakdowns=("quarter", "service_id"),
    default_by=("service_id",),
    better="context",
    source="provider_returns",
    objective="E",
    caveat=(
        "Between 80 and 100 is as it should be: below, places stand empty; above, workers carry "
        "too many. What one person takes differs by need. The directory knows today's contract "
        "only, so earlier quarters are held against it as well."
    ),
    page=_PAGE,
    way="capacity",
)

COST_PER_PERSON: Final = Metric(
    key="cost_per_person",
    id="SV06",
    label="Cost per person newly supported",
    noun="people newly supported",
    definition=(
        "What was spent on a service in a financial year, from all funds, over the people whom it "
        "newly supported in it."
    ),
    kind="ratio",
    unit="pounds",
    breakdowns=("financial_year", "service_id"),
    default_by=("service_id",),
    better="context",
    source="funding",
    objective="E",
    caveat=(
        "No judgement of value: a person in a refuge needs more than a person on the telephone. "
        "Compare a service with itself. Spend is as it was; people are rounded. Funds that pay "
        "for no one service are left out, and not shared among services."
    ),
    page=_PAGE,
    way="cost",
    measure="people_supported",
)

COST_PER_IMPROVED: Final = Metric(
    key="cost_per_improved_outcome",
    id="SV06",
    label="Cost per improved outcome",
    noun="scores better at exit",
    definition=(
        "What was spent on a service in a financial year, from all funds, over the scores that "
        "were better at exit than at entry."
    ),
    kind="ratio",
    unit="pounds",
    breakdowns=("financial_year", "service_id"),
    default_by=("service_id",),
    better="context",
    source="funding",
    objective="E",
    caveat=(
        "A person has as many scores as things were asked about, and those without an exit score "
        "count for nothing: a low share of pairs makes this look dear. Compare a service with "
        "itself, and only where the share of pairs is high."
    ),
    page=_PAGE,
    way="cost",
    measure="scores_improved",
)

RETURNS_ON_TIME: Final = Metric(
    key="returns_on_time",
    id="SV07",
    label="Returns in on time and valid",
    noun="returns due",
    definition=(
        "Quarterly returns that came by their day and passed the rules, as a share of those due."
    ),
    kind="proportion",
    unit="% of returns due",
    per=100,
    breakdowns=("quarter", "provider_id"),
    better="higher",
    source="provider_returns",
    objective="D",
    caveat="A return that was refused counts as not in, until it is mended.",
    page=_PAGE,
    target=100,
    target_basis=LOCAL,
    way="returns",
)

CONTRACTS_ENDING: Final = Metric(
    key="contracts_ending",
    id="SV08",
    label="Contracts that end within 12 months",
    noun="contracts and grants",
    definition="Contracts and grants of commissioned services that end within twelve months.",
    kind="count",
    unit="contracts",
    breakdowns=("provider_id",),
    better="context",
    source="services",
    objective="E",
    caveat=(
        "By the directory, as of the day of the build; options to extend are not taken as used. "
        "The commissioner's office ends in May 2028."
    ),
    page=_PAGE,
    way="contracts",
)

CONTRACTS_ENDING_SOON: Final = replace(
    CONTRACTS_ENDING,
    key="contracts_ending_soon",
    label="Contracts that end within 6 months",
    definition="Contracts and grants of commissioned services that end within six months.",
    caveat="By the directory, as of the day of the build; options to extend are not taken as used.",
)

VALUE_ENDING: Final = replace(
    CONTRACTS_ENDING,
    key="contract_value_ending",
    label="Value of contracts that end within 12 months",
    noun="pounds a year",
    definition="Pounds a year, by contract, of commissioned services that end within 12 months.",
    kind="amount",
    unit="pounds a year",
    caveat="A contract that names no value adds nothing; that is not zero.",
)

PROVIDER_METRICS: Final = (
    *(USE_OF_CAPACITY, COST_PER_PERSON, COST_PER_IMPROVED, RETURNS_ON_TIME),
    *(CONTRACTS_ENDING, CONTRACTS_ENDING_SOON, VALUE_ENDING),
)
