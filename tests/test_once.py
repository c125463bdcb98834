"""What is built once for a run is built by the first who asks, and anew when that failed."""

from pathlib import Path

import pytest

from tests.conftest import Once


def test_a_folder_is_filled_once_and_from_nothing_after_a_failure(once: Once) -> None:
    found: list[list[Path]] = []

    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise InterruptedError

    def fill(folder: Path) -> None:
        found.append(list(folder.iterdir()))

    with pytest.raises(InterruptedError):
        once("for-the-test-of-once", fail)
    assert once("for-the-test-of-once", fill) == once("for-the-test-of-once", fill)
    assert found == [[]]
