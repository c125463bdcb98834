"""Builds zip archives shaped like those of data.police.uk, with a hole in place of big files."""

import zipfile
from pathlib import Path

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)


def street_csv(force: str, month: str, *, rows: int = 400) -> bytes:
    """Return a street file whose content depends on force and month alone."""
    reported_by = f"{force.replace('-', ' ').title()} Police"
    lines = (
        f",{month},{reported_by},{reported_by},-2.{row:05d},52.{row * 7919 % 100_000:05d},"
        f"On or near Street {row},E01014000,Shropshire 001A,Anti-social behaviour,,\n"
        for row in range(rows)
    )
    return (HEADER + "".join(lines)).encode()


def write_archive(
    path: Path,
    *,
    forces: tuple[str, ...],
    months: tuple[str, ...],
    hole: int = 0,
    rows: int = 400,
    stored: bool = False,
) -> Path:
    """Write an archive with street, outcomes and stop-and-search members.

    `hole` bytes of a large member lie between the first half of the months and the second; the
    file system keeps them as a hole. A hole over 4 GiB makes the archive a zip64 one.
    """
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w", method) as archive:
        for number, month in enumerate(months):
            if hole and number == len(months) // 2:
                _add_hole(archive, f"{month}/{month}-metropolitan-street.csv", hole)
            for force in forces:
                stem = f"{month}/{month}-{force}"
                archive.writestr(f"{stem}-street.csv", street_csv(force, month, rows=rows))
                archive.writestr(f"{stem}-outcomes.csv", b"decoy\n" * 50)
                archive.writestr(f"{stem}-stop-and-search.csv", b"decoy\n" * 50)
    return path


def _add_hole(archive: zipfile.ZipFile, name: str, size: int) -> None:
    """Add a member whose content is a hole: nothing is written, nothing is read."""
    info = zipfile.ZipInfo(name)
    info.file_size = info.compress_size = size
    info.CRC = 0
    info.header_offset = archive.start_dir
    assert archive.fp is not None
    archive.fp.seek(archive.start_dir)
    archive.fp.write(info.FileHeader(zip64=True))
    archive.filelist.append(info)
    archive.NameToInfo[name] = info
    archive.start_dir = archive.fp.tell() + size
