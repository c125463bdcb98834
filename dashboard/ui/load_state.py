"""How the latest load ended, for those who sent files to it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from dashboard.directory.words import day
from dashboard.ui import figure, markup
from dashboard.ui.listing import Column, listing
from dashboard.ui.moments import in_london
from dashboard.ui.numbers import Numbers
from dashboard.warehouse import last_load
from schemas.refusals import codes_in_words

_ENDS: Final[Mapping[str, str]] = {
    "published": "published what came",
    "unchanged": "found nothing new to publish",
    "held": "is held: a month has far fewer rows than usual, and somebody must approve it",
    "failed": "failed; what was published before is still shown",
    "rolled_back": "was taken back; an earlier version is shown",
}


def show(numbers: Numbers, data_dir: Path) -> None:
    """Say when the last load ran and how it ended, and list the files that it refused."""
    told = last_load(data_dir)
    if told is None:
        markup.quiet("No load has run yet.")
        return
    refused = _refused(told)
    markup.status(sentence(told, refused=len(refused)))
    if not refused:
        return
    chart = listing(
        "refused-by-the-last-load",
        f"{len(refused):,} {'file was' if len(refused) == 1 else 'files were'} refused",
        "Nothing of these files was loaded",
        columns=(Column("File"), Column("Why, and what to do")),
        rows=refused,
        warehouse=numbers.warehouse,
    )
    figure.show_listing(chart, key="load_refused")


def sentence(told: Mapping[str, Any], *, refused: int) -> str:
    """Return how a load ended: 'The last load (1 November 2026, 09:00) published what came.'"""
    end = _ENDS.get(str(told.get("outcome")), "ended in a way that is not known here")
    without = "" if refused else " No file was refused."
    return f"The last load{_when(told)} {end}.{without}"


def _when(told: Mapping[str, Any]) -> str:
    try:
        began = datetime.fromisoformat(str(told.get("started_at")))
    except ValueError:
        return ""
    moment = in_london(began.replace(tzinfo=None))
    return f" ({day(moment.date())}, {moment:%H:%M})"


def _refused(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    files = told.get("refused")
    if not isinstance(files, list):
        return []
    return [
        (str(each.get("file_name", "")), codes_in_words(str(each.get("message", ""))))
        for each in files
    ]
