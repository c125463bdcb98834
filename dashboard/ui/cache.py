"""What is computed once and kept: opened versions, results, charts and drawings.

Every key begins with the version, so a new version never meets an old answer. What is kept here
is shared by all readers: nothing may change it.
"""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any, Final, TypeVar

import streamlit as st

from dashboard.warehouse import Warehouse, current_version, open_warehouse

_RETRY_SECONDS: Final = 5.0

T = TypeVar("T")


def warehouse(data_dir: Path) -> Warehouse:
    """Return the version being served, opened once for all readers.

    Raises WarehouseUnavailable when there is nothing to serve; the next call tries again.
    """
    return _opened(str(data_dir), current_version(data_dir)).warehouse


def kept(version: str, what: tuple[object, ...], make: Callable[[], T]) -> T:
    """Return the answer kept for `what` in a version, and make it the first time."""
    answer: T = _answers(version, repr(what), make)
    return answer


def kept_drawing(version: str, what: tuple[object, ...], make: Callable[[], T]) -> T:
    """Return a drawing kept for `what` in a version. They are larger, so fewer are kept."""
    drawing: T = _drawings(version, repr(what), make)
    return drawing


class _Opened:
    """An opened version and when; one served in place of a faulty version is tried again."""

    def __init__(self, data_dir: str, version: str) -> None:
        self.warehouse = open_warehouse(Path(data_dir), version)
        self._path = Path(data_dir, "published", f"{version}.duckdb")
        self._since = monotonic()

    def is_usable(self) -> bool:
        """True while the file is there and, for a stand-in, for a few seconds."""
        if self.warehouse.problem and monotonic() - self._since > _RETRY_SECONDS:
            return False
        return self._path.exists()


@st.cache_resource(max_entries=3, show_spinner=False, validate=lambda it: it.is_usable())
def _opened(data_dir: str, version: str) -> _Opened:
    return _Opened(data_dir, version)


@st.cache_resource(max_entries=4000, show_spinner=False)
def _answers(version: str, what: str, _make: Callable[[], Any]) -> Any:
    return _make()


@st.cache_resource(max_entries=400, show_spinner=False)
def _drawings(version: str, what: str, _make: Callable[[], Any]) -> Any:
    return _make()
