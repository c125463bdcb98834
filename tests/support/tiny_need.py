"""Residents and assumptions of the tiny published file, in round numbers.

Of those aged 16 and over Bromsgrove has 10,000, Redditch 20,000; half of Bromsgrove's residents
and two thirds of Redditch's are women. England and Wales has 60 million residents.
"""

from datetime import date
from typing import Any, Final

from schemas.published import table

Row = tuple[Any, ...]

_BROMSGROVE, _REDDITCH = "E07000234", "E07000236"
_RESIDENTS: Final = {
    "age_band": {"0-9": (1_000, 2_000), "10-15": (1_000, 2_000), "16-17": (1_000, 2_000)}
    | {"18-24": (9_000, 18_000)},
    "sex": {"F": (6_000, 16_000), "M": (6_000, 8_000)},
    "ethnic_group": {"WHITE": (9_000, 18_000), "ASIAN": (3_000, 6_000)},
    "disability": {"Y": (3_000, 4_000), "N": (9_000, 20_000)},
}

POPULATION: Final[list[Row]] = [
    ("K04000001", "everyone", "ALL", 60_000_000, "mid-2020 estimate"),
    *(
        (area, characteristic, part, residents[place], "Census 2021")
        for place, area in enumerate((_BROMSGROVE, _REDDITCH))
        for characteristic, parts in _RESIDENTS.items()
        for part, residents in parts.items()
    ),
]


def _assumption(code: str, unit: str, *values: float | None, **others: str) -> Row:
    low, central, high = values or (None, None, None)
    held: dict[str, Any] = {
        "assumption_id": code,
        "name": f"Assumption {code}",
        "applies_to": "people aged 16 and over",
        "low": low,
        "central": central,
        "high": high,
        "unit": unit,
        "entered_on": date(2026, 4, 1),
        "status": "AGREED",
        **others,
    }
    return tuple(held.get(column.name) for column in table("dim_assumption").columns)


ASSUMPTIONS: Final[list[Row]] = [
    _assumption("PREVALENCE_DA", "percent", 5, 10, 20, source="A survey", period="2025"),
    _assumption("PREVALENCE_RASSO", "percent", 1, 2, 3, applies_to="women aged 16 and over"),
    _assumption("PREVALENCE_STALK", "percent", 1, 2, 4, status="DRAFT"),
    _assumption("PREVALENCE_HARASS", "percent", 2, 4, 8),
    _assumption("PREVALENCE_ANY", "percent", 6, 12, 24),
    _assumption("PREVALENCE_VEH", "percent", 3, 6, 9, status="RETIRED"),
    _assumption("PREVALENCE_THEFT_OTH", "percent", 1, 2, 4),
    _assumption("PREVALENCE_BURG_RES", "percent", 2, 4, 8, status="DRAFT"),
    _assumption("PREVALENCE_CSA", "percent", 1, 2, 3, applies_to="sailors"),
    _assumption("PREVALENCE_MSHT", "percent", status="DRAFT"),
    _assumption("INCIDENTS_FRAUD", "incidents", 3e6, 6e6, 12e6),
    _assumption("REPORTED_DA", "percent", 10, 20, 40),
    _assumption("REPORTED_FRAUD", "percent", None, 25, None),
    _assumption("SUPPORT_DA", "percent", 20, 40, 50, status="DRAFT"),
    _assumption("SUPPORT_OTHER", "percent", 10, 10, 10),
    _assumption("SEVERITY_BURGLARY", "points a crime", 10, 20, 40, status="DRAFT"),
    _assumption("SEVERITY_SHOPLIFTING", "points a crime", 1, 2, 3),
    _assumption("UNIT_COST_BURG_RES", "pounds a crime", None, 1_000, None),
    _assumption("PRICE_INDEX", "ratio", 1.0, 1.5, 2.0, status="DRAFT"),
]
