"""Keeps invented and real crime apart: one published file holds one or the other.

Invented victim services may stand beside real crime: each source says what it is. They are kept
apart from real victim services where supplied files are taken in.
"""

from dataclasses import dataclass

from pipelines.errors import PipelineError
from pipelines.intake import Intake
from pipelines.ledger import Ledger
from pipelines.report import Refusal
from pipelines.state import PublishedState
from pipelines.supplied.log import SuppliedLog


class SampleOntoReal(PipelineError):
    """The sample was to be built where real figures are published."""

    exit_code = 3


@dataclass(frozen=True)
class Separated:
    """What is loaded onto what, after invented and real files were told apart."""

    intake: Intake
    ledger: Ledger
    is_invented: bool
    note: str = ""


def separate(intake: Intake, state: PublishedState | None) -> Separated:
    """Refuse invented files where real ones are loaded or offered; drop the sample for real ones.

    Real crime wins: the first real load starts from nothing, so that no invented row stays.
    """
    invented = {sha for sha, kept in intake.kept.items() if kept.is_invented}
    real_offered = any(file.sha256 not in invented for file in intake.accepted)
    before = state.ledger if state else Ledger()
    if real_offered or (before.files and state and not state.is_invented):
        refusals = {
            file.sha256: _refusal(file.file_name, file.sha256)
            for file in intake.accepted
            if file.sha256 in invented
        }
        was_sample = bool(state and state.is_invented)
        note = "The invented sample was removed: real crime is loaded now." if was_sample else ""
        ledger = Ledger() if was_sample else before
        return Separated(intake.without(refusals), ledger, is_invented=False, note=note)
    return Separated(intake, before, is_invented=bool(invented or before.files))


def refuse_sample_onto_real(state: PublishedState | None, supplied: SuppliedLog) -> None:
    """Raise SampleOntoReal when real crime is published, or real victim services are loaded."""
    if any(not file.is_invented for file in supplied.counted):
        raise SampleOntoReal(
            "Real files of victim services are loaded here, and invented rows never stand beside "
            "them. Build the sample elsewhere: python -m pipelines sample --data-dir OTHER_FOLDER"
        )
    if state and state.ledger.files and not state.is_invented:
        raise SampleOntoReal(
            "Real crime is published here, and invented rows never stand beside it. "
            "Build the sample elsewhere: python -m pipelines sample --data-dir OTHER_FOLDER"
        )


def _refusal(file_name: str, sha256: str) -> Refusal:
    return Refusal(
        file_name,
        f"{file_name} holds invented sample rows, and real crime is loaded here; the two are "
        "never mixed. Take it out of the inbox.",
        sha256,
    )
