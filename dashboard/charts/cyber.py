"""Figures of the page on cyber crime that show some crime groups of a result alone."""

from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.charts import words
from dashboard.charts.bars import bars
from dashboard.charts.chart import Chart
from dashboard.charts.ranges import ranges
from dashboard.metrics.metric import Result

_HARMS: Final = ("STALK", "HARASS", "RASSO", "CSA", "CSE")
_REPORTED_NATIONALLY: Final = ("FRAUD", "CYBER_DEP")
_MOST_NAMED: Final = 3


def online_harms(result: Result) -> Chart:
    """Return bars of stalking, harassment and sexual crimes alone, by crime group."""
    alone = _only(result, _HARMS)
    chart = bars(alone)
    return replace(
        chart,
        headline=_headline(alone) or chart.headline,
        subtitle=f"{chart.subtitle}; stalking, harassment and sexual crimes alone",
        # An average of these groups would be taken for that of all.
        levels=(),
    )


def not_reported(result: Result) -> Chart:
    """Return the share of fraud and of computer misuse that is not reported."""
    alone = _only(result, _REPORTED_NATIONALLY)
    known = alone.frame.drop_nulls("value").sort("value", descending=True)
    said = [
        f"{words.number(result, value)}% of {words.lowered(words.name(result, code))}"
        for code, value in known.select("crime_group", "value").iter_rows()
    ]
    chart = ranges(alone)
    headline = f"A survey suggests that {words.joined(said)} is not reported"
    return replace(chart, headline=headline) if said else chart


def _only(result: Result, groups: tuple[str, ...]) -> Result:
    return replace(result, frame=result.frame.filter(pl.col("crime_group").is_in(groups)))


def _headline(result: Result) -> str:
    """Return the finding where the highest are level: their limits reach one another."""
    rows = result.frame.filter(pl.col("value").is_not_null()).sort("value", descending=True)
    if rows.height < 2:
        return ""
    level = rows.filter(pl.col("upper") >= rows["lower"][0])["crime_group"]
    if len(level) == 1:
        return ""
    names = [words.inside(result, "crime_group", code) for code in level]
    highest = words.listed(names[:_MOST_NAMED])
    about = words.quantity(result, rows["value"][0])
    return f"No clear difference between {highest}: about {about}"
