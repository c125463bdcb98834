"""Funding: what each fund budgets for a service in a financial year, and what was spent."""

from datetime import date
from typing import Final

import polars as pl

from pipelines.sample.victims.catalogue import Service
from pipelines.sample.victims.plan import RUNNING_YEAR, victim_stream
from pipelines.sample.victims.services import SERVICES
from schemas.codes import SAMPLE_MARK

_YEARS: Final = ("2023-24", "2024-25", "2025-26", RUNNING_YEAR)

_BY_STREAM: Final = {
    "CORE": "MOJ_CORE",
    "DA_SV": "MOJ_DA_SV",
    "ISVA_IDVA": "MOJ_ISVA_IDVA",
    "OTHER": "PCC_LOCAL",
}
_BY_COMMISSIONER: Final = {"HO": "HO_VAWG", "LA": "LA", "ICB": "ICB"}
"""Others pay from the grant of the service's stream."""

_TOPPED_UP: Final = 0.15
"""Share of core services that the commissioner's own budget pays."""

_OFFICE_COSTS: Final = {"OFFICE": 180_000, "RESEARCH": 40_000}
"""Funds of the commissioner's own that pay for no service: pounds a year."""


def make_funding(returns: pl.DataFrame) -> pl.DataFrame:
    """Return one row per fund, year and service, sorted by year, fund and service.

    Spend is what the providers' returns add up to. Of 2023-24 the returns hold two quarters, so
    the year's spend is twice theirs; 2026-27 still runs, and its spend is that of the quarters
    that were returned.
    """
    funded = [each for each in SERVICES if each.funding_route != "NOT_FUNDED"]
    budgets = pl.DataFrame([row for each in funded for row in _budgets(each)])
    spent = budgets.join(_spent(returns), on=["service_id", "financial_year"], how="left")
    services = spent.with_columns(actual_gbp=(pl.col("share") * pl.col("spent")).round())
    rows = pl.concat([services.drop("share", "spent"), _office()])
    return rows.select(
        "fund_id",
        "financial_year",
        "stream",
        "service_id",
        pl.col("budget_gbp").cast(pl.Int64),
        pl.col("actual_gbp").cast(pl.Int64),
        "area_split_rule",
        note=pl.when(pl.col("financial_year") == RUNNING_YEAR).then(pl.lit("Spend to September")),
        sample_mark=pl.lit(SAMPLE_MARK),
    ).sort("financial_year", "fund_id", "service_id")


def _budgets(each: Service) -> list[dict[str, object]]:
    return [
        {
            "fund_id": fund,
            "financial_year": year,
            "stream": fund,
            "service_id": each.service_id,
            "budget_gbp": round(each.value * share),
            "area_split_rule": _split(each),
            "share": share,
        }
        for year in _YEARS
        if each.start <= date(int(year[:4]), 4, 1) <= each.end
        for fund, share in _shares(each).items()
    ]


def _shares(each: Service) -> dict[str, float]:
    """Return the funds that pay for a service, and how much of it."""
    if each.funding_route == "NATIONAL":
        return {"OTHER": 1.0}
    fund = _BY_COMMISSIONER.get(each.commissioner, _BY_STREAM[each.stream])
    if fund == "MOJ_CORE":
        return {fund: 1 - _TOPPED_UP, "PCC_LOCAL": _TOPPED_UP}
    return {fund: 1.0}


def _split(each: Service) -> str:
    if each.capacity_unit == "BEDS":
        return "NONE"
    return "CRIME" if each.areas == ("ALL",) else "ACTUAL"


def _spent(returns: pl.DataFrame) -> pl.DataFrame:
    spend = returns.filter(pl.col("measure") == "SPEND_GBP", pl.col("breakdown") == "ALL")
    year = pl.col("quarter").str.head(7).alias("financial_year")
    whole = pl.when(pl.col("financial_year") == _YEARS[0]).then(2).otherwise(1)
    return (
        spend.group_by("service_id", year)
        .agg(spent=pl.col("value").sum())
        .with_columns(spent=pl.col("spent") * whole)
    )


def _office() -> pl.DataFrame:
    random = victim_stream(11)
    rows = [
        {"fund_id": fund, "financial_year": year, "budget_gbp": budget, "so_far": _so_far(year)}
        for year in _YEARS
        for fund, budget in _OFFICE_COSTS.items()
    ]
    used = random.uniform(0.93, 1.02, len(rows))
    return pl.DataFrame(rows).select(
        "fund_id",
        "financial_year",
        stream=pl.lit("PCC_LOCAL"),
        service_id=pl.lit(None, dtype=pl.String),
        budget_gbp="budget_gbp",
        area_split_rule=pl.lit("POPULATION"),
        actual_gbp=(pl.col("budget_gbp") * pl.col("so_far") * pl.Series(used)).round(),
    )


def _so_far(year: str) -> float:
    return 0.5 if year == RUNNING_YEAR else 1.0
