"""A data folder whose inbox holds a directory, for tests of supplied files."""

from pathlib import Path

import pytest

from pipelines.places import Places
from tests.support.supplied_files import write_directory


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return places whose inbox holds one provider with one service."""
    found = Places(tmp_path / "data")
    write_directory(found.inbox)
    return found
