"""Moments as the clocks of the office show them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def in_london(moment: datetime) -> datetime:
    """Return a moment of universal time as the clocks in London show it."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/London"))
