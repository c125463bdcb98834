"""The parts of the page on the Victims' Code: its answer, its cards, its bands and its funnel."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dashboard.charts import words
from dashboard.charts.duty_bands import Banded, duty_bands
from dashboard.charts.evidence_grid import evidence_grid
from dashboard.charts.share_funnel import share_funnel
from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.victims_code_duties import DUTIES, Duty
from dashboard.metrics.victims_code_kept import CODE_EVIDENCE, is_evidenced
from dashboard.ui import figure, markup
from dashboard.ui.cache import kept
from dashboard.ui.cards import CardMaker, measure, number
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers

REFERRAL: Final = DUTIES[0]
UPDATES: Final = DUTIES[1:]


def whole(choice: Choice) -> Choice:
    """Return the choice for the whole force: what is not published for districts."""
    return replace(choice, areas=())


def answer(numbers: Numbers, choice: Choice) -> str:
    """Say how much of what was due is done in time, and how much has no record."""
    return kept(numbers.version, ("code answer", choice), lambda: _answer(numbers, choice))


def _answer(numbers: Numbers, choice: Choice) -> str:
    try:
        said = f"{_referrals(numbers, choice)} {_updates(numbers, whole(choice))}"
    except UnknownChoice as refusal:
        return str(refusal)
    return f"{said} The updates are those of the whole force." if choice.areas else said


def _referrals(numbers: Numbers, choice: Choice) -> str:
    on_time, _, no_record, _ = (numbers.result(metric(key), choice) for key in REFERRAL.keys)
    where = f" in {words.place(on_time)}" if choice.areas else ""
    return (
        f"Referred to support within two working days{where}: {shown(on_time)} of all that were "
        f"due; with no record {shown(no_record)}."
    )


def _updates(numbers: Numbers, choice: Choice) -> str:
    """Return the range of the updates, with the least by name where they clearly differ."""
    rows = [
        (duty, numbers.result(metric(duty.keys[0]), choice).frame.row(0, named=True))
        for duty in UPDATES
    ]
    held = sorted(
        ((duty, row) for duty, row in rows if row["value"] is not None),
        key=lambda each: each[1]["value"],
    )
    if not held:
        return "No share of updates may be shown for this choice."
    (least, low), (_, high) = held[0], held[-1]
    if low["value"] == high["value"]:
        return f"Updates to victims: {low['value']:.0f}% in time."
    which = f" (least: {words.lowered(least.short)})" if low["upper"] < high["lower"] else ""
    return f"Updates to victims: {low['value']:.0f}% to {high['value']:.0f}% in time{which}."


def shown(result: Result) -> str:
    """Return the share of a result of one row: '84%', 'at least 95%', 'hidden [c]'."""
    text = number(result)
    if text.startswith("["):
        return f"hidden {text}"
    return text if "%" in text else f"{text}%"


def duty_card(duty: Duty, *, in_whole: bool) -> CardMaker:
    """Return the maker of a duty's card: in time, with no record and of those recorded beside."""

    def make(numbers: Numbers, choice: Choice) -> Card:
        asked = whole(choice) if in_whole else choice
        kept_as = ("code card", duty.stem, asked)
        return kept(numbers.version, kept_as, lambda: made(numbers, asked))

    def made(numbers: Numbers, asked: Choice) -> Card:
        on_time, _, no_record, of_recorded = (metric(key) for key in duty.keys)
        card = measure(on_time)(numbers, asked)
        try:
            beside = (
                f"No record {shown(numbers.result(no_record, asked))}; of those recorded "
                f"{shown(numbers.result(of_recorded, asked))} in time."
            )
        except UnknownChoice:
            return card
        return replace(card, name=f"{duty.what} in time", change=f"{beside} {card.change}")

    return make


CARDS: Final = (
    duty_card(REFERRAL, in_whole=False),
    *(duty_card(duty, in_whole=True) for duty in UPDATES),
)


def bands(
    numbers: Numbers,
    choice: Choice,
    duties: Sequence[Duty],
    *,
    about: str,
    by: tuple[str, ...] = (),
) -> None:
    """Show duties as bands of in time, late and no record; by a breakdown where one is named."""
    kept_as = ("code bands", about, tuple(duty.stem for duty in duties), by, choice)
    try:
        chart = kept(
            numbers.version,
            kept_as,
            lambda: duty_bands(
                [_banded(numbers, choice, each, by) for each in duties], about=about
            ),
        )
    except UnknownChoice as refusal:
        markup.box("notice", f"{about}: not shown.", str(refusal))
        return
    stems = "_".join(duty.stem for duty in duties)
    figure.show(chart, key=f"code_bands_{stems}_{'_'.join(by)}", kept_as=kept_as)


def _banded(numbers: Numbers, choice: Choice, duty: Duty, by: tuple[str, ...]) -> Banded:
    on_time, late, no_record, of_recorded = (
        numbers.result(metric(key), choice, by) for key in duty.keys
    )
    return Banded(
        name=duty.short,
        on_time=on_time,
        late=late,
        no_record=no_record,
        of_recorded=of_recorded,
    )


def beside(numbers: Numbers, choice: Choice) -> None:
    """Say, beside the bands, what is in none of them: not due yet, and waived."""
    kept_as = ("code beside", choice)
    for sentence in kept(numbers.version, kept_as, lambda: _beside(numbers, choice)):
        markup.quiet(sentence)


def _beside(numbers: Numbers, choice: Choice) -> tuple[str, ...]:
    try:
        said = [
            f"{words.lowered(duty.short)} {_count(numbers, f'{duty.stem}_not_due', choice)}"
            for duty in DUTIES
        ]
        waived = _count(numbers, "confirmation_waived", choice)
    except UnknownChoice as refusal:
        return (str(refusal),)
    return (
        f"Not due yet, and in none of these shares: {'; '.join(said)}. [c] is hidden to protect "
        "people: fewer than ten, or none.",
        f"Written confirmation was waived to keep {waived} victims safe; they count as not "
        "confirmed.",
    )


def _count(numbers: Numbers, key: str, choice: Choice) -> str:
    row = numbers.result(metric(key), choice).frame.row(0, named=True)
    return str(row["marker"]) if row["numerator"] is None else f"{row['numerator']:,}"


def funnel(numbers: Numbers, choice: Choice, measured: Metric) -> None:
    """Show a share by district round the force's own, with what chance alone would do."""
    asked = numbers.among_others(choice)
    kept_as = ("code funnel", measured.key, asked)
    try:
        places = numbers.result(measured, asked, ("area_code",))
        force = numbers.result(measured, whole(asked))
    except UnknownChoice as refusal:
        markup.box("notice", f"{measured.label}: not shown.", str(refusal))
        return
    chart = kept(numbers.version, kept_as, lambda: share_funnel(places, force))
    figure.show(chart, key=f"code_funnel_{measured.key}", kept_as=kept_as)


def checklist(numbers: Numbers) -> None:
    """Show the checklist as a grid; say what is missing while none is loaded."""
    try:
        result = numbers.result(CODE_EVIDENCE, Choice())
    except UnknownChoice as refusal:
        markup.box("notice", "Checklist: not shown.", str(refusal))
        return
    rows = numbers.warehouse.table("dim_code_evidence").with_columns(is_whole=is_evidenced())
    kept_as = ("code checklist",)
    chart = kept(numbers.version, kept_as, lambda: evidence_grid(result, rows))
    figure.show(chart, key="code_checklist", kept_as=kept_as)
