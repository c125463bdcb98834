"""Errors that are shown to people in one line, without a traceback."""


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
        """Make the refusal; `message` stands as it is shown."""
        super().__init__(message)
        self.file_name = file_name
        self.reason = reason
