"""Nothing that comes from data or from an address can become markup."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.charts.chart import Chart, Series, Step, Table
from dashboard.ui import markup
from dashboard.ui.markup import Card
from dashboard.ui.sparkline import sparkline

HOSTILE = '<script>alert(1)</script><img src="http://x/" onerror=a>&\'"'


def levels(text: str) -> Chart:
    """Return a matrix of one cell with a text in every place."""
    return Chart(
        key="",
        form="level_matrix",
        headline=text,
        subtitle="",
        alt="",
        table=Table((), (), ()),
        source="",
        caveat="",
        version="",
        is_invented=True,
        period="",
        definition="",
        series=(Series(text, (text,), (0.0,), labels=(text,)),),
        scale=(Step(0, text),),
        y_title=text,
    )


WRITERS: tuple[Callable[[str], None], ...] = (
    markup.title,
    markup.section,
    markup.answer,
    markup.quiet,
    lambda text: markup.small_print((text, text)),
    markup.status,
    markup.heading,
    lambda text: markup.box("notice", text, text),
    lambda text: markup.brand(text, text),
    lambda text: markup.footer((text,)),
    lambda text: markup.cards((Card(name=text, number=text, unit=text, change=text),)),
    lambda text: markup.verdict("none", text, text),
    lambda text: markup.figure_head(text, text),
    lambda text: markup.table(Table((text, "n"), ((text, 1.0),), ("", "{:.1f}")), text),
    lambda text: markup.levels(levels(text)),
    lambda text: markup.terms(((text, text),)),
)


@pytest.mark.parametrize("writer", range(len(WRITERS)))
def test_b66_markup_in_a_text_is_escaped(writer: int) -> None:
    def script(writer: int, text: str) -> None:
        from tests.ui.test_markup import WRITERS

        WRITERS[writer](text)

    app = AppTest.from_function(script, args=(writer, HOSTILE)).run()
    assert not app.exception
    (written,) = [element.proto.body for element in app.get("html")]
    assert "&lt;script&gt;" in written
    for part in ("<script", '<img src="http', "onerror=a>"):
        assert part not in written


@given(st.lists(st.none() | st.floats(-1e9, 1e9), max_size=40))
def test_a_sparkline_is_always_an_image_and_nothing_else(values: list[float | None]) -> None:
    address = sparkline(values)
    assert address.startswith("data:image/svg+xml,")
    assert not set(address) & set("<>\"' ")


def test_a_sparkline_leaves_a_gap_where_a_month_is_missing() -> None:
    assert sparkline([1, 2, None, 3, 4]).count("polyline") == 2
    assert "circle" not in sparkline([None, None])
