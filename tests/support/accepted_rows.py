"""Accepted rows about invented people, typed as the loader keeps them: say only what matters."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from types import MappingProxyType
from typing import Any, Final

import polars as pl

from pipelines.protection.areas import AreaTree
from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.field import TYPES

AS_OF: Final = date(2026, 11, 1)
HOME: Final = "E23000016"
BROMSGROVE: Final = "E07000234"
REDDITCH: Final = "E07000236"
SHROPSHIRE: Final = "E06000051"

TREE: Final = AreaTree(
    force=HOME,
    districts=(BROMSGROVE, REDDITCH, SHROPSHIRE, "OUT", "NK"),
    partnerships=MappingProxyType({"NORTH": (BROMSGROVE, REDDITCH)}),
    providers=MappingProxyType({"S1": "P1", "S2": "P1", "S3": "P2"}),
)
RURAL: Final = MappingProxyType({"E01000001": True, "E01000002": False})

_DIRECTORY: Final[Mapping[str, list[dict[str, Any]]]] = MappingProxyType(
    {
        "providers": [{"provider_id": "P1"}, {"provider_id": "P2"}],
        "services": [
            {"service_id": "S1", "provider_id": "P1", "first_contact_days": 3},
            {"service_id": "S2", "provider_id": "P1"},
            {"service_id": "S3", "provider_id": "P2"},
        ],
        "ref_code_standard": [
            {"event": event, "owner": owner, "standard_days": days, "enhanced_days": enhanced}
            | {"clock_start": clock, "effective_from": date(2021, 4, 1)}
            for event, owner, days, enhanced, clock in (
                ("REFERRAL", "POLICE", 2, 2, "REPORT"),
                ("ARREST", "POLICE", 5, 1, "EVENT"),
                ("NO_INVESTIGATION", "POLICE", 5, 1, "EVENT"),
                ("HEARING_DATE", "WCU", 1, 1, "INFO_RECEIVED"),
                ("COMPLAINT", "POLICE", 10, 10, "INFO_RECEIVED"),
                ("VRR", "POLICE", 30, 30, "INFO_RECEIVED"),
            )
        ],
    }
)
_numbers: Final = count()


def accepted(**tables: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """Return every supplied table, empty where it is not named; a small directory goes with it."""
    given = {**_DIRECTORY, **tables}
    return {
        each.table: pl.DataFrame(
            [{name: row.get(name) for name in each.names} for row in given.get(each.table, [])],
            schema={field.name: TYPES[field.kind] for field in each.fields},
            orient="row",
        )
        for each in CONTRACTS
    }


def referral(day: date, **fields: Any) -> dict[str, Any]:
    """Return a referral received on a day, of a person of its own, with nothing done so far."""
    number = next(_numbers)
    return {
        "referral_id": f"R{number}",
        "person_key": f"person-{number:012d}",
        "provider_id": "P1",
        "service_id": "S1",
        "source": "POLICE",
        "crime_group": "DA",
        "online_flag": "N",
        "la_code": REDDITCH,
        "age_band": "25-34",
        "sex": "F",
        "ethnic_group": "WHITE",
        "disability": "N",
        "enhanced": "Y",
        "date_referred": day,
        "date_received": day,
        "status": "RECEIVED",
        **fields,
    }


def supported(day: date, start: date, **fields: Any) -> dict[str, Any]:
    """Return a referral received on one day, accepted on it, with support from another."""
    return referral(day, date_accepted=day, date_support_start=start, status="ACTIVE", **fields)


def case(day: date, **fields: Any) -> dict[str, Any]:
    """Return the case of a person whose crime was reported on a day, with nothing done so far."""
    number = next(_numbers)
    return {
        "case_key": f"C{number}",
        "person_key": f"person-{number:012d}",
        "la_code": REDDITCH,
        "crime_group": "BURG_RES",
        "victim_type": "PERSON",
        "date_reported": day,
        "date_recorded": day,
        "enhanced": "N",
        **fields,
    }


def update(day: date, **fields: Any) -> dict[str, Any]:
    """Return the duty to tell of an arrest on a day, in a case that is not loaded."""
    return {
        "case_key": f"C{next(_numbers)}",
        "event": "ARREST",
        "owner": "POLICE",
        "event_date": day,
        "enhanced": "N",
        **fields,
    }


def the(
    cells: pl.DataFrame,
    measure: str,
    first: date,
    last: date | None = None,
    *,
    area: str = HOME,
    column: str = "true_count",
    **splits: Any,
) -> Any:
    """Return the one cell of a measure, period, area and values of splits; fail without it."""
    named = [*sorted(splits.items()), ("", ""), ("", "")][:2]
    found = cells.filter(
        pl.col("measure") == measure,
        pl.col("first_month") == first,
        pl.col("last_month") == (last or first),
        pl.col("area_code") == area,
        *(
            (pl.col(f"split_{n}") == split) & (pl.col(f"value_{n}") == value)
            for n, (split, value) in enumerate(named, start=1)
        ),
    )
    return found[column].item()
