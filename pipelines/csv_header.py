"""Holds a file's header against the columns of its contract, by name and never by place."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.errors import FileRefused


@dataclass(frozen=True)
class Layout:
    """The columns that a contract asks for, and an older header that people may still have."""

    columns: tuple[str, ...]
    old_name: str
    old_columns: tuple[str, ...]
    section: str


@dataclass(frozen=True)
class Header:
    """A header that was read. `names` are the file's columns as the contract calls them."""

    names: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    refusals: tuple[FileRefused, ...]


def read_header(
    found: tuple[str, ...], file_name: str, *, layout: Layout, aliases: Mapping[str, str]
) -> Header:
    """Return the header with every reason for which the file must be refused on its account."""
    names = tuple(aliases.get(name, name) for name in found)
    missing = tuple(column for column in layout.columns if column not in names)
    extra = tuple(name for name in names if name not in layout.columns)
    refusals = _duplicates(names, file_name)
    if missing and set(names) == set(layout.old_columns):
        refusals.append(_old_layout(missing, file_name, layout=layout))
    elif missing:
        refusals.append(_missing(missing, extra, names, file_name=file_name, layout=layout))
    return Header(names, missing, extra, tuple(refusals))


def _duplicates(names: tuple[str, ...], file_name: str) -> list[FileRefused]:
    refusals = []
    for name in dict.fromkeys(names):
        places = [str(place) for place, other in enumerate(names, start=1) if other == name]
        if len(places) > 1:
            refusals.append(
                FileRefused(
                    file_name,
                    f"{file_name} line 1: column {name or '(no name)'} stands at positions "
                    f"{' and '.join(places)}, expected once. Download the file again.",
                    reason="DUPLICATE_COLUMN",
                )
            )
    return refusals


def _old_layout(missing: tuple[str, ...], file_name: str, *, layout: Layout) -> FileRefused:
    telling = [name for name in missing if name in ("Crime ID", "LSOA code")]
    telling += [name for name in missing if name.startswith("Last outcome")]
    rest = [name for name in missing if name not in telling]
    return FileRefused(
        file_name,
        f"{file_name}: layout {layout.old_name} recognised; missing {', '.join(telling)} "
        f"(and {', '.join(rest)}). Fetch the month from the current archive.",
        reason="OLD_LAYOUT",
    )


def _missing(
    missing: tuple[str, ...],
    extra: tuple[str, ...],
    names: tuple[str, ...],
    *,
    file_name: str,
    layout: Layout,
) -> FileRefused:
    matched = [name for name in names if name in layout.columns]
    return FileRefused(
        file_name,
        f"{file_name} line 1: missing: {', '.join(missing)}; unexpected: "
        f"{', '.join(extra) or 'none'}; matched: {', '.join(matched) or 'none'}."
        f"{_suggestions(missing, extra, layout=layout) or ' Download the file again.'}",
        reason="MISSING_COLUMN",
    )


def _suggestions(missing: tuple[str, ...], extra: tuple[str, ...], *, layout: Layout) -> str:
    words = ""
    for name in extra:
        for near in difflib.get_close_matches(name, missing, n=1):
            words += (
                f" Is {name} the column {near}? Then add to policy.toml "
                f'[{layout.section}.column_aliases] the line "{name}" = "{near}".'
            )
    return words
