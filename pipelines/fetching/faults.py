"""What can go wrong while fetching, each with what to do next."""

from pipelines.errors import PipelineError

USAGE = 2
FAILED = 3
ANOTHER_RUNS = 4
NO_NETWORK = 6

BY_HAND = (
    "Or download the files by hand at https://data.police.uk/data/ and put them in the inbox; "
    "`build` takes them in any layout."
)


BOUNDARIES_BY_HAND = (
    "Or download the boundaries by hand at https://geoportal.statistics.gov.uk as GeoJSON and put "
    "the file in the inbox; any name will do."
)


class FetchError(PipelineError):
    """Nothing more can be fetched. `exit_code` says why; complete files are kept."""

    def __init__(self, message: str, *, exit_code: int = FAILED) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class NoNetwork(FetchError):
    """The server could not be reached, or stopped answering."""

    def __init__(self, address: str, reason: str, *, by_hand: str = BY_HAND) -> None:
        super().__init__(
            f"Could not fetch {address}: {reason}. Check the connection and run the same command "
            f"again: it keeps what is complete. {by_hand}",
            exit_code=NO_NETWORK,
        )


class ArchiveReplaced(FetchError):
    """The archive behind the address is no longer the one whose index was read."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address} was replaced while it was being read. Files already complete are kept; "
            "run the same command again."
        )


class Interruption(Exception):
    """One attempt failed in a way that a later attempt may not.

    Attributes:
        wait_seconds: how long the server asked to be left alone, if it did.
    """

    def __init__(self, reason: str, *, wait_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds
