"""Charts of what victims say: what their headlines claim, and what they leave open."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

from dashboard.charts.questions import questions
from dashboard.charts.rolling import rolling
from dashboard.charts.unheard import unheard
from dashboard.metrics.complaints import REVIEWS_OVERTURNED
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.period import add_months
from dashboard.metrics.voice import ANSWERS_PER_VICTIM, KEPT_INFORMED, SATISFIED

Figure = tuple[float | None, float | None, float | None]
YEAR = Period(date(2025, 10, 1), date(2026, 9, 1))


def result(
    metric: Metric, rows: Mapping[str, Figure], by: tuple[str, ...] = (), period: Period = YEAR
) -> Result:
    """Return value, lower and upper limit by code, of 200 each."""
    frame = pl.DataFrame(
        [
            {**dict.fromkeys(by, code), "numerator": 100, "denominator": 200.0}
            | {"value": value, "lower": lower, "upper": upper}
            | {"marker": "[c]" if value is None else ""}
            for code, (value, lower, upper) in rows.items()
        ],
        schema_overrides={"value": pl.Float64, "lower": pl.Float64, "upper": pl.Float64},
    )
    names = {"DA": "Domestic abuse", "ROB": "Robbery", "POLICE": "Police", "NK": "Not known"}
    return Result(
        metric=metric,
        choice=Choice(),
        by=by,
        period=period,
        frame=frame,
        version="wh-1-test",
        is_invented=True,
        names=names,
    )


@pytest.mark.parametrize(
    ("informed", "said"),
    [
        ((60.0, 55.0, 65.0), "Stages: being kept informed is lowest, 60%"),
        ((68.0, 63.0, 73.0), "Stages: no clear difference between the two"),
    ],
)
def test_a_stage_is_lowest_only_where_the_limits_lie_apart(informed: Figure, said: str) -> None:
    chart = questions(
        {
            "Over all": result(SATISFIED, {"": (75.0, 70.0, 80.0)}),
            "Being kept informed": result(KEPT_INFORMED, {"": informed}),
        },
        about="Stages",
    )
    assert chart.headline == said
    assert chart.series[0].x == ("Being kept informed", "Over all")


def test_a_hidden_share_stands_in_the_table_and_is_no_bar() -> None:
    hidden = result(KEPT_INFORMED, {"": (None, None, None)})
    chart = questions({"Over all": hidden, "Informed": hidden}, about="Stages")
    assert chart.series == ()
    assert [row[1] for row in chart.table.rows] == ["[c]", "[c]"]
    assert "not available" in chart.headline


def years(*figures: Figure) -> list[Result]:
    """Return rolling years of the police, the latest first, a quarter apart."""
    return [
        result(
            REVIEWS_OVERTURNED,
            {"POLICE": figure},
            ("organisation",),
            Period(
                add_months(YEAR.first_month, -3 * place), add_months(YEAR.last_month, -3 * place)
            ),
        )
        for place, figure in enumerate(figures)
    ]


NOW, BETWEEN = (16.0, 12.0, 20.0), (14.0, 10.0, 18.0)


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        ((15.0, 11.0, 19.0), "16%; no clear difference from the year before (15%)"),
        ((30.0, 25.0, 35.0), "16%, clearly lower than the year before (30%)"),
        ((5.0, 3.0, 8.0), "16%, clearly higher than the year before (5%)"),
        ((None, None, None), "16%; nothing to compare with a year earlier"),
    ],
)
def test_a_rolling_year_is_held_against_the_one_that_shares_no_month(
    earlier: Figure, said: str
) -> None:
    chart = rolling(years(NOW, BETWEEN, BETWEEN, BETWEEN, earlier), code="POLICE")
    assert chart.headline == f"Police: reviews that changed the decision, {said}"
    assert chart.series[0].x[0] == "Year to September 2026"
    assert [row[0] for row in chart.table.rows][-1] == "Year to September 2025"


def test_without_a_row_of_the_organisation_there_is_nothing_to_draw() -> None:
    chart = rolling(years(NOW), code="CPS")
    assert chart.series == ()
    assert "too few to say" in chart.headline
    assert "No dot, hidden or of too few: year to September 2026." in chart.notes


def test_who_is_heard_less_often_lies_clearly_below_all() -> None:
    whole = result(ANSWERS_PER_VICTIM, {"": (10.0, 9.5, 10.5)})
    parts = {"DA": (12.0, 11.0, 13.0), "ROB": (4.0, 3.0, 5.0), "HATE": (9.0, 7.0, 11.0)}
    chart = unheard(result(ANSWERS_PER_VICTIM, parts, ("crime_group",)), whole)
    assert chart.headline == (
        "Heard less often than all (10.0 per 100 victims of recorded crime): Robbery (4.0)"
    )
    assert [level.value for level in chart.levels] == [10.0]


def test_nobody_is_named_who_may_differ_by_chance_or_whose_home_is_not_known() -> None:
    whole = result(ANSWERS_PER_VICTIM, {"": (10.0, 9.5, 10.5)})
    parts: dict[str, Any] = {"E07000234": (9.0, 7.0, 11.0), "NK": (2.0, 1.0, 3.0)}
    chart = unheard(result(ANSWERS_PER_VICTIM, parts, ("area_code",)), whole)
    assert chart.headline.startswith("No district is clearly heard less often than all")
