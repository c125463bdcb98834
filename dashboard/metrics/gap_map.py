"""Metrics of the gap map: modelled need, access to help, need per place, unmet need, reach."""

from typing import Final

from dashboard.metrics.assumptions import PREVALENCE, SUPPORT
from dashboard.metrics.metric import Metric

_PAGE: Final = "Gap map"
_AREAS: Final = ("force_code", "partnership_code", "area_code")
_PLACES: Final = (*_AREAS, "small_area_code", "rural_class")
_GROUPS: Final = ("crime_group", "priority_flag")

MODELLED_NEED: Final = Metric(
    key="modelled_need",
    id="NA04",
    label="Modelled need for support",
    noun="people affected in a year who want or need support",
    definition=(
        "The estimated need of a district, shared out among its small areas by residents; by "
        "hexagon, spread evenly over those nearest to each small area's centre."
    ),
    kind="estimate",
    unit="people (modelled)",
    breakdowns=(*_PLACES, "hexagon_wide", *_GROUPS),
    better="context",
    source="assumption",
    objective="A",
    caveat=(
        "Indicative: nobody was counted. People with the same district and age would be affected "
        "alike wherever they live, which is not so."
    ),
    page=_PAGE,
    default_by=("area_code",),
    decimals=0,
    way="modelled",
    assumes=(PREVALENCE, SUPPORT),
)

ACCESS: Final = Metric(
    key="access_score",
    id="GM01",
    label="Access to help",
    noun="people whom services within reach can help in a year",
    definition=(
        "Each office or centre shares what it can do in a year among the people in need within an "
        "hour, the near counting for more (enhanced two-step floating catchment areas); what "
        "reaches a place, per 1,000 in need there. Without a group, of domestic abuse, sexual "
        "assault and stalking together."
    ),
    kind="estimate",
    unit="people helped in a year per 1,000 in need",
    breakdowns=(*_PLACES, "hexagon_wide", *_GROUPS),
    better="higher",
    source="service_sites",
    objective="A",
    caveat=(
        "A model, to compare places by. Need beyond the border counts and help over there does "
        "not, so that places near it look worse. Town and country differ in more than distance."
    ),
    page=_PAGE,
    per=1_000,
    default_by=("area_code",),
    decimals=0,
    way="access",
    assumes=(PREVALENCE, SUPPORT),
)

NEED_PER_PLACE: Final = Metric(
    key="need_per_place",
    id="GM02",
    label="Need for each place",
    noun="people in need",
    definition=(
        "Estimated need of a year ÷ the people whom services for the district can help in a year, "
        "in whatever way; services for several districts are shared by need."
    ),
    kind="estimate",
    unit="people in need for each who can be helped",
    breakdowns=(*_AREAS, *_GROUPS),
    better="lower",
    source="services",
    objective="E",
    caveat=(
        "Capacity is what was contracted, turned into people by assumptions. Confidential places, "
        "outreach and telephone count alike; distance does not."
    ),
    page=_PAGE,
    default_by=("area_code",),
    decimals=1,
    way="need_per_place",
    assumes=(PREVALENCE, SUPPORT),
)

UNMET_NEED: Final = Metric(
    key="unmet_need",
    id="GM03",
    label="Unmet need",
    noun="people in need who were not supported",
    definition=(
        "Estimated need of a year less the people newly supported in twelve months, low from the "
        "low need and high from the high."
    ),
    kind="estimate",
    unit="people (estimated)",
    breakdowns=("area_code", *_GROUPS),
    better="lower",
    source="referrals",
    objective="A",
    caveat=(
        "Never a single number: read the range. Those supported include children and victims of "
        "crimes that the estimate leaves out, so that it is rather too low; below zero more were "
        "supported than the estimate says are in need."
    ),
    page=_PAGE,
    default_by=("priority_flag",),
    decimals=-2,
    way="unmet",
    assumes=(PREVALENCE, SUPPORT),
)

BEYOND_REACH: Final = Metric(
    key="beyond_reach",
    id="GM04",
    label="Residents beyond reach",
    noun="residents",
    definition=(
        "Residents of Census 2021 who live further than the longest journey that counts as within "
        "reach (30 minutes unless the office says otherwise) from any office, centre or place of "
        "outreach of a running service for the group, as a share of all. Without a group, of any "
        "running service."
    ),
    kind="proportion",
    unit="% of residents",
    breakdowns=(*_PLACES, "town_class", "help_layer", *_GROUPS),
    better="lower",
    source="service_sites",
    objective="A",
    caveat=(
        "By a straight line made longer and an assumed speed: not a drive time, and no bus. Help "
        "by telephone or online is a layer of its own; confidential places never count."
    ),
    page=_PAGE,
    per=100,
    default_by=("area_code",),
    decimals=0,
    undivided=("help_layer",),
    way="beyond",
)

GAP_MAP_METRICS: Final = (MODELLED_NEED, ACCESS, NEED_PER_PLACE, UNMET_NEED, BEYOND_REACH)
