"""What the office keeps on the Victims' Code: the checklist of evidence, and duties in law."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import LOCAL, Choice, Metric, Period, Result
from dashboard.metrics.places import home_force, names_of
from dashboard.metrics.sources import is_invented
from dashboard.warehouse import Warehouse
from schemas.menu.values import SPLIT_CODES
from schemas.supplied.code_duty import DUTY_STATUS

_PAGE: Final = "Victims' Code"

CODE_EVIDENCE: Final = Metric(
    key="code_evidence",
    id="VC12",
    label="Rights with evidence held",
    noun="rights",
    definition="Rights of which every organisation that gives them holds evidence, with an owner "
    "and the day it was last looked at; of one organisation, those of which it does.",
    kind="count",
    unit="of 12 rights",
    breakdowns=("organisation", "code_right"),
    better="higher",
    source="code_checklist",
    objective="Review",
    caveat="A judgement: that evidence is held does not say that the right is given well.",
    page=_PAGE,
    target=12,
    target_basis=LOCAL,
    way="code_evidence",
)

LEGAL_DUTIES: Final = Metric(
    key="legal_duties",
    id="VC13",
    label="Duties by legal status",
    noun="duties",
    definition="Duties on the Victims' Code and changes of the law that the office watches, by "
    "their status on the day it was last checked.",
    kind="count",
    unit="duties",
    breakdowns=("duty_status",),
    better="context",
    source="ref_duty",
    objective="C",
    caveat="A status holds for the day on which it was checked.",
    page=_PAGE,
    default_by=("duty_status",),
    way="duties",
)

KEPT_METRICS: Final = (CODE_EVIDENCE, LEGAL_DUTIES)

_TABLES: Final = {"code_checklist": "dim_code_evidence", "ref_duty": "dim_duty"}
_NONE: Final = pl.lit(None, pl.Float64)


def evaluate_evidence(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return how many rights are evidenced, out of those that somebody here gives.

    One row per combination of `by`; a right counts where all its organisations in that row hold
    evidence with owner and day. The checklist is one for the whole force.

    Raises:
        UnknownChoice: no checklist is loaded.
    """
    asked = _loaded(metric, warehouse).filter(pl.col("evidence") != "NOT_OURS")
    rights = asked.with_columns(code_right="right_no", whole=is_evidenced()).group_by(
        *dict.fromkeys((*by, "code_right"))
    )
    each = rights.agg(pl.col("whole").all())
    sums = (pl.col("whole").sum().alias("numerator"), pl.len().alias("denominator"))
    found = each.group_by(*by).agg(*sums) if by else each.select(*sums)
    codes = {name: SPLIT_CODES[name] for name in by}
    return _result(metric, choice, found, codes=codes, warehouse=warehouse)


def is_evidenced() -> pl.Expr:
    """Return where evidence is held and has an owner and a day."""
    return (
        (pl.col("evidence") == "HELD")
        & pl.col("owner_role").is_not_null()
        & pl.col("checked_on").is_not_null()
    )


def evaluate_duties(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return how many duties have each legal status, one row per status that some duty has.

    Raises:
        UnknownChoice: no list of duties is loaded.
    """
    duties = _loaded(metric, warehouse).rename({"status": "duty_status"})
    found = duties.group_by(*by).agg(numerator=pl.len(), denominator=_NONE.first())
    return _result(metric, choice, found, codes={"duty_status": DUTY_STATUS}, warehouse=warehouse)


def _loaded(metric: Metric, warehouse: Warehouse) -> pl.DataFrame:
    rows = warehouse.table(_TABLES[metric.source])
    if rows.is_empty():
        raise UnknownChoice(f"{metric.label}: not loaded. Load its source first.")
    return rows


def _result(
    metric: Metric,
    choice: Choice,
    found: pl.DataFrame,
    *,
    codes: Mapping[str, Mapping[str, str]],
    warehouse: Warehouse,
) -> Result:
    as_of = warehouse.build.as_of_date
    month = as_of.replace(day=1)
    by = tuple(codes)
    in_order = (pl.col(name).cast(pl.Enum(list(held))) for name, held in codes.items())
    frame = found.sort(*in_order) if by else found
    return Result(
        metric=metric,
        choice=replace(choice, areas=(), first_month=None, last_month=None),
        by=by,
        period=Period(month, month),
        frame=frame.select(
            *by,
            pl.col("numerator").cast(pl.Int64),
            pl.col("denominator").cast(pl.Float64),
            value=pl.col("numerator").cast(pl.Float64),
            lower=_NONE,
            upper=_NONE,
            marker=pl.lit(""),
        ),
        version=warehouse.version,
        is_invented=is_invented(metric, warehouse),
        names={
            **names_of([home_force(warehouse)], warehouse),
            **{code: name for held in codes.values() for code, name in held.items()},
        },
        notes=(f"As it stood on {as_of.day} {as_of:%B %Y}, for the whole force.",),
    )
