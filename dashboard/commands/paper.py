"""A Board paper made again from its recipe; `paper_options.py` says what is asked for."""

import argparse
import getpass
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import Progress

from dashboard.access import STAFF
from dashboard.commands.paper_options import CURRENT, RECIPE
from dashboard.errors import DashboardError, UnknownChoice
from dashboard.export import Document, FileFormat, Leaving, export
from dashboard.papers.making import as_at, documents, recipe_document
from dashboard.papers.rebuild import Rebuilt, draft_of, rebuild
from dashboard.papers.recipe import Recipe
from dashboard.papers.recipe_check import MOST_BYTES, read
from dashboard.report.document_template import Kind
from dashboard.report.paper import OFFICE, Paper
from dashboard.settings import load_settings
from dashboard.warehouse import build_of, current_version, is_kept, kept_versions

SAME: Final = 0
NOT_REPRODUCED: Final = 4
"""A figure differs, or is not there, although its version is the same."""
CHANGED: Final = 5
"""Figures differ on another version."""
GONE: Final = 6
"""A figure of the recipe does not exist on another version."""

_KINDS: Final[Mapping[str, Kind]] = {"word": "docx", "powerpoint": "pptx"}
_CONSOLE: Final = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


@dataclass(frozen=True)
class _Job:
    """What is asked for. Without a `version` each figure is made on its own."""

    recipe: Recipe
    kinds: tuple[Kind, ...]
    version: str | None
    data_dir: Path
    out: Path


class _NotWritten(DashboardError):
    """A file could not be written where it was asked for."""

    exit_code = 2


def run(options: argparse.Namespace) -> int:
    """Make the paper again, say what differs, and return which of the four it came to."""
    job = _job(options)
    rebuilt = _rebuilt(job)
    for number, each in enumerate(rebuilt, start=1):
        _say_of(each, number)
    code = _code(rebuilt)
    if code == NOT_REPRODUCED:
        _say("Not reproduced, so nothing was written. The version or the dashboard was changed.")
    else:
        _write(job, rebuilt)
    return code


def _job(options: argparse.Namespace) -> _Job:
    kinds = _kinds(options.format)
    recipe = read(_content(options.recipe))
    data_dir = options.data_dir or load_settings().data_dir
    version = _version(options.as_at, recipe, data_dir)
    return _Job(recipe, kinds, version, data_dir, options.out)


def _kinds(words: str) -> tuple[Kind, ...]:
    names = [each.strip() for each in words.split(",") if each.strip()]
    if not names or not set(names) <= _KINDS.keys():
        raise UnknownChoice("--format takes word, powerpoint, or word,powerpoint.")
    return tuple(_KINDS[name] for name in dict.fromkeys(names))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnknownChoice(f"{path} cannot be read: {error.strerror}.") from None


def _version(asked: str, recipe: Recipe, data_dir: Path) -> str | None:
    """Return the one version for all figures, None for each its own; all of them are kept."""
    version = current_version(data_dir) if asked == CURRENT else asked
    wanted = {each.version for each in recipe.figures} if asked == RECIPE else {version}
    for each in sorted(wanted):
        if not is_kept(data_dir, each):
            kept = ", ".join(kept_versions(data_dir)) or "none"
            raise UnknownChoice(f"Version {each} is not kept here. Versions kept: {kept}.")
    return None if asked == RECIPE else version


def _rebuilt(job: _Job) -> tuple[Rebuilt, ...]:
    # Here, so that the other commands start without the screens, which only this one runs.
    from dashboard.ui.replay import replay

    with _progress("Making the figures again") as tell:
        return rebuild(
            job.recipe,
            lambda asked: replay(asked, data_dir=job.data_dir, progress=tell),
            version=job.version,
        )


def _say(words: str) -> None:
    """Print a line, without anything in it that would tell the terminal what to do."""
    _CONSOLE.print("".join(each for each in words if each.isprintable()))


def _say_of(each: Rebuilt, number: int) -> None:
    lead = f"Figure {number}, {each.wanted.name}:"
    if each.is_gone:
        _say(f"{lead} it cannot be made: {each.found.problem}.")
    elif each.is_same:
        _say(f"{lead} the same data.")
    else:
        lines = list(each.difference.lines()) or ["The numbers are of another kind"]
        _say(f"{lead} {len(lines):,} difference{'' if len(lines) == 1 else 's'}.")
        for line in lines:
            _say(f"  {line}")


def _code(rebuilt: Sequence[Rebuilt]) -> int:
    if any(each.is_broken for each in rebuilt):
        return NOT_REPRODUCED
    if any(each.is_gone for each in rebuilt):
        return GONE
    return SAME if all(each.is_same for each in rebuilt) else CHANGED


def _write(job: _Job, rebuilt: Sequence[Rebuilt]) -> None:
    """Write the documents, and on another version the recipe of what they show."""
    draft = draft_of(job.recipe, rebuilt)
    if not draft.items:
        _say("No figure could be made, so nothing was written.")
        return
    made_on = job.recipe.made_on if job.version is None else date.today()
    builds = {each: build_of(job.data_dir, each) for each in draft.versions}
    days = {name: build.as_of_date if build else None for name, build in builds.items()}
    made = _documents(job, draft.paper(office=OFFICE, as_at=as_at(days), made_on=made_on))
    if job.version is not None:
        made["json"] = recipe_document(draft, made_on)
    _hand_over(job, made)


def _documents(job: _Job, paper: Paper) -> dict[FileFormat, Document]:
    with _progress("Writing") as tell:
        return documents(
            paper,
            data_dir=job.data_dir,
            kinds=job.kinds,
            progress=lambda _, done, of: tell(done, of),
        )


def _hand_over(job: _Job, made: Mapping[FileFormat, Document]) -> None:
    """Let each file leave as from the page: with its line in the audit log before its bytes."""
    leaving = Leaving(
        reader=f"command line: {getpass.getuser()}",
        role=STAFF,
        page="board_paper",
        data_dir=job.data_dir,
    )
    suffix = f"-{job.version}" if job.version else ""
    for file_format, document in made.items():
        named = replace(document, name=f"{document.name}{suffix}")
        file = export(named, file_format, leaving=leaving)
        path = job.out / file.file_name
        try:
            job.out.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
        except OSError as error:
            raise _NotWritten(f"{path} cannot be written: {error.strerror}.") from None
        _say(f"Written: {path}")


@contextmanager
def _progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on the error stream, and give what tells it how far things are."""
    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(words, total=None)
        yield lambda done, of: bars.update(bar, completed=done, total=of)
