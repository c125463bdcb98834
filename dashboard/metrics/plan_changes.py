"""The delivery plan as it is shown: the sheet that was loaded, and what was changed on the page.

Of each entry the later day counts, by `updated_on`; on the same day what was changed on the page.
The other stays beside it, so that neither is lost without a word.
"""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.metrics.strategy import Plan, PlanEntry, in_order


def with_changes(plan: Plan, changes: Iterable[PlanEntry], *, revision: int) -> Plan:
    """Return the plan of the sheet with the latest change of each entry laid over it.

    revision: the number of the last change, of whichever entry.
    """
    sheet = {each.entry_id: each for each in plan.entries}
    here = {each.entry_id: each for each in changes}
    shown = in_order(_later(sheet.get(code), here.get(code)) for code in {**sheet, **here})
    known = {each.commitment_id for each in plan.commitments}
    return replace(
        plan,
        commitments=tuple(
            replace(each, entries=tuple(e for e in shown if e.commitment_id == each.commitment_id))
            for each in plan.commitments
        ),
        revision=revision,
        unplaced=tuple(each for each in shown if each.commitment_id not in known),
    )


def _later(sheet: PlanEntry | None, here: PlanEntry | None) -> PlanEntry:
    if sheet is None or here is None:
        return sheet or here  # type: ignore[return-value]
    if here.updated_on >= sheet.updated_on:
        return replace(here, beside=sheet)
    return replace(sheet, beside=here)
