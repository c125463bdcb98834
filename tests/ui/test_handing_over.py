"""A file that was made on the click waits until it is fetched, and not for ever."""

import pytest
from streamlit.runtime import media_file_manager
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from dashboard.ui import handing_over

RUNS = 200
"""Runs of open pages that end while a browser gets round to asking for its file."""


def test_a_made_file_outlasts_many_runs_and_goes_after_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(handing_over, "monotonic", lambda: now[0])
    monkeypatch.setattr(
        media_file_manager, "MediaFileMetadata", media_file_manager.MediaFileMetadata
    )
    handing_over.let_files_wait()
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    name = manager.execute_deferred(_asked_for(manager)).rpartition("/")[2]
    for _ in range(RUNS):
        now[0] += handing_over.SECONDS / RUNS
        manager.remove_orphaned_files()
        assert (manager.read_file(name) or pytest.fail("deleted too early")).content == b"figures"
    now[0] += 1
    manager.remove_orphaned_files()
    assert manager.read_file(name) is None


def _asked_for(manager: MediaFileManager) -> str:
    return manager.add_deferred(lambda: b"figures", "text/csv", "1.2.3", "figures.csv")
