"""Shares go by month where enough people stand behind them, else by quarter."""

from pathlib import Path

import pytest

from dashboard.metrics.catalogue import metric
from dashboard.metrics.chart_step import chart_step
from dashboard.metrics.metric import Choice
from dashboard.warehouse import open_warehouse
from tests.support.tiny_cells import LAST_QUARTER, cell
from tests.support.tiny_warehouse import BROMSGROVE, HOME, write_version

MONTHS = [("month", day, day) for day in (LAST_QUARTER[0], LAST_QUARTER[0].replace(month=8))]
SEPTEMBER = ("month", LAST_QUARTER[1], LAST_QUARTER[1])


@pytest.mark.parametrize(
    ("key", "area", "wholes", "step"),
    [
        ("step_contacted", HOME, (100, 120, 80), "month"),
        ("step_contacted", HOME, (95, 120, 80), "quarter"),
        # Two hidden wholes of three are two small ones.
        ("step_contacted", HOME, (None, 900, None), "quarter"),
        # Counts are charted by month whatever their size, and districts are not held by month.
        ("referrals", HOME, (10, 10, 10), "month"),
        ("referrals", BROMSGROVE, (900, 900, 900), "quarter"),
        ("VO01", HOME, (900, 900, 900), "quarter"),
    ],
)
def test_the_step_follows_the_usual_whole(
    tmp_path: Path, key: str, area: str, wholes: tuple[int | None, ...], step: str
) -> None:
    cells = [
        cell(measure, HOME, count, period=month)
        for measure in ("referrals", "contacted")
        for count, month in zip(wholes, (*MONTHS, SEPTEMBER), strict=True)
    ]
    write_version(tmp_path, cells=cells)
    warehouse = open_warehouse(tmp_path)
    assert chart_step(metric(key), Choice(areas=(area,)), warehouse=warehouse) == step
