"""What a load says about supplied files, a line each: counts and reasons, nothing of a row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipelines.supplied.intake import SuppliedIntake
from pipelines.supplied.log import SuppliedFile

_NAMED_SINGLY: Final = 6


def notes(intake: SuppliedIntake) -> Iterator[str]:
    """Yield what the load did with supplied files, as it should be."""
    if intake.is_sample_removed:
        yield "The invented sample of victim services was removed: real files are loaded now."
    if intake.loaded:
        tables = sorted({file.table for file in intake.loaded})
        yield f"{len(intake.loaded):,} supplied files loaded: {', '.join(tables)}"
    for table, holdings in intake.replaced.items():
        yield f"{table} replaced: {_few([each.words for each in holdings])}"
    replaced = {file.sha256 for file in intake.log.files if file.status == "replaced"}
    if again := sum(file.sha256 in replaced for file in intake.loaded):
        yield f"{again:,} of them hold only what another, later file holds as well"


def warnings(intake: SuppliedIntake) -> Iterator[str]:
    """Yield which files had rows set aside, and why."""
    for file in intake.loaded:
        if file.rows_set_aside:
            yield _set_aside(file, intake.reasons[file.sha256])


def _set_aside(file: SuppliedFile, reasons: Mapping[str, int]) -> str:
    why = ", ".join(f"{reason} {count:,}" for reason, count in sorted(reasons.items()))
    return f"{file.file_name}: {file.rows_set_aside:,} rows set aside ({why})"


def _few(names: Sequence[str]) -> str:
    more = len(names) - _NAMED_SINGLY
    return ", ".join(names[:_NAMED_SINGLY]) + (f" and {more:,} more" if more > 0 else "")
