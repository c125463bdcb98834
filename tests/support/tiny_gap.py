"""Services, sites and people beyond the border, in round numbers, added to a published file.

A tenth of a degree of latitude is 11.12 km, by assumption 17.3 minutes from a rural place and 28.9
from an urban one. In the south (52.3) lives small area 1, rural, with 4,000 residents of
Bromsgrove; in the north (52.4) live 8,000 of Bromsgrove, 24,000 of Redditch, and nobody. Beyond
the border 6,000 live in the country, 11.12 km south of small area 1, and 12,000 very far away.

Of domestic abuse 400 in Bromsgrove and 800 in Redditch need support in a year (100 and 200 at
least, 1,000 and 2,000 at most). For them there are:

- Advocates: everywhere, a caseload of 40 for 100 people a year; an office in the south.
- Visits: for Redditch, 60 referrals a year; in the north an office on 3 days and outreach on 2.
- Helpline: everywhere, for everyone, 500 referrals a year; no site.
- Refuge: for Bromsgrove, 10 beds for 30 people a year; confidential.
- Circle: for Redditch, an office in the north, no capacity stated. Past: ended.

For victims of rape there is a Van: everywhere, 10 referrals a year, outreach in the north. A
journey of 20 minutes is within reach. Bromsgrove is drawn as a square with a square hole.
"""

from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb

from tests.support.tiny_directory import remove_directory
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH

ADVOCATES, VISITS, HELPLINE, REFUGE, CIRCLE, PAST, VAN = (f"S-{each}" for each in "AVHRCPN")
SOUTH, NORTH = (52.3, -2.0), (52.4, -2.0)
NEAR_BORDER, FAR_AWAY = "E01900001", "E01900002"

_USUAL: Final = {
    "provider_id": "P-1",
    "funding_route": "CONTRACT",
    "commissioner": "PCC",
    "contract_start": date(2024, 4, 1),
    "contract_end": date(2027, 3, 31),
}
_SERVICES: Final[tuple[tuple[str, str, str | None, float | None], ...]] = (
    (ADVOCATES, "Advocates", "CASELOAD", 40.0),
    (VISITS, "Visits", "REFERRALS_YEAR", 60.0),
    (HELPLINE, "Helpline", "REFERRALS_YEAR", 500.0),
    (REFUGE, "Refuge", "BEDS", 10.0),
    (CIRCLE, "Circle", None, None),
    (PAST, "Past", "REFERRALS_YEAR", 900.0),
    (VAN, "Van", "REFERRALS_YEAR", 10.0),
)
_AREAS: Final = {VISITS: REDDITCH, REFUGE: BROMSGROVE, CIRCLE: REDDITCH}
_SITES: Final = (
    (ADVOCATES, "OFFICE", SOUTH, 5),
    (VISITS, "OFFICE", NORTH, 3),
    (VISITS, "OUTREACH", NORTH, 2),
    (REFUGE, "REFUGE_NOT_LOCATED", (None, None), 7),
    (CIRCLE, "OFFICE", NORTH, 5),
    (PAST, "OFFICE", SOUTH, 5),
    (VAN, "OUTREACH", NORTH, None),
)
_BORDER: Final = (
    (NEAR_BORDER, "E07000000", "Elsewhere", 52.2, -2.0, 6_000, "RLN1", True, 5.0),
    (FAR_AWAY, "E07000000", "Elsewhere", 51.0, -2.0, 12_000, "UN1", False, 30.0),
)
_OUTER: Final = ((-2.2, 52.2), (-1.8, 52.2), (-1.8, 52.5), (-2.2, 52.5))
_HOLE: Final = ((-1.9, 52.34), (-1.84, 52.34), (-1.84, 52.4), (-1.9, 52.4))
_ASSUMED: Final = (("TRAVEL_LIMIT", 15, 20, 60), ("TRAVEL_BORDER", 0, 1, 1))


def add_gap(path: Path) -> None:
    """Write the services and the people beyond the border into a file that nobody has open."""
    remove_directory(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update dim_small_area set latitude = 52.4 where small_area_code <> 'E01000001'"
        )
        connection.executemany("insert into dim_border_area values (?,?,?,?,?,?,?,?,?)", _BORDER)
        connection.execute("delete from dim_outline")
        for table, rows in _rows().items():
            for row in rows:
                marks = ", ".join("?" * len(row))
                connection.execute(
                    f"insert into {table} ({', '.join(row)}) values ({marks})", [*row.values()]
                )


def _rows() -> dict[str, list[dict[str, Any]]]:
    services = [
        {
            **_USUAL,
            "service_id": code,
            "service_name": name,
            "capacity_unit": unit,
            "capacity_value": value,
            **({"contract_end": date(2026, 3, 31)} if code == PAST else {}),
        }
        for code, name, unit, value in _SERVICES
    ]
    return {
        "dim_service": services,
        "fact_service_area": [
            {"service_id": code, "la_code": _AREAS.get(code, "ALL")} for code, *_ in _SERVICES
        ],
        "fact_service_group": [
            {
                "service_id": code,
                "crime_group": "RASSO" if code == VAN else "DA",
                "specialist": "Y",
            }
            for code, *_ in _SERVICES
            if code != HELPLINE
        ],
        "fact_service_site": [
            {
                "service_id": code,
                "site_id": f"{code}-{number}",
                "site_type": kind,
                "latitude": latitude,
                "longitude": longitude,
                "days_per_week": days,
            }
            for number, (code, kind, (latitude, longitude), days) in enumerate(_SITES)
        ],
        "dim_outline": [
            {
                "area_code": BROMSGROVE,
                "part": 1,
                "ring": ring,
                "vertex": vertex,
                "longitude": longitude,
                "latitude": latitude,
            }
            for ring, corners in enumerate((_OUTER, _HOLE))
            for vertex, (longitude, latitude) in enumerate(corners, 1)
        ],
        "dim_assumption": [
            {
                "assumption_id": code,
                "name": code,
                "low": low,
                "central": central,
                "high": high,
                "unit": "minutes",
                "entered_on": date(2026, 4, 1),
                "status": "DRAFT",
            }
            for code, low, central, high in _ASSUMED
        ],
    }
