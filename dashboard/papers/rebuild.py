"""A paper made again from its recipe: which figures are as they were, and what became of others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dashboard.papers.comparison import Difference, compare
from dashboard.papers.draft import Draft, Item, Origin, digest
from dashboard.papers.recipe import Recipe, Wanted


@dataclass(frozen=True)
class Asked:
    """A figure to be made: where it stands, and on which version."""

    origin: Origin
    version: str


@dataclass(frozen=True)
class Found:
    """A figure that was made, or why it could not be."""

    item: Item | None
    problem: str = ""


Replay = Callable[[Sequence[Asked]], Sequence[Found]]
"""Makes figures again, in the order in which they are asked for."""


@dataclass(frozen=True)
class Rebuilt:
    """One figure of a recipe as it was found, and what differs from what the recipe says."""

    wanted: Wanted
    found: Found
    is_same_version: bool
    difference: Difference

    @property
    def is_gone(self) -> bool:
        """True when there is no such figure any more."""
        return self.found.item is None

    @property
    def is_same(self) -> bool:
        """True when its data is byte for byte what the recipe says."""
        item = self.found.item
        return item is not None and digest(item.chart.table) == digest(self.wanted.table)

    @property
    def is_broken(self) -> bool:
        """True when it is not the same although nothing may have changed."""
        return self.is_same_version and not self.is_same


def rebuild(recipe: Recipe, replay: Replay, *, version: str | None = None) -> tuple[Rebuilt, ...]:
    """Return every figure of a recipe made again: on its own version, or all on another."""
    asked = [Asked(each.origin, version or each.version) for each in recipe.figures]
    return tuple(
        _rebuilt(wanted, one.version, found)
        for wanted, one, found in zip(recipe.figures, asked, replay(asked), strict=True)
    )


def draft_of(recipe: Recipe, rebuilt: Sequence[Rebuilt]) -> Draft:
    """Return the draft of the figures that there are, with the words of the recipe."""
    return Draft(
        title=recipe.title,
        introduction=recipe.introduction,
        items=tuple(
            replace(each.found.item, heading=each.wanted.heading, commentary=each.wanted.commentary)
            for each in rebuilt
            if each.found.item
        ),
    )


def _rebuilt(wanted: Wanted, version: str, found: Found) -> Rebuilt:
    item = found.item
    difference = compare(wanted.table, item.chart.table) if item else Difference()
    return Rebuilt(wanted, found, version == wanted.version, difference)
