"""Writes the sample as police.uk street files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from pipelines.progress import Progress, no_progress
from pipelines.reference import HOME_FORCE_CODE, load_reference
from pipelines.sample.calibration import Calibration, load_calibration
from pipelines.sample.comparison import comparison_places
from pipelines.sample.counts import comparison_counts, home_counts
from pipelines.sample.faults import EXACT_DUPLICATE, spoil
from pipelines.sample.home import home_places
from pipelines.sample.ladder import Indexes
from pipelines.sample.outcomes import outcome_ladder
from pipelines.sample.plan import (
    CARRIAGE_RETURN_MONTHS,
    MONTH_COUNT,
    MONTHS,
    NOT_SUPPLIED,
    random_stream,
)
from pipelines.sample.rows import Rows, as_frame, draw_rows, repeat_some
from pipelines.sample.territory import Territory, make_territory

_PLACES: Final = 0
_COUNTS: Final = 1
_FIRST_MONTH: Final = 2
"""Purposes of random numbers: places, counts, then a stream for each month."""

_TWO_PLACES_A_MONTH: Final = 2.2
"""Crimes listed at two places with one id in a West Mercia file, on average (33 in 14 months)."""


@dataclass(frozen=True)
class _Force:
    number: int
    force_code: str
    reported_by: str
    slug: str
    territory: Territory
    counts: Indexes


def write_sample(folder: Path, *, progress: Progress = no_progress) -> list[Path]:
    """Write every file of the sample under `folder`, a folder a month, and return their paths.

    36 months of West Mercia and of eight invented forces, the same bytes on every run. Files
    that stand there under the same names are overwritten; `progress` is told the files done
    and their number.

    Raises:
        OSError: the folder cannot be written to.
    """
    calibration = load_calibration()
    codes = _force_codes()
    total = len(codes) * MONTH_COUNT - len(NOT_SUPPLIED)
    written: list[Path] = []
    for force in _forces(codes, calibration):
        for number, month in enumerate(MONTHS):
            if (force.force_code, month) in NOT_SUPPLIED:
                continue
            written.append(_write_month(folder, force, number, calibration))
            progress("Writing the sample", len(written), total)
    return written


def _force_codes() -> list[str]:
    """Return West Mercia and the invented forces, in the order they are written."""
    codes = load_reference().forces["force_code"]
    return [HOME_FORCE_CODE, *sorted(code for code in codes if code.startswith("SAMPLE-"))]


def _forces(codes: list[str], calibration: Calibration) -> Iterator[_Force]:
    for number, code in enumerate(codes):
        names = load_reference().forces.row(by_predicate=pl.col("force_code") == code, named=True)
        territory, counts = _home(calibration) if number == 0 else _other(code, number, calibration)
        yield _Force(number, code, names["reported_by"], names["slug"], territory, counts)


def _home(calibration: Calibration) -> tuple[Territory, Indexes]:
    random = random_stream(0, _PLACES)
    territory = make_territory(home_places(calibration, random=random), calibration, random=random)
    return territory, home_counts(calibration, random=random_stream(0, _COUNTS))


def _other(code: str, number: int, calibration: Calibration) -> tuple[Territory, Indexes]:
    area = load_reference().areas.row(by_predicate=pl.col("area_code") == code, named=True)
    random = random_stream(number, _PLACES)
    places = comparison_places(area["area_name"], number, random=random)
    counts = comparison_counts(
        area["residents"], calibration, random=random_stream(number, _COUNTS)
    )
    return make_territory(places, calibration, random=random), counts


def _write_month(folder: Path, force: _Force, number: int, calibration: Calibration) -> Path:
    month = MONTHS[number]
    random = random_stream(force.number, _FIRST_MONTH + number)
    rows = draw_rows(
        force.counts[:, :, number],
        force.territory,
        outcomes=outcome_ladder(calibration, month_number=number),
        random=random,
    )
    if force.force_code == HOME_FORCE_CODE:
        rows = _with_repeats(rows, force, month, random=random)
    frame = as_frame(
        rows, force.territory, month=month, reported_by=force.reported_by, random=random
    )
    ending = "\r\n" if month in CARRIAGE_RETURN_MONTHS else "\n"
    content = frame.write_csv(line_terminator=ending, quote_style="never").encode()
    path = folder / month / f"{month}-{force.slug}-street.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(spoil(content, force_code=force.force_code, month=month))
    return path


def _with_repeats(rows: Rows, force: _Force, month: str, *, random: np.random.Generator) -> Rows:
    """Return `rows` with the repeated ids that real West Mercia files show."""
    count = int(random.poisson(_TWO_PLACES_A_MONTH))
    rows = repeat_some(rows, force.territory, count=count, same_place=False, random=random)
    if (force.force_code, month) == EXACT_DUPLICATE:
        rows = repeat_some(rows, force.territory, count=1, same_place=True, random=random)
    return rows
