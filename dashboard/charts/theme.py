"""Colours, fonts and marks: the Analysis Function palette, and greys that can be read."""

from types import MappingProxyType
from typing import Final

from dashboard.charts.chart import Tone

PAGE: Final = "#FFFFFF"
TEXT: Final = "#1D2732"
QUIET_TEXT: Final = "#4A5663"
"""Axis words, sources and notes: 7.4 to 1 on white."""

GRID: Final = "#E3E7EB"
AXIS: Final = "#7A8794"
BAND: Final = "#E9EDF1"
BAND_OVER: Final = "rgba(72,105,138,0.12)"
"""The same on white, with what lies behind it still to be seen."""
PLATE: Final = "rgba(255,255,255,0.88)"
NO_VALUE: Final = "#F3F5F7"

TONES: Final = MappingProxyType[Tone, str](
    {
        "main": "#12436D",
        "second": "#28A197",
        "third": "#801650",
        "fourth": "#F46A25",
        "context": "#66717D",
        "concern": "#B8460E",
        "improving": "#0F766E",
    }
)
"""Colour of marks. The first four are the Analysis Function's categorical palette in its order;
all stand out from white by 3 to 1 or more."""

VERDICT_TINTS: Final = MappingProxyType[str, tuple[str, str]](
    {
        "none": ("#EEF1F4", "#3A4653"),
        "unknown": ("#EEF1F4", "#3A4653"),
        "change": ("#EEF1F4", "#3A4653"),
        "concern": ("#FBE9DF", "#8A3206"),
        "improving": ("#E3F3F1", "#0F5E57"),
    }
)
"""Background and text of a verdict, by its kind."""

SAMPLE_TINT: Final = ("#FDF1EA", "#8A3206")

SEQUENTIAL: Final = (
    "#EAF1F7",
    "#D3E2EF",
    "#B5CFE4",
    "#93B9D8",
    "#6FA1CA",
    "#4D88B8",
    "#3170A4",
    "#205A8B",
    "#15477A",
    "#12436D",
)

_STEPS: Final = MappingProxyType[int, tuple[int, ...]](
    {1: (4,), 2: (2, 8), 3: (1, 4, 8), 4: (1, 3, 6, 8), 5: (0, 2, 4, 7, 9)}
)

FONTS: Final = '"Source Sans", "Source Sans Pro", "Segoe UI", Arial, sans-serif'
PAPER_FONTS: Final = ("DejaVu Sans",)
"""The font that comes with matplotlib, so that a figure looks the same on every machine."""


def steps(count: int) -> tuple[str, ...]:
    """Return `count` colours of one hue, palest first. Raises KeyError beyond five."""
    return tuple(SEQUENTIAL[place] for place in _STEPS[count])


def text_on(background: str) -> str:
    """Return the text colour, dark or white, that reads better on a background."""
    return max((TEXT, PAGE), key=lambda colour: contrast(colour, background))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two '#RRGGBB' colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the red, green and blue of a '#RRGGBB' colour, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
