"""Metrics of whether support reaches people in rural places, and how far help is from them."""

from dataclasses import replace
from typing import Final

from dashboard.metrics.metric import Metric

_PAGE: Final = "Rural crime"

SUPPORT_REACH: Final = Metric(
    key="rural_support_reach",
    id="RU05",
    label="People supported beside recorded crime",
    noun="people supported",
    definition=(
        "Different people whose support started, by the class of their home, per 1,000 offences "
        "recorded in small areas of that class (2021 classes)."
    ),
    kind="rate",
    way="rural_support",
    measure="people_supported",
    unit="per 1,000 offences",
    breakdowns=("rural_class", "area_code"),
    better="context",
    source="referrals",
    objective="A",
    caveat=(
        "By the home of the person and the place of the offence, which differ; many people come "
        "about crimes that were never recorded. Counts of people are rounded."
    ),
    page=_PAGE,
    per=1_000,
    decimals=0,
    default_by=("rural_class",),
)

SUPPORT_RATIO: Final = replace(
    SUPPORT_REACH,
    key="rural_support_ratio",
    label="Support in rural places over urban",
    definition=(
        "People supported per offence in rural small areas divided by those in urban ones: 1 means "
        "that support reaches both alike, below 1 that it reaches rural places less."
    ),
    kind="ratio",
    unit="times the urban figure",
    breakdowns=("area_code",),
    per=1,
    decimals=2,
    default_by=(),
)

_REACH_CAVEAT: Final = (
    "By a straight line made longer and an assumed speed: not a drive time, and no bus. A site "
    "counts where its service works in the district, for whomever it is."
)

WITHIN_REACH: Final = Metric(
    key="within_reach",
    id="RU06",
    label="Residents near help",
    noun="residents",
    definition=(
        "Residents of Census 2021 who live within an assumed 30 minutes of an office or centre "
        "where a service now sees people, as a share of all. Places of outreach count apart, "
        "confidential places never."
    ),
    kind="proportion",
    way="reach",
    unit="% of residents within 30 minutes",
    breakdowns=("rural_class", "town_class", "force_code", "partnership_code", "area_code"),
    better="higher",
    source="service_sites",
    objective="A",
    caveat=_REACH_CAVEAT,
    page=_PAGE,
    per=100,
    decimals=0,
    default_by=("rural_class",),
)

WITHIN_REACH_OF_OUTREACH: Final = replace(
    WITHIN_REACH,
    key="within_reach_of_outreach",
    label="Residents near help, outreach included",
    definition=(
        "The same with places of outreach, which are open on some days only, beside offices and "
        "centres."
    ),
)

DISTANCE: Final = replace(
    WITHIN_REACH,
    key="distance_to_help",
    label="Distance to the nearest help",
    definition=(
        "Kilometres from the centre of each small area to the nearest office or centre where a "
        "service now sees people, a straight line made longer as roads are, averaged over "
        "residents."
    ),
    kind="ratio",
    unit="km by road, assumed",
    better="lower",
    per=1,
    decimals=1,
)

TRAVEL_BANDS: Final = replace(
    WITHIN_REACH,
    key="travel_bands",
    label="Residents by the time to the nearest help",
    definition=(
        "Residents of Census 2021 by the assumed time to the nearest office or centre where a "
        "service now sees people, as a share of all who live in places of that kind."
    ),
    unit="% of residents",
    breakdowns=("travel_band", *WITHIN_REACH.breakdowns),
    better="context",
    default_by=("travel_band",),
)

HELP_METRICS: Final = (
    SUPPORT_RATIO,
    SUPPORT_REACH,
    WITHIN_REACH,
    WITHIN_REACH_OF_OUTREACH,
    TRAVEL_BANDS,
    DISTANCE,
)
