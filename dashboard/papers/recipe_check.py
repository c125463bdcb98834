"""Reading a recipe without trust: every fault at once, and nothing in it is ever run."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dashboard.access import PAGES
from dashboard.charts.chart import Cell, Table
from dashboard.errors import DashboardError
from dashboard.papers.draft import LONGEST_TEXT, LONGEST_TITLE, WITHOUT_FIGURES, Origin, digest
from dashboard.papers.recipe import FORM, Recipe, Wanted
from dashboard.papers.state import is_known, is_number
from schemas.published import FILE_PATTERN

MOST_BYTES: Final = 20_000_000
MOST_FIGURES: Final = 60
_MOST_FAULTS: Final = 20
_MOST_VALUES: Final = 60
_LONGEST: Final = 2_000
_MOST_CELLS: Final = 500_000
_PAPER: Final = ("recipe", "title", "introduction", "made_on", "figures")
_FIGURE: Final = (
    *("page", "figure", "address", "state", "version", "headline", "heading", "commentary"),
    *("sha256", "columns", "rows"),
)
_PAGES: Final = frozenset(entry.key for entry in PAGES) - WITHOUT_FIGURES


class NotARecipe(DashboardError):
    """A file is no recipe that this dashboard can follow; the message names every fault."""

    exit_code = 2


def read(content: bytes) -> Recipe:
    """Return the recipe that a file holds. Raises NotARecipe."""
    told = _parsed(content)
    check = _Check()
    recipe = _recipe(told, check)
    if check.faults:
        raise NotARecipe(_said(check.faults))
    return recipe


def _parsed(content: bytes) -> Mapping[str, Any]:
    if len(content) > MOST_BYTES:
        raise NotARecipe(f"The recipe is larger than {MOST_BYTES // 1_000_000} MB.")
    try:
        told = json.loads(content)
        # Half a character, such as "\ud800", is no text that could be written again.
        json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise NotARecipe(
            "The recipe is no JSON text. Take the file that came with the paper."
        ) from None
    if not isinstance(told, dict) or told.get("recipe") != FORM:
        raise NotARecipe(
            f"The file is no recipe of form {FORM}. A newer dashboard may have written it."
        )
    return told


class _Check:
    """Takes values out of a recipe, and remembers what is wrong with them."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def holds(self, is_right: bool, where: str, wanted: str) -> bool:
        """Remember a fault where something is not right; return whether it is."""
        if not is_right:
            self.faults.append(f"{where}: {wanted}")
        return is_right

    def names(self, told: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        """Hold the names of an object against those that it must have."""
        for name in known:
            self.holds(name in told, where, f"“{name}” is missing")
        self.holds(told.keys() <= set(known), where, f"only {', '.join(known)} may stand here")

    def text(self, value: object, where: str, most: int = _LONGEST) -> str:
        """Return a text of at most so many letters."""
        is_right = isinstance(value, str) and len(value) <= most
        return (
            str(value)
            if self.holds(is_right, where, f"a text of at most {most:,} letters is wanted")
            else ""
        )

    def texts(self, value: object, where: str, most: int = _MOST_VALUES) -> tuple[str, ...]:
        """Return a list of texts."""
        is_right = (
            isinstance(value, list)
            and len(value) <= most
            and all(isinstance(each, str) and len(each) <= _LONGEST for each in value)
        )
        self.holds(is_right, where, "a list of texts is wanted")
        return tuple(value) if is_right else ()  # type: ignore[arg-type]


def _recipe(told: Mapping[str, Any], check: _Check) -> Recipe:
    check.names(told, _PAPER, "the recipe")
    figures = told.get("figures")
    is_list = isinstance(figures, list) and 0 < len(figures) <= MOST_FIGURES
    check.holds(is_list, "figures", f"a list of 1 to {MOST_FIGURES} figures is wanted")
    return Recipe(
        title=check.text(told.get("title"), "title", LONGEST_TITLE),
        introduction=check.text(told.get("introduction"), "introduction", LONGEST_TEXT),
        made_on=_day(told.get("made_on"), "made_on", check),
        figures=tuple(
            _figure(each, f"figure {number}", check)
            for number, each in enumerate(figures if is_list else (), start=1)  # type: ignore[arg-type]
        ),
    )


def _figure(told: object, where: str, check: _Check) -> Wanted:
    if not isinstance(told, dict):
        check.holds(False, where, "an object is wanted")
        told = {}
    check.names(told, _FIGURE, where)
    version = check.text(told.get("version"), f"{where}, version")
    check.holds(
        re.fullmatch(FILE_PATTERN, f"{version}.duckdb") is not None,
        f"{where}, version",
        "a version such as wh-3-1a2b3c4d is wanted",
    )
    return Wanted(
        origin=_origin(told, where, check),
        version=version,
        headline=check.text(told.get("headline"), f"{where}, headline"),
        heading=check.text(told.get("heading"), f"{where}, heading", LONGEST_TITLE),
        commentary=check.text(told.get("commentary"), f"{where}, commentary", LONGEST_TEXT),
        table=_table(told, where, check),
    )


def _origin(told: Mapping[str, Any], where: str, check: _Check) -> Origin:
    page = check.text(told.get("page"), f"{where}, page")
    check.holds(page in _PAGES, f"{where}, page", "it is no page with figures for a paper")
    state = _mapping(told.get("state"), f"{where}, state", check)
    for name, value in state.items():
        check.holds(
            is_known(page, name, value),
            f"{where}, state",
            "a name or a value is not one that a figure of this page rests on",
        )
    address = _mapping(told.get("address"), f"{where}, address", check)
    return Origin(
        page=page,
        figure=check.text(told.get("figure"), f"{where}, figure"),
        address={
            name: check.texts(values, f"{where}, address") for name, values in address.items()
        },
        state=state,
    )


def _mapping(value: object, where: str, check: _Check) -> Mapping[str, Any]:
    is_right = isinstance(value, dict) and len(value) <= _MOST_VALUES
    check.holds(is_right, where, f"an object of at most {_MOST_VALUES} names is wanted")
    return value if is_right else {}  # type: ignore[return-value]


def _table(told: Mapping[str, Any], where: str, check: _Check) -> Table:
    columns = check.texts(told.get("columns"), f"{where}, columns")
    rows = _rows(told.get("rows"), len(columns), f"{where}, rows", check)
    table = Table(columns=columns, rows=rows, formats=("",) * len(columns))
    check.holds(
        digest(table) == told.get("sha256"),
        f"{where}, sha256",
        "it is not that of the columns and rows: the file was changed",
    )
    return table


def _rows(value: object, width: int, where: str, check: _Check) -> tuple[tuple[Cell, ...], ...]:
    is_list = isinstance(value, list) and all(isinstance(row, list) for row in value)
    if not check.holds(is_list, where, "a list of rows is wanted"):
        return ()
    rows: list[list[Any]] = value  # type: ignore[assignment]
    check.holds(
        all(len(row) == width for row in rows) and len(rows) * width <= _MOST_CELLS,
        where,
        f"every row must have a cell for each column, {_MOST_CELLS:,} cells in all at most",
    )
    return tuple(tuple(_cell(cell, where, check) for cell in row) for row in rows)


def _cell(value: object, where: str, check: _Check) -> Cell:
    if isinstance(value, dict) and value.keys() == {"day"}:
        return _day(value["day"], where, check)
    if value is None or isinstance(value, str) or is_number(value):
        return value  # type: ignore[return-value]
    check.holds(False, where, "a cell is a text, a number, a day or nothing")
    return None


def _day(value: object, where: str, check: _Check) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        check.holds(False, where, "a day such as 2026-11-26 is wanted")
        return date.min


def _said(faults: list[str]) -> str:
    """Return all faults in one message, each once."""
    each = list(dict.fromkeys(faults))
    more = f"; and {len(each) - _MOST_FAULTS} more" if len(each) > _MOST_FAULTS else ""
    return f"The recipe cannot be followed. {'; '.join(each[:_MOST_FAULTS])}{more}."
