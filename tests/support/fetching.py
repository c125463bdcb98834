"""What the tests of fetching share: the one file they fetch, and a quick way to ask for it."""

from pathlib import Path

from pipelines.fetch import FetchReport, fetch_crime
from pipelines.fetching.patience import Patience
from tests.support.police_archive import street_csv
from tests.support.range_server import RangeServer

MONTHS = ("2026-08", "2026-09")
NAME = "2026-09/2026-09-west-mercia-street.csv"
CONTENT = street_csv("west-mercia", "2026-09", rows=20_000)
HASTY = Patience(first_wait=0.001, longest_wait=0.001)


def fetch(server: RangeServer, inbox: Path, *, patience: Patience = HASTY) -> FetchReport:
    """Fetch West Mercia's file of September 2026 from the server."""
    return fetch_crime(
        forces=("west-mercia",),
        months=1,
        inbox=inbox,
        archive="2026-09",
        base_url=server.address,
        patience=patience,
    )


def arrived(inbox: Path) -> Path:
    """Return where the fetched file should be."""
    return inbox / "archive-2026-09" / NAME
