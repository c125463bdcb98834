"""What the drawers of native charts share: boxes on the slide, names of panels and of lines."""

from typing import Any, Final

from pptx.util import Pt

Box = tuple[int, int, int, int]
"""Left, top, width and height on the slide."""


def name_panel(held: Any, name: str) -> None:
    """Give a panel its name, for those who see it and those who have it read."""
    made = held.chart
    made.has_title = True
    frame = made.chart_title.text_frame
    frame.text = name
    frame.paragraphs[0].runs[0].font.size = Pt(10)
    frame.paragraphs[0].runs[0].font.bold = True
    made.chart_title.include_in_layout = False
    held._element.nvGraphicFramePr.cNvPr.set("descr", name)


def without_mark(name: str) -> str:
    """Return 'Average, 6.1' of 'Dashed: average, 6.1': how it is drawn is seen in the key."""
    mark, found, words = name.partition(": ")
    said = words if found and mark.split(",")[0].split()[0] in _DRAWN_AS else name
    return said[:1].upper() + said[1:]


_DRAWN_AS: Final = ("Shaded", "Dashed", "Solid", "Dotted", "Dash")
