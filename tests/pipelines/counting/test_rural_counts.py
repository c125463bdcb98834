"""Crimes with a rural flag, counted by hand."""

from datetime import date
from typing import Any

import polars as pl

from pipelines.counting import count_cells
from tests.support.accepted_rows import AS_OF, BROMSGROVE, REDDITCH, RURAL, TREE, accepted, the

QUARTER = (date(2026, 7, 1), date(2026, 9, 1))


def counted(rows: list[dict[str, Any]]) -> pl.DataFrame:
    tables = accepted(rural_crimes=rows)
    return count_cells(tables, as_of=AS_OF, areas=TREE, rural=RURAL)


def crime(month: int, theme: str = "LIVESTOCK", district: str | None = REDDITCH) -> dict[str, Any]:
    return {"month_recorded": date(2026, month, 1), "rural_theme": theme, "la_code": district}


def test_flagged_crimes_are_counted_by_theme_and_district() -> None:
    cells = counted([crime(7), crime(8), crime(9, "FUEL"), crime(9, district=None)])
    assert the(cells, "rural_flagged", *QUARTER) == 4
    assert the(cells, "rural_flagged", *QUARTER, rural_theme="LIVESTOCK") == 3
    assert the(cells, "rural_flagged", *QUARTER, rural_theme="HERITAGE") == 0
    assert the(cells, "rural_flagged", *QUARTER, area=REDDITCH) == 3
    assert the(cells, "rural_flagged", *QUARTER, area=BROMSGROVE) == 0


def test_without_an_extract_there_are_no_cells() -> None:
    assert counted([]).filter(pl.col("measure") == "rural_flagged").is_empty()
