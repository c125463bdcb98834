"""Contracts of the directory: providers, and where, for whom and at which sites services work.

The services themselves stand in `directory_service`. The directory is replaced whole.
"""

from types import MappingProxyType
from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.conditions import blank, given, if_then, is_one, known_service
from schemas.supplied.field import SAMPLE_FIELD, Contract, Field
from schemas.supplied.fields import amount, code, day, identifier, text
from schemas.supplied.lists import (
    AREA_CODE,
    CRIME_GROUP,
    PRIORITY_FLAG,
    YES_NO,
    YES_NO_NK,
    Codes,
)

PROVIDER_TYPE: Final[Codes] = {
    "VCSE": "Voluntary, community or social enterprise",
    "POLICE": "Police",
    "LA": "Council",
    "NHS": "Health service",
    "OTHER": "Other",
}

EVERYWHERE: Final = "ALL"
"""Area code of a service for the whole force area."""

SERVICE_AREA_CODE: Final[Codes] = {**AREA_CODE, EVERYWHERE: "The whole force area"}

CONFIDENTIAL_SITE: Final = "REFUGE_NOT_LOCATED"

SITE_TYPE: Final[Codes] = {
    "OFFICE": "Office",
    "OUTREACH": "Place of outreach",
    "SARC": "Sexual assault referral centre",
    CONFIDENTIAL_SITE: "Refuge or other confidential site, named by its area only",
}

MOST_DISTANCE_KM: Final = 30
"""Sites further from the force area than this are likely to be misplaced."""

_DIRECTORY: Final = MappingProxyType[str, pl.DataType]({"_service_known": pl.Boolean()})
_SERVICE_ID: Final = identifier("service_id", "The service, as in the directory")

PROVIDER: Final = Contract(
    table="providers",
    title="Providers",
    row="organisation that provides services",
    fields=(
        identifier("provider_id", "The office's code of the provider"),
        text("provider_name", "Name of the organisation", is_required=True),
        code("type", PROVIDER_TYPE, "Kind of organisation", is_required=True),
        code("by_and_for", YES_NO, "Run by and for the people it serves"),
        code("website_has_code", YES_NO_NK, "Whether its website tells of the Victims' Code"),
        day("website_checked", "When the website was looked at"),
        SAMPLE_FIELD,
    ),
    rules=(),
    is_about_people=False,
    unique=("provider_id",),
)

SERVICE_AREA: Final = Contract(
    table="service_areas",
    title="Areas of services",
    row="district that a service works in",
    fields=(
        _SERVICE_ID,
        code("la_code", SERVICE_AREA_CODE, "The district", is_required=True),
        SAMPLE_FIELD,
    ),
    rules=(known_service(),),
    is_about_people=False,
    unique=("service_id", "la_code"),
    context=_DIRECTORY,
)

SERVICE_GROUP: Final = Contract(
    table="service_groups",
    title="People that services are for",
    row="crime group, priority group or pair of both that a service is for",
    fields=(
        _SERVICE_ID,
        code("crime_group", CRIME_GROUP, "The crime; blank for any"),
        code("priority_flag", PRIORITY_FLAG, "The priority group; blank for any"),
        code("specialist", YES_NO, "Whether the service is made for them", is_required=True),
        SAMPLE_FIELD,
    ),
    rules=(
        known_service(),
        Rule(
            reason="NO_GROUP",
            column="crime_group",
            holds=given("crime_group") | given("priority_flag"),
            expected="a crime group, a priority group or both",
            advice="Say whom the service is for; leave the row out where it is for everyone.",
        ),
    ),
    is_about_people=False,
    unique=("service_id", "crime_group", "priority_flag"),
    context=_DIRECTORY,
)


def _degrees(name: str, meaning: str, least: float, most: float) -> Field:
    return Field(name=name, kind="decimal", meaning=meaning, least=least, most=most)


_SITE_RULES: Final = (
    known_service(),
    Rule(
        rule_id="S01",
        reason="CONFIDENTIAL_SITE_LOCATED",
        # Speaks of the kind of site, so that no report of the fault repeats the place.
        column="site_type",
        holds=if_then(
            is_one("site_type", (CONFIDENTIAL_SITE,)), blank("latitude") & blank("longitude")
        ),
        expected="no latitude or longitude for a refuge or another confidential site",
        advice="Delete the coordinates, also from the file that was sent; name the area only.",
    ),
    Rule(
        reason="HALF_A_POSITION",
        column="latitude",
        # For confidential sites S01 speaks, which does not repeat the place.
        holds=is_one("site_type", (CONFIDENTIAL_SITE,)) | (given("latitude") == given("longitude")),
        expected="latitude and longitude, or neither",
        advice="Fill in both, or leave both empty.",
    ),
    Rule(
        rule_id="S06",
        level="W",
        reason="SITE_FAR_AWAY",
        column="site_type",
        holds=or_empty(pl.col("_distance_km") <= MOST_DISTANCE_KM, "_distance_km"),
        expected=f"a place in the force area, or at most {MOST_DISTANCE_KM} km from it",
        advice="Check the coordinates; latitude and longitude may be the wrong way round.",
    ),
)

SERVICE_SITE: Final = Contract(
    table="service_sites",
    title="Sites of services",
    row="place where a service sees people",
    fields=(
        identifier("site_id", "The office's code of the site"),
        _SERVICE_ID,
        code("site_type", SITE_TYPE, "Kind of place", is_required=True),
        _degrees("latitude", "Degrees north; never for a confidential site", 49, 61),
        _degrees("longitude", "Degrees east; never for a confidential site", -9, 2),
        amount("days_per_week", "Days a week on which it is open", most=7),
        SAMPLE_FIELD,
    ),
    rules=_SITE_RULES,
    is_about_people=False,
    unique=("site_id",),
    context=MappingProxyType[str, pl.DataType](
        {"_service_known": pl.Boolean(), "_distance_km": pl.Float64()}
    ),
)
"""Context: `_distance_km`, from the site to the force area in a straight line, 0 within it; null
where the site has no coordinates."""
