"""Files that were made for a reader wait until they are fetched."""

from time import monotonic
from typing import Final

from streamlit.runtime import media_file_manager
from streamlit.runtime.media_file_manager import MediaFileMetadata

SECONDS: Final = 60.0
"""How long a file waits that no page shows."""


class PatientMetadata(MediaFileMetadata):
    """What Streamlit notes of a file, which may be deleted a while after it was marked for that.

    A file made on the click belongs to no element. Streamlit marks such a file when the next run
    of any reader's page ends and deletes it when one more does: with many open pages, each of
    which looks for news every second and a half, before a browser can ask for it.
    """

    _marked_at = 0.0

    @property
    def is_marked_for_delete(self) -> bool:
        """True when the file was marked, and has waited since."""
        return super().is_marked_for_delete and monotonic() - self._marked_at > SECONDS

    def mark_for_delete(self) -> None:
        """Mark the file, from now unless it is marked already."""
        if not super().is_marked_for_delete:
            self._marked_at = monotonic()
        super().mark_for_delete()


def let_files_wait() -> None:
    """Let files wait in this process, from the first one that is made."""
    media_file_manager.MediaFileMetadata = PatientMetadata  # type: ignore[misc]
