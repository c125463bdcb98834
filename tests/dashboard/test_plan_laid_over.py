"""The sheet's plan with the changes made on the page laid over it: the later day is shown."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.plan_changes import with_changes
from dashboard.metrics.strategy import Commitment, Plan, PlanEntry
from tests.dashboard.test_plan_changes import ENTRY


def plan(*entries: PlanEntry) -> Plan:
    """Return a plan of one commitment as a sheet brought it."""
    commitment = Commitment(
        commitment_id="G3",
        words="Say what is needed",
        objective="A",
        metric_ids=(),
        owner_role=None,
        status="OPEN",
        evidence_link=None,
        entries=entries,
    )
    return Plan((commitment,), date(2026, 11, 1))


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 3))


@given(sheet=st.none() | DAYS, here=st.none() | DAYS)
def test_of_sheet_and_page_the_later_is_shown_and_the_other_kept_beside_it(
    sheet: date | None, here: date | None
) -> None:
    loaded = replace(ENTRY, updated_on=sheet) if sheet else None
    written = replace(ENTRY, updated_on=here, text="Here", revision=4) if here else None
    found = with_changes(plan(*filter(None, [loaded])), filter(None, [written]), revision=7)
    assert found.revision == 7
    if loaded is None and written is None:
        assert found.entries == ()
        return
    (shown,) = found.entries
    both = {each for each in (loaded, written) if each}
    assert {replace(shown, beside=None), shown.beside} - {None} == both
    assert shown.updated_on == max(each.updated_on for each in both)
    assert shown.last_revision == (4 if written else 0)
    if sheet == here:
        assert shown.text == "Here"


def test_entries_without_changes_are_the_sheet_s_and_new_ones_stand_in_their_order() -> None:
    later = replace(ENTRY, entry_id="D2", due=None)
    added = replace(ENTRY, entry_id="PAGE-1", due=date(2026, 12, 1), revision=1)
    found = with_changes(plan(ENTRY, later), (added,), revision=1)
    assert found.entries == (ENTRY, added, later)
    assert found.commitments[0].entries == found.entries


def test_an_entry_whose_commitment_is_gone_is_not_lost() -> None:
    stray = replace(ENTRY, entry_id="PAGE-1", commitment_id="Z9", revision=1)
    found = with_changes(plan(ENTRY), (stray,), revision=1)
    assert found.entries == (ENTRY,)
    assert found.unplaced == (stray,)
