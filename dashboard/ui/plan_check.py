"""An entry of the delivery plan, held against the same rules as a sheet that is sent."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dashboard.metrics.strategy import PlanEntry
from dashboard.ui.check_file import CheckedFile, check_file
from dashboard.ui.plan_fields import LABELS
from dashboard.workspace.plan import row_of
from schemas.refusals import reason_in_words

_NAME: Final = "delivery_plan.csv"
_NOT_NUMBERED: Final = "PAGE-NEW"
_DETAIL: Final = re.compile(r"column (\w+) line \d+ (looks like .+?)\. ")
_ENTRY: Final = "The entry"
_FOLLOWS: Final = "TOO_MANY_SET_ASIDE"

Fault = tuple[str, str]
"""The name of a field, and what is wrong with it."""


def faults_of(entry: PlanEntry, *, is_invented: bool, data_dir: Path) -> tuple[Fault, ...]:
    """Return every fault of an entry by field, in words; none where it may be kept.

    Raises CheckFailed where there is no answer.
    """
    row = row_of(entry, is_invented=is_invented)
    sheet = _sheet({**row, "entry_id": entry.entry_id or _NOT_NUMBERED})
    found = check_file(sheet, _NAME, data_dir=data_dir, as_of=entry.updated_on)
    return tuple(dict.fromkeys((*_refusals(found), *_faults(found))))


def _sheet(row: dict[str, str | None]) -> bytes:
    text = io.StringIO()
    sheet = csv.DictWriter(text, list(row))
    sheet.writeheader()
    sheet.writerow(row)
    return text.getvalue().encode()


def _refusals(found: CheckedFile) -> Iterator[Fault]:
    for reason, message in found.refusals:
        detail = _DETAIL.search(message)
        if detail:
            yield _label(detail[1]), f"It {detail[2]}. Take it out."
        elif reason != _FOLLOWS or not found.faults:
            yield _ENTRY, message


def _faults(found: CheckedFile) -> Iterator[Fault]:
    for each in found.faults:
        yield _label(each.column), f"{reason_in_words(each.reason)}; expected: {each.expected}."


def _label(field: str) -> str:
    return LABELS.get(field, field) or _ENTRY
