"""One file's rows, as police.uk would write them."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.ladder import Indexes, Ladder
from pipelines.sample.territory import POINTS_PER_AREA, Territory
from schemas.codes import ANTISOCIAL_BEHAVIOUR, OUTCOMES, ROW_TYPES, SAMPLE_MARK

_ASB: Final = ROW_TYPES.index(ANTISOCIAL_BEHAVIOUR)
_ID_BYTES: Final = 32


@dataclass(frozen=True)
class Rows:
    """Rows as numbers: crime type, area, slot of the point in its area, outcome, crime id."""

    crime_type: Indexes
    area: Indexes
    slot: Indexes
    outcome: Indexes
    crime_id: Indexes

    def at(self, index: Indexes) -> "Rows":
        """Return the rows at `index`, in that order."""
        return Rows(
            crime_type=self.crime_type[index],
            area=self.area[index],
            slot=self.slot[index],
            outcome=self.outcome[index],
            crime_id=self.crime_id[index],
        )


def draw_rows(
    counts: Indexes, territory: Territory, *, outcomes: Ladder, random: np.random.Generator
) -> Rows:
    """Return one row per count, [group, type], sorted by area as police.uk sorts them."""
    type_count = counts.shape[1]
    cell = np.repeat(np.arange(counts.size), counts.ravel())
    group, crime_type = cell // type_count, cell % type_count
    area = territory.draw_areas(crime_type, group, random)
    rows = Rows(
        crime_type=crime_type,
        area=area,
        slot=territory.draw_slots(crime_type, area, random),
        outcome=outcomes.pick(crime_type, random),
        crime_id=np.arange(len(cell)),
    )
    return rows.at(np.lexsort((rows.crime_type != _ASB, rows.area)))


def repeat_some(
    rows: Rows, territory: Territory, *, count: int, same_place: bool, random: np.random.Generator
) -> Rows:
    """Return `rows` and `count` of its crimes again with the same id.

    At another point of the same small area, as a few real crimes are each month; or, with
    `same_place`, exactly repeated.
    """
    has_place = (territory.area_code != "").to_numpy()[rows.area]
    candidates = np.flatnonzero((rows.crime_type != _ASB) & has_place)
    again = rows.at(random.choice(candidates, size=count, replace=False))
    if not same_place:
        again = replace(again, slot=(again.slot + 1) % POINTS_PER_AREA)
    return _join(rows, again)


def _join(first: Rows, second: Rows) -> Rows:
    both = Rows(
        crime_type=np.concatenate([first.crime_type, second.crime_type]),
        area=np.concatenate([first.area, second.area]),
        slot=np.concatenate([first.slot, second.slot]),
        outcome=np.concatenate([first.outcome, second.outcome]),
        crime_id=np.concatenate([first.crime_id, second.crime_id]),
    )
    return both.at(np.argsort(both.area, kind="stable"))


def as_frame(
    rows: Rows,
    territory: Territory,
    *,
    month: str,
    reported_by: str,
    random: np.random.Generator,
) -> pl.DataFrame:
    """Return police.uk's twelve columns, all text; `Context` says that each row is invented."""
    point = rows.area * POINTS_PER_AREA + rows.slot
    is_asb = rows.crime_type == _ASB
    ids = [*_crime_ids(int(rows.crime_id.max()) + 1, random), ""]
    outcome_texts = pl.Series([*OUTCOMES, ""])
    return pl.DataFrame(
        {
            "Crime ID": pl.Series(ids).gather(np.where(is_asb, len(ids) - 1, rows.crime_id)),
            "Month": pl.repeat(month, len(point), eager=True),
            "Reported by": pl.repeat(reported_by, len(point), eager=True),
            "Falls within": pl.repeat(reported_by, len(point), eager=True),
            "Longitude": territory.longitude.gather(point),
            "Latitude": territory.latitude.gather(point),
            "Location": territory.location.gather(point),
            "LSOA code": territory.area_code.gather(rows.area),
            "LSOA name": territory.area_name.gather(rows.area),
            "Crime type": pl.Series(ROW_TYPES).gather(rows.crime_type),
            "Last outcome category": outcome_texts.gather(
                np.where(is_asb, len(OUTCOMES), rows.outcome)
            ),
            "Context": pl.repeat(SAMPLE_MARK, len(point), eager=True),
        }
    )


def _crime_ids(count: int, random: np.random.Generator) -> list[str]:
    """Return ids of 64 hexadecimal characters, the form police.uk gives them."""
    text = random.bytes(count * _ID_BYTES).hex()
    width = 2 * _ID_BYTES
    return [text[start : start + width] for start in range(0, len(text), width)]
