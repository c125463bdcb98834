"""The published file: its tables and columns. The pipelines write it; the dashboard reads it."""

from typing import Final

from schemas.codes import OUTCOMES, ROW_TYPES, SUBJECTS
from schemas.published_people import PEOPLE_TABLES
from schemas.published_supplied import SUPPLIED_TABLES
from schemas.published_table import Column, Table

SCHEMA_VERSION: Final = 7
"""Raised whenever a table or column changes meaning. The dashboard refuses other versions."""

POINTER_NAME: Final = "CURRENT"
"""File in `published/` that holds the name of the version being served."""

LAST_LOAD_NAME: Final = "last-load.json"
"""File in `published/` that tells how the latest load ended, whether or not it published."""

PINS_PATH: Final = "workspace/pinned-versions.txt"
"""File in the data folder that names the versions to keep whatever their age, one a line."""

VERSION_PATTERN: Final = "wh-([0-9]{1,9})-([0-9a-f]{8})"
FILE_PATTERN: Final = rf"{VERSION_PATTERN}\.duckdb"


def enum_ddl() -> tuple[str, ...]:
    """Return the statements that create the enumerations used by the cubes."""
    return (
        f"create type crime_type as enum ({_quoted(ROW_TYPES)})",
        f"create type outcome as enum ({_quoted(OUTCOMES)})",
    )


def _quoted(values: tuple[str, ...]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)


_AREA_KEYS: Final = (
    Column("force_code", "varchar", "Police force area code, as published"),
    Column(
        "partnership_code",
        "varchar",
        "Community safety partnership code; empty outside the districts",
    ),
    Column("area_code", "varchar", "District code, or NONE, OUTSIDE or FORCE_ONLY"),
)
_MONTH: Final = Column("month", "date", "First day of the month the police recorded it in")
_CRIME_TYPE: Final = Column("crime_type", "crime_type", "Crime type as police.uk names it")
_RECORD_COUNT: Final = Column("record_count", "integer", "Rows counted")

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "meta_build",
        "published file",
        (
            Column("version_number", "integer", "Counts up by one with each version"),
            Column("version_name", "varchar", "File name without its ending"),
            Column("schema_version", "integer", "Version of this contract"),
            Column("built_at", "timestamp", "When it was built, UTC"),
            Column("as_of_date", "date", "The day that clocks read as today"),
            Column("content_sha256", "varchar", "Hash of the loaded content, whatever its order"),
            Column("build_seconds", "double", "Time the build took"),
            Column(
                "people_sha256",
                "varchar",
                "Hash of what the tables about people follow from: files, numbers, program, day",
            ),
        ),
    ),
    Table(
        "meta_source",
        "source",
        (
            Column("source_key", "varchar", "Our name for the source, such as police_uk"),
            Column("subject", "varchar", "What it is about: crime, victim services or the like"),
            Column("source_name", "varchar", "Name as shown to readers"),
            Column("publisher", "varchar", "Who publishes it"),
            Column("licence", "varchar", "Licence, with the attribution it asks for"),
            Column("is_invented", "boolean", "True when the figures are the invented sample"),
            Column("period_from", "date", "First month held; empty for what has no period"),
            Column("period_to", "date", "Latest month held"),
            Column("last_loaded_at", "timestamp", "When a file was last loaded, UTC"),
            Column("next_due", "date", "When the next period is expected; empty when none is"),
        ),
        checks=(f"subject in ({_quoted(SUBJECTS)})",),
    ),
    Table(
        "meta_file",
        "file that was offered, newest load last",
        (
            Column("load_number", "integer", "Order of loading"),
            Column("source_key", "varchar", "Which source it belongs to"),
            Column("file_name", "varchar", "Name without folder; member name for an archive"),
            Column("archive_name", "varchar", "Archive it came in, if any"),
            Column("file_sha256", "varchar", "Hash of the CSV's bytes, decompressed"),
            Column("vintage", "varchar", "Month the archive was issued, YYYY-MM, if known"),
            Column("status", "varchar", "loaded, replaced or refused"),
            Column("rows_read", "integer", "Data rows in the file"),
            Column("rows_loaded", "integer", "Rows that passed the contract"),
            Column("rows_set_aside", "integer", "Rows that did not"),
            Column("loaded_at", "timestamp", "When, UTC"),
            Column("message", "varchar", "Why it was refused or replaced; empty when loaded"),
        ),
    ),
    Table(
        "meta_file_month",
        "force and month in a loaded file",
        (
            Column("file_sha256", "varchar", "The file"),
            Column("force_code", "varchar", "Police force area code"),
            _MONTH,
            Column("rows_loaded", "integer", "Rows of that force and month"),
            Column("is_current", "boolean", "True for the copy that is counted"),
        ),
    ),
    Table(
        "meta_set_aside",
        "fault in a row that was set aside",
        (
            Column("file_sha256", "varchar", "The file"),
            Column("file_name", "varchar", "Its name"),
            Column("line", "integer", "Physical line in the file, the header being line 1"),
            Column("column_name", "varchar", "Column at fault; empty when the whole row is"),
            Column("value", "varchar", "What stood there (open sources only)"),
            Column("reason", "varchar", "Reason code, such as BAD_MONTH"),
            Column("expected", "varchar", "What was expected"),
            Column("advice", "varchar", "What to do"),
        ),
    ),
    Table(
        "meta_warning",
        "kind of oddity in a file whose rows were loaded all the same",
        (
            Column("file_sha256", "varchar", "The file"),
            Column("file_name", "varchar", "Its name"),
            Column("reason", "varchar", "Reason code, such as OUT_OF_AREA"),
            Column("detail", "varchar", "What it concerns, such as a crime type"),
            Column("row_count", "integer", "Rows concerned"),
            Column("message", "varchar", "In plain words"),
        ),
    ),
    Table(
        "meta_coverage",
        "force and month between the first and the latest held for that force",
        (
            Column("force_code", "varchar", "Police force area code"),
            _MONTH,
            Column("is_supplied", "boolean", "False: not supplied, which is not zero"),
            Column("row_count", "integer", "Rows loaded; empty when not supplied"),
            Column("vintage", "varchar", "Month the archive was issued, if known"),
        ),
    ),
    Table(
        "meta_boundary",
        "set of district outlines: the one that the product carries, then each file offered",
        (
            Column("load_number", "integer", "Order of loading; 0 for the one carried"),
            Column("status", "varchar", "in use, replaced or refused"),
            Column("source_name", "varchar", "What it is, in words; empty when not known"),
            Column("file_name", "varchar", "Name without folder; empty for the one carried"),
            Column("file_sha256", "varchar", "Hash of the file's bytes"),
            Column("code_property", "varchar", "Property that holds the codes, such as LAD24CD"),
            Column("rows_read", "integer", "Features in the file"),
            Column("rows_loaded", "integer", "Features that the outlines are made of"),
            Column("rows_set_aside", "integer", "The others, such as those of other forces"),
            Column("vertices", "integer", "Points of the outlines as maps draw them"),
            Column("tolerance_metres", "double", "How coarsely they were simplified"),
            Column("loaded_at", "timestamp", "When, UTC; empty for the one carried"),
            Column("credit", "varchar", "Line that every map with these outlines shows"),
            Column("message", "varchar", "Why it was refused or replaced; empty while in use"),
        ),
        checks=(
            "status in ('in use', 'replaced', 'refused')",
            "rows_read = rows_loaded + rows_set_aside",
        ),
    ),
    Table(
        "dim_area",
        "force, community safety partnership or district",
        (
            Column("area_code", "varchar", "Code as published"),
            Column("area_type", "varchar", "force, partnership or district"),
            Column("area_name", "varchar", "Name as people say it"),
            Column("official_name", "varchar", "Name as published"),
            Column("force_code", "varchar", "The force it lies in; its own code for a force"),
            Column("partnership_code", "varchar", "Partnership of a district; own code for one"),
            Column("residents", "integer", "Usual residents; empty when there is no such count"),
            Column("residents_basis", "varchar", "Census 2021 or mid-2020 estimate"),
            Column("hectares", "double", "Area of land; empty for comparison forces"),
            Column("is_home", "boolean", "True for West Mercia and its parts"),
            Column("is_similar", "boolean", "True for the forces compared as similar"),
            Column("is_invented", "boolean", "True for the sample's forces"),
            Column("valid_from", "date", "First day the area exists"),
            Column("valid_to", "date", "Last day; empty while it exists"),
            Column("sort_order", "integer", "Order in lists"),
        ),
    ),
    Table(
        "dim_small_area",
        "small area (2021 lower layer super output area) of the home force",
        (
            Column("small_area_code", "varchar", "Code as published"),
            Column("small_area_name", "varchar", "Name as published"),
            Column("area_code", "varchar", "District it lies in"),
            Column("latitude", "double", "Centre point, degrees"),
            Column("longitude", "double", "Centre point, degrees"),
            Column("residents", "integer", "Usual residents, Census 2021"),
            Column("hectares", "double", "Area of land"),
            Column("rural_urban_code", "varchar", "2021 class; R… is rural"),
            Column("rural_urban_name", "varchar", "2021 class in words"),
            Column("is_rural", "boolean", "True when the class is rural"),
            Column("deprivation_decile", "integer", "2025 index, 1 the most deprived tenth"),
        ),
    ),
    Table(
        "dim_border_area",
        "small area (2021) beyond the border of the home force, within 30 km of it",
        (
            Column("small_area_code", "varchar", "Code as published"),
            Column("area_code", "varchar", "District it lies in, of another force"),
            Column("area_name", "varchar", "Name of that district"),
            Column("latitude", "double", "Centre point, degrees"),
            Column("longitude", "double", "Centre point, degrees"),
            Column("residents", "integer", "Usual residents, Census 2021"),
            Column("rural_urban_code", "varchar", "2021 class; R… is rural"),
            Column("is_rural", "boolean", "True when the class is rural"),
            Column("km_outside", "double", "Kilometres from the border"),
        ),
    ),
    Table(
        "dim_town",
        "town or large village of the home force",
        (
            Column("town_name", "varchar", "Name"),
            Column("area_code", "varchar", "District it lies in"),
            Column("latitude", "double", "Position, degrees"),
            Column("longitude", "double", "Position, degrees"),
            Column("sort_order", "integer", "Order in lists and on maps, the largest first"),
        ),
    ),
    Table(
        "dim_crime_type",
        "police.uk crime type",
        (
            _CRIME_TYPE,
            Column("is_crime", "boolean", "False for antisocial behaviour"),
            Column("sort_order", "integer", "Order in lists"),
        ),
    ),
    Table(
        "dim_outcome",
        "police.uk outcome",
        (
            Column("outcome", "outcome", "Outcome as police.uk names it"),
            Column("outcome_group", "varchar", "Group it is shown in"),
            Column("sort_order", "integer", "Order in lists"),
        ),
    ),
    Table(
        "dim_outline",
        "vertex of a district's outline as maps draw it, in ring order",
        (
            Column("area_code", "varchar", "District code"),
            Column("part", "integer", "Part of the district, 1 the largest"),
            Column("ring", "integer", "0 the ring around the part, above it one round a hole"),
            Column("vertex", "integer", "Place in the ring"),
            Column("longitude", "double", "Degrees"),
            Column("latitude", "double", "Degrees"),
        ),
    ),
    Table(
        "dim_population",
        "district and part of a characteristic, such as an age band; England and Wales as one",
        (
            Column("area_code", "varchar", "District code, or K04000001 for England and Wales"),
            Column(
                "characteristic", "varchar", "age_band, sex, ethnic_group, disability, everyone"
            ),
            Column("part", "varchar", "Code of the part, as supplied tables code it"),
            Column("residents", "integer", "Residents of whom it is true"),
            Column("basis", "varchar", "Census 2021 or mid-2020 estimate"),
        ),
    ),
    Table(
        "cube_crime",
        "district (or NONE, OUTSIDE, FORCE_ONLY), month and crime type, every force",
        (*_AREA_KEYS, _MONTH, _CRIME_TYPE, _RECORD_COUNT),
        sorted_by=("force_code", "area_code", "month"),
    ),
    Table(
        "cube_outcome",
        "district, month, crime type and outcome, every force; antisocial behaviour has none",
        (
            *_AREA_KEYS,
            _MONTH,
            _CRIME_TYPE,
            Column("outcome", "outcome", "Last outcome when the file was issued"),
            _RECORD_COUNT,
        ),
        sorted_by=("force_code", "area_code", "month"),
    ),
    Table(
        "cube_small_area",
        "small area, month and crime type; located rows inside the home force",
        (
            Column("small_area_code", "varchar", "2021 code; 2011 codes are mapped to it"),
            *_AREA_KEYS,
            _MONTH,
            _CRIME_TYPE,
            _RECORD_COUNT,
        ),
        sorted_by=("area_code", "small_area_code", "month"),
    ),
    Table(
        "cube_hexagon",
        "hexagon, district, month and crime type; located rows inside the home force",
        (
            Column("hexagon", "varchar", "H3 cell, resolution 8, about 0.7 square kilometres"),
            Column("hexagon_wide", "varchar", "H3 cell, resolution 7, about 5 square kilometres"),
            *_AREA_KEYS,
            _MONTH,
            _CRIME_TYPE,
            _RECORD_COUNT,
        ),
        sorted_by=("area_code", "month", "hexagon"),
    ),
    *PEOPLE_TABLES,
    *SUPPLIED_TABLES,
)


def table(name: str) -> Table:
    """Return the contract of one published table. Raises KeyError for an unknown name."""
    return {each.name: each for each in TABLES}[name]
