"""Metrics of police-recorded crime and antisocial behaviour, from police.uk."""

from typing import Final

from dashboard.metrics.metric import LOCAL, Metric

_SOURCE: Final = "police_uk"
_PAGE: Final = "Crime explorer"

_AREAS: Final = ("force_code", "partnership_code", "area_code", "small_area_code")
_PLACES: Final = (*_AREAS, "hexagon", "hexagon_wide", "rural_class")

_RESIDENTS_CAVEAT: Final = (
    "Residents are not the people present: town centres look high. Districts and small areas "
    "leave out crimes with no location."
)

RECORDED_CRIME: Final = Metric(
    key="recorded_crime",
    id="OV01",
    label="Recorded crime",
    noun="offences",
    definition="Offences recorded by the police in the period. Antisocial behaviour is left out.",
    kind="count",
    query="crime",
    rows="crime",
    unit="offences",
    breakdowns=(*_PLACES, "month", "crime_type"),
    better="lower",
    source=_SOURCE,
    objective="C",
    caveat=(
        "Recorded crime is demand on the police, not all victimisation: reporting and recording "
        "practice move it."
    ),
    page="Overview",
)

RECORDED_CRIME_RATE: Final = Metric(
    key="recorded_crime_rate",
    id="OV02",
    label="Recorded crime rate",
    noun="offences",
    definition=(
        "Offences recorded by the police per 1,000 residents a year. Antisocial behaviour is "
        "left out. Residents are those of Census 2021; other forces' are mid-2020 estimates."
    ),
    kind="rate",
    query="crime",
    rows="crime",
    unit="per 1,000 residents a year",
    breakdowns=(*_AREAS, "rural_class", "month", "crime_type"),
    better="lower",
    source=_SOURCE,
    objective="C",
    caveat=_RESIDENTS_CAVEAT,
    page="Overview",
    per=1_000,
    decimals=1,
)

ANTISOCIAL_BEHAVIOUR: Final = Metric(
    key="antisocial_behaviour",
    id="CX06",
    label="Antisocial behaviour",
    noun="incidents",
    definition="Incidents of antisocial behaviour recorded by the police in the period.",
    kind="count",
    query="crime",
    rows="antisocial_behaviour",
    unit="incidents",
    breakdowns=(*_PLACES, "month", "crime_type"),
    better="lower",
    source=_SOURCE,
    objective="Understand",
    caveat="Incidents, not crimes: they are never added to recorded crime.",
    page=_PAGE,
)

ANTISOCIAL_BEHAVIOUR_RATE: Final = Metric(
    key="antisocial_behaviour_rate",
    id="CX06",
    label="Antisocial behaviour rate",
    noun="incidents",
    definition=(
        "Incidents of antisocial behaviour recorded by the police per 1,000 residents a year. "
        "Residents are those of Census 2021; other forces' are mid-2020 estimates."
    ),
    kind="rate",
    query="crime",
    rows="antisocial_behaviour",
    unit="per 1,000 residents a year",
    breakdowns=(*_AREAS, "rural_class", "month", "crime_type"),
    better="lower",
    source=_SOURCE,
    objective="Understand",
    caveat="Incidents, not crimes: they are never added to recorded crime. " + _RESIDENTS_CAVEAT,
    page=_PAGE,
    per=1_000,
    decimals=1,
)

CRIME_WITHOUT_LOCATION: Final = Metric(
    key="crime_without_location",
    id="CX07",
    label="Records with no location",
    noun="records",
    definition=(
        "Police.uk rows with no location as a share of all rows, antisocial behaviour included, "
        "for whole forces."
    ),
    kind="proportion",
    query="location",
    rows="any",
    unit="% of rows",
    breakdowns=("force_code", "month", "crime_type"),
    better="lower",
    source=_SOURCE,
    objective="C",
    caveat="It varies by force and year; where it moves, trends of districts are unsafe.",
    page=_PAGE,
    per=100,
    decimals=1,
    target=2.0,
    target_basis=LOCAL,
)

OUTCOME_SHARE: Final = Metric(
    key="outcome_share",
    id="CX04",
    label="Outcomes of recorded crime",
    noun="offences",
    definition="Offences with each last outcome as a share of the offences recorded in the period.",
    kind="proportion",
    query="outcome",
    rows="crime",
    unit="% of offences",
    breakdowns=(
        "force_code",
        "partnership_code",
        "area_code",
        "month",
        "crime_type",
        "outcome",
        "outcome_group",
    ),
    better="context",
    source=_SOURCE,
    objective="C",
    caveat=(
        "The last outcome when the file was issued: recent months are unfinished, and outcome "
        "names depend on when the file was downloaded, so shares from files of different dates "
        "do not compare."
    ),
    page=_PAGE,
    per=100,
    decimals=1,
    default_by=("outcome_group",),
)

UNABLE_TO_PROSECUTE: Final = Metric(
    key="unable_to_prosecute",
    id="CX05",
    label="Unable to prosecute suspect",
    noun="offences",
    definition=(
        "Offences whose last outcome is 'Unable to prosecute suspect' as a share of the offences "
        "that have any outcome yet."
    ),
    kind="proportion",
    query="unable_to_prosecute",
    rows="crime",
    unit="% of offences with an outcome",
    breakdowns=("force_code", "partnership_code", "area_code", "month", "crime_type"),
    better="lower",
    source=_SOURCE,
    objective="B",
    caveat=(
        "police.uk joins cases that the victim does not support with other evidential "
        "difficulties; recent months are unfinished."
    ),
    page=_PAGE,
    per=100,
    decimals=1,
)

CRIME_METRICS: Final = (
    RECORDED_CRIME,
    RECORDED_CRIME_RATE,
    ANTISOCIAL_BEHAVIOUR,
    ANTISOCIAL_BEHAVIOUR_RATE,
    CRIME_WITHOUT_LOCATION,
    OUTCOME_SHARE,
    UNABLE_TO_PROSECUTE,
)
