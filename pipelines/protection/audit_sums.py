"""What a reader can add up: rows over the published cells, found from their keys alone.

The auditor's own way, shared with nothing in the repair: every part is renamed to its whole and
looked up among the published cells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from pipelines.protection.areas import AreaTree
from schemas.cells import OVERLAPPING, Measure

CELL: Final = (
    "measure",
    "split_1",
    "value_1",
    "split_2",
    "value_2",
    "area_type",
    "area_code",
    "period_type",
    "first_month",
    "last_month",
)
_PERIOD: Final = ("period_type", "first_month", "last_month")
_PLACE: Final = tuple(name for name in CELL if name not in _PERIOD)
_MONTHS_OF_QUARTER: Final = 3
_YEAR: Final = 4

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Sums:
    """`low ≤ matrix · unknowns ≤ high`. Unknowns are the cells, then the rests of parts.

    part, whole: the cells whose difference each rest is.
    """

    matrix: sparse.csr_array
    low: Numbers
    high: Numbers
    part: npt.NDArray[np.int64]
    whole: npt.NDArray[np.int64]


def sums(cells: pl.DataFrame, menu: tuple[Measure, ...], *, areas: AreaTree) -> Sums:
    """Return everything that is known to add up among the cells, as the true cells keep it.

    `cells`: CELL and `true_count`, one row per cell; its row number is its column in the matrix.
    """
    known = cells.select(*CELL, "true_count").with_row_index("cell")
    adds_up = [measure.key for measure in menu if measure.adds_up]
    parts = (
        *_by_split(known),
        *_by_area(known, areas),
        *_by_period(known, adds_up),
        _by_measure(known, menu),
    )
    looked_up = pl.concat(
        _looked_up(part, known).with_columns(group=pl.lit(number))
        for number, part in enumerate(parts)
    )
    return _as_matrix(_weakened(looked_up), _overlapping_years(known, adds_up), len(known))


def _kind(parts: pl.DataFrame, expected: pl.Expr, *, kind: str = "equal") -> pl.DataFrame:
    """Return parts renamed to their wholes; `expected`: how many parts make the whole."""
    return parts.with_columns(expected=expected.cast(pl.Int64), kind=pl.lit(kind))


def _by_split(known: pl.DataFrame) -> Iterator[pl.DataFrame]:
    first_gone = {"split_1": pl.col("split_2"), "value_1": pl.col("value_2")}
    second_gone = {"split_2": pl.lit(""), "value_2": pl.lit("")}
    both = known.filter(pl.col("split_2") != "")
    for rows, gone, renamed in (
        (known.filter(pl.col("split_1") != ""), "split_1", first_gone | second_gone),
        (both, "split_2", second_gone),
    ):
        for (split,), part in rows.partition_by(gone, as_dict=True).items():
            kind = "within" if split in OVERLAPPING else "equal"
            yield _kind(part.with_columns(**renamed), pl.lit(1), kind=kind)


def _by_area(known: pl.DataFrame, areas: AreaTree) -> Iterator[pl.DataFrame]:
    districts = known.filter(pl.col("area_type") == "district")
    force = {"area_type": pl.lit("force"), "area_code": pl.lit(areas.force)}
    yield _kind(
        districts.filter(pl.col("area_code").is_in(areas.districts)).with_columns(**force),
        pl.lit(len(areas.districts)),
    )
    partnerships = known.filter(pl.col("area_type") == "partnership")
    # There are districts in no partnership, so that partnerships never make the whole force.
    yield _kind(partnerships.with_columns(**force), pl.lit(len(areas.partnerships) + 1))
    for code, codes in areas.partnerships.items():
        named = {"area_type": pl.lit("partnership"), "area_code": pl.lit(code)}
        part = districts.filter(pl.col("area_code").is_in(codes)).with_columns(**named)
        yield _kind(part, pl.lit(len(codes)))
    for column, value in (("split_1", "value_1"), ("split_2", "value_2")):
        services = known.filter(
            pl.col(column) == "service_id", pl.col(value).is_in(list(areas.providers))
        )
        yield _kind(
            services.with_columns(
                pl.lit("provider_id").alias(column),
                pl.col(value).replace_strict(dict(areas.providers), return_dtype=pl.String),
            ),
            pl.lit(1),
        )


def _by_period(known: pl.DataFrame, adds_up: list[str]) -> Iterator[pl.DataFrame]:
    """Yield months and quarters under every longer period that holds them."""
    periods = known.select(_PERIOD).unique()
    for short, length in (("month", 1), ("quarter", _MONTHS_OF_QUARTER)):
        inside = periods.filter(pl.col("period_type") == short).join_where(
            periods.filter(~pl.col("period_type").is_in(["month", short])),
            pl.col("first_month") >= pl.col("first_month_right"),
            pl.col("last_month") <= pl.col("last_month_right"),
        )
        parts = known.join(inside, on=_PERIOD, how="inner").with_columns(
            **{name: pl.col(f"{name}_right") for name in _PERIOD}
        )
        if short == "month":
            # Where there are quarters, they stand between months and longer periods.
            quarters = known.filter(pl.col("period_type") == "quarter").select(_PLACE).unique()
            is_near = pl.col("period_type") == "quarter"
            far = parts.filter(~is_near).join(quarters, on=_PLACE, how="anti")
            parts = pl.concat([parts.filter(is_near), far])
        span = _months("last_month") - _months("first_month") + 1
        is_additive = pl.col("measure").is_in(adds_up)
        yield _kind(parts.filter(is_additive), span // length)
        yield _kind(parts.filter(~is_additive), span // length, kind="distinct")
        yield _kind(parts.filter(~is_additive), span // length, kind="within")


def _by_measure(known: pl.DataFrame, menu: tuple[Measure, ...]) -> pl.DataFrame:
    wholes = {measure.key: measure.part_of for measure in menu if measure.part_of}
    parts = known.filter(pl.col("measure").is_in(list(wholes)))
    renamed = pl.col("measure").replace_strict(wholes, default=None, return_dtype=pl.String)
    is_open = pl.col("measure").is_in([measure.key for measure in menu if not measure.hides_rest])
    kind = pl.when(is_open).then(pl.lit("within")).otherwise(pl.lit("rest"))
    return parts.with_columns(kind=kind, measure=renamed, expected=pl.lit(1, pl.Int64))


def _months(column: str) -> pl.Expr:
    return pl.col(column).dt.year().cast(pl.Int64) * 12 + pl.col(column).dt.month()


def _looked_up(parts: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    wholes = known.select(*CELL, whole="cell", true_whole="true_count")
    return parts.join(wholes, on=CELL, how="inner").select(
        "cell", "whole", "kind", "expected", "true_count", "true_whole"
    )


def _weakened(parts: pl.DataFrame) -> pl.DataFrame:
    """Return the rows, one line per part: what the true cells keep of each declared sum.

    A row with several parts has no `row`; a part on its own, at most its whole, is its own row.
    """
    group = ("group", "whole")
    gap = pl.col("true_whole") - pl.col("true_count").sum().over(group)
    is_equal = pl.col("kind") == "equal"
    known = parts.with_columns(gap=gap, is_complete=pl.len().over(group) >= pl.col("expected"))
    summed = known.filter(is_equal | (pl.col("kind") == "distinct")).with_columns(
        row=pl.lit(None, pl.UInt32),
        low=pl.when(is_equal & (pl.col("gap") >= 0)).then(0.0).otherwise(-np.inf),
        high=pl.when(pl.col("is_complete") & (pl.col("gap") <= 0)).then(0.0).otherwise(np.inf),
    )
    alone = known.filter(
        pl.col("kind").is_in(["within", "rest"]) | is_equal & (pl.col("gap") < 0),
        pl.col("true_count") <= pl.col("true_whole"),
    ).with_columns(row="cell", low=0.0, high=np.inf)
    says = pl.col("low").is_finite() | pl.col("high").is_finite()
    return pl.concat([summed.filter(says), alone.select(*summed.columns)])


def _overlapping_years(known: pl.DataFrame, adds_up: list[str]) -> pl.DataFrame:
    """Return triples of years of which the outer two cover the middle one."""
    years = known.filter((pl.col("period_type") == "year") & pl.col("measure").is_in(adds_up))
    numbered = years.select(
        "cell", *_PLACE, at=_months("first_month") // _MONTHS_OF_QUARTER, true="true_count"
    )
    frames = []
    for span in range(2, _YEAR + 1):
        ends = numbered.join(
            numbered.with_columns(at=pl.col("at") - span), on=[*_PLACE, "at"], suffix="_last"
        )
        for step in range(1, span):
            middle = numbered.with_columns(at=pl.col("at") - step)
            frames.append(ends.join(middle, on=[*_PLACE, "at"], suffix="_middle"))
    return (
        pl.concat(frames)
        .filter(pl.col("true") + pl.col("true_last") >= pl.col("true_middle"))
        .select("cell", "cell_last", "cell_middle")
    )


def _as_matrix(parts: pl.DataFrame, years: pl.DataFrame, size: int) -> Sums:
    keys = ("group", "whole", "row")
    rows = parts.select(*keys, "kind", "low", "high").unique(keys, maintain_order=True)
    numbered = parts.join(
        rows.select(keys).with_row_index("n"), on=keys, how="left", nulls_equal=True
    )
    rest_row = np.flatnonzero(rows["kind"].to_numpy() == "rest")
    count, more, rests = len(rows), len(years), len(rest_row)
    year_row = count + np.arange(more)
    row = (np.arange(count), numbered["n"].to_numpy(), year_row, year_row, year_row, rest_row)
    columns = (rows["whole"], numbered["cell"], *(years[name] for name in years.columns))
    sign = np.repeat([1.0, -1.0, 1.0, 1.0, -1.0, -1.0], [len(numbers) for numbers in row])
    column = np.concatenate([*columns, size + np.arange(rests)])
    high = np.concatenate((rows["high"].to_numpy(), np.full(more, np.inf)))
    high[rest_row] = 0.0
    return Sums(
        sparse.csr_array((sign, (np.concatenate(row), column)), shape=(count + more, size + rests)),
        np.concatenate((rows["low"].to_numpy(), np.zeros(more))),
        high,
        part=rows["row"].to_numpy()[rest_row].astype(np.int64),
        whole=rows["whole"].to_numpy()[rest_row].astype(np.int64),
    )
