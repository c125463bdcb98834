"""Metrics of harm: recorded crime weighted by how much it hurts, and by what it costs."""

from typing import Final

from dashboard.metrics.assumptions import SEVERITY, UNIT_COST
from dashboard.metrics.metric import Metric

HARM: Final = Metric(
    key="harm_weighted_crime",
    id="NA05",
    label="Crime weighted by harm",
    noun="points",
    definition=(
        "Offences × a weight of harm for each police.uk crime type, per 1,000 residents a year."
    ),
    kind="rate",
    unit="points per 1,000 residents a year",
    breakdowns=("partnership_code", "area_code", "small_area_code", "crime_type"),
    better="lower",
    source="assumption",
    objective="C",
    caveat=(
        "police.uk types are coarse: one holds rape beside common assault. Read it beside the "
        "unweighted rate, and small areas as indicative only."
    ),
    page="Needs assessment",
    per=1_000,
    decimals=-1,
    way="weighted",
    assumes=(SEVERITY,),
)

COST: Final = Metric(
    key="crime_cost",
    id="NA06",
    label="Estimated cost of crime",
    noun="pounds",
    definition=(
        "Offences × the unit cost of a crime × prices now against those of the cost, for the "
        "crime types that have one."
    ),
    kind="estimate",
    unit="million pounds (estimated)",
    breakdowns=("partnership_code", "area_code", "crime_type"),
    better="context",
    source="assumption",
    objective="E",
    caveat=(
        "Costs to society, most of them not to victims: never add them to a budget. Each stands "
        "for a narrower crime than its police.uk type."
    ),
    page="Needs assessment",
    default_by=("crime_type",),
    per=1e-6,
    way="weighted",
    assumes=(UNIT_COST,),
)

HARM_METRICS: Final = (HARM, COST)
