"""The matrix of the gap map: who looks for help, what each group finds where, and the services."""

from collections.abc import Mapping
from itertools import product
from typing import Final

import streamlit as st

from dashboard.charts.chart import Chart
from dashboard.charts.provision_matrix import provision_matrix
from dashboard.charts.words import joined, lowered
from dashboard.directory.eligibility import SEXES, Seeker
from dashboard.directory.provision import Cell, Help, provision
from dashboard.directory.read import directory
from dashboard.directory.service import Service
from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice
from dashboard.metrics.provision import WITHOUT_SPECIALIST
from dashboard.metrics.provision_cells import provision_cells
from dashboard.ui import figure, markup, services_tables
from dashboard.ui.cache import kept
from dashboard.ui.gaps import Asked
from dashboard.ui.numbers import Numbers
from schemas.supplied.lists import PRIORITY_FLAG

_ANY: Final = ""
_AGE_WORDS: Final = {
    _ANY: "Any age",
    "0-15": "Under 16",
    "16-17": "16 and 17",
    "18-64": "18 to 64",
    "65+": "65 and over",
}
_SEX_WORDS: Final = {_ANY: "Anyone", **SEXES}
_LEVELS_SAID: Final = (
    "Specialist: made for the group. General: for the group among others, or for everyone. Remote "
    "only: by telephone or online. None: no service that works there takes the group. Contracts "
    "that have ended, or not begun, do not count. How far away help is stands on the map."
)


def show(numbers: Numbers, asked: Asked) -> None:
    """Show what each group finds, for anyone or for somebody with needs of their own."""
    markup.quiet(_LEVELS_SAID)
    seeker = _seeker()
    try:
        chart = matrix(numbers, asked, seeker)
    except UnknownChoice as refusal:
        markup.box("notice", "Help by group and district: not shown.", str(refusal))
        return
    kept_as = ("provision matrix", asked.tried, seeker)
    figure.show(chart, key="provision_matrix", kept_as=kept_as)
    _show_services(numbers, asked, seeker)


def matrix(numbers: Numbers, asked: Asked, seeker: Seeker | None = None) -> Chart:
    """Return the matrix of help for a seeker, or for anyone; kept.

    Raises UnknownChoice for areas of other forces.
    """
    whom = seeker or Seeker()
    kept_as = ("provision matrix", asked.tried, whom)
    return kept(numbers.version, kept_as, lambda: _matrix(numbers, asked.tried, whom))


def helps(numbers: Numbers, seeker: Seeker | None = None) -> Mapping[Cell, Help]:
    """Return the help in every district for every group, worked out once."""
    listed = directory(numbers.warehouse)
    whom = seeker or Seeker()
    return kept(numbers.version, ("provision", whom), lambda: provision(listed, whom))


def services_behind(
    numbers: Numbers, asked: Asked, seeker: Seeker | None = None
) -> tuple[Service, ...]:
    """Return the services for the group in the districts chosen, each once, specialists first."""
    found = helps(numbers, seeker)
    cells = [found[where] for where in product((asked.group,), asked.districts) if where in found]
    kinds = ("specialist", "general", "remote")
    every = {
        (place, each.name, each.record["service_id"]): each
        for cell in cells
        for place, kind in enumerate(kinds)
        for each in getattr(cell, kind)
    }
    return tuple(every[key] for key in sorted(every))


def _matrix(numbers: Numbers, choice: Choice, seeker: Seeker) -> Chart:
    warehouse = numbers.warehouse
    return provision_matrix(
        numbers.result(WITHOUT_SPECIALIST, choice),
        provision_cells(choice, warehouse, seeker),
        helps(numbers, seeker),
        directory=directory(warehouse),
        as_of=warehouse.build.as_of_date,
        seeker=_in_words(seeker),
    )


def _seeker() -> Seeker:
    with st.container(key="gap_seeker", horizontal=True, vertical_alignment="bottom"):
        age = _one("Age of the person who looks for help", _AGE_WORDS, "gap_age")
        sex = _one("Who it is", _SEX_WORDS, "gap_sex")
        language = st.checkbox("Speaks little English", key="gap_language")
        hours = st.checkbox("Evenings or weekends only", key="gap_hours")
        itself = st.checkbox("Refers themselves", key="gap_self")
    return Seeker(
        age=age, sex=sex, other_language=language, out_of_hours=hours, self_referral=itself
    )


def _one(label: str, named: Mapping[str, str], key: str) -> str:
    return st.selectbox(
        label, list(named), format_func=lambda code: named[code], key=key, width=220
    )


def _in_words(seeker: Seeker) -> str:
    """Return who looks for help: 'men and boys, 18 to 64, who speak little English'."""
    who = [lowered(_SEX_WORDS[seeker.sex]) if seeker.sex else "anyone"]
    who += [lowered(_AGE_WORDS[seeker.age])] if seeker.age else []
    wishes = (
        (seeker.other_language, "speaks little English"),
        (seeker.out_of_hours, "can come in evenings or at weekends only"),
        (seeker.self_referral, "refers themselves"),
    )
    asked = joined([words for is_asked, words in wishes if is_asked])
    return "" if seeker.is_anyone else ", who ".join(filter(None, (", ".join(who), asked)))


def _show_services(numbers: Numbers, asked: Asked, seeker: Seeker) -> None:
    listed = directory(numbers.warehouse)
    services = services_behind(numbers, asked, seeker)
    markup.heading(f"Services behind the row “{PRIORITY_FLAG[asked.group]}”: {len(services):,}")
    if not services:
        markup.quiet("No service of the directory takes this group in the districts chosen.")
        return
    markup.quiet("Choose another priority group above. The table of the matrix names all of them.")
    markup.entries([services_tables.entry(each, listed) for each in services])
