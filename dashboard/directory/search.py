"""What a reader looks for in the directory: read from the address with suspicion, then matched."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.directory import words
from dashboard.directory.service import Directory, Service
from schemas.supplied.lists import CRIME_GROUP, CRIME_GROUPS, PRIORITY_FLAG

LONGEST_SEARCH: Final = 80
"""Characters of a search; a longer one is not read."""

NAMES: Final = ("search", "crime", "group", "mode", "self", "unreported")
"""The parameters of the address that are this page's own."""

_YES: Final = "yes"
_ALLOWED: Final[Mapping[str, Iterable[str]]] = {
    "crime": CRIME_GROUP,
    "group": PRIORITY_FLAG,
    "mode": words.MODES,
    "self": (_YES,),
    "unreported": (_YES,),
}
_PRIORITY_OF: Final = {each.code: each.priority for each in CRIME_GROUPS}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for; empty means any. `problems` are notices about the address."""

    search: str = ""
    crime: str = ""
    group: str = ""
    mode: str = ""
    self_referral: bool = False
    unreported: bool = False
    problems: tuple[str, ...] = ()

    @property
    def is_any(self) -> bool:
        """True when nothing is asked for."""
        return not write_wanted(self)


def read_wanted(parameters: Mapping[str, Sequence[str]]) -> Wanted:
    """Return what the parameters ask for; a value that is not in our lists is left out.

    The notice names the parameter and never repeats the value.
    """
    search = _one(parameters, "search")
    is_search = len(search) <= LONGEST_SEARCH and search.isprintable()
    taken = {name: _one(parameters, name) for name in _ALLOWED}
    faulty = [name for name, value in taken.items() if value and value not in _ALLOWED[name]]
    faulty += [name for name in NAMES if len(parameters.get(name, ())) > 1]
    faulty += [] if is_search else ["search"]
    good = {name: "" if name in faulty else value for name, value in taken.items()}
    return Wanted(
        search="" if "search" in faulty else search.strip(),
        crime=good["crime"],
        group=good["group"],
        mode=good["mode"],
        self_referral=bool(good["self"]),
        unreported=bool(good["unreported"]),
        problems=tuple(
            f"Filter {name} not recognised; it is left out." for name in NAMES if name in faulty
        ),
    )


def write_wanted(wanted: Wanted) -> dict[str, str]:
    """Return the parameters that stand for what is wanted; what is not asked for is left out."""
    written = {
        "search": wanted.search,
        "crime": wanted.crime,
        "group": wanted.group,
        "mode": wanted.mode,
        "self": _YES if wanted.self_referral else "",
        "unreported": _YES if wanted.unreported else "",
    }
    return {name: value for name, value in written.items() if value}


def matching(
    directory: Directory, wanted: Wanted, *, districts: frozenset[str] | None
) -> tuple[Service, ...]:
    """Return the services wanted that work in one of the districts, by name.

    districts: codes; None for anywhere.
    """
    return tuple(
        service
        for service in directory.services
        if _works_in(service, districts)
        and _is_for(service, wanted)
        and _is_open_to(service, wanted)
        and _has_words(service, directory, wanted.search)
    )


def _one(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(parameters.get(name, ())), "")


def _works_in(service: Service, districts: frozenset[str] | None) -> bool:
    if districts is None:
        return True
    return bool(districts) if service.is_everywhere else bool(districts.intersection(service.areas))


def _is_for(service: Service, wanted: Wanted) -> bool:
    """Return True when the groups name what is wanted, or when there are none: it is for all."""
    if not service.groups:
        return True
    crimes = {each.crime_group for each in service.groups}
    people = {each.priority_flag for each in service.groups}
    people |= {_PRIORITY_OF[crime] for crime in crimes if crime}
    return (not wanted.crime or wanted.crime in crimes) and (
        not wanted.group or wanted.group in people
    )


def _is_open_to(service: Service, wanted: Wanted) -> bool:
    return (
        (not wanted.mode or wanted.mode in words.modes(service))
        and (not wanted.self_referral or service.record["self_referral"] == "Y")
        and (not wanted.unreported or service.record["accepts_unreported"] == "Y")
    )


def _has_words(service: Service, directory: Directory, search: str) -> bool:
    text = " ".join(
        (
            service.name,
            service.provider,
            words.support(service),
            words.groups(service),
            words.places(service, directory),
            words.routes(service),
            words.languages(service),
            words.opening(service),
            words.funding(service),
        )
    ).casefold()
    return all(word in text for word in search.casefold().split())
