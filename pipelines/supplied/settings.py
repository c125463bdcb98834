"""Reads `[supplied]` of `policy.toml`: how senders write dates, and the encoding of their files."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pipelines.errors import PolicyRefused
from pipelines.policy import ENCODINGS
from pipelines.policy_file import Lines, read_policy
from pipelines.protection.settings import SECTION as PROTECTION
from pipelines.protection.settings import load_protection
from pipelines.rules_hash import hash_of_rules
from pipelines.supplied.forms import DateOrder
from pipelines.supplied.reading import SECTION
from schemas.protection import FLOORS, Protection
from schemas.supplied.contracts import CONTRACTS

_DATE_ORDERS: Final[tuple[DateOrder, ...]] = ("iso", "day_first")
_RULES: Final = (
    "schemas/codes.py",
    "schemas/rule.py",
    "schemas/supplied/*.py",
    "pipelines/csv_*.py",
    "pipelines/identifiers.py",
    "pipelines/faults.py",
    "pipelines/placeholders.py",
    "pipelines/validate.py",
    "pipelines/working_days.py",
    "pipelines/supplied/*.py",
)
"""Files that decide what becomes of a supplied file."""

_TABLES: Final = tuple(each.table for each in CONTRACTS)


@dataclass(frozen=True, kw_only=True)
class Form:
    """How dates are written: their order, and whether Excel's numbers for them are taken."""

    date_order: DateOrder = "iso"
    excel_dates: bool = False


def _no_forms() -> Mapping[str, Form]:
    return MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class SuppliedPolicy:
    """The data owner's decisions about supplied files.

    encoding: of CSV files. tables, senders: the form of a table, or of all that a sender sends;
    the sender's goes before the table's.
    """

    encoding: str = "utf-8"
    tables: Mapping[str, Form] = field(default_factory=_no_forms)
    senders: Mapping[str, Form] = field(default_factory=_no_forms)

    def form(self, table: str, senders: Iterable[str]) -> Form:
        """Return the form of a file of a table: that of its sender, if all rows are of one."""
        known = {self.senders.get(sender) for sender in senders}
        sender_form = known.pop() if len(known) == 1 else None
        return sender_form or self.tables.get(table) or Form()


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What files are held against in one load or check.

    as_of: the day of loading. protection: says how large a share of rows may be set aside.
    """

    as_of: date
    policy: SuppliedPolicy = SuppliedPolicy()
    protection: Protection = FLOORS

    @property
    def hash(self) -> str:
        """Return a short hash of all but the day, to tell when the rules have changed."""
        return hash_of_rules((self.policy, self.protection.most_set_aside), _RULES)


def load_rules(path: Path | None, *, as_of: date) -> Rules:
    """Return what files are held against, by the `policy.toml` in `path` if there is one.

    Raises:
        PolicyRefused: it cannot be followed.
    """
    file = read_policy(path)
    return Rules(
        as_of=as_of,
        policy=load_supplied_policy(file.sections.get(SECTION, {}), file.lines),
        protection=load_protection(file.sections.get(PROTECTION, {}), lines=file.lines),
    )


def load_supplied_policy(section: Mapping[str, Any], lines: Lines) -> SuppliedPolicy:
    """Return what `[supplied]` says.

    Raises:
        PolicyRefused: an unknown key, table or value.
    """
    _refuse_unknown(section, ("encoding", "tables", "senders"), "key", lines)
    encoding = section.get("encoding", "utf-8")
    if encoding not in ENCODINGS:
        where, expected = lines.at(SECTION, "encoding"), " or ".join(ENCODINGS)
        raise PolicyRefused(f"{where}: [{SECTION}] encoding is {encoding!r}, expected {expected}.")
    tables, senders = (_entries(section, name, lines) for name in ("tables", "senders"))
    _refuse_unknown(tables, _TABLES, "table", lines, "tables")
    return SuppliedPolicy(
        encoding=encoding,
        tables={name: _form(entry, lines, "tables", name) for name, entry in tables.items()},
        senders={name: _form(entry, lines, "senders", name) for name, entry in senders.items()},
    )


def _entries(section: Mapping[str, Any], name: str, lines: Lines) -> Mapping[str, Any]:
    entries = section.get(name, {})
    if not isinstance(entries, dict):
        where = lines.at(SECTION, name)
        raise PolicyRefused(f"{where}: begin each of the {name} with [{SECTION}.{name}.…].")
    return entries


def _form(entry: Any, lines: Lines, *within: str) -> Form:
    where, name = lines.at(SECTION, *within), within[-1]
    if not isinstance(entry, dict):
        raise PolicyRefused(f'{where}: {name} must hold lines like date_order = "day_first".')
    _refuse_unknown(entry, ("date_order", "excel_dates"), "key", lines, *within)
    form = Form(**entry)
    if form.date_order not in _DATE_ORDERS or not isinstance(form.excel_dates, bool):
        raise PolicyRefused(
            f"{where}: [{SECTION}] {name} has {entry!r}, expected date_order iso or day_first and "
            "excel_dates true or false."
        )
    return form


def _refuse_unknown(
    section: Mapping[str, Any], known: tuple[str, ...], what: str, lines: Lines, *within: str
) -> None:
    for key in section:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}."
            where = lines.at(SECTION, *within, key)
            raise PolicyRefused(f"{where}: unknown {what} {key} under [{SECTION}]{hint}")
