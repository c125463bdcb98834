"""A published file of a few invented rows, small enough to work every figure out by hand.

Bromsgrove has 12,000 residents, 10 burglaries and 4 antisocial incidents every month, and 5
shopliftings a month until January 2026, 9 from then on. Redditch has 24,000 residents, 20
burglaries and 6 incidents. Two burglaries a month have no location, one lies outside. Force A
has 100,000 residents and 100 + 3 burglaries. Two years to September 2026; the home force lacks
February 2025. Referrals are protected cells, listed in `tiny_cells.py`.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

import duckdb
import polars as pl

from schemas.codes import ANTISOCIAL_BEHAVIOUR, OUTCOME_GROUPS, ROW_TYPES
from schemas.published import SCHEMA_VERSION, TABLES, enum_ddl
from schemas.published_table import Table
from tests.support.tiny_cells import COUNTS, POLICY, WAITS
from tests.support.tiny_fraud import REPORTS
from tests.support.tiny_need import ASSUMPTIONS, POPULATION

HOME, OTHER = "E23000016", "SAMPLE-A"
BROMSGROVE, REDDITCH = "E07000234", "E07000236"
NORTH = "E22000368"
FIRST, LAST, GAP = date(2024, 10, 1), date(2026, 9, 1), date(2025, 2, 1)
MONTHS = tuple(date(2024 + (9 + n) // 12, (9 + n) % 12 + 1, 1) for n in range(24))

Row = tuple[Any, ...]
_CHARGED, _UNABLE = "Suspect charged", "Unable to prosecute suspect"
_OPEN, _NOBODY = "Under investigation", "Investigation complete; no suspect identified"


def write_version(
    data_dir: Path,
    number: int = 1,
    *,
    point: bool = True,
    schema_version: int = SCHEMA_VERSION,
    has_crime: bool = True,
    cells: Sequence[Row] = COUNTS,
    waits: Sequence[Row] = WAITS,
    fraud: Sequence[Row] = REPORTS,
    changes: Sequence[Row] = (),
) -> Path:
    """Write `wh-<number>-….duckdb` and, with `point`, let CURRENT name it; return its path.

    It is named after what is in it, as versions are: what is kept of one is no answer of another.
    """
    published = data_dir / "published"
    published.mkdir(parents=True, exist_ok=True)
    rows = (tuple(cells), tuple(waits), tuple(fraud), tuple(changes))
    told = (number, schema_version, has_crime, *rows)
    version = f"wh-{number}-{crc32(repr(told).encode()):08x}"
    path = published / f"{version}.duckdb"
    path.write_bytes(_content(version, *told))
    if point:
        (published / "CURRENT").write_text(path.name + "\n", encoding="utf-8")
        (published / "last-load.json").write_text(json.dumps({"outcome": "published"}))
    return path


@lru_cache(maxsize=8)
def _content(
    version: str,
    number: int,
    schema_version: int,
    has_crime: bool,
    cells: tuple[Row, ...],
    waits: tuple[Row, ...],
    fraud: tuple[Row, ...],
    changes: tuple[Row, ...],
) -> bytes:
    """Return a version's bytes: hundreds of tests ask for the same, which takes long to write."""
    given = {
        "cube_protected_count": cells,
        "cube_protected_wait": waits,
        "fact_fraud_report": fraud,
        "cube_protected_change": changes,
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "version.duckdb")
        with duckdb.connect(str(path)) as connection:
            for statement in enum_ddl():
                connection.execute(statement)
            for table in TABLES:
                build = _build(version, number, schema_version)
                rows = given.get(table.name) or _rows(table.name, build, has_crime=has_crime)
                _fill(connection, table, list(rows))
            connection.execute("checkpoint")
        return path.read_bytes()


def _fill(connection: duckdb.DuckDBPyConnection, table: Table, rows: list[Row]) -> None:
    connection.execute(table.ddl())
    if rows:
        columns = [column.name for column in table.columns]
        frame = pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)
        connection.register("frame", frame)
        connection.execute(f"insert into {table.name} from frame")
        connection.unregister("frame")


def _build(version: str, number: int, schema_version: int) -> Row:
    built = datetime(2026, 11, number, 9, 0)
    hashes = ("0" * 64, 1.0, "0" * 64)
    return (number, version, schema_version, built, built.date(), *hashes)


def _rows(table: str, build: Row, *, has_crime: bool) -> Iterator[Row]:
    fixed: dict[str, list[Row]] = {
        "meta_build": [build],
        "meta_source": _source(build[3], has_crime=has_crime),
        "dim_area": _AREAS,
        "dim_small_area": _SMALL_AREAS,
        "dim_crime_type": [
            (each, each != ANTISOCIAL_BEHAVIOUR, n) for n, each in enumerate(ROW_TYPES)
        ],
        "dim_outcome": [
            (each, group, n)
            for n, (group, each) in enumerate(
                (group, each) for group, members in OUTCOME_GROUPS.items() for each in members
            )
        ],
        "meta_protection": POLICY,
        "dim_population": POPULATION,
        "dim_assumption": ASSUMPTIONS,
        "dim_provider": [("P1", "The provider", "CHARITY", "N", None, None)],
        "dim_service": [("S1", "P1", "The service", *[None] * 25)],
        "dim_outline": [(BROMSGROVE, 1, 0, 1, -2.1, 52.3), (BROMSGROVE, 1, 0, 2, -2.0, 52.4)],
        "meta_boundary": [CARRIED],
    }
    if table in fixed:
        yield from fixed[table]
    elif has_crime and table in _BY_MONTH:
        for month in MONTHS:
            yield from _BY_MONTH[table](month)


def _source(built: datetime, *, has_crime: bool) -> list[Row]:
    period = (FIRST, LAST) if has_crime else (None, None)
    return [
        (
            "police_uk",
            "crime",
            "Crime",
            "Invented",
            "None",
            True,
            *period,
            built,
            date(2026, 12, 1),
        )
    ]


def _area(
    code: str, kind: str, name: str, force: str, partnership: str | None, residents: int | None
) -> Row:
    is_home = force == HOME
    basis = "Census 2021" if is_home else "mid-2020 estimate"
    facts = (name, force, partnership, residents, basis, 100.0, is_home, not is_home)
    return (code, kind, name, *facts, not is_home, date(2023, 4, 1), None, 0)


CARRIED: Row = (
    *(0, "in use", "Outlines carried", None, None, None, 9, 9, 0, 2, None, None),
    *("Outlines are generalised.", ""),
)
"""The one row of the outlines that the product carries."""

_AREAS = [
    _area(HOME, "force", "West Mercia", HOME, None, 36_000),
    _area(NORTH, "partnership", "North Worcestershire", HOME, NORTH, 36_000),
    _area(BROMSGROVE, "district", "Bromsgrove", HOME, NORTH, 12_000),
    _area(REDDITCH, "district", "Redditch", HOME, NORTH, 24_000),
    _area(OTHER, "force", "Force A", OTHER, None, 100_000),
    _area("E23000014", "force", "West Midlands", "E23000014", None, 2_900_000),
]


def _small_area(code: str, district: str, residents: int, *, is_rural: bool) -> Row:
    kind = ("RLN1", "Larger rural") if is_rural else ("UN1", "Urban")
    return (code, f"Place {code}", district, 52.3, -2.0, residents, 50.0, *kind, is_rural, 5)


_SMALL_AREAS = [
    _small_area("E01000001", BROMSGROVE, 4_000, is_rural=True),
    _small_area("E01000002", BROMSGROVE, 8_000, is_rural=False),
    _small_area("E01000003", REDDITCH, 24_000, is_rural=False),
    _small_area("E01000004", REDDITCH, 0, is_rural=False),
]


def _coverage(month: date) -> Iterator[Row]:
    is_supplied = month != GAP
    yield HOME, month, is_supplied, 59 if is_supplied else None, None
    yield OTHER, month, True, 112, None


def _crime(month: date) -> Iterator[Row]:
    yield from ((OTHER, None, area, month, kind, n) for area, kind, n in _OTHER_CELLS)
    if month != GAP:
        yield from ((*area, month, kind, n) for area, kind, n in _home_cells(month))


_OTHER_CELLS = (
    ("FORCE_ONLY", "Burglary", 100),
    ("NONE", "Burglary", 3),
    ("FORCE_ONLY", ANTISOCIAL_BEHAVIOUR, 9),
)


def _home_cells(month: date) -> Iterator[tuple[Row, str, int]]:
    bromsgrove, redditch = (HOME, NORTH, BROMSGROVE), (HOME, NORTH, REDDITCH)
    yield bromsgrove, "Burglary", 10
    yield bromsgrove, "Shoplifting", shopliftings(month)
    yield bromsgrove, ANTISOCIAL_BEHAVIOUR, 4
    yield redditch, "Burglary", 20
    yield redditch, ANTISOCIAL_BEHAVIOUR, 6
    yield (HOME, None, "NONE"), "Burglary", 2
    yield (HOME, None, "OUTSIDE"), "Burglary", 1


def shopliftings(month: date) -> int:
    """Return Bromsgrove's shopliftings in a month."""
    return 9 if month >= date(2026, 2, 1) else 5


def _outcomes(month: date) -> Iterator[Row]:
    for area, kind, n in _home_cells(month):
        if month == GAP or kind == ANTISOCIAL_BEHAVIOUR:
            continue
        is_mixed = area[2] == BROMSGROVE and kind == "Burglary"
        mix = ((_CHARGED, 2), (_UNABLE, 5), (_OPEN, 3)) if is_mixed else ((_NOBODY, n),)
        yield from ((*area, month, kind, outcome, count) for outcome, count in mix)


def _located(month: date) -> Iterator[tuple[str, str, str, int]]:
    if month != GAP:
        yield "E01000001", BROMSGROVE, "Burglary", 4
        yield "E01000002", BROMSGROVE, "Burglary", 6
        yield "E01000002", BROMSGROVE, "Shoplifting", shopliftings(month)
        yield "E01000001", BROMSGROVE, ANTISOCIAL_BEHAVIOUR, 4
        yield "E01000003", REDDITCH, "Burglary", 20
        yield "E01000003", REDDITCH, ANTISOCIAL_BEHAVIOUR, 6


def _small_area_cube(month: date) -> Iterator[Row]:
    for small, district, kind, n in _located(month):
        yield small, HOME, NORTH, district, month, kind, n


def _hexagons(month: date) -> Iterator[Row]:
    for small, district, kind, n in _located(month):
        yield f"88{small}", f"87{district}", HOME, NORTH, district, month, kind, n


_BY_MONTH = {
    "meta_coverage": _coverage,
    "cube_crime": _crime,
    "cube_outcome": _outcomes,
    "cube_small_area": _small_area_cube,
    "cube_hexagon": _hexagons,
}
