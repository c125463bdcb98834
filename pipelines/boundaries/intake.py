"""Takes in the boundary files of the inbox: each is examined once, and the best one is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import polars as pl

from pipelines.boundaries.examine import ExaminedBoundaries, examine_boundaries
from pipelines.boundaries.log import (
    BoundaryFile,
    BoundaryLog,
    BoundaryLogDamaged,
    read_boundary_log,
    write_boundary_log,
)
from pipelines.errors import FileRefused
from pipelines.fingerprints import Fingerprints
from pipelines.offered import OfferedFile
from pipelines.places import Places
from pipelines.progress import Progress
from pipelines.reference import load_reference
from pipelines.report import Refusal
from pipelines.supplied.store import write_privately

_NEWER: Final = "A newer file is drawn in its place."
_DISTRICTS_FIRST: Final = "A file of districts is drawn in its place: it is the more exact one."


@dataclass(frozen=True)
class BoundaryIntake:
    """The log of boundary files after a load, and the outlines that maps draw.

    refused: every reason for which a file was refused. notes: what changed. warnings: oddities.
    """

    log: BoundaryLog
    outlines: pl.DataFrame
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def take_in_boundaries(
    places: Places, offered: Sequence[OfferedFile], *, progress: Progress
) -> BoundaryIntake:
    """Examine what is new among the offered files, and keep the outlines that are drawn.

    A file of districts counts before one of small areas; of one kind, the file offered last.
    A file that is refused changes nothing.

    Raises:
        BoundaryLogDamaged: the log, or the outlines it names, cannot be read.
    """
    reader = _Reader(places)
    in_time = sorted(offered, key=lambda file: (file.path.stat().st_mtime_ns, file.file_name))
    for done, file in enumerate(in_time):
        progress("Reading boundaries", done, len(in_time))
        reader.read(file)
    reader.fingerprints.save()
    return reader.end()


class _Reader:
    """known: every file of the log and of this load, by sha256, in the order of loading."""

    def __init__(self, places: Places) -> None:
        self.fingerprints = Fingerprints(places.restricted / "fingerprints.json")
        self._places = places
        self._before = read_boundary_log(places)
        self._known = {file.file_sha256: file for file in self._before.files}
        self._now = datetime.now(UTC)
        self._made: dict[str, pl.DataFrame] = {}
        self._refused: list[Refusal] = []
        self._warnings: list[str] = []

    def read(self, offered: OfferedFile) -> None:
        """Examine a file, unless it was accepted before."""
        sha256 = ""
        try:
            sha256 = self.fingerprints.find(offered) or ""
            if not self._is_accepted(sha256):
                sha256, offered = self.fingerprints.read(offered)
            if not self._is_accepted(sha256):
                self._note(examine_boundaries(offered.read_bytes(), offered.file_name), sha256)
        except FileRefused as refusal:
            self._refused.append(Refusal(offered.file_name, str(refusal), sha256))

    def end(self) -> BoundaryIntake:
        """Decide which file is drawn, keep its outlines, and write the log."""
        log = BoundaryLog(_judged(tuple(self._known.values())))
        outlines = self._outlines(log.in_use)
        if log != self._before:
            self._places.boundaries.mkdir(mode=0o700, exist_ok=True)
            self._keep(log.in_use, outlines)
            write_boundary_log(self._places, log)
        notes = _notes(self._before, log)
        return BoundaryIntake(log, outlines, tuple(self._refused), notes, tuple(self._warnings))

    def _is_accepted(self, sha256: str) -> bool:
        known = self._known.get(sha256)
        return known is not None and known.status != "refused"

    def _note(self, found: ExaminedBoundaries, sha256: str) -> None:
        refusals = [Refusal(found.file_name, str(each), sha256) for each in found.refusals]
        self._refused += refusals
        before = self._known.get(sha256)
        if found.simplified:
            self._made[sha256] = found.simplified.outlines
            if before is None or before.status == "refused":
                self._warnings += _odd(found)
        number = before.load_number if before else 1 + len(self._known)
        record = _record(found, sha256, load_number=number, at=self._now)
        self._known[sha256] = replace(record, loaded_at=before.loaded_at) if before else record

    def _outlines(self, in_use: BoundaryFile | None) -> pl.DataFrame:
        if in_use is None:
            return load_reference().outlines
        made = self._made.get(str(in_use.file_sha256))
        return made if made is not None else _kept(self._places, in_use)

    def _keep(self, in_use: BoundaryFile | None, outlines: pl.DataFrame) -> None:
        """Keep the outlines that are drawn, and forget others."""
        for path in self._places.boundaries.glob("*.parquet"):
            if in_use is None or path.stem != in_use.file_sha256:
                path.unlink()
        if in_use:
            path = self._places.boundaries / f"{in_use.file_sha256}.parquet"
            write_privately(path, outlines.write_parquet)


def _judged(files: Sequence[BoundaryFile]) -> tuple[BoundaryFile, ...]:
    """Return the files, each with the status that follows from the others."""
    sound = [file for file in files if file.status != "refused"]
    drawn = max(sound, key=lambda file: (not file.is_small_areas, file.load_number), default=None)
    return tuple(file if file.status == "refused" else _judge(file, drawn) for file in files)


def _judge(file: BoundaryFile, drawn: BoundaryFile | None) -> BoundaryFile:
    if drawn is None or file.file_sha256 == drawn.file_sha256:
        return replace(file, status="in use", message="")
    better = file.is_small_areas and not drawn.is_small_areas
    return replace(file, status="replaced", message=_DISTRICTS_FIRST if better else _NEWER)


def _kept(places: Places, in_use: BoundaryFile) -> pl.DataFrame:
    path = places.boundaries / f"{in_use.file_sha256}.parquet"
    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise BoundaryLogDamaged(
            f"{path} cannot be read. Put it back from the backup; or remove {places.boundaries} "
            f"and load {in_use.file_name} again."
        ) from fault


def _record(
    found: ExaminedBoundaries, sha256: str, *, load_number: int, at: datetime
) -> BoundaryFile:
    layer, simplified = found.layer, found.simplified
    return BoundaryFile(
        load_number=load_number,
        status="refused" if found.refusals else "replaced",
        source_name=layer.source_name if layer else "",
        file_name=found.file_name,
        file_sha256=sha256,
        code_property=layer.code_property if layer else None,
        rows_read=found.rows_read,
        rows_loaded=found.rows_loaded,
        rows_set_aside=found.rows_set_aside,
        vertices=simplified.outlines.height if simplified else None,
        tolerance_metres=simplified.tolerance_metres if simplified else None,
        loaded_at=at,
        credit=layer.credit if layer else "",
        message=_in_short(found.refusals),
    )


def _in_short(refusals: Sequence[FileRefused]) -> str:
    more = len(refusals) - 1
    first = str(refusals[0]) if refusals else ""
    return f"{first} It has {more:,} more faults." if more > 0 else first


def _odd(found: ExaminedBoundaries) -> list[str]:
    lines = [
        f"{found.file_name}: feature {each['line']:,} set aside, {each['column_name']} is "
        f"'{each['value']}', expected {each['expected']}"
        for each in found.set_aside.iter_rows(named=True)
    ]
    odd = found.warnings.filter(pl.col("reason") != "OUT_OF_AREA").iter_rows(named=True)
    return lines + [f"{found.file_name}: {each['row_count']:,} {each['message']}" for each in odd]


def _notes(before: BoundaryLog, after: BoundaryLog) -> tuple[str, ...]:
    """Return what maps draw from now on, if that has changed."""
    drawn = after.in_use
    if drawn is None or after.content_sha256 == before.content_sha256:
        return ()
    note = (
        f"Maps draw the outlines of {drawn.file_name} from now on: {drawn.source_name}, "
        f"{drawn.rows_read:,} features read = {drawn.rows_loaded:,} loaded + "
        f"{drawn.rows_set_aside:,} set aside (other areas), {drawn.vertices:,} points."
    )
    if drawn.is_small_areas:
        note += " Small areas themselves are drawn by no map, and are not kept."
    return (note,)
