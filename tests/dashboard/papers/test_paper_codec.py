"""What is kept of a figure is the figure, whatever it holds."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.chart import Band, Chart, Level, Series, Shape, Step, Table
from dashboard.papers.codec import NotAChart, from_text, to_text
from tests.support.every_chart import every_chart

CHARTS = every_chart()
WORDS = st.text(max_size=8)
NUMBERS = st.floats(allow_nan=False)
CELLS = st.one_of(st.none(), WORDS, st.integers(), NUMBERS, st.dates())


def many(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


def ring() -> st.SearchStrategy[tuple[object, ...]]:
    return many(st.tuples(NUMBERS, NUMBERS))


PARTS = {
    Series: st.builds(Series, name=WORDS, x=many(CELLS), y=many(st.none() | NUMBERS)),
    Band: st.builds(Band, name=WORDS, x=many(CELLS), lower=many(NUMBERS), upper=many(NUMBERS)),
    Level: st.builds(Level, label=WORDS, value=NUMBERS),
    Shape: st.builds(
        Shape,
        code=WORDS,
        label=WORDS,
        rings=many(ring()),
        value=st.none() | NUMBERS,
        words=WORDS,
        label_at=st.none() | st.tuples(NUMBERS, NUMBERS),
    ),
    Step: st.builds(Step, from_value=NUMBERS, words=WORDS),
    Table: st.builds(Table, columns=many(WORDS), rows=many(many(CELLS)), formats=many(WORDS)),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_form_of_chart_comes_back_as_it_was(name: str) -> None:
    text = to_text(CHARTS[name])
    assert from_text(text) == CHARTS[name]
    assert to_text(from_text(text)) == text


@settings(max_examples=40)
@given(
    st.builds(
        Chart,
        key=WORDS,
        form=st.sampled_from(("bar", "line")),
        headline=WORDS,
        subtitle=WORDS,
        alt=WORDS,
        table=PARTS[Table],
        source=WORDS,
        caveat=WORDS,
        version=WORDS,
        is_invented=st.booleans(),
        period=WORDS,
        definition=WORDS,
        series=many(PARTS[Series]),
        bands=many(PARTS[Band]),
        levels=many(PARTS[Level]),
        shapes=many(PARTS[Shape]),
        scale=many(PARTS[Step]),
        from_zero=st.booleans(),
        notes=many(WORDS),
    )
)
def test_any_chart_comes_back_with_every_cell_of_its_kind(chart: Chart) -> None:
    back = from_text(to_text(chart))
    assert back == chart
    assert repr(back) == repr(chart)  # which tells 1 from 1.0, as the table does


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        '{"is": "Step"}',
        '{"is": "open"}',
        '{"day": "no"}',
        '{"a": 1}',
        "[" * 9_000,
    ],
)
def test_what_is_no_chart_is_refused(text: str) -> None:
    with pytest.raises(NotAChart):
        from_text(text)


def test_a_day_is_no_text_and_a_text_no_day() -> None:
    chart = CHARTS["control"]
    assert any(isinstance(row[0], date) for row in from_text(to_text(chart)).table.rows)
