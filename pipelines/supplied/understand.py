"""What the text of a supplied field means, by its kind. What is not understood becomes null."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import polars as pl

from pipelines.supplied.forms import DateOrder
from schemas.supplied.field import Field, Kind

_ISO: Final = r"^\d{4}-\d{2}-\d{2}$"
_DAY_FIRST: Final = r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$"
_EXCEL_SERIAL: Final = r"^([2-5]\d{4}|60000)(?:\.0+)?$"
_EXCEL_DAY_0: Final = date(1899, 12, 30)
_MONTH: Final = r"^\d{4}-\d{2}$"
_YEAR: Final = r"^(\d{4})-(\d{2})$"
_QUARTER: Final = r"^(\d{4}-\d{2}) ?[Qq]([1-4])$"
_WHOLE: Final = r"^[+-]?\d{1,15}(?:\.0+)?$"
_DECIMAL: Final = r"^[+-]?(?:\d{1,15}(?:\.\d+)?|\.\d+)$"


def understood(
    field: Field, text: pl.Expr, *, date_order: DateOrder = "iso", excel_dates: bool = False
) -> pl.Expr:
    """Return the typed value of a field's trimmed text, null where blank or not understood.

    date_order: how dates may be written beside YYYY-MM-DD. excel_dates: whether the numbers that
    Excel has for dates are taken for dates.
    """
    if field.kind == "date":
        return _day(text, date_order=date_order, excel_dates=excel_dates)
    if field.kind == "code":
        return pl.when(text.is_in(list(field.codes))).then(text)
    if field.kind == "codes":
        return _codes(text, list(field.codes))
    return _BY_KIND[field.kind](text)


def _codes(text: pl.Expr, codes: list[str]) -> pl.Expr:
    parts = text.str.replace_all(r"\s*\|\s*", "|").str.split("|")
    are_known = parts.list.eval(pl.element().is_in(codes)).list.all()
    return pl.when(are_known).then(parts.list.unique(maintain_order=True))


def _day(text: pl.Expr, *, date_order: DateOrder, excel_dates: bool) -> pl.Expr:
    written = _shaped(text, _ISO)
    if date_order == "day_first":
        turned = text.str.replace(_DAY_FIRST, "$3-$2-$1")
        written = pl.when(text.str.contains(_DAY_FIRST)).then(turned).otherwise(written)
    day = written.str.to_date("%Y-%m-%d", strict=False)
    if not excel_dates:
        return day
    number = text.str.extract(_EXCEL_SERIAL).cast(pl.Int32)
    return day.fill_null(pl.lit(_EXCEL_DAY_0) + pl.duration(days=number))


def _month(text: pl.Expr) -> pl.Expr:
    return (_shaped(text, _MONTH) + "-01").str.to_date("%Y-%m-%d", strict=False)


def _financial_year(text: pl.Expr) -> pl.Expr:
    first, second = (text.str.extract(_YEAR, part).cast(pl.Int32) for part in (1, 2))
    return pl.when((first + 1) % 100 == second).then(pl.date(first, 4, 1))


def _quarter(text: pl.Expr) -> pl.Expr:
    year = _financial_year(text.str.extract(_QUARTER, 1))
    quarters_on = text.str.extract(_QUARTER, 2).cast(pl.Int32) - 1
    return year.dt.offset_by((quarters_on * 3).cast(pl.String) + "mo")


def _integer(text: pl.Expr) -> pl.Expr:
    return _decimal(_shaped(text, _WHOLE)).cast(pl.Int64)


def _decimal(text: pl.Expr) -> pl.Expr:
    return _shaped(text, _DECIMAL).cast(pl.Float64, strict=False)


def _shaped(text: pl.Expr, pattern: str) -> pl.Expr:
    return pl.when(text.str.contains(pattern)).then(text)


def _as_it_is(text: pl.Expr) -> pl.Expr:
    return text


_BY_KIND: Final[Mapping[Kind, Callable[[pl.Expr], pl.Expr]]] = {
    "key": _as_it_is,
    "id": _as_it_is,
    "text": _as_it_is,
    "month": _month,
    "quarter": _quarter,
    "financial_year": _financial_year,
    "integer": _integer,
    "decimal": _decimal,
}
