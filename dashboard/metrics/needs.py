"""Metrics of the needs assessment that rest on assumptions: estimated victims and their need."""

from typing import Final

from dashboard.metrics.estimate_rates import PREVALENCE, REPORTED, SUPPORT
from dashboard.metrics.metric import Metric

_PAGE: Final = "Needs assessment"
_GROUPS: Final = ("partnership_code", "area_code", "crime_group", "priority_flag")

ESTIMATED_VICTIMS: Final = Metric(
    key="estimated_victims",
    id="NA01",
    label="Estimated victims",
    noun="people affected in a year, whether or not they report it",
    definition=(
        "Residents × the share that a survey finds affected in a year, whether reported or not; "
        "for fraud, incidents. Without a breakdown: domestic abuse, sexual assault or stalking."
    ),
    kind="estimate",
    unit="people (estimated)",
    breakdowns=_GROUPS,
    better="context",
    source="assumption",
    objective="A",
    caveat=(
        "A national rate applied to local residents: it knows nothing of local ages, incomes or "
        "deprivation, and the survey asks households only. Groups overlap and are not added up."
    ),
    page=_PAGE,
    default_by=("crime_group",),
    decimals=-2,
    way="estimate",
    assumes=(PREVALENCE,),
)

UNREPORTED: Final = Metric(
    key="unreported_share",
    id="NA02",
    label="Estimated share that is not reported",
    noun="crimes or people that the survey finds",
    definition="A hundred less the share that victims tell a survey they reported.",
    kind="estimate",
    unit="% not reported (estimated)",
    breakdowns=("crime_group",),
    better="context",
    source="assumption",
    objective="A",
    caveat="National, some years old for some crimes, and of those whom the survey asks.",
    page=_PAGE,
    default_by=("crime_group",),
    way="unreported",
    assumes=(REPORTED,),
)

ESTIMATED_NEED: Final = Metric(
    key="estimated_need",
    id="NA04",
    label="Estimated need for support",
    noun="people affected in a year who want or need support",
    definition=(
        "Estimated victims × the share who want or need support, low by low, central by central, "
        "high by high."
    ),
    kind="estimate",
    unit="people (estimated)",
    breakdowns=_GROUPS,
    better="context",
    source="assumption",
    objective="A",
    caveat=(
        "The share who want or need support is the largest assumption here, and a placeholder "
        "until the office agrees one."
    ),
    page=_PAGE,
    default_by=("crime_group",),
    decimals=-2,
    way="estimate",
    assumes=(PREVALENCE, SUPPORT),
)

NEEDS_METRICS: Final = (ESTIMATED_VICTIMS, UNREPORTED, ESTIMATED_NEED)
