"""What the data owner decides about sources: encodings, column names, crime types."""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pipelines.errors import PolicyRefused
from schemas.codes import ROW_TYPES

ENCODINGS: Final = ("utf-8", "windows-1252")
FILE_NAME: Final = "policy.toml"
SECTION: Final = "police_uk"
SECTIONS: Final = (SECTION, "supplied", "protection")
"""Street files; supplied files; the numbers that protect people in published counts."""


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
    section = read_sections(path).get(SECTION, {})
    _refuse_unknown(section, ("encoding", "column_aliases", "crime_types"), where=FILE_NAME)
    return Policy(
        encoding=_encoding(section.get("encoding", "utf-8"), where=FILE_NAME),
        column_aliases=_aliases(section.get("column_aliases", {}), where=FILE_NAME),
        crime_types=tuple(
            _crime_type_rule(entry, where=FILE_NAME) for entry in section.get("crime_types", [])
        ),
    )


def read_sections(path: Path | None) -> Mapping[str, Mapping[str, Any]]:
    """Return the sections of the file in `path` by name; none when there is no such file.

    Raises:
        PolicyRefused: the file is no TOML, or holds an unknown section.
    """
    if path is None or not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise PolicyRefused(f"{FILE_NAME} cannot be read: {fault}. Correct it.") from fault
    for name, section in found.items():
        if name not in SECTIONS or not isinstance(section, dict):
            near = difflib.get_close_matches(name, SECTIONS, n=1)
            hint = f"; did you mean [{near[0]}]?" if near else f"; known are {', '.join(SECTIONS)}."
            raise PolicyRefused(f"{FILE_NAME}: unknown section {name}{hint}")
    return found


def _encoding(value: object, *, where: str) -> str:
    if value not in ENCODINGS:
        raise PolicyRefused(f"{where}: encoding is {value!r}, expected {' or '.join(ENCODINGS)}.")
    return str(value)


def _aliases(value: object, *, where: str) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value.values()):
        raise PolicyRefused(f'{where}: column_aliases must be lines like "LSOA21 code" = "…".')
    return MappingProxyType(value)


def _crime_type_rule(entry: dict[str, Any], *, where: str) -> CrimeTypeRule:
    _refuse_unknown(entry, ("name", "crime_type", "valid_from", "valid_to"), where=where)
    if not isinstance(entry.get("name"), str) or entry.get("crime_type") not in ROW_TYPES:
        raise PolicyRefused(
            f"{where}: crime type {entry.get('name')!r} is given as {entry.get('crime_type')!r}, "
            f"expected one of {', '.join(ROW_TYPES)}."
        )
    if any(not isinstance(entry.get(key, date.min), date) for key in ("valid_from", "valid_to")):
        raise PolicyRefused(f"{where}: valid_from and valid_to must be dates like 2013-04-30.")
    return CrimeTypeRule(**entry)


def _refuse_unknown(section: Mapping[str, Any], known: Iterable[str], *, where: str) -> None:
    for key in section.keys() - set(known):
        near = difflib.get_close_matches(key, list(known), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise PolicyRefused(f"{where}: unknown key {key} under [{SECTION}]{hint}")
