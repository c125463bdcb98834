"""The log of boundary files: every set of outlines offered, and which one maps draw."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

import polars as pl

from pipelines.errors import PipelineError
from pipelines.places import Places
from pipelines.record import frame, naive
from pipelines.reference import load_reference
from pipelines.supplied.store import write_privately

Status = Literal["in use", "replaced", "refused"]

RIGHTS: Final = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right"
)
"""The credit that ONS asks for with its boundaries; the year follows where it is known."""


class BoundaryLogDamaged(PipelineError):
    """The log of boundary files cannot be read, so that nobody knows which outlines to draw."""

    exit_code = 3


@dataclass(frozen=True, kw_only=True)
class BoundaryFile:
    """One set of district outlines. The fields are the columns of `meta_boundary`.

    vertices: points of the outlines as maps draw them. tolerance_metres: how coarsely they were
    simplified. Both are None where a file was refused.
    """

    load_number: int
    status: Status
    source_name: str
    file_name: str | None
    file_sha256: str | None
    code_property: str | None
    rows_read: int
    rows_loaded: int
    rows_set_aside: int
    vertices: int | None
    tolerance_metres: float | None
    loaded_at: datetime | None
    credit: str
    message: str

    @property
    def is_small_areas(self) -> bool:
        """Return whether the districts were made up of small areas."""
        return (self.code_property or "").upper().startswith("LSOA")


@dataclass(frozen=True)
class BoundaryLog:
    """Every boundary file known, in the order of loading; the product's own is not among them."""

    files: tuple[BoundaryFile, ...] = ()

    @property
    def in_use(self) -> BoundaryFile | None:
        """Return the file whose outlines are drawn; None while the product's own are."""
        return next((file for file in self.files if file.status == "in use"), None)

    @property
    def content_sha256(self) -> str:
        """Return what tells the outlines in use from others; blank for the product's own."""
        return (self.in_use.file_sha256 or "") if self.in_use else ""


def read_boundary_log(places: Places) -> BoundaryLog:
    """Return the log; an empty one when no boundary file was ever offered.

    Raises:
        BoundaryLogDamaged: it cannot be understood.
    """
    path = places.boundaries / "log.json"
    if not path.exists():
        return BoundaryLog()
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        return BoundaryLog(tuple(_from_record(record) for record in records))
    except (OSError, ValueError, TypeError, KeyError) as fault:
        raise BoundaryLogDamaged(
            f"{path} cannot be read. Put it back from the backup; or remove {places.boundaries}, "
            "and load the boundary file again: until then maps draw the product's own outlines."
        ) from fault


def write_boundary_log(places: Places, log: BoundaryLog) -> None:
    """Write the log whole."""
    text = json.dumps([vars(file) for file in log.files], default=str, ensure_ascii=False)
    write_privately(places.boundaries / "log.json", lambda file: file.write(text.encode()))


def boundary_tables(log: BoundaryLog, outlines: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    """Return the outlines in use and the record of where they are from, by published table."""
    carried = _carried(load_reference().outlines, is_drawn=log.in_use is None)
    rows = [_published(file) for file in (carried, *log.files)]
    return {"dim_outline": outlines, "meta_boundary": frame("meta_boundary", rows)}


def _carried(outlines: pl.DataFrame, *, is_drawn: bool) -> BoundaryFile:
    """Return the record of the product's own outlines."""
    districts = outlines["area_code"].n_unique()
    return BoundaryFile(
        load_number=0,
        status="in use" if is_drawn else "replaced",
        source_name="Generalised outlines that the product carries",
        file_name=None,
        file_sha256=None,
        code_property=None,
        rows_read=districts,
        rows_loaded=districts,
        rows_set_aside=0,
        vertices=outlines.height,
        tolerance_metres=None,
        loaded_at=None,
        credit=(
            "District outlines are generalised, for the look of a map and not for measuring: no "
            f"official boundary file is loaded yet. {RIGHTS}."
        ),
        message="" if is_drawn else "A boundary file is drawn in its place.",
    )


def _published(file: BoundaryFile) -> dict[str, Any]:
    return {**vars(file), "loaded_at": file.loaded_at and naive(file.loaded_at)}


def _from_record(record: dict[str, Any]) -> BoundaryFile:
    file = BoundaryFile(**record)
    return replace(file, loaded_at=datetime.fromisoformat(record["loaded_at"]))
