"""A scan of every series there is for those that have really changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.period import resolve_period
from dashboard.metrics.places import home_force, scope_of
from dashboard.metrics.scanned_crime import crime_series
from dashboard.metrics.scanned_series import Scanned, watched_series
from dashboard.metrics.signals import Verdict, verdict
from dashboard.warehouse import Warehouse

ONE_IN: Final = 20
"""A series is named only where chance would name one of all those scanned in one scan of 20."""


@dataclass(frozen=True, kw_only=True)
class Signal:
    """A series whose latest point is a signal or whose target is missed, and what opens it.

    `about` is what is measured, `place` where, and `choice` with `view` shows it on its page.
    """

    series: Scanned
    verdict: Verdict
    choice: Choice

    @property
    def metric(self) -> Metric:
        """What is measured."""
        return self.series.metric

    @property
    def subject(self) -> str:
        """Measure and place: 'Shoplifting, Wychavon'."""
        return f"{self.series.about}, {self.series.place}"

    @property
    def sentence(self) -> str:
        """What the chart shows: 'Shoplifting, Wychavon: eight months above its average'."""
        return f"{self.subject}: {self.verdict.reason}"


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What a scan found, and how many series were looked at or were too small or short for it.

    clear: signals too strong to be chance among so many series, the least likely first.
    maybe: the other signals; some of so many series show one by chance alone.
    missing: measures of the whole place that will not reliably meet their target.
    """

    clear: tuple[Signal, ...]
    maybe: tuple[Signal, ...]
    missing: tuple[Signal, ...]
    charts_scanned: int
    charts_too_small: int

    @property
    def concerns(self) -> tuple[Signal, ...]:
        """The clear signals of concern."""
        return tuple(each for each in self.clear if each.verdict.kind == "concern")

    @property
    def measures_of_concern(self) -> tuple[Signal, ...]:
        """Those of a whole measure: not of one crime type, service, or district among others."""
        return tuple(each for each in self.concerns if each.series.is_whole)


def scan(choice: Choice, warehouse: Warehouse) -> Scan:
    """Return the signals in the 36 months up to the end of the chosen period.

    Recorded crime is looked over by crime type and in total, the other measures as they are
    `WATCHED`; for the whole force, its districts and services when no area is chosen. A choice of
    crime types leaves crime alone, since other measures know none.
    """
    held = list(crime_series(choice, warehouse))
    if not choice.crime_types:
        held += _of_places(choice, warehouse)
    read = [(each, verdict(each.metric, each.values, step=each.step)) for each in held]
    judged = [(each, said) for each, said in read if each.is_large and said.kind != "unknown"]
    found = [_signal(each, said, choice, warehouse) for each, said in judged if said.direction]
    found.sort(key=lambda each: (each.verdict.chance, each.sentence))
    is_clear = [each.verdict.chance * len(judged) < 1 / ONE_IN for each in found]
    return Scan(
        clear=tuple(each for each, clear in zip(found, is_clear, strict=True) if clear),
        maybe=tuple(each for each, clear in zip(found, is_clear, strict=True) if not clear),
        missing=tuple(
            _signal(each, said, choice, warehouse)
            for each, said in judged
            if said.outlook == "consistent_fail" and each.is_whole
        ),
        charts_scanned=len(judged),
        charts_too_small=len(read) - len(judged),
    )


def _of_places(choice: Choice, warehouse: Warehouse) -> Iterator[Scanned]:
    """Return the series of the places chosen; a place that is chosen alone is a whole."""
    last = resolve_period(choice, warehouse).last_month
    held: Sequence[Scanned] = warehouse.once(watched_series, last)
    if not choice.areas:
        yield from held
        return
    scope = scope_of(choice, warehouse)
    chosen = {*scope.forces, *scope.districts}
    alone = len(choice.areas) == 1
    for each in held:
        if each.area_code in chosen:
            yield replace(each, is_whole=each.is_whole or (alone and not each.part))


def _signal(series: Scanned, said: Verdict, choice: Choice, warehouse: Warehouse) -> Signal:
    is_force = series.area_code == home_force(warehouse)
    return Signal(
        series=series,
        verdict=said,
        choice=replace(
            choice,
            areas=() if is_force else (series.area_code,),
            crime_types=series.crime_types,
        ),
    )
