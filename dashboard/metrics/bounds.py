"""Bounds of shares as words, so that nothing draws or compares one as if it were the value."""

from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.metrics.metric import Result
from schemas.codes import NEARLY_ALL, VERY_FEW

_WORDS: Final = {NEARLY_ALL: "at least ", VERY_FEW: "at most "}


def bounds_as_words(result: Result) -> Result:
    """Return the result with no value where there is a bound, and the bound as its marker.

    A value of 95 with the marker >= becomes no value with the marker "at least 95%".
    """
    if not result.metric.whole:
        return result
    is_bound = pl.col("marker").is_in(list(_WORDS))
    said = pl.concat_str(
        pl.col("marker").replace(_WORDS), pl.col("value").cast(pl.Int64), pl.lit("%")
    )
    frame = result.frame.with_columns(
        value=pl.when(~is_bound).then("value"),
        marker=pl.when(is_bound).then(said).otherwise("marker"),
    )
    return replace(result, frame=frame)
