"""Forms of the capacity planner: the changes that are tried, and one to make another."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

import streamlit as st

from dashboard.planning.change import (
    MOST_CAPACITY,
    MOST_COST,
    Change,
    Kind,
    Mode,
    NotAChange,
    checked,
)
from dashboard.planning.today import Running, Today
from dashboard.planning.words import in_words
from dashboard.ui import markup, planner_draft
from dashboard.ui.planner import Asked
from schemas.supplied.lists import PRIORITY_FLAG

_WAYS: Final[Mapping[str, tuple[Kind, Mode]]] = {
    "Add a service at a place": ("add", "site"),
    "Add help by telephone, online or at home": ("add", "remote"),
    "Move a site of a service": ("move", "site"),
    "Move outreach or other help without a site": ("area", "remote"),
    "Give a service more places": ("grow", "site"),
    "Give a service fewer places": ("shrink", "site"),
    "End a service": ("end", "site"),
}
_EVERYWHERE: Final = ""
_ASKED: Final = ("service", "site", "spot", "district", "capacity", "cost")
"""Names of what a form asks for, in the state of the session."""


def show(asked: Asked) -> None:
    """Show the changes and the form of another beside each other; on a phone below."""
    left, right = st.columns(2)
    with left:
        _another(asked)
    with right:
        _changes(asked)


def _changes(asked: Asked) -> None:
    """List the changes that are tried, each with a way to take it out."""
    markup.heading("Changes from today")
    if not asked.changes:
        markup.quiet("None yet: everything is as it is today.")
        return
    for place, change in enumerate(asked.changes):
        with st.container(horizontal=True, vertical_alignment="center", key=f"change_{place}"):
            markup.quiet(f"{place + 1}. {in_words(change, asked.today)}")
            st.button(
                f"Take out {place + 1}",
                key=f"planner_out_{place}",
                on_click=planner_draft.take_out,
                args=(place,),
                type="tertiary",
            )
    st.button("Start again from today", on_click=planner_draft.start_again, key="planner_again")


def _another(asked: Asked) -> None:
    """Show the form of one more change."""
    markup.heading("Make a change")
    way = st.selectbox("What changes?", list(_WAYS), key="planner_way")
    kind, mode = _WAYS[way]
    with st.form(f"planner_form_{kind}_{mode}"):
        _FIELDS[kind](asked, mode)
        st.form_submit_button(
            "Make this change", type="primary", on_click=_make, args=(kind, mode, asked.group)
        )


def _make(kind: Kind, mode: Mode, group: str) -> None:
    """Take what the form holds; where it is no change, say why on the next run."""
    said = {each: st.session_state.get(f"planner_{each}") for each in _ASKED}
    service, site = (said["site"] or ("", "")) if kind == "move" else (said["service"] or "", "")
    change = Change(
        kind=kind,
        mode=mode,
        service=service,
        site=site,
        spot=said["spot" if mode == "site" else "district"] or "",
        groups=tuple(st.session_state.get(f"planner_groups_{group}") or ()),
        capacity=said["capacity"] or 0,
        cost=said["cost"] or 0,
    )
    try:
        planner_draft.add(checked(change))
    except NotAChange as why:
        planner_draft.tell(str(why))


def _add(asked: Asked, mode: Mode) -> None:
    if mode == "site":
        _spot(asked.today)
    else:
        _district(asked.today)
    st.multiselect(
        "For which priority groups?",
        list(PRIORITY_FLAG),
        default=[asked.group],
        format_func=lambda code: PRIORITY_FLAG[code],
        key=f"planner_groups_{asked.group}",
    )
    _capacity("Places: people it can help in a year")
    _cost("Cost, pounds a year")


def _move(asked: Asked, mode: Mode) -> None:
    sites = {
        (each.service_id, code): f"{each.name}, {name}"
        for each in _services(asked.today).values()
        for code, name in each.sites.items()
    }
    st.selectbox(
        "Which site moves?", list(sites), format_func=lambda each: sites[each], key="planner_site"
    )
    _spot(asked.today)
    _cost("Cost of the move, pounds a year")


def _area(asked: Asked, mode: Mode) -> None:
    apart = {each.service_id for each in asked.today.network.apart}
    _service(asked.today, only=apart)
    _district(asked.today)
    _cost("Cost of the move, pounds a year")


def _grow(asked: Asked, mode: Mode) -> None:
    _service(asked.today)
    _capacity("More places: people a year")
    _cost("Cost, pounds a year")


def _shrink(asked: Asked, mode: Mode) -> None:
    _service(asked.today)
    _capacity("Fewer places: people a year")
    _cost("Saving, pounds a year")


def _end(asked: Asked, mode: Mode) -> None:
    _service(asked.today)


_FIELDS: Final[Mapping[Kind, Callable[[Asked, Mode], None]]] = {
    "add": _add,
    "move": _move,
    "area": _area,
    "grow": _grow,
    "shrink": _shrink,
    "end": _end,
}


def _services(today: Today) -> dict[str, Running]:
    """Return running services, those for the group first."""
    ordered = sorted(today.services.values(), key=lambda each: (not each.part, each.name))
    return {each.service_id: each for each in ordered}


def _service(today: Today, *, only: Collection[str] | None = None) -> None:
    """Ask for a running service, or for one of those in `only`."""
    running = _services(today)
    held = {code: each for code, each in running.items() if only is None or code in only}

    def said(code: str) -> str:
        each = held[code]
        places = "capacity not stated" if each.capacity is None else f"{each.capacity:,.0f} a year"
        return f"{each.name} ({places}{'' if each.part else ', for other groups'})"

    st.selectbox("Which service?", list(held), format_func=said, key="planner_service")


def _spot(today: Today) -> None:
    names = {
        key: f"{each.name}, {today.districts[each.district].name}"
        if each.district in today.districts
        else each.name
        for key, each in today.spots.items()
    }
    st.selectbox("Where?", list(names), format_func=lambda key: names[key], key="planner_spot")


def _district(today: Today) -> None:
    names = {code: each.name for code, each in today.districts.items()}
    names = {_EVERYWHERE: f"All of {today.force.name}", **names}
    st.selectbox(
        "For residents of",
        list(names),
        format_func=lambda code: names[code],
        key="planner_district",
    )


def _capacity(label: str) -> None:
    st.number_input(
        label, min_value=1, max_value=MOST_CAPACITY, value=60, step=10, key="planner_capacity"
    )


def _cost(label: str) -> None:
    st.number_input(
        label, min_value=0, max_value=MOST_COST, value=0, step=5_000, key="planner_cost"
    )
