"""Reads `policy.toml` with suspicion, and remembers on which line each of its keys stands."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipelines.errors import PolicyRefused, printable

FILE_NAME: Final = "policy.toml"
MOST_BYTES: Final = 65_536
"""A file with a line for each sender there could be is a tenth of it."""

STREET: Final = "police_uk"
SECTIONS: Final = (STREET, "supplied", "protection")
"""Street files; supplied files; the numbers that protect people in published counts."""

_DEEPEST: Final = 4
_NAME: Final = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_NAMES: Final = rf"\s*(?P<names>{_NAME}(?:\s*\.\s*{_NAME})*)\s*"
_HEADER: Final = re.compile(rf"\s*\[\[?{_NAMES}\]")
_KEY: Final = re.compile(f"{_NAMES}=")


@dataclass(frozen=True)
class Lines:
    """The line of each key and each section, by all names that lead to it."""

    numbers: Mapping[tuple[str, ...], int]

    def at(self, *names: str) -> str:
        """Return where a key stands, as 'policy.toml, line 12', or the section that holds it."""
        for known in range(len(names), 0, -1):
            if names[:known] in self.numbers:
                return f"{FILE_NAME}, line {self.numbers[names[:known]]}"
        return FILE_NAME


NO_LINES: Final = Lines({})


@dataclass(frozen=True)
class PolicyFile:
    """The sections of the file by name, and where everything in them stands."""

    sections: Mapping[str, Mapping[str, Any]]
    lines: Lines


def read_policy(path: Path | None) -> PolicyFile:
    """Return what the file in `path` says; nothing when there is no such file.

    Raises:
        PolicyRefused: the file is too large, no TOML, or holds an unknown section.
    """
    if path is None or not path.exists():
        return PolicyFile({}, NO_LINES)
    try:
        text = _text(path)
        lines = Lines(dict(_numbered(text)))
        found = tomllib.loads(text)
    except (OSError, ValueError) as fault:
        raise PolicyRefused(
            printable(f"{FILE_NAME} cannot be read: {fault}. Correct it.")
        ) from None
    except RecursionError:
        raise _too_deep() from None
    _refuse_deep(found)
    for name, section in found.items():
        if name not in SECTIONS or not isinstance(section, dict):
            raise PolicyRefused(f"{lines.at(name)}: unknown section {name}{_hint(name)}")
    return PolicyFile(found, lines)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise PolicyRefused(
            f"{FILE_NAME} is larger than {MOST_BYTES:,} bytes, which is no file of decisions. "
            "Put the right file in its place."
        )
    return content.decode("utf-8")


def _numbered(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            section = names = _names(header)
        elif key := _KEY.match(line):
            names = section + _names(key)
        else:
            continue
        # Before it is parsed: 20,000 names in a row keep the parser busy for half a minute.
        if len(names) > _DEEPEST:
            raise _too_deep()
        yield names, number


def _names(found: re.Match[str]) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, found["names"]))


def _refuse_deep(found: Mapping[str, Any]) -> None:
    level: list[Any] = [found]
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in _inner(each)]
    if any(isinstance(each, dict | list) for each in level):
        raise _too_deep()


def _inner(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _too_deep() -> PolicyRefused:
    return PolicyRefused(f"{FILE_NAME} is nested deeper than any decision needs. Correct it.")


def _hint(name: str) -> str:
    near = difflib.get_close_matches(name, SECTIONS, n=1)
    return f"; did you mean [{near[0]}]?" if near else f"; known are {', '.join(SECTIONS)}."
