"""Staff change an entry of the delivery plan, or add one; everyone sees it at once."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.access import may_do
from dashboard.audit import NotRecorded
from dashboard.charts.words import joined
from dashboard.directory.words import day
from dashboard.metrics.strategy import Plan, PlanEntry
from dashboard.settings import load_settings
from dashboard.ui import markup, plan_fields
from dashboard.ui.check_file import CheckFailed
from dashboard.ui.collector import is_replay
from dashboard.ui.identity import current_reader
from dashboard.ui.moments import in_london
from dashboard.ui.numbers import Numbers
from dashboard.ui.plan_check import Fault, faults_of
from dashboard.ui.plan_shown import is_newest, is_plan_invented
from dashboard.ui.strategy_words import origin, state
from dashboard.workspace import plan as changes
from dashboard.workspace.database import WorkspaceUnavailable
from dashboard.workspace.plan import Author, NotChanged
from schemas.supplied.delivery_plan import KIND

_NEW: Final = ""
_CHOSEN: Final = "plan_entry"
_WRITING: Final = "plan_writing"
_SAVED: Final = "plan_saved"
_LONGEST: Final = 60
_NOTE: Final = (
    "Everyone who may open this page reads it: no names, addresses or numbers of people. An entry "
    "that is saved counts as looked at today, with or without a change."
)
_OVERTAKEN: Final = (
    "Not saved: somebody else changed this entry while you wrote.",
    "What you wrote is still below. Save it again to put it in the place of theirs.",
)
_NO_ANSWER: Final = "The check gave no answer. What you wrote is still below: save it again soon."
_NOT_RECORDED: Final = (
    "The change could not be recorded in the audit log, so it was not made. Whoever runs the "
    "dashboard should look at the log."
)


@dataclass(frozen=True, kw_only=True)
class _Writing:
    """An entry that is being written on.

    begun: what the fields began with. seen: the entry as its author saw it last. form: tells
    these fields from those of the form before. problem, faults: why it was not saved.
    written: what was typed, where somebody else changed the entry meanwhile; `seen` is then theirs.
    is_done: it was saved, so that the next form begins.
    """

    code: str
    begun: PlanEntry
    seen: PlanEntry
    form: int
    problem: str = ""
    faults: tuple[Fault, ...] = ()
    written: PlanEntry | None = None
    is_done: bool = False


def show(plan: Plan, numbers: Numbers, data_dir: Path) -> None:
    """Show the form to those who may change the plan, on the newest version."""
    if is_replay() or not plan.commitments or not _may_edit():
        return
    if not is_newest(numbers, data_dir):
        markup.quiet("The plan can be changed on the newest version only.")
        return
    told = st.session_state.pop(_SAVED, "")
    if told:
        markup.box("notice", "Saved.", told)
    if plan.unplaced:
        codes = joined([each.entry_id for each in plan.unplaced])
        markup.box("notice", f"Not shown: {codes}.", "The commitment is not in the list any more.")
    with st.expander("Change the plan", key="plan_change", icon=":material/edit:"):
        _show_form(plan, numbers, data_dir)


def _may_edit() -> bool:
    return may_do(current_reader(load_settings()).role, "edit_plan")


def _show_form(plan: Plan, numbers: Numbers, data_dir: Path) -> None:
    every = {each.entry_id: each for each in _every(plan)}
    code = st.selectbox(
        "What do you want to change?",
        [_NEW, *every],
        format_func=lambda code: _name(every[code]) if code else "Add a new entry",
        key=_CHOSEN,
    )
    now = every.get(code) or plan_fields.blank(plan)
    writing = _begun(code, now)
    _show_what_it_is(writing, plan)
    _show_problem(writing)
    with st.form(f"plan_form_{writing.form}"):
        written = plan_fields.ask(writing.begun, plan, form=writing.form)
        markup.quiet(_NOTE)
        is_sent = st.form_submit_button("Save the change" if code else "Add it", type="primary")
    if is_sent and _may_edit():
        st.session_state[_WRITING] = _after_sending(writing, written, now, numbers, data_dir)
        st.rerun()


def _every(plan: Plan) -> tuple[PlanEntry, ...]:
    """Return all entries, those that are open first."""
    return tuple(sorted((*plan.unplaced, *plan.entries), key=lambda each: not each.is_open))


def _name(entry: PlanEntry) -> str:
    text = entry.text if len(entry.text) <= _LONGEST else f"{entry.text[:_LONGEST]}…"
    return f"{entry.entry_id} · {entry.commitment_id} · {KIND[entry.kind]} · {text}"


def _begun(code: str, now: PlanEntry) -> _Writing:
    """Return what is being written, begun anew where another entry was chosen, or it was saved."""
    held: _Writing | None = st.session_state.get(_WRITING)
    if held is None or held.code != code or held.is_done:
        held = _Writing(code=code, begun=now, seen=now, form=held.form + 1 if held else 0)
        st.session_state[_WRITING] = held
    return held


def _show_what_it_is(writing: _Writing, plan: Plan) -> None:
    entry = writing.seen
    if not writing.code:
        return
    before = f" What changed then: {entry.what_changed}." if entry.what_changed else ""
    markup.quiet(f"{origin(entry)}.{before}")
    if entry.beside:
        other = entry.beside
        where = "the change here on" if other.revision else "the sheet, looked at on"
        markup.quiet(
            f"Not shown any more, from {where} {day(other.updated_on)}: "
            f"{other.text} ({state(other, plan)})."
        )


def _show_problem(writing: _Writing) -> None:
    if writing.written:
        markup.box("problem", *_OVERTAKEN)
        table = plan_fields.compared(writing.seen, writing.written)
        markup.table(table, "What was saved, beside what you wrote", folds=True)
    elif writing.faults:
        fields = list(dict.fromkeys(field for field, _ in writing.faults))
        markup.box("problem", "Not saved.", f"Put right: {joined(fields)}.")
        markup.terms(writing.faults)
    elif writing.problem:
        markup.box("problem", "Not saved.", writing.problem)


def _after_sending(
    writing: _Writing, written: PlanEntry, now: PlanEntry, numbers: Numbers, data_dir: Path
) -> _Writing:
    """Check and keep what was written; return how its writing goes on."""
    still = replace(writing, problem="", faults=(), written=None)
    if writing.code and now != writing.seen:
        return replace(still, seen=now, written=written)
    today = in_london(datetime.now(UTC)).date()
    entry = replace(written, updated_on=today)
    try:
        with st.spinner("Checking it as a sheet would be"):
            faults = faults_of(
                entry, is_invented=is_plan_invented(numbers.warehouse), data_dir=data_dir
            )
        if faults:
            return replace(still, faults=faults)
        _save(entry, writing.seen.last_revision, numbers, data_dir)
    except (CheckFailed, OSError):
        return replace(still, problem=_NO_ANSWER)
    except NotRecorded:
        return replace(still, problem=_NOT_RECORDED)
    except (NotChanged, WorkspaceUnavailable) as why:
        return replace(still, problem=str(why))
    return replace(still, is_done=True)


def _save(entry: PlanEntry, after: int, numbers: Numbers, data_dir: Path) -> None:
    reader = current_reader(load_settings())
    author = Author(
        owner=reader.key,
        role=reader.role,
        version=numbers.version,
        is_invented=is_plan_invented(numbers.warehouse),
    )
    kept = changes.save(data_dir, entry, after=after, author=author)
    st.session_state[_SAVED] = f"{_name(kept)}. Everyone sees it now."
