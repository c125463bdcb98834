"""Errors that are shown to people in one line, without a traceback."""

from typing import Final

_LONGEST_LINE: Final = 2_000


class PipelineError(Exception):
    """Something that the person at the command line can understand and act on."""

    exit_code = 1


class PolicyRefused(PipelineError):
    """`policy.toml` says something that cannot be followed. Nothing is started."""

    exit_code = 2


class FileRefused(PipelineError):
    """A file or archive that cannot be loaded. The message is one line and names the file.

    Attributes:
        file_name: the file or archive, without folder.
        reason: reason code, such as EMPTY_FILE.
    """

    def __init__(self, file_name: str, message: str, *, reason: str) -> None:
        """Make the refusal; what a file says in `message` cannot command the terminal."""
        super().__init__(printable(message))
        self.file_name = file_name
        self.reason = reason


def printable(text: str) -> str:
    """Return the text as one line of bounded length, with control characters written out."""
    shown = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text[:_LONGEST_LINE]
    )
    return shown if len(text) <= _LONGEST_LINE else f"{shown}…"
