"""What a Board paper of twelve figures costs, beside twelve plain drawings put into a document."""

import io
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from docx import Document
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from benchmarks.report import Section, Spread, load_words, ratio
from dashboard.charts import comparisons, maps, multiples, rural, static, trends
from dashboard.charts.chart import Chart
from dashboard.metrics.areas import outlines
from dashboard.metrics.crime import (
    ANTISOCIAL_BEHAVIOUR,
    OUTCOME_SHARE,
    RECORDED_CRIME,
    RECORDED_CRIME_RATE,
)
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.rural import RURAL_URBAN_RATE, RURAL_URBAN_RATIO
from dashboard.report.paper import OFFICE, Paper, PaperItem
from dashboard.report.powerpoint import powerpoint_bytes
from dashboard.report.word import word_bytes
from dashboard.warehouse import Warehouse, open_warehouse

FIGURES: Final = 12
_SAID: Final = (
    "CPU-seconds to write a paper of twelve figures of the sample: two trends, small panels, "
    "bars, a funnel, a matrix, shares, dots, a map of districts and one of hexagons. The libraries "
    "are loaded and the charts are at hand, as on a running server. The floor is twelve lines of "
    "36 points, drawn as sharp with matplotlib and put into an empty document with python-docx: "
    "no words, no tables. The aim is under 5 CPU-seconds for both documents together.",
)
_FLOOR_POINTS: Final = 36
_WIDTH: Final = 6.7
_DOTS: Final = 300


def measure_papers(data_dir: Path, *, repeats: int) -> Section:
    """Write the paper of a published sample in both formats, beside the floor."""
    warehouse = open_warehouse(data_dir)
    paper = twelve(warehouse)
    warehouse.close()
    works: dict[str, Callable[[], object]] = {
        "twelve plain drawings in a document: the floor": _floor,
        "Word": lambda: word_bytes(paper),
        "PowerPoint": lambda: powerpoint_bytes(paper),
        "both": lambda: (word_bytes(paper), powerpoint_bytes(paper)),
    }
    spent = {name: _spread(_as_first(work), repeats) for name, work in works.items()}
    floor = next(iter(spent.values())).median
    return Section(
        key="papers",
        title="Board papers",
        said=(*_SAID, load_words()),
        columns=("document", "CPU-seconds", "÷ floor"),
        rows=tuple(
            (name, spread.words(2, ""), ratio(floor, spread.median))
            for name, spread in spent.items()
        ),
        raw={name: spread.values for name, spread in spent.items()},
    )


def twelve(warehouse: Warehouse) -> Paper:
    """Return a paper of twelve figures of recorded crime, one of nearly every form."""

    def result(metric: Metric, *by: str) -> Result:
        return evaluate(metric, Choice(), warehouse=warehouse, by=by)

    rates = result(RECORDED_CRIME_RATE, "area_code")
    places = outlines(warehouse)
    charts: tuple[Chart, ...] = (
        trends.control(result(RECORDED_CRIME, "month")),
        trends.control(result(ANTISOCIAL_BEHAVIOUR, "month")),
        multiples.multiples(result(RECORDED_CRIME, "month", "area_code")),
        comparisons.bars(rates),
        comparisons.bars(result(RECORDED_CRIME, "crime_type")),
        comparisons.funnel(rates),
        comparisons.matrix(result(RECORDED_CRIME_RATE, "area_code", "crime_type")),
        comparisons.outcomes(result(OUTCOME_SHARE, "crime_type", "outcome_group")),
        maps.areas(rates, places),
        maps.hexagons(result(RECORDED_CRIME, "hexagon"), places),
        rural.ratios(result(RURAL_URBAN_RATIO, "crime_type")),
        rural.paired(result(RURAL_URBAN_RATE, "crime_type", "rural_class")),
    )
    return Paper(
        title="Twelve figures",
        introduction="",
        office=OFFICE,
        as_at="data as at the sample's last day",
        made_on=date(2026, 11, 26),
        items=tuple(PaperItem(chart=chart) for chart in charts),
    )


def _as_first(work: Callable[[], object]) -> Callable[[], object]:
    """Return the same work with no drawing kept from an earlier paper."""

    def first() -> object:
        static.bare_png.cache_clear()
        return work()

    return first


def _floor() -> bytes:
    made = Document()
    for _ in range(FIGURES):
        figure = Figure(figsize=(_WIDTH, _WIDTH / 2), dpi=_DOTS)
        figure.add_subplot().plot(range(_FLOOR_POINTS))
        FigureCanvasAgg(figure)
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png")
        made.add_picture(drawn)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _spread(work: Callable[[], object], repeats: int) -> Spread:
    work()  # What is loaded on first use is loaded.
    return Spread(tuple(_cpu(work) for _ in range(repeats)))


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
