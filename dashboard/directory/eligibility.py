"""Whom a service takes: the ages, sexes, languages and hours that its entry states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.directory.service import Service
from schemas.supplied.directory_service import OLDEST

Ages = tuple[int, int]

AGES: Final[Mapping[str, Ages]] = {
    "0-15": (0, 15),
    "16-17": (16, 17),
    "18-64": (18, 64),
    "65+": (65, OLDEST),
}
"""Bands of age by their codes: first and last year of each."""

SEXES: Final[Mapping[str, str]] = {"F": "Women and girls", "M": "Men and boys"}

_OF_GROUP: Final[Mapping[str, tuple[str, ...]]] = {
    "CYP": ("0-15", "16-17"),
    "CSE": ("0-15", "16-17"),
    "ELDER": ("65+",),
}
"""The ages of priority groups that are groups of an age; of the others anyone may be."""

_SPANS: Final = (
    (("0-15", "16-17", "18-64", "65+"), "of any age"),
    (("0-15", "16-17", "18-64"), "under 65"),
    (("16-17", "18-64", "65+"), "aged 16 and over"),
    (("0-15", "16-17"), "under 18"),
    (("16-17", "18-64"), "aged 16 to 64"),
    (("18-64", "65+"), "aged 18 and over"),
    (("0-15",), "under 16"),
    (("16-17",), "aged 16 and 17"),
    (("18-64",), "aged 18 to 64"),
    (("65+",), "aged 65 and over"),
)
"""Words for bands of age that follow each other, the most bands first."""

_ENGLISH: Final = "english"


@dataclass(frozen=True, kw_only=True)
class Seeker:
    """Somebody who looks for help; what is left as it is does not matter to them.

    `age` is a code of AGES, `sex` one of SEXES. The others ask for help in another language than
    English, in evenings or at weekends, and without being referred.
    """

    age: str = ""
    sex: str = ""
    other_language: bool = False
    out_of_hours: bool = False
    self_referral: bool = False

    @property
    def is_anyone(self) -> bool:
        """True when nothing is asked for."""
        return self == Seeker()


def bands_of(flag: str, seeker: Seeker) -> tuple[str, ...]:
    """Return the bands of age of a priority group's people, within the seeker's; may be none."""
    own = _OF_GROUP.get(flag, tuple(AGES))
    return tuple(band for band in own if seeker.age in ("", band))


def takes(service: Service, flag: str, seeker: Seeker) -> bool:
    """Return True when the service takes some of the group's people who seek as the seeker does."""
    sexes = (seeker.sex,) if seeker.sex else tuple(SEXES)
    return (
        any(_takes_age(service, AGES[band], fully=False) for band in bands_of(flag, seeker))
        and any(_takes_sex(service, sex) for sex in sexes)
        and (not seeker.other_language or _speaks_more(service))
        and (not seeker.out_of_hours or service.record["out_of_hours"] == "Y")
        and (not seeker.self_referral or service.record["self_referral"] == "Y")
    )


def not_taken(services: Iterable[Service], flag: str, seeker: Seeker) -> str:
    """Return which of the group's people none of the services takes: 'men under 18'; '' for none.

    A band of age counts as taken where one service takes all of it.
    """
    listed = tuple(services)
    bands = bands_of(flag, seeker)
    sexes = (seeker.sex,) if seeker.sex else tuple(SEXES)
    missing = {
        sex: tuple(band for band in bands if not _is_taken(listed, sex, AGES[band]))
        for sex in sexes
    }
    both = tuple(band for band in bands if all(band in held for held in missing.values()))
    said = [_span(both, "people")] if both else []
    for sex, held in missing.items():
        alone = tuple(band for band in held if band not in both)
        said += [_span(alone, SEXES[sex].lower(), of_all=bands)] if alone else []
    return "; ".join(said)


def _is_taken(services: Iterable[Service], sex: str, ages: Ages) -> bool:
    return any(_takes_sex(each, sex) and _takes_age(each, ages, fully=True) for each in services)


def _takes_age(service: Service, ages: Ages, *, fully: bool) -> bool:
    least = service.record["eligibility_min_age"] or 0
    most = service.record["eligibility_max_age"]
    last = OLDEST if most is None else most
    if fully:
        return bool(least <= ages[0] and ages[1] <= last)
    return bool(least <= ages[1] and ages[0] <= last)


def _takes_sex(service: Service, sex: str) -> bool:
    return (service.record["eligibility_sex"] or "ANY") in ("ANY", sex)


def _speaks_more(service: Service) -> bool:
    said = str(service.record["languages"] or "").casefold().replace(_ENGLISH, "")
    return any(letter.isalpha() for letter in said)


def _span(bands: tuple[str, ...], whom: str, of_all: tuple[str, ...] = ()) -> str:
    """Return whom, with their ages: 'people under 18', 'men and boys'."""
    if bands == of_all:
        return whom
    words = next((said for held, said in _SPANS if held == bands), "")
    if words:
        return f"{whom} {words}"
    return f"{whom} {' or '.join(_span((band,), '').strip() for band in bands)}"
