"""The filter bar: the same on every page, kept when the page changes, and held in the address.

Streamlit's own binding of widgets to the address forgets them when the page changes, so the
address is read and written here: read when the reader arrives or follows a link, written when
a filter changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

import streamlit as st

from dashboard.metrics.address import Address, read_address, write_address
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.metric import Choice, Comparison, Metric
from dashboard.metrics.period import PERIOD_CHOICES
from dashboard.ui import as_at, markup
from dashboard.ui.as_at import AS_AT
from dashboard.ui.numbers import Numbers
from schemas.codes import CRIME_TYPES

Key = TypeVar("Key")

COMPARISONS: Final[dict[Comparison, str]] = {
    "same_period_last_year": "Same period last year",
    "previous_period": "Previous period",
    "force_average": "Force average",
    "similar_forces": "Similar forces",
}
_KEPT: Final = "address"
_PAGE: Final = "filters_page"
VIEW: Final = "view"
"""Name in the address of the part of a page that is open."""
_WRITTEN: Final = "address_written"
_WIDGETS: Final = ("areas", "period", "crime_types", "compare_with", "first_month", "last_month")


def show(
    numbers: Numbers,
    *,
    page: str,
    applied: Sequence[str],
    because: str = "",
    own: Sequence[str] = (),
    about: Metric = RECORDED_CRIME,
) -> Choice:
    """Show the filters and return the choice; those not in `applied` are disabled, `because`.

    `own`: names in the address of the page's own filters, which are left to the page. `about`:
    the metric whose months the named periods follow.
    """
    address = _arrive(numbers, page, own)
    for problem in address.problems:
        markup.box("notice", problem)
    with st.container(border=True, key="filter_bar"):
        st.toggle(_summary(address, numbers), key="filter_fold", on_change="ignore")
        with st.container(horizontal=True, key="filter_row"):
            address = _widgets(address, numbers, applied)
        if because:
            markup.quiet(because)
    _keep(address, own)
    return choice_of(address, numbers, about)


def choice_of(address: Address, numbers: Numbers, about: Metric = RECORDED_CRIME) -> Choice:
    """Return the choice that an address stands for, its months those that `about` holds."""
    first, last = address.first_month, address.last_month
    if address.period != "custom" or not (first and last):
        period = numbers.named_period(address.period, about)
        first, last = period.first_month, period.last_month
    return Choice(
        areas=address.areas,
        first_month=first,
        last_month=last,
        crime_types=address.crime_types,
        compare_with=address.compare_with,
    )


def link_to(choice: Choice) -> dict[str, tuple[str, ...]]:
    """Return the address of a choice's areas and crime types: period and version as they are."""
    kept: Address = st.session_state.get(_KEPT, Address())
    there = write_address(replace(kept, areas=choice.areas, crime_types=choice.crime_types))
    return {**there, **{name: (value,) for name, value in as_at.carried().items()}}


def page_shown() -> str:
    """Return the key of the page whose filters are shown."""
    return str(st.session_state.get(_PAGE, ""))


def show_status(said: str) -> None:
    """Write what the filters select, with the way back where they say anything."""
    with st.container(horizontal=True, vertical_alignment="center", key="status"):
        markup.status(said, width="content")
        if not is_default():
            st.button("Reset the filters", on_click=reset, type="tertiary")


def is_default() -> bool:
    """Return True while no filter says anything but its default."""
    return not write_address(st.session_state.get(_KEPT, Address()))


def reset() -> None:
    """Forget every filter; the next run shows the defaults."""
    st.session_state[_KEPT] = Address()
    _forget_widgets()


def _arrive(numbers: Numbers, page: str, own: Sequence[str]) -> Address:
    """Return the address asked for by a link, or the one that is kept, without its problems."""
    if st.session_state.get(_PAGE) != page:
        _forget_widgets()
    st.session_state[_PAGE] = page
    asked = _asked(own)
    is_first = _KEPT not in st.session_state
    if is_first or (asked and asked != st.session_state.get(_WRITTEN)):
        _forget_widgets()
        return read_address(asked, numbers.warehouse)
    kept: Address = st.session_state[_KEPT]
    return replace(kept, problems=())


def _asked(own: Sequence[str]) -> dict[str, tuple[str, ...]]:
    names = [name for name in st.query_params if name not in (VIEW, AS_AT, *own)]
    return {name: tuple(st.query_params.get_all(name)) for name in names}


def _forget_widgets() -> None:
    # A widget on another page is another widget: it begins with what is kept.
    for name in _WIDGETS:
        st.session_state.pop(_key(name), None)


def _keep(address: Address, own: Sequence[str]) -> None:
    st.session_state[_KEPT] = address
    wanted = {name: tuple(values) for name, values in write_address(address).items()}
    for name in _asked(own).keys() - wanted.keys():
        del st.query_params[name]
    for name, values in wanted.items():
        if tuple(st.query_params.get_all(name)) != values:
            st.query_params[name] = values
    st.session_state[_WRITTEN] = wanted


def _widgets(address: Address, numbers: Numbers, applied: Sequence[str]) -> Address:
    codes = _area_filter(address, numbers, is_off="area" not in applied)
    is_off = "period" not in applied
    chosen = _one("period", "Period", PERIOD_CHOICES, address.period, is_off=is_off)
    types = _crime_type_filter(address, is_off="crime_type" not in applied)
    is_off = "compare_with" not in applied
    versus = _one("compare_with", "Compare with", COMPARISONS, address.compare_with, is_off=is_off)
    changed = replace(address, areas=codes, period=chosen, crime_types=types, compare_with=versus)
    return _custom_months(changed, numbers) if chosen == "custom" else _without_months(changed)


def _area_filter(address: Address, numbers: Numbers, *, is_off: bool) -> tuple[str, ...]:
    names = numbers.area_names()
    _begin("areas", [code for code in address.areas if code in names])
    return tuple(
        st.multiselect(
            "Area",
            list(names),
            format_func=lambda code: names[code],
            key=_key("areas"),
            placeholder=numbers.home_name(),
            disabled=is_off,
        )
    )


def _crime_type_filter(address: Address, *, is_off: bool) -> tuple[str, ...]:
    _begin("crime_types", [each for each in address.crime_types if each in CRIME_TYPES])
    chosen = st.multiselect(
        "Crime type", CRIME_TYPES, key=_key("crime_types"), placeholder="All crime", disabled=is_off
    )
    return tuple(each for each in CRIME_TYPES if each in chosen)


def _one(name: str, label: str, words: Mapping[Key, str], value: Key, *, is_off: bool) -> Key:
    _begin(name, value)
    return st.selectbox(
        label, list(words), format_func=lambda each: words[each], key=_key(name), disabled=is_off
    )


def _custom_months(address: Address, numbers: Numbers) -> Address:
    months = numbers.months_held()
    usual = numbers.named_period("latest_12_months")
    first = _month("first_month", "From", months, address.first_month or usual.first_month)
    last = _month("last_month", "To", months, address.last_month or usual.last_month)
    return replace(address, first_month=min(first, last), last_month=max(first, last))


def _month(name: str, label: str, months: list[date], value: date) -> date:
    if st.session_state.get(_key(name)) not in months:
        # Another version may end earlier; the widget itself would fall back to the first month.
        st.session_state.pop(_key(name), None)
    _begin(name, value if value in months else months[-1])
    return st.selectbox(label, months, format_func=lambda day: f"{day:%B %Y}", key=_key(name))


def _without_months(address: Address) -> Address:
    return replace(address, first_month=None, last_month=None)


def _summary(address: Address, numbers: Numbers) -> str:
    names = numbers.area_names()
    area = ", ".join(names[code] for code in address.areas) or numbers.home_name()
    types = ", ".join(address.crime_types) or "all crime"
    return f"{area} · {PERIOD_CHOICES[address.period].lower()} · {types} · change"


def _begin(name: str, value: object) -> None:
    if _key(name) not in st.session_state:
        st.session_state[_key(name)] = value


def _key(name: str) -> str:
    return f"filter_{name}"
