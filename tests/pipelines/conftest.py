"""The files of the invented sample, written once."""

from pathlib import Path

import pytest

from pipelines.sample import write_sample
from tests.conftest import Once


@pytest.fixture(scope="session")
def street_sample(once: Once) -> Path:
    """Return a folder of the sample's police.uk files."""
    return once("street-sample", _write_sample)


def _write_sample(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    written = write_sample(folder, progress=lambda _, done, of: told.append((done, of)))
    assert len(written) == 323
    assert told == [(done, 323) for done in range(1, 324)]
