"""What a metric, a choice and a result are. Frozen, typed, and free of data access."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

import polars as pl

from schemas.cells import SPLITS

Better = Literal["lower", "higher", "context"]
Kind = Literal[
    "count", "rate", "proportion", "ratio", "wait", "estimate", "amount", "median", "mean"
]
Way = Literal[
    "recorded",
    "protected",
    "fraud",
    "estimate",
    "unreported",
    "reported",
    "take_up",
    "estimate_share",
    "share_ratio",
    "representation",
    "weighted",
    "rural_ratio",
    "rural_support",
    "reach",
    "steps",
    "capacity",
    "cost",
    "returns",
    "contracts",
    "spend",
    "lessons",
    "commitments",
    "scan",
    "code_evidence",
    "duties",
    "provision",
    "modelled",
    "access",
    "need_per_place",
    "unmet",
    "beyond",
]
"""What a metric is made of: recorded crime, protected counts of people (alone, or as the steps of a
way), snapshots of national reports of fraud, rural over urban figures, people supported beside
crimes, distances to places of help, the office's log of lessons, its checklist of the Code or its
list of duties in law, services of the directory beside need and how far people are from them, or
measures that a scan finds to fall short; or assumptions: estimates of people, what is counted held
against them or against residents, and crime weighted by harm or cost."""
Rows = Literal["crime", "antisocial_behaviour", "any", "crime_unless_asked"]
"""Which police.uk rows count; the last takes antisocial behaviour when a reader chooses it, and
gives it a row of its own among the crime types."""
Base = Literal["residents", "hectares"]
Comparison = Literal["same_period_last_year", "previous_period", "force_average", "similar_forces"]

LOCAL: Final = "proposed locally, until the office sets it"
"""Who set a target that no law, scheme or contract sets."""

DIMENSIONS: Final = (
    "month",
    "quarter",
    "force_code",
    "partnership_code",
    "area_code",
    "small_area_code",
    "hexagon",
    "hexagon_wide",
    "crime_type",
    "outcome",
    "outcome_group",
    "fraud_type",
    "victim_type",
    "rural_class",
    "town_class",
    "travel_band",
    "help_layer",
    "step",
    "financial_year",
    "stream",
    "objective",
    "duty_status",
    *SPLITS,
)
"""Everything a result can be broken down by. A query offers some of them."""


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A count or a quotient with a name; the formula exists here and nowhere else.

    The value is `numerator` for a count, and `per * numerator / denominator` otherwise; of an
    estimate it is what its assumptions give, with no numerator. `decimals` of -2 means that it
    is shown to the nearest hundred.
    `default_by` is how it is broken down when nobody says how. `target_basis` says who set the
    target. A metric of crime has a `query` and the `rows` that it counts, of some `types` only
    where it names them, and rates are over its `base`; a metric about people has these instead:

    measure, whole: the protected counts of which it is made (`schemas/measures.py`).
    of: the parts of splits that it is about, such as (("event", "CHARGE"),); of crime, the kinds of
        place, such as (("rural_class", "Rural"),).
    undivided: splits by which the whole is not divided, so that each part is a share of all.
    is_rest: it is what is left of the whole when the part is taken away.
    is_rest_of_above: it is what is left of the measure that the part is a part of when the part is
        taken away, such as what was done late, of all that was due.
    is_within_rest: it is the share of that which is left when the measure that the part is a part
        of is taken away as well, such as on time of those with a record.
    statistic: for a wait, which one of those published.
    settles: months after which a cohort is old enough for it, such as to have started support.

    One made of assumptions has `assumes`: the kinds of assumption that are multiplied.
    """

    key: str
    id: str
    label: str
    noun: str
    definition: str
    kind: Kind
    unit: str
    breakdowns: tuple[str, ...]
    better: Better
    source: str
    objective: str
    caveat: str
    page: str
    query: str = ""
    rows: Rows = "any"
    types: tuple[str, ...] = ()
    base: Base = "residents"
    per: float = 1.0
    decimals: int = 0
    target: float | None = None
    target_basis: str = ""
    default_by: tuple[str, ...] = ()
    way: Way = "recorded"
    measure: str = ""
    whole: str = ""
    of: tuple[tuple[str, str], ...] = ()
    undivided: tuple[str, ...] = ()
    is_rest: bool = False
    is_rest_of_above: bool = False
    is_within_rest: bool = False
    statistic: str = ""
    settles: int = 0
    assumes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a reader chose: areas, months, crime types and what to compare with.

    Empty `areas` means the home force; empty `crime_types` means every type the metric counts;
    no `first_month` and `last_month` means the default period (see `period.py`).
    `assumptions` are central values that a reader tries instead of those held, by their codes.
    """

    areas: tuple[str, ...] = ()
    first_month: date | None = None
    last_month: date | None = None
    crime_types: tuple[str, ...] = ()
    compare_with: Comparison = "same_period_last_year"
    assumptions: tuple[tuple[str, float], ...] = ()

    def during(self, first_month: date, last_month: date) -> "Choice":
        """Return the same choice over other months, both included."""
        return replace(self, first_month=first_month, last_month=last_month)


@dataclass(frozen=True)
class Period:
    """Months from first to last, both included, with those that are not supplied."""

    first_month: date
    last_month: date
    missing: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Result:
    """The answer to one metric and one choice.

    `frame` has one row per combination of the columns in `by`, and beside them `numerator`,
    `denominator`, `value`, `lower`, `upper` (95 % limits) and `marker` ('' when there is a value).
    Of an estimate, `lower` and `upper` are its low and high instead, and `status` says whether it
    rests on agreed values (AGREED), on a placeholder (DRAFT) or on one tried out (TRIED).
    `names` gives the name as people say it for each code in the frame.
    """

    metric: Metric
    choice: Choice
    by: tuple[str, ...]
    period: Period
    frame: pl.DataFrame
    version: str
    is_invented: bool
    names: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
