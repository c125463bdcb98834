"""A directory of four invented services, as of November 2026, added to a published file.

- Helpline: the commissioner's contract to 31 March 2027 for £100,000; everywhere, for everyone,
  by telephone only; confirmed in October 2026.
- Safe house: the council's contract to 30 September 2027 without a value; in Redditch, for
  domestic abuse, women aged 18 and over; one confidential site; never confirmed.
- Court help: paid for nationally, ended on 31 March 2026, £50,000; in Bromsgrove; two sites there,
  1 km apart, and one in Redditch.
- Friends: not funded; everywhere, for older people and burglary; one site in Bromsgrove.
"""

import tempfile
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import duckdb

from schemas.codes import ABOUT_SERVICES
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH

HELPLINE, SAFE_HOUSE, COURT_HELP, FRIENDS = "S-1", "S-2", "S-3", "S-4"
_SOURCES: Final = ("services", "providers", "service_areas", "service_groups", "service_sites")
_USUAL: Final = {
    "provider_id": "P-1",
    "support_types": ["EMOTIONAL"],
    "funding_route": "CONTRACT",
    "commissioner": "PCC",
    "contract_start": date(2024, 4, 1),
    "extension_option_months": 0,
    "self_referral": "Y",
    "accepts_unreported": "Y",
    "referral_routes": ["POLICE", "SELF"],
    "last_verified": date(2026, 10, 1),
}
SERVICES: Final[tuple[dict[str, Any], ...]] = (
    {
        **_USUAL,
        "service_id": HELPLINE,
        "service_name": "Helpline",
        "contract_end": date(2027, 3, 31),
        "extension_option_months": 12,
        "annual_value_gbp": 100_000.0,
        "opening_hours": "Mon-Sun 08:00-20:00",
        "languages": "English; Polish",
    },
    {
        **_USUAL,
        "service_id": SAFE_HOUSE,
        "provider_id": "P-2",
        "service_name": "Safe house",
        "commissioner": "LA",
        "contract_end": date(2027, 9, 30),
        "eligibility_sex": "F",
        "eligibility_min_age": 18,
        "eligibility_max_age": 120,
        "self_referral": "N",
        "last_verified": None,
    },
    {
        **_USUAL,
        "service_id": COURT_HELP,
        "service_name": "Court help",
        "funding_route": "NATIONAL",
        "commissioner": "MOJ",
        "contract_end": date(2026, 3, 31),
        "annual_value_gbp": 50_000.0,
        "accepts_unreported": "N",
    },
    {
        **_USUAL,
        "service_id": FRIENDS,
        "provider_id": "P-2",
        "service_name": "Friends <b>& more</b>",
        "funding_route": "NOT_FUNDED",
        "commissioner": None,
        "contract_end": date(2027, 3, 31),
        "annual_value_gbp": 9_000.0,
        "last_verified": date(2026, 4, 30),
    },
)
_ROWS: Final[dict[str, list[dict[str, Any]]]] = {
    "dim_provider": [
        {"provider_id": "P-1", "provider_name": "Lantern"},
        {"provider_id": "P-2", "provider_name": "Harbour"},
    ],
    "fact_service_area": [
        {"service_id": HELPLINE, "la_code": "ALL"},
        {"service_id": SAFE_HOUSE, "la_code": REDDITCH},
        {"service_id": COURT_HELP, "la_code": BROMSGROVE},
        {"service_id": FRIENDS, "la_code": "ALL"},
    ],
    "fact_service_group": [
        {"service_id": SAFE_HOUSE, "crime_group": "DA", "specialist": "Y"},
        {"service_id": COURT_HELP, "crime_group": "RASSO", "specialist": "N"},
        {"service_id": FRIENDS, "priority_flag": "ELDER", "specialist": "Y"},
        {"service_id": FRIENDS, "crime_group": "BURG_RES", "specialist": "N"},
    ],
    "fact_service_site": [
        {"site_id": "1", "service_id": SAFE_HOUSE, "site_type": "REFUGE_NOT_LOCATED"},
        *(
            {
                "site_id": site_id,
                "service_id": service_id,
                "site_type": "OFFICE",
                "latitude": latitude,
                "longitude": longitude,
            }
            for site_id, service_id, latitude, longitude in (
                ("2", COURT_HELP, 52.330, -2.060),
                ("3", COURT_HELP, 52.339, -2.060),
                ("4", COURT_HELP, 52.300, -1.940),
                ("5", FRIENDS, 52.331, -2.061),
            )
        ),
    ],
}


def add_directory(path: Path, *, is_invented: bool = True) -> None:
    """Write the directory, and its sources, into a published file that nobody has open."""
    path.write_bytes(_with_directory(path.read_bytes(), is_invented))


@lru_cache(maxsize=4)
def _with_directory(content: bytes, is_invented: bool) -> bytes:
    """Return a version's bytes with the directory: many tests ask for the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "version.duckdb")
        path.write_bytes(content)
        remove_directory(path)
        with duckdb.connect(str(path)) as connection:
            given = {**_ROWS, "dim_service": SERVICES, "meta_source": _sources(is_invented)}
            for table, rows in given.items():
                for row in rows:
                    marks = ", ".join("?" * len(row))
                    connection.execute(
                        f"insert into {table} ({', '.join(row)}) values ({marks})", [*row.values()]
                    )
        return path.read_bytes()


def _sources(is_invented: bool) -> list[dict[str, object]]:
    return [
        {
            "source_key": key,
            "subject": ABOUT_SERVICES,
            "source_name": key,
            "is_invented": is_invented,
            "last_loaded_at": datetime(2026, 11, 1, 9, 0),
        }
        for key in _SOURCES
    ]


def remove_directory(path: Path) -> None:
    """Take every service out of a published file that nobody has open."""
    with duckdb.connect(str(path)) as connection:
        for table in (*_ROWS, "dim_service"):
            connection.execute(f"delete from {table}")
        connection.execute("delete from meta_source where list_contains(?, source_key)", [_SOURCES])
