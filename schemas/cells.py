"""The protected cells: what is counted about people, by which dimensions, for which periods.

The pipelines count and protect exactly these cells; the dashboard can only select among them.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

PeriodType = Literal["month", "quarter", "year_to_date", "year"]
"""Month; quarter; financial year from April to the end of its second or third quarter; the twelve
months that end with a quarter (a financial year when they end in March). A period is named by its
type and its first and last month."""

AreaType = Literal["force", "partnership", "district"]
"""Partnerships that are one district are not published twice: their cells are the district's.
Two codes stand beside the nine districts, so that they add up to the force: OUT and NK."""

Level = tuple[AreaType, PeriodType]

SPLITS: Final = (
    "crime_group",
    "priority_flag",
    "source",
    "age_band",
    "sex",
    "ethnic_group",
    "disability",
    "enhanced",
    "rural_urban",
    "provider_id",
    "service_id",
    "end_reason",
    "event",
    "owner",
    "organisation",
    "theme",
    "code_right",
    "domain",
    "scale",
    "population",
    "wait_band",
    "rural_theme",
    "sentiment",
)
"""Everything a protected count can be split by, in the order in which two splits are named."""

RARE_SUPPORT: Final = frozenset({"ACCOMMODATION"})
"""Kinds of support of which a service is counted for the force and for years only: few people live
in a refuge, their neighbours know who came when, and someone is looking for them."""

OVERLAPPING: Final = frozenset({"priority_flag"})
"""Splits whose values do not exclude one another, so that they do not add up to the whole."""

WAIT_BANDS: Final = MappingProxyType(
    {
        "0-13": "Up to two weeks",
        "14-27": "Two to four weeks",
        "28-55": "Four to eight weeks",
        "56-90": "Eight weeks to ninety days",
        "91+": "Over ninety days",
    }
)
"""Days from acceptance to the end of the month: code → meaning."""


@dataclass(frozen=True, kw_only=True)
class View:
    """A set of cells that is published: by none, one or two splits, at these levels."""

    splits: tuple[str, ...] = ()
    levels: tuple[Level, ...]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A count of people, or of things about people, that is published as protected cells.

    part_of: the measure of which it is a part; the rest is protected as well, and where the rest
        is hidden the part is not given but said to be nearly all.
    hides_rest: False where the rest says nothing about anybody, such as who left a question out or
        what is not due yet; the whole and the part are then both shown although they nearly agree.
    mirrors: the measure that counts the same people by another way: a cell is shown only where
        that measure's cell is, rounded alike, so that where the two agree neither tells more. Its
        views are among the views of that measure.
    adds_up: True when periods add up; False for distinct people, who may come in two quarters
        (within one period and area, each person has one value of each split, the first).
    views: which cells are published. A view with splits needs the view without them.
    settles: months at the beginning of its source in which it cannot be counted, because what it
        counts has begun before: support of people who were referred before the first file.
    only: for some splits, the values that it is about; rows with others are not counted, and
        other values have no cells.
    """

    key: str
    label: str
    table: str
    views: tuple[View, ...]
    part_of: str | None = None
    hides_rest: bool = True
    mirrors: str | None = None
    adds_up: bool = True
    settles: int = 0
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wait:
    """A number of working days, of which the median and the ninetieth percentile are published.

    people: the measure whose cell stands for the people who waited: where that is hidden, so is
        the wait. views: each a view of that measure.
    """

    key: str
    label: str
    people: str
    views: tuple[View, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change in score, of which the mean and its 95% limits are published, scale by scale.

    people: the measure that counts the pairs: where its cell of the same domain or service is
        hidden, so is the change. views: each by scale, alone or within a split of that measure.
    """

    key: str
    label: str
    people: str
    views: tuple[View, ...]
