"""Where new places would do most: the question, the answer, the next best, and how sure it is."""

from typing import Any, Final

import streamlit as st

from dashboard.charts.chart import Chart
from dashboard.charts.words import joined
from dashboard.errors import DashboardError
from dashboard.planning.best import Goal
from dashboard.planning.change import MOST_COST
from dashboard.planning.placing import Answer, Asked, Option, as_changes, best_places
from dashboard.planning.puzzle import Aim
from dashboard.planning.words import amount, group_name, with_range
from dashboard.ui import figure, markup, planner, planner_draft
from dashboard.ui.cache import kept
from dashboard.ui.listing import Column, listing

MOST_SITES: Final = 5

_AIMS: Final[dict[Aim, str]] = {
    "reach": "Most people in need newly within reach of help",
    "unmet": "Most unmet need met, no district counting beyond its need",
}
_WAYS: Final = ("By number of places", "By money")
_ASKED: Final = "planner_best_asked"
_GOALS: Final[dict[Goal, str]] = {
    "reach": "people in need newly within reach of help",
    "unmet": "people a year whose unmet need is met",
    "worst": "the share of its need that is met in the district where that is least",
}


def best(asked: planner.Asked) -> None:
    """Show the form, and the answer to what was asked last."""
    _form(asked)
    held: dict[str, Any] | None = st.session_state.get(_ASKED)
    if held is None:
        markup.quiet("Nothing is asked yet.")
        return
    cost = held["cost"]
    question = Asked(**{name: value for name, value in held.items() if name != "cost"})
    try:
        found = kept(
            asked.numbers.version,
            ("best places", asked.group, asked.changes, question),
            lambda: best_places(asked.today, asked.changes, question),
        )
    except DashboardError as why:
        markup.box("problem", str(why))
        return
    _show(asked, found, cost)


def _form(asked: planner.Asked) -> None:
    way = st.radio("How is it limited?", _WAYS, horizontal=True, key="planner_best_way")
    with st.form("planner_best_form"):
        st.number_input(
            "Number of new sites",
            min_value=1,
            max_value=MOST_SITES,
            value=1,
            key="planner_best_sites",
        )
        if way == _WAYS[0]:
            st.number_input(
                "Places in all: people a year",
                min_value=1,
                value=120,
                step=10,
                key="planner_best_places",
            )
        else:
            st.number_input(
                "Money in all, pounds a year",
                min_value=1_000,
                max_value=MOST_COST,
                value=100_000,
                step=5_000,
                key="planner_best_money",
            )
            st.number_input(
                "Cost of one place, pounds a year",
                min_value=1,
                value=_usual_cost(asked),
                key="planner_best_cost",
                help="To begin with: what today's services for this group cost for each place.",
            )
        st.selectbox(
            "What is aimed at?",
            list(_AIMS),
            format_func=lambda aim: _AIMS[aim],
            key="planner_best_aim",
        )
        st.checkbox(
            "Fairness first: the district whose share of need met is least",
            key="planner_best_fair",
        )
        st.form_submit_button(
            "Find the best places", type="primary", on_click=_ask, args=(way == _WAYS[1],)
        )


def _ask(is_by_money: bool) -> None:
    """Remember what is asked; the next run answers it."""

    def state(name: str) -> int:
        return int(st.session_state[f"planner_best_{name}"])

    sites = state("sites")
    each_cost = state("cost") if is_by_money else 0
    places = state("money") // each_cost if is_by_money else state("places")
    if places < sites:
        st.session_state.pop(_ASKED, None)
        planner_draft.tell("That pays for less than one place at each site. Ask for fewer sites.")
        return
    each = places // sites
    st.session_state[_ASKED] = {  # plain values, which a paper keeps to ask the same again
        "sites": sites,
        "each": each,
        "aim": st.session_state["planner_best_aim"],
        "is_fair": st.session_state["planner_best_fair"],
        "cost": each_cost * each,
    }


def _usual_cost(asked: planner.Asked) -> int:
    """Return what a place costs today, over all services for the group that state both."""
    held = [
        each
        for each in asked.today.services.values()
        if each.part and each.capacity and each.cost is not None
    ]
    places = sum((each.capacity or 0.0) * each.part for each in held)
    return (
        max(1, round(sum((each.cost or 0.0) * each.part for each in held) / places))
        if places
        else 500
    )


def _show(asked: planner.Asked, found: Answer, cost: int) -> None:
    kept_as = ("planner_best", asked.group, asked.changes, found.asked)
    figure.show_listing(
        kept(asked.numbers.version, ("chart", *kept_as), lambda: _table(asked, found)),
        key="planner_best",
    )
    for line in _sure(found):
        markup.quiet(line)
    options = [("best", found.best), *([("next best", found.second)] if found.second else [])]
    for name, option in options:
        st.button(
            f"Try the {name}: {_names(option)}",
            key=f"planner_use_{name}",
            on_click=_use,
            args=(option, found.asked, asked.group, cost),
        )


def _use(option: Option, question: Asked, group: str, cost: int) -> None:
    if planner_draft.add(*as_changes(option, question, group=group, cost=cost)):
        planner_draft.tell("The sites are added to the changes: see the first tab.")


def _table(asked: planner.Asked, found: Answer) -> Chart:
    options = [("Best", found.best), *([("Next best", found.second)] if found.second else [])]
    return listing(
        f"best-places-{group_name(asked.group)}",
        _headline(found),
        f"{_sites(found.asked)}, {group_name(asked.group)}, of {found.candidates} towns and sites "
        f"of today. Made as large as it can be: {_order(found)}. Modelled; low to high in brackets",
        columns=(
            Column("Set of places"),
            Column("Where"),
            Column("People in need newly within reach"),
            Column("Unmet need met, people a year"),
            Column("Least share of need met in a district"),
        ),
        rows=[
            (
                name,
                _names(option),
                with_range(option.reach),
                amount(option.unmet.central or 0),
                f"{100 * (option.worst.central or 0):.2f}%",
            )
            for name, option in options
        ],
        warehouse=asked.numbers.warehouse,
        sources=planner.SOURCES,
        source="a model over the directory of services, estimates and people supported",
        caveat="Modelled, not measured. A place counts for one person a year. Towns: GeoNames, "
        "CC BY 4.0.",
    )


def _headline(found: Answer) -> str:
    where = _names(found.best)
    if found.second is None:
        return f"{where}: there is no other set of places to compare with"
    if found.is_tie:
        return f"No clear difference between {where} and {_names(found.second)}"
    near = ", less than the range of need is wide" if found.is_unsure else ""
    return f"Best: {where}. Next best: {_names(found.second)}, {_less(found)}{near}"


def _less(found: Answer) -> str:
    if found.goal == "worst":
        return f"{100 * found.gap:.2f} points less of need met in the worst district"
    return f"{amount(found.gap)} fewer {_GOALS[found.goal]}"


def _order(found: Answer) -> str:
    """Return what is made as large as it can be, the first first."""
    then = "reach" if found.asked.aim == "reach" else "unmet"
    first = f"{_GOALS['worst']}, then " if found.asked.is_fair else ""
    return f"{first}{_GOALS[then]}"  # type: ignore[index]


def _sure(found: Answer) -> list[str]:
    """Return in sentences how sure the answer is."""
    held = found.asked.sites * found.asked.each
    lines = [f"Of all who come within reach the new sites can help {held:,} a year."]
    if found.second is None:
        return lines
    if found.is_unsure:
        lines.append(
            "The uncertainty of need is larger than the difference between the best and the next "
            "best: treat them as equal, and decide by what the model does not know."
        )
    if found.turns:
        lines.append("At the low or at the high estimate of need the next best is the better one.")
    else:
        lines.append("The order is the same at the low and at the high estimate of need.")
    if found.goal == "unmet":
        lines.append(
            "Every place meets one person's need wherever it is, so places differ here only by "
            "how much goes beyond the border or beyond a district's need."
        )
    return lines


def _sites(question: Asked) -> str:
    return (
        f"{question.sites} new site{'s' if question.sites > 1 else ''} of {question.each:,} places"
    )


def _names(option: Option) -> str:
    return joined([each.name for each in option.spots])
