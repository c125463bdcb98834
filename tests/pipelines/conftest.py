"""The files of the invented sample, written once."""

from pathlib import Path

import pytest

from pipelines.sample import write_sample
from tests.conftest import Once


@pytest.fixture(scope="session")
def street_sample(once: Once) -> Path:
    """Return a folder of the sample's police.uk files."""
    return once("street-sample", write_sample)
