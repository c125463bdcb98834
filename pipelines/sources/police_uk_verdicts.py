"""When a street file that can be read must be refused all the same."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import polars as pl

from pipelines.errors import FileRefused
from pipelines.sources.police_uk_rows import Prepared
from schemas.codes import SAMPLE_MARK

if TYPE_CHECKING:
    from pipelines.sources.police_uk import CleanedFile

SET_ASIDE_LIMIT: Final = 0.20
"""Share of a file's rows. Exact copies do not count: setting them aside loses nothing."""

OUTSIDE_LIMIT: Final = 0.05
"""Share of a force's accepted rows that may lie in other forces' areas."""


def file_refusals(
    cleaned: "CleanedFile",
    prepared: Prepared,
    placed: pl.DataFrame,
    *,
    file_month: date | None,
) -> tuple[FileRefused, ...]:
    """Return every reason for which the file as a whole must be refused."""
    name = cleaned.file_name
    found = [
        *_lost_rows(cleaned),
        *_unknown_forces(prepared),
        *_mixed_sample(prepared.frame),
        *_misnamed(prepared.frame, file_month),
        *_many_set_aside(cleaned),
        *_many_outside(placed),
    ]
    return tuple(FileRefused(name, f"{name}: {words}", reason=reason) for reason, words in found)


def _lost_rows(cleaned: "CleanedFile") -> Iterator[tuple[str, str]]:
    if cleaned.rows_read != cleaned.rows_loaded + cleaned.rows_set_aside:
        yield (
            "ROWS_LOST",
            f"{cleaned.rows_read:,} rows read, but {cleaned.rows_loaded:,} loaded and "
            f"{cleaned.rows_set_aside:,} set aside. This is a mistake of the program: send the "
            "file to the maintainer.",
        )


def _unknown_forces(prepared: Prepared) -> Iterator[tuple[str, str]]:
    if prepared.unknown_forces:
        names = ", ".join(f"'{text[:60]}'" for text in prepared.unknown_forces[:5])
        yield (
            "UNKNOWN_FORCE",
            f"Reported by is {names}, expected a force of data/reference/forces.csv such as "
            "'West Mercia Police'. Add the force there, or download the file again.",
        )


def _mixed_sample(frame: pl.DataFrame) -> Iterator[tuple[str, str]]:
    marked = int((frame["Context"] == SAMPLE_MARK).sum())
    if 0 < marked < frame.height:
        yield (
            "MIXED_SAMPLE",
            f"{marked:,} of {frame.height:,} rows are invented sample rows, expected all or "
            "none. Keep the sample and real files apart.",
        )


def _misnamed(frame: pl.DataFrame, file_month: date | None) -> Iterator[tuple[str, str]]:
    months = sorted(set(frame["month"].unique()) - {None})
    if file_month is None or not months or file_month in months:
        return
    inside = " and ".join(f"{month:%B}" for month in months[:3])
    written = ", ".join(f"{month:%Y-%m}" for month in months[:3])
    yield (
        "MISNAMED_FILE",
        f"this is the {inside} file named {file_month:%B} (rows say {written}, the name says "
        f"{file_month:%Y-%m}). Rename it, or download the right one.",
    )


def _many_set_aside(cleaned: "CleanedFile") -> Iterator[tuple[str, str]]:
    if cleaned.rows_set_aside <= SET_ASIDE_LIMIT * cleaned.rows_read:
        return
    faulty = cleaned.set_aside.filter(pl.col("reason") != "DUPLICATE_CRIME_ID")
    count = faulty["line"].n_unique()
    if count <= SET_ASIDE_LIMIT * cleaned.rows_read:
        return
    by_reason = faulty.group_by("reason").agg(pl.col("line").n_unique()).sort("line", "reason")
    words = ", ".join(f"{reason} {lines:,}" for reason, lines in by_reason.reverse().iter_rows())
    yield (
        "TOO_MANY_SET_ASIDE",
        f"{count:,} of {cleaned.rows_read:,} rows ({count / cleaned.rows_read:.0%}) would be set "
        f"aside, at most {SET_ASIDE_LIMIT:.0%} may be: {words}. Correct the file, or download "
        "it again.",
    )


def _many_outside(placed: pl.DataFrame) -> Iterator[tuple[str, str]]:
    if placed["is_outside"].sum() <= OUTSIDE_LIMIT * placed.height and is_of_one_force(placed):
        return
    forces = placed.group_by("force_code").agg(
        pl.len().alias("rows"), pl.col("is_outside").sum().alias("outside")
    )
    for force_code, count, outside in forces.sort("force_code").iter_rows():
        if outside > OUTSIDE_LIMIT * count:
            yield (
                "TOO_MANY_OUTSIDE",
                f"{outside:,} of {count:,} rows of force {force_code} ({outside / count:.0%}) "
                f"lie in other forces' areas, at most {OUTSIDE_LIMIT:.0%} may. The file is "
                "malformed; download it again.",
            )


def is_of_one_force(placed: pl.DataFrame) -> bool:
    """Return whether all rows are of one force, as in every file named for one."""
    forces = placed["force_code"]
    return bool(forces.min() == forces.max())
