"""Assumptions: values that no data gives, each with its range, source, period and status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice
from dashboard.warehouse import Warehouse

Status = Literal["AGREED", "DRAFT", "TRIED"]

PREVALENCE: Final = "PREVALENCE"
SUPPORT: Final = "SUPPORT"
REPORTED: Final = "REPORTED"
SEVERITY: Final = "SEVERITY"
UNIT_COST: Final = "UNIT_COST"
"""Kinds of assumption; the code of one is its kind and what it is about, such as PREVALENCE_DA."""

AGREED: Final = "AGREED"
DRAFT: Final = "DRAFT"
TRIED: Final = "TRIED"
_RETIRED: Final = "RETIRED"
_WEAKEST_FIRST: Final[tuple[Status, ...]] = ("TRIED", "DRAFT", "AGREED")


@dataclass(frozen=True)
class Range:
    """Low, central and high, in this order; low and high are None where no range is given."""

    low: float | None
    central: float | None
    high: float | None

    def by(self, other: "Range") -> "Range":
        """Return the product: low by low, central by central, high by high."""
        return Range(
            _product(self.low, other.low),
            _product(self.central, other.central),
            _product(self.high, other.high),
        )

    def times(self, factor: float) -> "Range":
        """Return the range in another unit."""
        return self.by(Range(factor, factor, factor))

    def rest_of(self, whole: float) -> "Range":
        """Return what is left of a whole: its low is what the high leaves."""
        return Range(_rest(whole, self.high), _rest(whole, self.central), _rest(whole, self.low))


NO_RANGE: Final = Range(None, None, None)


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """One assumption as the office keeps it. A central value of None: no published estimate."""

    code: str
    name: str
    applies_to: str
    values: Range
    unit: str
    source: str
    source_url: str
    period: str
    review_by: str
    status: Status
    caveat: str
    agreed: float | None

    def tried(self, central: float) -> "Assumption":
        """Return it with another central value; its range keeps its proportions."""
        held = self.values.central
        moved = self.values.times(central / held) if held else Range(central, central, central)
        return replace(self, values=replace(moved, central=central), status=TRIED)


def assumptions(warehouse: Warehouse, choice: Choice | None = None) -> Mapping[str, Assumption]:
    """Return the assumptions in use by code, with what a reader tries out in a choice.

    Raises:
        UnknownChoice: a value is tried for an assumption that is not in use.
    """
    held: Mapping[str, Assumption] = warehouse.once(_held)
    tried = choice.assumptions if choice else ()
    unknown = [code for code, _ in tried if code not in held]
    if unknown:
        raise UnknownChoice(f"There is no assumption {unknown[0]!r} in use.")
    return {**held, **{code: held[code].tried(central) for code, central in tried}}


def weakest(statuses: Iterable[Status]) -> Status:
    """Return the status of a figure made of several: tried out before draft before agreed."""
    found = set(statuses)
    return next(each for each in _WEAKEST_FIRST if each in found)


def _held(warehouse: Warehouse) -> dict[str, Assumption]:
    rows = warehouse.table("dim_assumption").iter_rows(named=True)
    return {row["assumption_id"]: _assumption(row) for row in rows if row["status"] != _RETIRED}


def _assumption(row: Mapping[str, object]) -> Assumption:
    low, central, high = (_number(row[each]) for each in ("low", "central", "high"))

    def text(name: str) -> str:
        return str(row[name] or "")

    return Assumption(
        code=text("assumption_id"),
        name=text("name"),
        applies_to=text("applies_to"),
        values=Range(low, central, high),
        unit=text("unit"),
        source=text("source"),
        source_url=text("source_url"),
        period=text("period"),
        review_by=text("review_by"),
        status=AGREED if row["status"] == AGREED else DRAFT,
        caveat=text("caveat"),
        agreed=central,
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _product(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one * other


def _rest(whole: float, part: float | None) -> float | None:
    return None if part is None else whole - part
