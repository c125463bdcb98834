"""Runs loads in a folder of their own, and asks the published file what it holds."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines.build import build
from pipelines.places import Places
from pipelines.progress import no_progress
from pipelines.publish import current_version
from pipelines.report import LoadReport

PROJECT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 1)


def load(
    places: Places,
    *,
    inbox: Path | None = None,
    as_of: date | None = AS_OF,
    allow_older: bool = False,
    approve: tuple[str, ...] = (),
) -> LoadReport:
    """Build from the inbox of `places` as of 1 November 2026, unless told otherwise."""
    return build(
        places,
        inbox=inbox or places.inbox,
        as_of=as_of,
        allow_older=allow_older,
        approve=approve,
        progress=no_progress,
    )


def query(places: Places, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows that the served file gives."""
    current = current_version(places)
    assert current is not None
    path = str(places.published / current.file_name)
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def rows_by_month(places: Places) -> dict[str, int]:
    """Return the rows that the served file counts for each month."""
    return dict(
        query(
            places,
            "select strftime(month, '%Y-%m'), sum(record_count)::integer "
            "from cube_crime group by all",
        )
    )


def run(
    *arguments: str, places: Places, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `python -m pipelines` on `places` and return how it ended."""
    return subprocess.run(
        command(*arguments, places=places),
        cwd=PROJECT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def command(*arguments: str, places: Places) -> list[str]:
    """Return the command line of `python -m pipelines` on `places`."""
    return [sys.executable, "-m", "pipelines", *arguments, "--data-dir", str(places.data_dir)]
