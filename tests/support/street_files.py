"""Writes small police.uk street files and archives, for tests of loading."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
WEST_MERCIA = "West Mercia Police"
WARWICKSHIRE = "Warwickshire Police"
SLUGS = {WEST_MERCIA: "west-mercia", WARWICKSHIRE: "warwickshire", "Force A Police": "force-a"}
SAMPLE_MARK = "Invented sample row"


def file_name(month: str, force: str = WEST_MERCIA) -> str:
    """Return the name that police.uk gives the street file of a month."""
    return f"{month}-{SLUGS[force]}-street.csv"


def street_csv(
    month: str, rows: int, *, force: str = WEST_MERCIA, edition: str = "a", context: str = ""
) -> str:
    """Return a street file; another `edition` has other crimes for the same month."""
    lines = [_row(month, number, force, edition, context) for number in range(rows)]
    return "\n".join([HEADER, *lines, ""])


def write_street(
    folder: Path, month: str, rows: int, *, force: str = WEST_MERCIA, edition: str = "a"
) -> Path:
    """Write a street file into `folder` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(month, force)
    path.write_text(street_csv(month, rows, force=force, edition=edition), encoding="utf-8")
    return path


def write_sample_street(folder: Path, month: str, rows: int) -> Path:
    """Write a street file whose rows carry the mark of the invented sample."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(month)
    path.write_text(street_csv(month, rows, context=SAMPLE_MARK), encoding="utf-8")
    return path


def write_archive(path: Path, months: Mapping[str, tuple[int, str]]) -> Path:
    """Write a zip archive; `months` gives the rows and the edition of each month."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for month, (rows, edition) in months.items():
            member = zipfile.ZipInfo(f"{month}/{file_name(month)}")
            archive.writestr(member, street_csv(month, rows, edition=edition))
    return path


def _row(month: str, number: int, force: str, edition: str, context: str) -> str:
    identifier = f"{force[:2]}{edition}{month}{number:06d}".encode().hex().ljust(64, "0")[:64]
    place = (
        "-2.719000,52.707000,On or near High Street,E01028983,Shropshire 016D"
        if force == WEST_MERCIA
        else "-1.500000,52.290000,On or near High Street,E01031288,Warwick 004A"
    )
    return (
        f"{identifier},{month},{force},{force},{place},"
        f"Burglary,Unable to prosecute suspect,{context}"
    )
