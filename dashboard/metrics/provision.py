"""Metrics of provision: priority groups that have no specialist, or no service at all, by place."""

from dataclasses import replace
from typing import Final

from dashboard.metrics.assumptions import PREVALENCE, SUPPORT
from dashboard.metrics.metric import LOCAL, Metric

NEED_THRESHOLD: Final = 10
"""People a year from whom a group's need in a district counts: the fewest that may be shown."""

WITHOUT_SPECIALIST: Final = Metric(
    key="groups_without_specialist",
    id="GM05",
    label="Priority groups with no specialist service",
    noun="groups and districts with need and no specialist",
    definition=(
        "Pairs of a priority group and a district where at least "
        f"{NEED_THRESHOLD} people a year need support and no service that sees people, works "
        "there and takes them is made for the group. The need is estimated; where no estimate is "
        "published it is the force's referrals with the group's flag, shared out by residents."
    ),
    kind="count",
    unit="groups and districts",
    breakdowns=("priority_flag", "area_code"),
    better="lower",
    source="service_groups",
    objective="A",
    caveat=(
        "As the directory states whom a service takes and where it works; contracts that have "
        "ended do not count. It says nothing of distance or of room for one more person."
    ),
    page="Gap map",
    target=0,
    target_basis=LOCAL,
    way="provision",
    assumes=(PREVALENCE, SUPPORT),
)

WITHOUT_SERVICE: Final = replace(
    WITHOUT_SPECIALIST,
    key="groups_without_service",
    label="Priority groups with no service at all",
    noun="groups and districts with need and no service",
    definition=(
        "The same pairs where no service of any kind takes the group: neither a specialist, nor "
        "a general one, nor one by telephone or online."
    ),
)

PROVISION_METRICS: Final = (WITHOUT_SPECIALIST, WITHOUT_SERVICE)
