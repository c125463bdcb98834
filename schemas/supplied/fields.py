"""Short ways to state a field of each kind, for contracts with many alike."""

from datetime import date

from schemas.supplied.field import FIRST_DAY, PUBLIC_ID, SENDER_KEY, Field
from schemas.supplied.lists import Codes


def key(name: str, meaning: str) -> Field:
    """Return a required key of a record of the sender."""
    return Field(name=name, kind="key", meaning=meaning, is_required=True, pattern=SENDER_KEY)


def identifier(name: str, meaning: str, *, is_required: bool = True) -> Field:
    """Return an identifier of an organisation, service, site, fund or entry."""
    return Field(name=name, kind="id", meaning=meaning, is_required=is_required, pattern=PUBLIC_ID)


def text(name: str, meaning: str, *, is_required: bool = False) -> Field:
    """Return words about an organisation, a service or a source, never about a person."""
    return Field(name=name, kind="text", meaning=meaning, is_required=is_required)


def code(name: str, codes: Codes, meaning: str, *, is_required: bool = False) -> Field:
    """Return a field of one code."""
    return Field(name=name, kind="code", codes=codes, meaning=meaning, is_required=is_required)


def codes(name: str, allowed: Codes, meaning: str) -> Field:
    """Return a field of no, one or several codes."""
    return Field(name=name, kind="codes", codes=allowed, meaning=meaning)


def day(
    name: str,
    meaning: str,
    *,
    is_required: bool = False,
    may_be_future: bool = False,
    first_day: date = FIRST_DAY,
) -> Field:
    """Return a date; `may_be_future` for ends of contracts and days by which something is due."""
    return Field(
        name=name,
        kind="date",
        meaning=meaning,
        is_required=is_required,
        may_be_future=may_be_future,
        first_day=first_day,
    )


def count(
    name: str, meaning: str, *, is_required: bool = False, most: float | None = None
) -> Field:
    """Return a whole number from 0 on."""
    return Field(
        name=name, kind="integer", meaning=meaning, is_required=is_required, least=0, most=most
    )


def amount(
    name: str,
    meaning: str,
    *,
    is_required: bool = False,
    least: float | None = 0,
    most: float | None = None,
) -> Field:
    """Return a number with decimals, from 0 on unless said otherwise."""
    return Field(
        name=name, kind="decimal", meaning=meaning, is_required=is_required, least=least, most=most
    )
