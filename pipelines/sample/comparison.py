"""The eight invented comparison forces: counted at force level only, so their places are few."""

from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.home import no_place
from pipelines.sample.territory import Places
from schemas.codes import ROW_TYPES

_SMALL_AREAS: Final = 60


def comparison_places(force_name: str, number: int, *, random: np.random.Generator) -> Places:
    """Return invented small areas of an invented force.

    Their codes are well formed but belong to nobody, and their points lie in the North Sea, so
    that no real place can be read into them.
    """
    serial = range(1, _SMALL_AREAS + 1)
    own = pl.DataFrame(
        {
            "code": [f"E0199{number}{index:03d}" for index in serial],
            "name": [f"{force_name} {index:03d}A" for index in serial],
            "longitude": 1.1 + 0.1 * number + 0.08 * random.random(_SMALL_AREAS),
            "latitude": 54.2 + 0.8 * random.random(_SMALL_AREAS),
            "radius": np.full(_SMALL_AREAS, 500.0),
            "group": np.zeros(_SMALL_AREAS, dtype=np.int64),
        }
    )
    by_area = np.exp(0.6 * random.standard_normal(_SMALL_AREAS))
    weights = np.tile(np.append(by_area, 1.0), (len(ROW_TYPES), 1))
    return Places(areas=pl.concat([own, no_place(group=1)]), weights=weights)
