"""How metrics about people are made: counts, shares and waits over the published cells."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Final, TypedDict, Unpack

from dashboard.metrics.menu import breakdowns, table_of
from dashboard.metrics.metric import Better, Metric

LAW: Final = "the Victims' Code"

_STATISTICS: Final = (
    ("median", "median", "median"),
    ("90th", "ninetieth_percentile", "90th percentile"),
)


@dataclass(frozen=True, kw_only=True)
class About:
    """The words of a metric: its number in the agreed list, its names, its meaning, its place."""

    id: str
    label: str
    noun: str
    definition: str
    caveat: str
    better: Better = "higher"
    objective: str = "B"
    page: str = "Victim journey"


class Formula(TypedDict, total=False):
    """What shares differ in beside their part and their whole; see `Metric`."""

    of: tuple[tuple[str, str], ...]
    undivided: tuple[str, ...]
    default_by: tuple[str, ...]
    is_rest: bool
    is_rest_of_above: bool
    is_within_rest: bool
    target: float
    target_basis: str
    settles: int


def count_of(
    measure: str, about: About, *, key: str = "", of: tuple[tuple[str, str], ...] = ()
) -> Metric:
    """Return the metric that is a protected count, of one part of a split where `of` says so."""
    return _metric(key or measure, measure, about, kind="count", unit=about.noun, of=of)


def share_of(
    whole: str, part: str, about: About, *, key: str = "", **formula: Unpack[Formula]
) -> Metric:
    """Return the metric that is a share of two protected counts, in whole numbers of a hundred."""
    unit = f"% of {about.noun}"
    return _metric(
        key or part, part, about, kind="proportion", unit=unit, per=100, whole=whole, **formula
    )


def rate_of(
    whole: str,
    measure: str,
    about: About,
    *,
    key: str,
    undivided: tuple[str, ...] = (),
    per: float = 1000,
) -> Metric:
    """Return the metric that is a count per so many people of another count, to one decimal.

    The two are no part of one another; the other is not divided by the splits `undivided`.
    """
    unit = f"per {per:,.0f} {about.noun}"
    formula = {"whole": whole, "undivided": undivided, "per": per, "decimals": 1}
    return _metric(key, measure, about, kind="rate", unit=unit, **formula)


def parts_of(whole: str, about: About, *, key: str, splits: tuple[str, ...]) -> Metric:
    """Return the metric that is each part's share of the whole, by one of these splits."""
    return share_of(whole, whole, about, key=key, undivided=splits, default_by=splits[:1])


def waits_of(measure: str, about: About, *, target: float | None = None) -> tuple[Metric, ...]:
    """Return the two metrics of a wait, whose keys end in _median and _90th.

    A target is for the median.
    """
    return tuple(
        _metric(
            f"{measure}_{ending}",
            measure,
            replace(
                about,
                label=f"{about.label}, {words}",
                definition=f"{about.definition} The {words}: {_MEANING[ending]}.",
            ),
            kind="wait",
            unit="working days",
            statistic=statistic,
            target=target if ending == "median" else None,
            target_basis=LAW if target and ending == "median" else "",
        )
        for ending, statistic, words in _STATISTICS
    )


def change_of(measure: str, about: About, *, default_by: tuple[str, ...]) -> Metric:
    """Return the metric that is a mean change in score, with its published 95% limits."""
    return _metric(
        measure,
        measure,
        about,
        kind="mean",
        unit=about.noun,
        decimals=1,
        default_by=default_by,
    )


_MEANING: Final = {
    "median": "half waited no longer",
    "90th": "nine in ten waited no longer",
}


def _metric(key: str, measure: str, about: About, **formula: Any) -> Metric:
    bare = Metric(
        key=key,
        way="protected",
        measure=measure,
        source=table_of(measure),
        breakdowns=(),
        **asdict(about),
        **formula,
    )
    return replace(bare, breakdowns=breakdowns(bare))
