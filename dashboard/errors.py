"""Errors that readers see in plain words, without a traceback."""

from datetime import date


class DashboardError(Exception):
    """Something a reader or an analyst can act on; the message is one line for them."""

    exit_code = 1


class UnknownChoice(DashboardError):
    """A metric, area, dimension, crime type or month that does not exist."""

    exit_code = 2


class QueryTooSlow(DashboardError):
    """A query was stopped because it took too long; nothing else is affected."""


class WarehouseUnavailable(DashboardError):
    """No published data can be served; `last_known` is the last day it covered, if known."""

    exit_code = 3

    def __init__(self, reason: str, last_known: date | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.last_known = last_known


class VersionRefused(DashboardError):
    """One published file failed its checks; an older version may be served in its place."""

    exit_code = 3


class VersionNotKept(DashboardError):
    """The very version asked for cannot be shown; the message ends a sentence about it."""

    exit_code = 2
