"""Metrics of recorded crime in rural places."""

from dataclasses import replace
from typing import Final

from dashboard.metrics.about_people import About, count_of
from dashboard.metrics.metric import Metric
from dashboard.metrics.rural_help import HELP_METRICS

_SOURCE: Final = "police_uk"
_PAGE: Final = "Rural crime"
_AREAS: Final = ("force_code", "partnership_code", "area_code")
_SERIES: Final = (*_AREAS, "month", "crime_type")
_SNAPPED: Final = "Points are moved to map points, further in sparse country."
_CHANCE: Final = "Limits are those of chance alone; crime varies more between places than that."

PROXY_TYPES: Final = ("Burglary", "Criminal damage and arson", "Other theft", "Vehicle crime")
"""What stands in for farm-type crime, for which police.uk has no name."""

RURAL_URBAN_RATE: Final = Metric(
    key="rural_urban_rate",
    id="RU02",
    label="Recorded crime rate, rural and urban",
    noun="offences",
    definition=(
        "Offences recorded in rural and in urban small areas (2021 classes) per 1,000 residents "
        "a year. Antisocial behaviour counts only when it is chosen as a crime type; among the "
        "types it has a row of its own."
    ),
    kind="rate",
    query="crime_by_small_area",
    rows="crime_unless_asked",
    unit="per 1,000 residents a year",
    breakdowns=("rural_class", "town_class", *_AREAS, "small_area_code", "month", "crime_type"),
    better="lower",
    source=_SOURCE,
    objective="A",
    caveat=f"Located offences only. {_SNAPPED} Residents are a poor base for farms.",
    page=_PAGE,
    per=1_000,
    decimals=1,
    default_by=("rural_class",),
)

RURAL_URBAN_DENSITY: Final = replace(
    RURAL_URBAN_RATE,
    key="rural_urban_density",
    label="Recorded crime by land, rural and urban",
    definition=(
        "Offences recorded in rural and in urban small areas (2021 classes) per 100 hectares of "
        "land a year. Antisocial behaviour counts only when it is chosen as a crime type; among "
        "the types it has a row of its own."
    ),
    unit="per 100 hectares a year",
    base="hectares",
    per=100,
    decimals=2,
    caveat=f"Located offences only. {_SNAPPED} Land is not what is at risk: most of it is empty.",
)

RURAL_URBAN_RATIO: Final = replace(
    RURAL_URBAN_RATE,
    key="rural_urban_ratio",
    label="Rural rate over urban rate",
    definition=(
        "The recorded crime rate of rural small areas divided by that of urban ones, per resident: "
        "1 means alike, below 1 lower in rural places. Antisocial behaviour counts only when it is "
        "chosen as a crime type; among the types it has a row of its own."
    ),
    kind="ratio",
    way="rural_ratio",
    unit="times the urban rate",
    breakdowns=_SERIES,
    better="context",
    caveat=f"Located offences only. {_SNAPPED} {_CHANCE}",
    per=1,
    decimals=2,
    default_by=(),
)

RURAL_URBAN_DENSITY_RATIO: Final = replace(
    RURAL_URBAN_RATIO,
    key="rural_urban_density_ratio",
    label="Rural over urban, by land",
    definition=(
        "Offences per hectare of rural small areas divided by those of urban ones: 1 means alike. "
        "Antisocial behaviour counts only when it is chosen as a crime type; among the types it "
        "has a row of its own."
    ),
    unit="times the urban figure",
    base="hectares",
    decimals=3,
)

RURAL_SHARE: Final = Metric(
    key="rural_share",
    id="RU01",
    label="Rural share of recorded crime",
    noun="offences",
    definition=(
        "Offences recorded in rural small areas (2021 classes) as a share of all offences with a "
        "location. Antisocial behaviour counts only when it is chosen as a crime type; among the "
        "types it has a row of its own."
    ),
    kind="proportion",
    query="rural_share",
    rows="crime_unless_asked",
    unit="% of located offences",
    breakdowns=_SERIES,
    better="context",
    source=_SOURCE,
    objective="A",
    caveat=f"A class says how settled a place is, not whether it is farmed. {_SNAPPED}",
    page=_PAGE,
    per=100,
    decimals=1,
)

RURAL_PROXY: Final = Metric(
    key="rural_proxy",
    id="RU03",
    label="Rural proxy basket",
    noun="offences",
    definition=(
        "A proxy for farm-type crime: offences of burglary, criminal damage and arson, other theft "
        "and vehicle crime recorded in rural small areas (2021 classes), together."
    ),
    kind="count",
    query="crime_by_small_area",
    rows="crime",
    types=PROXY_TYPES,
    of=(("rural_class", "Rural"),),
    unit="offences (proxy)",
    breakdowns=(*_SERIES, "small_area_code", "town_class"),
    better="lower",
    source=_SOURCE,
    objective="A",
    caveat=(
        "A proxy: no open source marks farm machinery, livestock, hare coursing or fly-tipping. "
        f"It holds much that has nothing to do with farms. {_SNAPPED}"
    ),
    page=_PAGE,
)

RURAL_PROXY_RATE: Final = replace(
    RURAL_PROXY,
    key="rural_proxy_rate",
    label="Rural proxy basket rate",
    definition=(
        "A proxy for farm-type crime: offences of burglary, criminal damage and arson, other theft "
        "and vehicle crime recorded in rural small areas (2021 classes), per 1,000 residents there "
        "a year."
    ),
    kind="rate",
    unit="per 1,000 residents a year (proxy)",
    per=1_000,
    decimals=1,
)

RURAL_FLAGGED: Final = count_of(
    "rural_flagged",
    About(
        id="RU04",
        label="Crimes with a rural flag",
        noun="crimes with a rural flag",
        definition=(
            "Crimes that the force flagged as rural, by theme: farm machinery, livestock, fuel, "
            "horses, fly-tipping, poaching, wildlife and heritage."
        ),
        caveat=(
            "Only what an officer flagged, and officers differ. Protected as counts of people "
            "are: behind few crimes stand few farms."
        ),
        better="lower",
        objective="A",
        page=_PAGE,
    ),
)

RURAL_METRICS: Final = (
    RURAL_SHARE,
    RURAL_URBAN_RATIO,
    RURAL_URBAN_DENSITY_RATIO,
    RURAL_URBAN_RATE,
    RURAL_URBAN_DENSITY,
    RURAL_PROXY,
    RURAL_PROXY_RATE,
    RURAL_FLAGGED,
    *HELP_METRICS,
)
"""The first of those with one id is the one that the id stands for."""
