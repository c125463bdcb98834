"""What the load log says of a supplied file that was refused."""

from collections.abc import Sequence
from datetime import datetime

from pipelines.errors import FileRefused
from pipelines.supplied.log import SuppliedFile, SuppliedLog
from pipelines.supplied.received import Received


def refused_file(
    file_name: str,
    sha256: str,
    refusals: Sequence[FileRefused],
    *,
    received: Received | None,
    load_number: int,
    at: datetime,
) -> SuppliedFile:
    """Return the record of a refused file; `received` where it could be read at all."""
    more = f" ({len(refusals) - 1} more reasons.)" if len(refusals) > 1 else ""
    return SuppliedFile(
        sha256=sha256,
        file_name=file_name,
        table=received.contract.table if received else "",
        sender="",
        periods=(),
        status="refused",
        rows_read=0,
        rows_loaded=0,
        rows_set_aside=0,
        warnings=(),
        loaded_at=at,
        load_number=load_number,
        message=f"{refusals[0]}{more}",
        is_invented=received.is_invented if received else False,
    )


def as_before(file: SuppliedFile, log: SuppliedLog) -> SuppliedFile:
    """Return what the log says already, where the same file was refused for the same reason."""
    same = (
        each for each in log.files if (each.content, each.message) == (file.content, file.message)
    )
    return next(same, file)


def beside_real(file_name: str) -> FileRefused:
    """Return why a file of the sample is refused where real files are loaded."""
    return FileRefused(
        file_name,
        f"{file_name} holds invented sample rows, and real files of victim services are loaded "
        "here; the two are never mixed. Take it out of the inbox.",
        reason="INVENTED_BESIDE_REAL",
    )
