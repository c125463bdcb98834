"""Which monthly archive to take, and which months it should hold."""

import os
import re
from datetime import date

import httpx

from pipelines.fetching.faults import USAGE, FetchError
from pipelines.fetching.patience import Patience
from pipelines.fetching.remote_file import NotThere, RemoteFile, open_remote

ARCHIVE_URL = "https://data.police.uk/data/archive/"
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
MONTHS_BACK = 6


def folder_address(base_url: str | None) -> str:
    """Return where the archives lie, ending in a slash: the argument, else `WM_ARCHIVE_URL`."""
    address = base_url or os.environ.get("WM_ARCHIVE_URL") or ARCHIVE_URL
    if not address.startswith(("https://", "http://")):
        raise FetchError(
            f"The archive address is '{address}', expected one that begins with https://. "
            "Correct or unset WM_ARCHIVE_URL.",
            exit_code=USAGE,
        )
    return address.rstrip("/") + "/"


def newest_archive(
    client: httpx.Client, folder: str, *, today: date, patience: Patience
) -> tuple[str, RemoteFile]:
    """Return name (`YYYY-MM`) and file of the newest archive of the last six months.

    Raises:
        FetchError: there is none, or the server cannot be reached.
    """
    # A month is published some six weeks after its end, so the search starts with last month.
    tried = [month_before(f"{today:%Y-%m}", back) for back in range(1, MONTHS_BACK + 1)]
    for name in tried:
        try:
            return name, open_remote(client, f"{folder}{name}.zip", patience=patience)
        except NotThere:
            continue
    raise FetchError(
        f"No archive of {tried[-1]} to {tried[0]} at {folder}. Look at "
        "https://data.police.uk/data/archive/ which months there are, and name one with "
        "--archive YYYY-MM."
    )


def named_archive(
    client: httpx.Client, folder: str, name: str, *, patience: Patience
) -> tuple[str, RemoteFile]:
    """Return name and file of the archive `name` (`YYYY-MM`).

    Raises:
        FetchError: it does not exist, or the server cannot be reached.
    """
    try:
        return name, open_remote(client, f"{folder}{name}.zip", patience=patience)
    except NotThere as fault:
        raise FetchError(
            f"There is no archive {name} at {folder}. Leave out --archive to take the newest one.",
            exit_code=USAGE,
        ) from fault


def months_until(last: str, count: int) -> tuple[str, ...]:
    """Return the `count` months that end with `last`, oldest first, as `YYYY-MM`."""
    return tuple(month_before(last, back) for back in range(count - 1, -1, -1))


def month_before(month: str, back: int) -> str:
    """Return the month `back` months before `month` (`YYYY-MM`)."""
    year, number = (int(part) for part in month.split("-"))
    years, index = divmod(year * 12 + number - 1 - back, 12)
    return f"{years:04d}-{index + 1:02d}"
