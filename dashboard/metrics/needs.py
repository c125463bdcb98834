"""Metrics of the needs assessment: estimated victims, their need, and who comes for help."""

from dataclasses import replace
from typing import Final

from dashboard.metrics.assumptions import PREVALENCE, REPORTED, SUPPORT
from dashboard.metrics.metric import Metric
from schemas.supplied.lists import CRIME_GROUP, PRIORITY_FLAG

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

REPORTED_TO_ESTIMATE: Final = Metric(
    key="reported_to_estimate",
    id="NA03",
    label="Recorded crime against estimated victims",
    noun="recorded offences",
    definition="100 × recorded offences of a year ÷ the estimated victims of a year.",
    kind="estimate",
    unit="offences per 100 estimated victims",
    breakdowns=("area_code", "crime_group"),
    better="context",
    source="assumption",
    objective="A",
    caveat=(
        "Offences and people are different units: a ratio to look at, and no rate of reporting. "
        "A low one is a prompt to ask who does not come forward."
    ),
    page=_PAGE,
    default_by=("crime_group",),
    decimals=1,
    way="reported",
    assumes=(PREVALENCE,),
)

TAKE_UP: Final = Metric(
    key="take_up",
    id="NA07",
    label="Take-up of support",
    noun="people newly supported",
    definition="100 × people newly supported in twelve months ÷ the estimated need of a year.",
    kind="estimate",
    unit="% of the estimated need",
    breakdowns=("area_code", "crime_group", "priority_flag"),
    better="higher",
    source="referrals",
    objective="A",
    caveat=(
        "The need is an estimate: read the range. People who live outside the force area count "
        "for the force. A low value is a prompt to look."
    ),
    page=_PAGE,
    default_by=("priority_flag",),
    decimals=1,
    way="take_up",
    assumes=(PREVALENCE, SUPPORT),
)

ESTIMATE_SHARE: Final = Metric(
    key="estimate_share",
    id="NA09",
    label="Share of estimated victims",
    noun="estimated victims",
    definition="A priority group's share of the estimated victims of all crimes with an estimate.",
    kind="estimate",
    unit="% of estimated victims",
    breakdowns=("area_code", "priority_flag"),
    better="context",
    source="assumption",
    objective="A",
    caveat=(
        "A person counts once for each kind of crime, and fraud by incidents. Crimes without an "
        "estimate are in neither part."
    ),
    page=_PAGE,
    default_by=("priority_flag",),
    decimals=1,
    way="estimate_share",
    assumes=(PREVALENCE,),
)

SHARE_RATIO: Final = Metric(
    key="referrals_against_estimate",
    id="NA09",
    label="Share of referrals against share of estimated victims",
    noun="share of referrals",
    definition=(
        "A priority group's share of referrals ÷ its share of estimated victims: 1 is in line, "
        "less than 1 means that the group is missing among those referred."
    ),
    kind="ratio",
    unit="times its share of the estimate",
    breakdowns=("area_code", "priority_flag"),
    better="context",
    source="referrals",
    objective="A",
    caveat=(
        "How well flags are filled in moves it, and referrals are also for crimes without an "
        "estimate. The limits hold both the chance in referrals and the range of the estimate."
    ),
    page=_PAGE,
    default_by=("priority_flag",),
    decimals=2,
    way="share_ratio",
    assumes=(PREVALENCE,),
)

REPRESENTATION: Final = Metric(
    key="representation",
    id="NA10",
    label="People supported against residents",
    noun="share of the people supported",
    definition=(
        "A group's share of the people newly supported ÷ its share of residents, by age, sex, "
        "ethnic group or disability: 1 is in line."
    ),
    kind="ratio",
    unit="times its share of residents",
    breakdowns=("area_code", "age_band", "sex", "ethnic_group", "disability"),
    better="context",
    source="referrals",
    objective="A",
    caveat=(
        "No proof of unequal need or service: victims differ from residents. Residents by age are "
        "of mid-2020, the rest of Census 2021. Unknown answers are in the whole, and make every "
        "other share smaller."
    ),
    page=_PAGE,
    default_by=("age_band",),
    decimals=2,
    way="representation",
)


def about(metric: Metric, split: str, code: str) -> Metric:
    """Return the metric about one crime group or priority group alone."""
    name = {"crime_group": CRIME_GROUP, "priority_flag": PRIORITY_FLAG}[split][code]
    return replace(
        metric,
        key=f"{metric.key}_{code.lower()}",
        label=f"{metric.label}, {name[:1].lower()}{name[1:]}",
        of=((split, code),),
        default_by=(),
    )


NEEDS_METRICS: Final = (
    ESTIMATED_VICTIMS,
    UNREPORTED,
    REPORTED_TO_ESTIMATE,
    ESTIMATED_NEED,
    TAKE_UP,
    ESTIMATE_SHARE,
    SHARE_RATIO,
    REPRESENTATION,
)
