"""The strategy's objectives and commitments, and the plan by which they are delivered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dashboard.metrics.metric import LOCAL, Metric
from dashboard.metrics.rows import QUERIES
from dashboard.warehouse import Warehouse
from schemas.supplied.delivery_plan import DAYS_TO_UPDATE

OBJECTIVES: Final = {
    "A": "Find those in need, and help them whether or not they report",
    "B": "One path through support and justice",
    "C": "Timely and right for complex needs and the gravest harm",
    "D": "Services built on evidence and on what victims say",
    "E": "Good governance and good use of money",
}
"""The strategy's objectives in short words of our own."""

SOON_DAYS: Final = 92
"""Days that count as the next quarter, and as the last one."""

_SQL: Final = (QUERIES / "delivery_plan.sql").read_text(encoding="utf-8")

EVIDENCED: Final = Metric(
    key="commitments_with_evidence",
    id="OV08",
    label="Strategy commitments with evidence",
    noun="commitments",
    definition="Commitments of the strategy with at least one measure that is live here, as a share"
    " of all. A measure is live where it is in the catalogue and its source is loaded.",
    kind="proportion",
    unit="% of commitments",
    per=100,
    breakdowns=("objective",),
    better="higher",
    source="ref_commitment",
    objective="Objectives A-E",
    caveat="Coverage, not achievement: that something is measured does not say that it is done.",
    page="Strategy",
    way="commitments",
    target=100,
    target_basis=LOCAL,
)
STRATEGY_METRICS: Final = (EVIDENCED,)


@dataclass(frozen=True, kw_only=True)
class PlanEntry:
    """A milestone, risk, issue or action; owners are roles, days may be missing.

    revision: the number of the change on the page that it shows; 0 for one of the sheet. beside:
    what the other of the two says of this entry, and so what is not shown.
    """

    entry_id: str
    commitment_id: str
    kind: str
    text: str
    owner_role: str
    due: date | None
    status: str
    severity: str | None
    what_changed: str | None
    updated_on: date
    revision: int = 0
    beside: "PlanEntry | None" = None

    @property
    def last_revision(self) -> int:
        """The number of its latest change on the page, shown or not; 0 where there is none."""
        return max(self.revision, self.beside.revision if self.beside else 0)

    @property
    def is_open(self) -> bool:
        """True while it is neither done nor given up."""
        return self.status == "OPEN"

    def is_late(self, as_of: date) -> bool:
        """True where it is open although its day has passed."""
        return self.is_open and self.due is not None and self.due < as_of

    def is_stale(self, as_of: date) -> bool:
        """True where it is open and nobody has looked at it for more than a quarter."""
        return self.is_open and (as_of - self.updated_on).days > DAYS_TO_UPDATE

    def has_changed(self, as_of: date) -> bool:
        """True where something changed in the last quarter."""
        return bool(self.what_changed) and self.updated_on >= as_of - timedelta(days=SOON_DAYS)


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """A commitment of the strategy with the measures that show it and its part of the plan."""

    commitment_id: str
    words: str
    objective: str
    metric_ids: tuple[str, ...]
    owner_role: str | None
    status: str
    evidence_link: str | None
    entries: tuple[PlanEntry, ...]

    def of_kind(self, *kinds: str) -> tuple[PlanEntry, ...]:
        """Return the entries of these kinds, those without a day last."""
        return tuple(each for each in self.entries if each.kind in kinds)


@dataclass(frozen=True)
class Plan:
    """All commitments, by objective and code, as of a day.

    revision: the number of the last change on the page that is in it; 0 for the sheet alone.
    unplaced: entries of commitments that are not in the list any more.
    """

    commitments: tuple[Commitment, ...]
    as_of: date
    revision: int = 0
    unplaced: tuple[PlanEntry, ...] = ()

    @property
    def entries(self) -> tuple[PlanEntry, ...]:
        """Every entry of every commitment, the earliest day first."""
        return in_order(entry for each in self.commitments for entry in each.entries)

    def of_objective(self, objective: str) -> tuple[Commitment, ...]:
        """Return the commitments of one objective."""
        return tuple(each for each in self.commitments if each.objective == objective)


def in_order(entries: Iterable[PlanEntry]) -> tuple[PlanEntry, ...]:
    """Return entries by their days, those without a day last."""
    return tuple(sorted(entries, key=lambda each: (each.due or date.max, each.entry_id)))


def read_plan(warehouse: Warehouse) -> Plan:
    """Return the commitments with their entries as they were loaded; none where none is.

    What was changed on the page since is laid over it by `plan_changes`.
    """
    return warehouse.once(_plan)


def _plan(warehouse: Warehouse) -> Plan:
    entries = [PlanEntry(**row) for row in warehouse.query(_SQL).iter_rows(named=True)]
    rows = warehouse.table("dim_commitment").sort("objective", "commitment_id")
    return Plan(
        tuple(_commitment(row, entries) for row in rows.iter_rows(named=True)),
        warehouse.build.as_of_date,
    )


def _commitment(row: dict[str, str | None], entries: Iterable[PlanEntry]) -> Commitment:
    code = row["commitment_id"] or ""
    ids = row["metric_ids"]
    return Commitment(
        commitment_id=code,
        words=row["commitment"] or "",
        objective=row["objective"] or "",
        metric_ids=tuple(ids.split("|")) if ids else (),
        owner_role=row["owner_role"],
        status=row["status"] or "",
        evidence_link=row["evidence_link"],
        entries=tuple(each for each in entries if each.commitment_id == code),
    )
