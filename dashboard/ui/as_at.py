"""The version that a page shows: the newest, or the kept one that its address names.

The address alone says which, so a copied one opens the same. Every link within the product
carries it on: what a page is given by `carried` belongs to each link that it writes.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.directory.words import day
from dashboard.errors import DashboardError, VersionNotKept
from dashboard.settings import load_settings
from dashboard.ui import cache, markup
from dashboard.ui.moments import in_london
from dashboard.version import BuildInfo
from dashboard.warehouse import Warehouse, number_of

AS_AT: Final = "as_at"
"""Name in the address of the version that is shown."""

_NEWEST: Final = ""
_KNOWN: Final = "as_at_known"
_MENU: Final = "as_at_menu"
_CHOICE: Final = "as_at_choice"


@dataclass(frozen=True)
class Shown:
    """What a page shows, and what is served. `problem`: why another was asked for in vain."""

    warehouse: Warehouse
    served: Warehouse
    problem: str = ""

    @property
    def is_other(self) -> bool:
        """True when the page shows another version than the one that is served."""
        return self.warehouse.version != self.served.version


def shown(data_dir: Path) -> Shown:
    """Return the version that the address names; the one served where it names none of ours.

    Raises WarehouseUnavailable when nothing can be served.
    """
    served = cache.warehouse(data_dir)
    if AS_AT not in st.query_params:
        return Shown(served, served)
    try:
        asked = _asked_for(data_dir, served)
        st.session_state[_KNOWN] = asked.version
        return Shown(asked, served)
    except VersionNotKept as why:
        del st.query_params[AS_AT]
        return Shown(served, served, f"The version in the address {why}; the newest is shown.")


def carried() -> dict[str, str]:
    """Return what every link within the product carries, so that the version stays."""
    if AS_AT not in st.query_params:
        return {}
    known = str(st.session_state.get(_KNOWN))
    if st.query_params.get_all(AS_AT) == [known]:
        return {AS_AT: known}  # a page has fifty links, and has just looked
    data_dir = load_settings().data_dir
    try:
        return {AS_AT: _asked_for(data_dir, cache.warehouse(data_dir)).version}
    except DashboardError:
        return {}


def show_notice(shown: Shown) -> None:
    """Say at the top of the page that it shows another version than the newest; offer that one."""
    if shown.problem:
        markup.box("notice", shown.problem)
    if not shown.is_other:
        return
    build, served = shown.warehouse.build, shown.served.build
    with st.container(horizontal=True, vertical_alignment="center", key="as_at"):
        markup.box("notice", _lead(build, served), _which(build, served))
        st.button("Show the newest", on_click=_choose_newest, key="as_at_newest")


def show_menu(shown: Shown, data_dir: Path) -> None:
    """Offer every kept version that can be read; nothing is read while the menu is closed."""
    label = f"As at {_day_of(shown.warehouse.build)}" if shown.is_other else "Earlier versions"
    menu = st.popover(label, type="tertiary", key=_MENU, on_change="rerun")
    if menu.open:
        with menu:
            _show_choices(shown, data_dir)


def _asked_for(data_dir: Path, served: Warehouse) -> Warehouse:
    asked = st.query_params.get_all(AS_AT)
    if asked == [served.version]:
        return served
    if len(asked) != 1:
        raise VersionNotKept("is not kept here")
    return cache.warehouse(data_dir, asked[0])


def _lead(build: BuildInfo, served: BuildInfo) -> str:
    if number_of(build.version_name) > number_of(served.version_name):
        return f"You are looking at data as at {_day_of(build)}, which was taken back."
    return f"You are looking at data as at {_day_of(build)}, not the newest."


def _which(build: BuildInfo, served: BuildInfo) -> str:
    return (
        f"Version {build.version_name}{_covered(build)}. "
        f"The newest, {served.version_name}, was loaded on {_moment_of(served)}."
    )


def _show_choices(shown: Shown, data_dir: Path) -> None:
    found = {build.version_name: build for build in cache.builds(data_dir)}
    captions = [_caption(build, shown.served.version) for build in found.values()]
    st.session_state[_CHOICE] = st.query_params.get(AS_AT, _NEWEST)
    st.radio(
        "Show the figures as at",
        [_NEWEST, *found],
        format_func=lambda name: _moment_of(found[name]) if name else "The newest, always",
        captions=["New data is shown as it comes", *captions],
        key=_CHOICE,
        on_change=_choose,
    )
    markup.quiet("The address of the page holds the choice: copied, it opens the same version.")


def _caption(build: BuildInfo, served: str) -> str:
    newest = ", the newest now" if build.version_name == served else ""
    return f"{build.version_name}{_covered(build)}{newest}"


def _choose() -> None:
    chosen = st.session_state[_CHOICE]
    if chosen == _NEWEST:
        _choose_newest()
    else:
        st.query_params[AS_AT] = chosen


def _choose_newest() -> None:
    st.query_params.pop(AS_AT, None)


def _covered(build: BuildInfo) -> str:
    return f", data to {build.data_to:%B %Y}" if build.data_to else ""


def _day_of(build: BuildInfo) -> str:
    return day(in_london(build.built_at).date())


def _moment_of(build: BuildInfo) -> str:
    return f"{_day_of(build)}, {in_london(build.built_at):%H:%M}"
