"""What takes long to build is built once for a run, by whichever worker needs it first."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from pipelines.places import Places
from tests.support.loading import PROJECT, load
from tests.support.planted import write_planted_files
from tests.support.street_files import write_street

# How long an example takes says how busy the machine is, and nothing of what is tested.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return a function that returns the folder of a name, filled by the first who asks for it.

    The others, in this worker and in any other, wait and get the same folder: nobody may change
    what is in it.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def build(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return build


@pytest.fixture(scope="session")
def sample_dir(once: Once) -> Path:
    """Return a data folder in which the invented sample is published."""
    return once("sample", _publish_sample)


def _publish_sample(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pipelines", "sample", "--data-dir", str(folder)],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="session")
def planted(once: Once) -> Places:
    """Return places into which files that hide a secret were loaded."""
    return Places(once("planted", _load_planted))


def _load_planted(folder: Path) -> None:
    places = Places(folder)
    write_planted_files(places.inbox)
    for number in range(4, 10):
        write_street(places.inbox, f"2026-{number:02d}", 20)
    load(places)


@pytest.fixture(scope="session")
def real_crime(once: Once) -> Places:
    """Return places into which the real police.uk files were loaded."""
    return Places(once("real-crime", _load_real))


def _load_real(folder: Path) -> None:
    inbox = Path(os.environ["WM_REAL_DATA"]) / "police_uk"
    report = load(Places(folder), inbox=inbox, as_of=None)
    assert (report.outcome, report.refused) == ("published", ())
