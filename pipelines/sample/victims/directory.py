"""The directory: providers, services, the areas and groups they serve, and their sites."""

from datetime import date
from typing import Final

import polars as pl

from pipelines.sample.victims.catalogue import PROVIDERS, Provider, Service
from pipelines.sample.victims.services import SERVICES
from schemas.codes import SAMPLE_MARK
from schemas.supplied.lists import CRIME_GROUP

_TOWNS: Final = {
    "Hereford": (52.057, -2.716),
    "Shrewsbury": (52.708, -2.754),
    "Ludlow": (52.368, -2.718),
    "Telford": (52.678, -2.449),
    "Worcester": (52.194, -2.221),
    "Redditch": (52.307, -1.943),
    "Kidderminster": (52.388, -2.249),
    "Bromsgrove": (52.336, -2.061),
    "Malvern": (52.112, -2.327),
    "Evesham": (52.093, -1.948),
}
"""Rough middles of towns, to two hundredths of a degree or so; no body's address."""

_NORTH_TOWNS: Final = ("Shrewsbury", "Telford", "Ludlow")
_SOUTH_TOWNS: Final = ("Worcester", "Hereford", "Redditch", "Kidderminster")
_CHECKED: Final = date(2026, 7, 14)


def make_directory() -> dict[str, pl.DataFrame]:
    """Return the five tables of the directory by name. Refuges have no place."""
    tables = {
        "providers": pl.DataFrame([_provider(each) for each in PROVIDERS]),
        "services": pl.DataFrame([_service(each) for each in SERVICES]),
        "service_areas": pl.DataFrame(
            [
                {"service_id": each.service_id, "la_code": code}
                for each in SERVICES
                for code in each.areas
            ]
        ),
        "service_groups": pl.DataFrame([row for each in SERVICES for row in _groups(each)]),
        "service_sites": pl.DataFrame([row for each in SERVICES for row in _sites(each)]),
    }
    return {
        name: table.with_columns(sample_mark=pl.lit(SAMPLE_MARK)) for name, table in tables.items()
    }


def _provider(each: Provider) -> dict[str, object]:
    return {
        "provider_id": each.provider_id,
        "provider_name": each.name,
        "type": each.kind,
        "by_and_for": each.by_and_for,
        "website_has_code": each.website_has_code,
        "website_checked": _CHECKED,
    }


def _service(each: Service) -> dict[str, object]:
    number = int(each.service_id[1:])
    return {
        "service_id": each.service_id,
        "provider_id": each.provider_id,
        "service_name": each.name,
        "support_types": "|".join(each.support),
        "funding_route": each.funding_route,
        "commissioner": each.commissioner,
        "stream": each.stream,
        "contract_start": each.start,
        "contract_end": each.end,
        "extension_option_months": each.extension_months,
        "annual_value_gbp": each.value,
        "capacity_unit": each.capacity_unit,
        "capacity_value": each.capacity,
        "caseload_target": each.capacity if each.capacity_unit == "CASELOAD" else None,
        "first_contact_days": each.contact_days,
        "eligibility_min_age": each.least_age,
        "eligibility_max_age": each.most_age,
        "eligibility_sex": each.sex,
        "accepts_unreported": each.accepts_unreported,
        "self_referral": each.self_referral,
        "referral_routes": "|".join(each.sources),
        "opening_hours": "Mon-Sun 08:00-20:00" if number == 1 else "Mon-Fri 09:00-17:00",
        "out_of_hours": "Y" if each.service_id in ("S01", "S07") else "N",
        "languages": "English, interpreters on request",
        "accessible_site": ("Y", "PART", "Y", "N")[number % 4],
        "pilot": each.pilot,
        "in_directory": "N" if each.service_id == "S24" else "Y",
        "last_verified": date(2026, 1 + number % 9, 10),
    }


def _groups(each: Service) -> list[dict[str, object]]:
    crimes = [
        {"crime_group": code, "priority_flag": None, "specialist": _specialist(each, code)}
        for code in each.groups
        if code != "NK"
    ]
    flags = [
        {"crime_group": None, "priority_flag": code, "specialist": "Y"}
        for code in each.specialist
        if code not in CRIME_GROUP
    ]
    return [{"service_id": each.service_id, **row} for row in (*crimes, *flags)]


def _specialist(each: Service, code: str) -> str:
    return "Y" if code in each.specialist else "N"


def _sites(each: Service) -> list[dict[str, object]]:
    """Return a service's sites; in Herefordshire none stands outside the city."""
    if each.capacity_unit == "BEDS":
        return [_site(each, number, None) for number in (1, 2, 3)]
    towns = _towns_of(each)
    return [_site(each, number, town) for number, town in enumerate(towns, start=1)]


def _towns_of(each: Service) -> tuple[str, ...]:
    number = int(each.service_id[1:])
    if each.areas == ("ALL",):
        towns = tuple(_TOWNS)
        return (towns[number % len(towns)], towns[(number + 4) % len(towns)])
    north = "E06000051" in each.areas
    south = "E07000237" in each.areas
    own = (*(_NORTH_TOWNS if north else ()), *(_SOUTH_TOWNS if south else ()))
    has_county = "E06000019" in each.areas
    return tuple(town for town in own if town != "Hereford" or has_county)


def _site(each: Service, number: int, town: str | None) -> dict[str, object]:
    place = _TOWNS.get(town or "")
    kind = "REFUGE_NOT_LOCATED" if place is None else _kind(each, number)
    return {
        "site_id": f"{each.service_id}-{number}",
        "service_id": each.service_id,
        "site_type": kind,
        "latitude": None if place is None else _shifted(place[0], each, number),
        "longitude": None if place is None else _shifted(place[1], each, number),
        "days_per_week": 7 if place is None else 5 if number == 1 else 2,
    }


def _kind(each: Service, number: int) -> str:
    if each.service_id == "S22":
        return "SARC"
    return "OFFICE" if number == 1 else "OUTREACH"


def _shifted(degrees: float, each: Service, number: int) -> float:
    """Return the place moved a little, so that sites of one town do not lie on one another."""
    step = (int(each.service_id[1:]) * 7 + number * 3) % 11 - 5
    return round(degrees + step * 0.0012, 4)
