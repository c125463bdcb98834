"""Tables of the page on the Victims' Code: rights, evidence, websites, law and standards."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.charts import words
from dashboard.charts.chart import Cell, Chart
from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.metric import Choice
from dashboard.metrics.victims_code_duties import DUTIES
from dashboard.metrics.victims_code_kept import is_evidenced
from dashboard.ui import figure
from dashboard.ui.code import shown, whole
from dashboard.ui.listing import Column, listing
from dashboard.ui.numbers import Numbers
from dashboard.warehouse import Warehouse
from schemas.supplied.assumption import CLOCK_START, STANDARD_EVENT
from schemas.supplied.code_duty import DUTY_STATUS, EVIDENCE
from schemas.supplied.code_right import CODE_RIGHT
from schemas.supplied.complaint import ORGANISATION

_NOT_GIVEN: Final = "not given"
_MEASURED: Final[Mapping[str, tuple[str, ...]]] = {
    "3": ("written_confirmation",),
    "4": ("needs_assessed", "referral_on_time"),
    "6": ("key_event_on_time", "no_investigation_on_time", "decision_on_time"),
    "7": ("vps_offered", "vps_made"),
    "8": ("hearing_on_time",),
    "9": ("outcome_on_time",),
    "12": ("complaints_handled_on_time",),
}
"""Right → the measures of it. A right that is not here has none, and says so."""


_RIGHTS: Final = ("Right", "Measure", "Result", "No record", "Of those recorded", "Target")


def rights(numbers: Numbers, choice: Choice) -> None:
    """Show the twelve rights, what is measured of each, and which have no measure."""
    lines = [line for right in CODE_RIGHT for line in _lines(numbers, whole(choice), right)]
    without = [right for right in CODE_RIGHT if right not in _MEASURED]
    table = listing(
        "rights-of-the-code",
        f"{words.sentence(words.count(len(_MEASURED)))} of {words.count(len(CODE_RIGHT))} rights "
        f"have a measure; rights {words.joined(without)} have none",
        "Each right of the Victims' Code for the whole force, with what is measured of it and the "
        "target",
        columns=tuple(map(Column, _RIGHTS)),
        rows=lines,
        warehouse=numbers.warehouse,
        sources=("code_cases", "case_updates", "complaints"),
        source="Victims' Code cases, updates and complaints (protected counts)",
        caveat="A right without a measure may be given well or badly: nothing that is sent says.",
    )
    figure.show_listing(table, key="code_rights")


def _lines(numbers: Numbers, choice: Choice, right: str) -> list[tuple[Cell, ...]]:
    name = f"{right} {CODE_RIGHT[right]}"
    keys = _MEASURED.get(right)
    if not keys:
        return [(name, "No measure: nothing that is sent says if it is given", *[None] * 4)]
    return [(name, *_measured(numbers, choice, key)) for key in keys]


def _measured(numbers: Numbers, choice: Choice, key: str) -> tuple[Cell, ...]:
    """Return a measure's name, its result, the two shares beside it where it has them, target."""
    measure = metric(key)
    try:
        result = numbers.result(measure, choice)
        beside = _beside(numbers, choice, key)
    except UnknownChoice:
        return measure.label, "not available", None, None, None
    target = result.metric.target
    held_to = None if target is None else f"{target:g}% ({result.metric.target_basis})"
    return measure.label, shown(result), *beside, held_to


def _beside(numbers: Numbers, choice: Choice, key: str) -> tuple[str | None, str | None]:
    duty = next((each for each in DUTIES if each.keys[0] == key), None)
    if duty is None:
        return None, None
    _, _, no_record, of_recorded = duty.keys
    return (
        shown(numbers.result(metric(no_record), choice)),
        shown(numbers.result(metric(of_recorded), choice)),
    )


def evidence(warehouse: Warehouse) -> Chart:
    """Return one row per right and organisation: the evidence, its owner and its day."""
    rows = warehouse.table("dim_code_evidence").filter(pl.col("evidence") != "NOT_OURS")
    held = rows.filter(is_evidenced()).height
    return listing(
        "evidence-of-rights",
        f"Of {rows.height} lines {held} hold evidence with an owner and a day",
        "The checklist line by line, as the office keeps it; a blank owner or day is missing, and "
        "the line does not count until it is there",
        columns=tuple(
            map(Column, ("Right", "Organisation", "Evidence", "What it is", "Owner", "Looked at"))
        ),
        rows=[_evidence_row(row, warehouse.build.as_of_date) for row in _by_right(rows)],
        warehouse=warehouse,
        sources=("code_checklist",),
        source="checklist of the Victims' Code, kept by the office",
        caveat="A judgement: that evidence is held does not say that the right is given well.",
    )


def _by_right(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the rows in the order of rights and organisations: 2 comes before 10."""
    in_order = (
        pl.col("right_no").cast(pl.Int64),
        pl.col("organisation").cast(pl.Enum([*ORGANISATION])),
    )
    return rows.sort(*in_order).to_dicts()


def _evidence_row(row: Mapping[str, Any], as_of: date) -> tuple[Cell, ...]:
    review: date | None = row["review_by"]
    is_overdue = review is not None and review < as_of
    looked = _day(row["checked_on"])
    return (
        f"{row['right_no']} {CODE_RIGHT[row['right_no']]}",
        ORGANISATION[row["organisation"]],
        EVIDENCE[row["evidence"]],
        row["evidence_is"] or _NOT_GIVEN,
        ORGANISATION.get(row["owner_role"], _NOT_GIVEN),
        f"{looked}; review was due {_day(review)}" if is_overdue else looked,
    )


def websites(warehouse: Warehouse) -> Chart:
    """Return one row per provider: whether its website tells of the Code, and when looked at."""
    rows = warehouse.table("dim_provider").sort("provider_name")
    says = dict(rows["website_has_code"].fill_null("NK").value_counts().iter_rows())
    unknown = rows.height - says.get("Y", 0) - says.get("N", 0)
    return listing(
        "websites-of-providers",
        f"{says.get('Y', 0)} of {rows.height} providers tell of the Code on their website; "
        f"{says.get('N', 0)} {'does' if says.get('N') == 1 else 'do'} not, {unknown} not known",
        "Whether each provider's website carries information on the Victims' Code",
        columns=tuple(map(Column, ("Provider", "Tells of the Code", "Looked at"))),
        rows=[
            (
                row["provider_name"],
                {"Y": "Yes", "N": "No"}.get(row["website_has_code"], "Not known"),
                _day(row["website_checked"]),
            )
            for row in rows.iter_rows(named=True)
        ],
        warehouse=warehouse,
        sources=("providers",),
        source="directory of services, kept by the office",
        caveat="What a website says changes: the day on which it was looked at stands beside it.",
    )


def law(warehouse: Warehouse) -> Chart:
    """Return one row per duty: its status in law, and the day on which that was checked."""
    rows = warehouse.table("dim_duty").sort("duty_id")
    says = dict(rows["status"].value_counts().iter_rows())
    said = [
        f"{words.count(says[code])} {words.lowered(name)}"
        for code, name in DUTY_STATUS.items()
        if code in says
    ]
    checked = max((day for day in rows["checked_on"] if day), default=None)
    return listing(
        "duties-in-law",
        f"Legal status when last checked: {words.joined(said)}" if said else "No duty is listed",
        f"Duties on the Victims' Code and changes of the law, newest check {_day(checked)}. "
        "The entries are facts, each with its source; they are not invented",
        columns=tuple(
            map(Column, ("Duty, and who has it", "Law", "Status", "Checked", "Source, and note"))
        ),
        rows=[_duty_row(row) for row in rows.iter_rows(named=True)],
        warehouse=warehouse,
        sources=("ref_duty",),
        source="list of duties, kept by the office",
        caveat="A status holds for the day on which it was checked: check again before you rely "
        "on it.",
    )


def _duty_row(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    since = f" since {_day(row['in_force_from'])}" if row["in_force_from"] else ""
    return (
        f"{row['duty']} ({row['binds'] or _NOT_GIVEN})",
        row["law"],
        f"{DUTY_STATUS[row['status']]}{since}",
        _day(row["checked_on"]),
        ". ".join(filter(None, (row["source"], row["note"]))),
    )


def standards(warehouse: Warehouse) -> Chart:
    """Return one row per standard of the Code: days allowed, from when to when, for whom."""
    as_of = warehouse.build.as_of_date
    rows = warehouse.table("dim_code_standard").sort(
        pl.col("effective_to").is_not_null(),
        pl.col("right_no").cast(pl.Int64),
        "event",
        "owner",
    )
    is_now = (pl.col("effective_from") <= as_of) & (
        pl.col("effective_to").is_null() | (pl.col("effective_to") >= as_of)
    )
    now = rows.filter(is_now).height
    return listing(
        "standards-of-the-code",
        f"{now} standards are in force; {rows.height - now} of another time are kept",
        "A new Code is new rows with their own days: a case keeps the standard of its own day, so "
        "that a new Code rewrites no old case",
        columns=tuple(
            map(
                Column,
                (
                    *("Right, event and agency", "Working days (enhanced)", "Clock starts"),
                    *("In force", "Source, and when checked"),
                ),
            )
        ),
        rows=[_standard_row(row) for row in rows.iter_rows(named=True)],
        warehouse=warehouse,
        sources=("ref_code_standard",),
        source="standards of the Victims' Code, kept by the office",
        caveat="The days are facts of the Code as the sources in each row give them.",
    )


def _standard_row(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    until = _day(row["effective_to"]) if row["effective_to"] else "now"
    checked = f"checked {_day(row['verified_on'])}" if row["verified_on"] else "not checked"
    return (
        f"{row['right_no']}: {STANDARD_EVENT[row['event']]} ({ORGANISATION[row['owner']]})",
        f"{row['standard_days']} ({row['enhanced_days']})",
        CLOCK_START[row["clock_start"]],
        f"{_day(row['effective_from'])} to {until} ({row['code_version']})",
        f"{row['source']}; {checked}",
    )


def _day(when: date | None) -> str:
    return f"{when.day} {when:%B %Y}" if when else _NOT_GIVEN
