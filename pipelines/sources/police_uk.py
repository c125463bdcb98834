"""The street files of data.police.uk: from an offered file to counted rows."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from pipelines.csv_header import Header, read_header
from pipelines.csv_rows import Rows, incomplete_end, read_rows
from pipelines.csv_text import CsvText, open_csv
from pipelines.errors import FileRefused
from pipelines.faults import line_faults
from pipelines.offered import OfferedFile
from pipelines.personal import personal_columns
from pipelines.policy import Policy
from pipelines.reference import Reference
from pipelines.sources.police_uk_places import place
from pipelines.sources.police_uk_rows import LAYOUT, prepare
from pipelines.sources.police_uk_verdicts import file_refusals
from pipelines.sources.police_uk_warnings import warnings
from pipelines.validate import validate
from schemas.codes import SAMPLE_MARK
from schemas.street_crime import PREPARED, rules

TALLY_KEYS: Final = (
    "force_code",
    "partnership_code",
    "area_code",
    "small_area_code",
    "hexagon",
    "hexagon_wide",
    "month",
    "crime_type",
    "outcome",
)


@dataclass(frozen=True)
class CleanedFile:
    """A street file held against its contract; rows_read = rows_loaded + rows_set_aside.

    file_name, archive_name, vintage: as offered. sha256: of the decompressed CSV.
    is_invented: the rows carry the sample's mark.
    tally: accepted rows counted, one row per combination of TALLY_KEYS that occurs, and
        `record_count`. Places within the force are given for the home force only; `outcome` is
        null for antisocial behaviour and where the file gives none.
    set_aside: the columns of `meta_set_aside`, one row per fault, by line.
    warnings: the columns of `meta_warning`, one row per kind of oddity.
    """

    file_name: str
    archive_name: str | None
    vintage: str | None
    sha256: str
    is_invented: bool
    rows_read: int
    rows_loaded: int
    rows_set_aside: int
    tally: pl.DataFrame
    set_aside: pl.DataFrame
    warnings: pl.DataFrame


@dataclass(frozen=True)
class Examined:
    """All that is found in one file. It may be loaded when there are no refusals.

    cleaned: None when its rows could not be read at all.
    """

    refusals: tuple[FileRefused, ...]
    cleaned: CleanedFile | None


def clean(
    offered: OfferedFile,
    *,
    as_of: date,
    policy: Policy,
    reference: Reference,
) -> CleanedFile:
    """Return the file's rows checked and counted.

    Args:
        offered: the file.
        as_of: the day that clocks read as today; rows of later months are set aside.
        policy: the data owner's decisions.
        reference: areas and forces.

    Raises:
        FileRefused: the file must not be loaded; the message gives the first reason.
    """
    examined = examine(offered, as_of=as_of, policy=policy, reference=reference)
    if examined.refusals:
        raise examined.refusals[0]
    if examined.cleaned is None:
        raise FileRefused(
            offered.file_name, f"{offered.file_name} cannot be read.", reason="UNREADABLE"
        )
    return examined.cleaned


def examine(
    offered: OfferedFile,
    *,
    as_of: date,
    policy: Policy,
    reference: Reference,
) -> Examined:
    """Return every reason to refuse the file, and its rows as far as they can be read."""
    try:
        raw = offered.read_bytes()
        text = open_csv(raw, offered.file_name, encoding=policy.encoding)
    except FileRefused as refusal:
        return Examined((refusal,), None)
    header = read_header(text.header, text.file_name, layout=LAYOUT, aliases=policy.column_aliases)
    refusals = (*text.refusals, *header.refusals, *_end_refusals(text, header))
    if header.refusals or not text.data.strip():
        return Examined(refusals, None)
    rows = read_rows(text.data, header.names)
    found, cleaned = _examine_rows(
        offered,
        rows,
        header=header,
        sha256=offered.sha256 or hashlib.sha256(raw).hexdigest(),
        as_of=as_of,
        policy=policy,
        reference=reference,
    )
    return Examined((*refusals, *found), cleaned)


def _end_refusals(text: CsvText, header: Header) -> tuple[FileRefused, ...]:
    if not text.data.strip():
        message = f"{text.file_name} has a header but no data rows."
        return (FileRefused(text.file_name, message, reason="NO_ROWS"),)
    cut = incomplete_end(text.data, header.names, text.file_name)
    return (cut,) if cut else ()


def _examine_rows(
    offered: OfferedFile,
    rows: Rows,
    *,
    header: Header,
    sha256: str,
    as_of: date,
    policy: Policy,
    reference: Reference,
) -> tuple[tuple[FileRefused, ...], CleanedFile]:
    file_month = _month(offered.name_month)
    prepared = prepare(rows.frame, policy=policy, reference=reference)
    checked = validate(prepared.frame, rules(as_of=as_of, file_month=file_month), columns=PREPARED)
    faults = pl.concat([line_faults(rows.faults), checked.faults]).sort("line", maintain_order=True)
    placed = place(checked.accepted, reference)
    oddities = warnings(checked.accepted, placed, prepared=prepared, header=header, faults=faults)
    cleaned = CleanedFile(
        file_name=offered.file_name,
        archive_name=offered.archive_name,
        vintage=offered.vintage,
        sha256=sha256,
        is_invented=bool((prepared.frame["Context"] == SAMPLE_MARK).any()),
        rows_read=rows.row_count,
        rows_loaded=placed.height,
        rows_set_aside=faults["line"].n_unique(),
        tally=_tally(placed),
        set_aside=_of_file(faults, sha256, offered.file_name),
        warnings=_of_file(oddities, sha256, offered.file_name),
    )
    refusals = (
        *personal_columns(rows.frame, header.extra, offered.file_name),
        *file_refusals(cleaned, prepared, placed, file_month=file_month),
    )
    return refusals, cleaned


def _month(stated: str | None) -> date | None:
    try:
        return date.fromisoformat(f"{stated}-01")
    except ValueError:
        return None


def _tally(placed: pl.DataFrame) -> pl.DataFrame:
    return placed.group_by(TALLY_KEYS).agg(pl.len().cast(pl.Int32).alias("record_count"))


def _of_file(frame: pl.DataFrame, sha256: str, file_name: str) -> pl.DataFrame:
    names = (pl.lit(sha256).alias("file_sha256"), pl.lit(file_name).alias("file_name"))
    return frame.select(*names, pl.all())
