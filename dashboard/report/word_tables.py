"""Tables in Word that a screen reader can read: one heading row, no merged or split cells."""

from collections.abc import Sequence
from typing import Final

from dashboard.report.document_grid import Grid
from dashboard.report.word_xml import Node, node, run

_CHARACTER: Final = 100
"""Twentieths of a point: the width of a digit at the size of a table's texts."""


def table(content: Grid, *, title: str, about: str, width: int, styles: tuple[str, str]) -> Node:
    """Return a table of that width (twentieths of a point) with its title and description.

    `styles` are the identifiers of the table's style and of the style of its texts.
    """
    columns = [int(share * width) for share in content.widths(width // _CHARACTER)]
    return node(
        "tbl",
        node(
            "tblPr",
            node("tblStyle", val=styles[0]),
            node("tblW", w=sum(columns), type="dxa"),
            node("tblLayout", type="fixed"),
            node(
                "tblLook",
                val="0420",
                firstRow=1,
                lastRow=0,
                firstColumn=0,
                lastColumn=0,
                noHBand=0,
                noVBand=1,
            ),
            node("tblCaption", val=title),
            node("tblDescription", val=about),
        ),
        node("tblGrid", *(node("gridCol", w=column) for column in columns)),
        _row(content.headings, content, columns, styles[1], is_heading=True),
        *(_row(row, content, columns, styles[1]) for row in content.rows),
    )


def _row(
    texts: Sequence[str],
    content: Grid,
    columns: Sequence[int],
    style: str,
    *,
    is_heading: bool = False,
) -> Node:
    held = [node("cantSplit"), *([node("tblHeader")] if is_heading else [])]
    cells = zip(texts, columns, content.are_figures, strict=True)
    return node(
        "tr",
        node("trPr", *held),
        *(_cell(text, width, style, is_figure) for text, width, is_figure in cells),
    )


def _cell(text: str, width: int, style: str, is_figure: bool) -> Node:
    looks = node(
        "pPr", node("pStyle", val=style), *([node("jc", val="right")] if is_figure else [])
    )
    return node(
        "tc",
        node("tcPr", node("tcW", w=width, type="dxa")),
        node("p", looks, run(text)),
    )
