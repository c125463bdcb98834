"""A chart as text and back, without loss: what a basket keeps is what was on the screen."""

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any, Final

from dashboard.charts.chart import Band, Chart, Level, Series, Shape, Step, Table

_PARTS: Final = {part.__name__: part for part in (Chart, Series, Band, Level, Shape, Step, Table)}
_IS: Final = "is"
_DAY: Final = "day"


class NotAChart(ValueError):
    """A text is no chart, or one of another form than this dashboard knows."""


def to_text(chart: Chart) -> str:
    """Return a chart as JSON; equal charts give equal texts."""
    return json.dumps(plain(chart), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Chart:
    """Return the chart of a text. Raises NotAChart."""
    try:
        found = _whole(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotAChart("What was kept of a figure cannot be read.") from error
    if not isinstance(found, Chart):
        raise NotAChart("What was kept is no figure.")
    return found


def plain(value: Any) -> Any:
    """Return a value of a chart as JSON knows it; a day and a part say what they are.

    Raises TypeError for what no chart holds.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if type(value) is date:
        return {_DAY: value.isoformat()}
    if is_dataclass(value) and type(value).__name__ in _PARTS:
        return {_IS: type(value).__name__, **_said(value)}
    raise TypeError(f"no part of a chart: {type(value).__name__}")


def _said(part: Any) -> dict[str, Any]:
    """Return the fields of a part that are not as they usually are."""
    held = ((each, getattr(part, each.name)) for each in fields(part))
    return {
        each.name: plain(value)
        for each, value in held
        if each.default is MISSING or value != each.default
    }


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_whole, value))
    if not isinstance(value, dict):
        return value
    if value.keys() == {_DAY}:
        return date.fromisoformat(value[_DAY])
    return _PARTS[value[_IS]](**{name: _whole(each) for name, each in value.items() if name != _IS})
