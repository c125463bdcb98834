"""Cells that cannot be anything but zero, and cells of very small groups.

Zero by definition is what everybody knows from the public directory and the dated standards, and
what the door makes sure of. Nothing else is: that nobody of a group came in a quarter is a fact
about that group. A service that does not work in a district, say, is no such case, since people
who move keep their service.
"""

from datetime import timedelta
from typing import Final

import polars as pl

from pipelines.counting.events import Rows
from schemas.cells import RARE_SUPPORT
from schemas.measures import MEASURES
from schemas.menu.values import SPLIT_CODES
from schemas.supplied.lists import RARE_CRIME_GROUPS
from schemas.supplied.referral import GRACE_DAYS

_RECEIVED: Final = frozenset(
    each.key for each in MEASURES if each.table == "referrals" and each.adds_up and not each.settles
)
"""Measures of the month of receipt: none after the contract and the days of grace."""

_NOT_TIMED: Final = frozenset(
    {"complaints", "reviews_requested", "reviews_completed", "reviews_overturned"}
)
"""Complaints and reviews whether or not anything about them is due."""

_AGENCY: Final = {
    "case_updates": ("owner", ()),
    "complaints": ("organisation", ("COMPLAINT",)),
    "vrr": ("organisation", ("VRR",)),
}
"""Table of duties → the split that names who has to act, and the duty where rows name none."""

_DUTIES: Final = tuple(
    (each.key, split, dict(each.only).get("event", events))
    for each in MEASURES
    for split, events in [_AGENCY.get(each.table, ("", ()))]
    if split and each.key not in _NOT_TIMED
)
"""Measure, split that names who has to act, and the events or duties that it counts."""


def is_impossible(cells: pl.DataFrame, rows: Rows) -> pl.Series:
    """Return, for each cell, whether nobody can be in it by definition."""
    return _outside_contract(cells, rows) | _without_standard(cells, rows["ref_code_standard"])


def is_rare(cells: pl.DataFrame, rows: Rows) -> pl.Series:
    """Return, for each cell, whether it is of a very small group and not of the force and a year.

    Such are the rare crime groups, refuges, services for rare crime groups only, and providers
    with no other services.
    """
    rare = _rare_values(rows)
    is_of_group = pl.any_horizontal(
        pl.col(f"split_{n}").eq(split) & pl.col(f"value_{n}").is_in(list(values))
        for n in (1, 2)
        for split, values in rare.items()
    )
    is_force_year = pl.col("area_type").eq("force") & pl.col("period_type").eq("year")
    return cells.select(is_of_group & ~is_force_year).to_series()


def _outside_contract(cells: pl.DataFrame, rows: Rows) -> pl.Series:
    """Return where a service, or all of a provider's, had not begun or takes nobody any more."""
    terms = _terms(rows)
    is_received = pl.col("measure").is_in(list(_RECEIVED))
    is_outside = (pl.col("last_month") < pl.col("opens")) | (
        is_received & (pl.col("first_month") > pl.col("closes"))
    )
    return _in_either_split(cells, terms, is_outside)


def _in_either_split(cells: pl.DataFrame, said: pl.DataFrame, condition: pl.Expr) -> pl.Series:
    """Return where a condition holds for what is said of the first or of the second split."""
    found = [
        cells.join(
            said,
            left_on=[f"split_{n}", f"value_{n}"],
            right_on=["split", "value"],
            how="left",
            maintain_order="left",
        )
        .select(condition.fill_null(value=False))
        .to_series()
        for n in (1, 2)
    ]
    return found[0] | found[1]


def _terms(rows: Rows) -> pl.DataFrame:
    """Return the first and last month in which each service and provider may receive people.

    One row per split and value: `opens`, `closes`, null where no day is set. The directory knows
    the present contract only, so that what was accepted under earlier ones widens it.
    """
    seen = pl.concat(
        [
            rows["referrals"].select("service_id", day="date_received"),
            rows["provider_returns"].select("service_id", day="quarter"),
        ]
    )
    spans = seen.group_by("service_id").agg(first=pl.col("day").min(), last=pl.col("day").max())
    services = rows["services"].join(spans, on="service_id", how="left")
    start, end = pl.col("contract_start"), pl.col("contract_end") + timedelta(days=GRACE_DAYS)
    terms = services.select(
        "service_id",
        "provider_id",
        opens=pl.when(start.is_not_null())
        .then(pl.min_horizontal(start, "first"))
        .dt.truncate("1mo"),
        closes=pl.when(end.is_not_null()).then(pl.max_horizontal(end, "last")).dt.truncate("1mo"),
    )
    return pl.concat(
        terms.group_by(pl.col(split).alias("value"))
        .agg(
            opens=pl.when(pl.col("opens").is_not_null().all()).then(pl.col("opens").min()),
            closes=pl.when(pl.col("closes").is_not_null().all()).then(pl.col("closes").max()),
        )
        .select(pl.lit(split).alias("split"), "value", "opens", "closes")
        for split in ("service_id", "provider_id")
    )


def _without_standard(cells: pl.DataFrame, standards: pl.DataFrame) -> pl.Series:
    """Return where nothing can be due: no standard names the event, or the agency for it.

    Without any standard nothing is known of what is due, and nothing is said to be impossible.
    """
    if standards.is_empty():
        return pl.repeat(value=False, n=len(cells), eager=True)
    pairs = standards.select("event", "owner").unique().rows()
    impossible = pl.DataFrame(
        [
            (measure, name, value)
            for measure, agency, events in _DUTIES
            for name, place in (("event", 0), (agency, 1))
            for value in SPLIT_CODES[name]
            if value not in {pair[place] for pair in pairs if pair[0] in events}
        ],
        schema=["_measure", "split", "value"],
        orient="row",
    )
    said = impossible.group_by("split", "value").agg("_measure")
    is_said = pl.col("_measure").list.contains(pl.col("measure"))
    return _in_either_split(cells, said, is_said)


def _rare_values(rows: Rows) -> dict[str, set[str]]:
    """Return the values of splits that stand for very small groups."""
    services = rows["services"]
    is_refuge = pl.col("support_types").list.set_intersection(list(RARE_SUPPORT)).list.len() > 0
    refuges = services.filter(is_refuge)["service_id"]
    for_rare = (
        rows["service_groups"]
        .group_by("service_id")
        .agg(is_rare=pl.col("crime_group").is_in(list(RARE_CRIME_GROUPS)).fill_null(False).all())
        .filter("is_rare")["service_id"]
    )
    rare = {*refuges, *for_rare}
    by_provider = services.group_by("provider_id").agg("service_id").rows()
    return {
        "crime_group": set(RARE_CRIME_GROUPS),
        "service_id": rare,
        "provider_id": {provider for provider, mine in by_provider if rare.issuperset(mine)},
    }
