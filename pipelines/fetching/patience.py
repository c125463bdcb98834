"""How often, and after how long a wait, a failed transfer is tried again."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.fetching.faults import BY_HAND, Interruption, NoNetwork


@dataclass(frozen=True)
class Patience:
    """Limits of trying again. Waits double from `first_wait`, with random jitter (seconds).

    `attempts` counts failures in a row that brought no byte; `interruptions` counts all failures
    of one transfer, so that a server that hands out a few bytes at a time is given up on too.
    """

    attempts: int = 5
    interruptions: int = 100
    first_wait: float = 0.5
    longest_wait: float = 30.0
    longest_asked_wait: float = 300.0
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random


class Retries:
    """Counts the failures of one transfer and waits between them."""

    def __init__(self, patience: Patience, *, address: str, by_hand: str = BY_HAND) -> None:
        self._patience = patience
        self._address = address
        self._by_hand = by_hand
        self._in_a_row = 0
        self._in_all = 0

    def wait_after(self, fault: Interruption, *, progressed: bool) -> None:
        """Wait before the next attempt.

        Raises:
            NoNetwork: patience is over, or the server asks for a longer wait than is sensible.
        """
        self._in_all += 1
        self._in_a_row = 1 if progressed else self._in_a_row + 1
        if self._is_over(fault):
            tries = f"{self._in_all} {'try' if self._in_all == 1 else 'tries'}"
            reason = f"{fault} ({tries})"
            raise NoNetwork(self._address, reason, by_hand=self._by_hand) from fault
        self._patience.sleep(self._seconds(fault))

    def _is_over(self, fault: Interruption) -> bool:
        return (
            self._in_a_row >= self._patience.attempts
            or self._in_all >= self._patience.interruptions
            or (fault.wait_seconds or 0) > self._patience.longest_asked_wait
        )

    def _seconds(self, fault: Interruption) -> float:
        doubled: float = self._patience.first_wait * 2.0 ** (self._in_a_row - 1)
        # Half fixed, half random: many offices that fail together do not come back together.
        ours = min(doubled, self._patience.longest_wait) * (0.5 + self._patience.jitter() / 2)
        return max(ours, fault.wait_seconds or 0)
