"""The contract of crimes that the force flagged as rural: the farm-type crime of no open source."""

from typing import Final

from schemas.supplied.field import SAMPLE_FIELD, Contract, Field
from schemas.supplied.fields import code, key
from schemas.supplied.lists import LA_CODE, Codes

RURAL_THEME: Final[Codes] = {
    "MACHINERY": "Farm machinery and vehicles",
    "LIVESTOCK": "Livestock",
    "FUEL": "Fuel",
    "EQUINE": "Horses and tack",
    "FLY_TIPPING": "Fly-tipping",
    "POACHING": "Poaching and hare coursing",
    "WILDLIFE": "Other wildlife crime",
    "HERITAGE": "Heritage",
    "OTHER": "Other rural crime",
}
"""Themes of the police chiefs' rural and wildlife strategy; wildlife as forces use it."""

RURAL_CRIME: Final = Contract(
    table="rural_crimes",
    title="Crimes with a rural flag",
    row="recorded crime that the force flagged as rural",
    fields=(
        key("case_key", "Made by the force for this file; not its crime number"),
        Field(
            name="month_recorded",
            kind="month",
            meaning="Month in which it was recorded",
            is_required=True,
        ),
        code("rural_theme", RURAL_THEME, "Main theme", is_required=True),
        code("la_code", LA_CODE, "District in which it happened"),
        SAMPLE_FIELD,
    ),
    rules=(),
    is_about_people=True,
    period_field="month_recorded",
    unique=("case_key",),
)
"""No place below the district, no day and no value: few farms lie in a place, and each is known."""
