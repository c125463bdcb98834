"""What the audit log says of one event, and that nothing a reader typed gets into it."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal

from schemas.codes import ROW_TYPES
from schemas.published import VERSION_PATTERN
from schemas.supplied.lists import CRIME_GROUP, PRIORITY_FLAG

Action = Literal[
    "export",
    "denied",
    "signed_in",
    "signed_out",
    "ignored_parameter",
    "plan_changed",
    "torn_line_set_aside",
    "backed_up",
    "restored",
]
Filters = Mapping[str, Sequence[str]]


def _one_of(*words: str) -> str:
    return "|".join(map(re.escape, words))


FILTERS: Final = MappingProxyType(
    {
        "area": r"[EWN]\d{8}|SAMPLE-[A-H]|NONE|OUTSIDE",
        "period": r"[a-z0-9_]{1,40}",
        "from": r"\d{4}-\d\d",
        "to": r"\d{4}-\d\d",
        "type": _one_of(*ROW_TYPES),
        "compare": r"[a-z_]{1,40}",
        "group": _one_of(*PRIORITY_FLAG, *PRIORITY_FLAG.values()),
        "crime": _one_of(*CRIME_GROUP),
        "mode": r"[A-Z_]{1,20}",
        "self": "yes",
        "unreported": "yes",
        "provider": r"[A-Z0-9-]{1,12}",
        # As the planner writes them again once it has read them, each from what it knows.
        "change": r"(add|move|area|grow|shrink|end)(\.[A-Za-z0-9_-]{0,60}){1,5}",
        "as_at": VERSION_PATTERN,
    }
)
"""Filters that are recorded, and what a value looks like; any other name or value is left out."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """What is recorded. `reader` is the reader's key.

    what: the name of a file, page or parameter, or the code of an entry of the delivery plan with
        its revision; never what a reader typed.
    filters: those of the address; what `FILTERS` does not know is left out.
    version: of the published data; `protection` tells one small-number policy from another.
    cells, hidden: how many cells the file holds, and how many of them are hidden.
    sha256: of the bytes that leave.
    request: tells this request from others in the program's log.
    """

    action: Action
    reader: str
    role: str | None
    what: str
    page: str = ""
    filters: Filters = field(default_factory=dict)
    version: str = ""
    protection: str = ""
    cells: int = 0
    hidden: int = 0
    sha256: str = ""
    request: str = field(default_factory=lambda: secrets.token_hex(8))


def content(event: Event, *, now: datetime) -> dict[str, object]:
    """Return what stands of an event in its line of the log."""
    return {
        "at": f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z",
        "request": event.request,
        "reader": event.reader,
        "role": event.role,
        "action": event.action,
        "what": event.what,
        "page": event.page,
        "filters": _recorded(event.filters),
        "version": event.version,
        "protection": event.protection,
        "cells": event.cells,
        "hidden": event.hidden,
        "sha256": event.sha256,
    }


def _recorded(filters: Filters) -> dict[str, list[str]]:
    known = {
        name: [value for value in filters[name] if re.fullmatch(pattern, value)]
        for name, pattern in FILTERS.items()
        if name in filters
    }
    return {name: values for name, values in known.items() if values}
