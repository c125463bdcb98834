"""The fields of an entry of the delivery plan: as a form, and as words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from dashboard.charts.chart import Table
from dashboard.directory.words import day
from dashboard.metrics.strategy import Plan, PlanEntry
from dashboard.ui.strategy_words import name_of
from schemas.supplied.complaint import ORGANISATION
from schemas.supplied.delivery_plan import ENTRY_STATUS, KIND, SEVERITY

LABELS: Final[Mapping[str, str]] = {
    "commitment_id": "Commitment",
    "kind": "Kind",
    "text": "What it is, in short",
    "owner_role": "Who has to act",
    "status": "How it stands",
    "due": "Due",
    "severity": "How bad, of a risk or an issue",
    "what_changed": "What changed now, in short",
}
_CODES: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": KIND,
    "owner_role": ORGANISATION,
    "status": ENTRY_STATUS,
    "severity": SEVERITY,
}
_NOT_SAID: Final = "Not said"
_LONGEST: Final = 300
_HEIGHT: Final = 80


def blank(plan: Plan) -> PlanEntry:
    """Return what a new entry begins with."""
    return PlanEntry(
        entry_id="",
        commitment_id=plan.commitments[0].commitment_id,
        kind="MILESTONE",
        text="",
        owner_role="OPCC",
        due=None,
        status="OPEN",
        severity=None,
        what_changed=None,
        updated_on=plan.as_of,
    )


def ask(begun: PlanEntry, plan: Plan, *, form: int) -> PlanEntry:
    """Show the fields of an entry and return it as it is written, its day apart.

    form: tells these fields from those of the form before.
    """

    def key(name: str) -> str:
        return f"plan_{name}_{form}"

    def one_of(name: str, codes: Mapping[str, str]) -> str:
        return _one_of(name, codes, begun, key(name))

    def words(name: str, begins: str) -> str:
        typed = st.text_area(
            LABELS[name], begins, height=_HEIGHT, max_chars=_LONGEST, key=key(name)
        )
        return " ".join((typed or "").split())

    names = {each.commitment_id: name_of(each) for each in plan.commitments}
    commitment = one_of("commitment_id", names)
    left, right = st.columns(2)
    with left:
        kind, status = one_of("kind", KIND), one_of("status", ENTRY_STATUS)
        due = st.date_input(LABELS["due"], begun.due, key=key("due"), format="DD/MM/YYYY")
    with right:
        owner = one_of("owner_role", ORGANISATION)
        severity = one_of("severity", {"": _NOT_SAID, **SEVERITY})
    return replace(
        begun,
        commitment_id=commitment,
        kind=kind,
        status=status,
        due=due,
        owner_role=owner,
        severity=severity or None,
        text=words("text", begun.text),
        what_changed=words("what_changed", "") or None,
    )


def compared(theirs: PlanEntry, yours: PlanEntry) -> Table:
    """Return the fields in which two forms of an entry differ."""
    rows = [
        (label, said(theirs, name), said(yours, name))
        for name, label in LABELS.items()
        if getattr(theirs, name) != getattr(yours, name)
    ]
    return Table(
        columns=("Field", "As it was saved", "As you wrote it"),
        rows=tuple(rows),
        formats=("", "", ""),
    )


def said(entry: PlanEntry, field: str) -> str:
    """Return what a field of an entry says, in words."""
    value = getattr(entry, field)
    if value is None or value == "":
        return _NOT_SAID
    if isinstance(value, date):
        return day(value)
    return _CODES.get(field, {}).get(value, str(value))


def _one_of(name: str, codes: Mapping[str, str], begun: PlanEntry, key: str) -> str:
    held = list(codes)
    value = getattr(begun, name) or ""
    chosen = st.selectbox(
        LABELS[name],
        held,
        index=held.index(value) if value in held else None,
        format_func=lambda code: codes[code],
        placeholder=_NOT_SAID,
        key=key,
    )
    return chosen or ""
