"""What the data owner decides about sources: encodings, column names, crime types."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pipelines.errors import PolicyRefused
from pipelines.policy_file import STREET, Lines, read_policy
from schemas.codes import ROW_TYPES

ENCODINGS: Final = ("utf-8", "windows-1252")


@dataclass(frozen=True)
class CrimeTypeRule:
    """A name that police.uk used for a crime type, and the months in which it meant that."""

    name: str
    crime_type: str
    valid_from: date = date.min
    valid_to: date = date.max


@dataclass(frozen=True)
class Policy:
    """The data owner's decisions. Without a `policy.toml` nothing differs from police.uk's form.

    encoding: of the files; one of ENCODINGS.
    column_aliases: column name in the file → column name in the contract.
    crime_types: further names of crime types.
    """

    encoding: str = "utf-8"
    column_aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    crime_types: tuple[CrimeTypeRule, ...] = ()


def load_policy(path: Path | None) -> Policy:
    """Return the policy in `path`; the usual one when there is no such file.

    Raises:
        PolicyRefused: the file is no TOML, or holds an unknown key or value.
    """
    file = read_policy(path)
    section, lines = file.sections.get(STREET, {}), file.lines
    _refuse_unknown(section, ("encoding", "column_aliases", "crime_types"), lines)
    return Policy(
        encoding=_encoding(section.get("encoding", "utf-8"), lines),
        column_aliases=_aliases(section.get("column_aliases", {}), lines),
        crime_types=_crime_types(section.get("crime_types", []), lines),
    )


def _encoding(value: object, lines: Lines) -> str:
    if value not in ENCODINGS:
        where, expected = lines.at(STREET, "encoding"), " or ".join(ENCODINGS)
        raise PolicyRefused(f"{where}: encoding is {value!r}, expected {expected}.")
    return str(value)


def _aliases(value: object, lines: Lines) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value.values()):
        where = lines.at(STREET, "column_aliases")
        raise PolicyRefused(f'{where}: column_aliases must be lines like "LSOA21 code" = "…".')
    return MappingProxyType(value)


def _crime_types(value: object, lines: Lines) -> tuple[CrimeTypeRule, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        where = lines.at(STREET, "crime_types")
        raise PolicyRefused(f"{where}: begin each crime type with [[{STREET}.crime_types]].")
    return tuple(_crime_type_rule(entry, lines) for entry in value)


def _crime_type_rule(entry: dict[str, Any], lines: Lines) -> CrimeTypeRule:
    _refuse_unknown(entry, ("name", "crime_type", "valid_from", "valid_to"), lines, "crime_types")
    where, name = lines.at(STREET, "crime_types"), entry.get("name")
    if not isinstance(name, str) or entry.get("crime_type") not in ROW_TYPES:
        raise PolicyRefused(
            f"{where}: crime type {name!r} is given as {entry.get('crime_type')!r}, "
            f"expected one of {', '.join(ROW_TYPES)}."
        )
    if any(not isinstance(entry.get(key, date.min), date) for key in ("valid_from", "valid_to")):
        raise PolicyRefused(f"{where}: valid_from and valid_to must be dates like 2013-04-30.")
    return CrimeTypeRule(**entry)


def _refuse_unknown(
    section: Mapping[str, Any], known: Iterable[str], lines: Lines, *within: str
) -> None:
    for key in section.keys() - set(known):
        near = difflib.get_close_matches(key, list(known), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        where = lines.at(STREET, *within, key)
        raise PolicyRefused(f"{where}: unknown key {key} under [{STREET}]{hint}")
