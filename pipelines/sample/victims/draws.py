"""Small draws that every table needs: weighted codes, chances, keys, sets of codes."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.calibration import Numbers
from pipelines.sample.ladder import Indexes, Ladder
from pipelines.sample.victims.plan import Days, Flags

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ANY: Final = "0123456789_" + _LETTERS
_KEY_LENGTH: Final = 32


def keys(count: int, random: np.random.Generator) -> pl.Series:
    """Return random keys of 32 characters.

    A digit stands at most at every fourth place, so that no key looks like a postcode, a
    telephone number or any other number of a person.
    """
    letters = np.frombuffer(_LETTERS.encode(), dtype=np.uint8)
    anything = np.frombuffer(_ANY.encode(), dtype=np.uint8)
    text = letters[random.integers(len(letters), size=(count, _KEY_LENGTH))]
    width = _KEY_LENGTH // 4
    text[:, 2::4] = anything[random.integers(len(anything), size=(count, width))]
    joined = text.tobytes().decode()
    return pl.Series([joined[at : at + _KEY_LENGTH] for at in range(0, len(joined), _KEY_LENGTH)])


def chance(share: Numbers | float, count: int, random: np.random.Generator) -> Flags:
    """Return true for about `share` of `count` rows."""
    return np.asarray(random.random(count) < share)


def pick(shares: Mapping[str, float], count: int, random: np.random.Generator) -> pl.Series:
    """Return `count` codes drawn by their weights."""
    ladder = Ladder.of(np.array([list(shares.values())]))
    return pl.Series(list(shares)).gather(ladder.pick(np.zeros(count, dtype=np.int64), random))


def pick_by(
    sets: Indexes, shares: Sequence[Mapping[str, float]], random: np.random.Generator
) -> pl.Series:
    """Return a code for each row, drawn by the weights of the row's set."""
    codes = list(dict.fromkeys(code for each in shares for code in each))
    weights = np.array([[each.get(code, 0.0) for code in codes] for each in shares])
    return pl.Series(codes).gather(Ladder.of(weights).pick(sets, random))


def waits(mean: Numbers | float, count: int, random: np.random.Generator) -> Indexes:
    """Return whole days with the mean, falling off as waits do."""
    days: Indexes = np.floor(random.gamma(1.6, 1.0, count) * mean / 1.6).astype(np.int64)
    return days


def keep(days: Days, where: Flags) -> Days:
    """Return the days where they are to stay, none elsewhere."""
    return np.where(where, days, np.datetime64("NaT", "D"))


def keep_text(texts: pl.Series, where: Flags) -> pl.Series:
    """Return the texts where they are to stay, null elsewhere."""
    return pl.select(pl.when(pl.Series(where)).then(texts).otherwise(None)).to_series()


def joined_codes(flags: Mapping[str, Flags]) -> pl.Series:
    """Return the codes that are true of each row, separated by |; null where none is."""
    frame = pl.DataFrame({code: pl.Series(np.asarray(flag)) for code, flag in flags.items()})
    codes = [pl.when(pl.col(code)).then(pl.lit(code)) for code in flags]
    joined = frame.select(pl.concat_str(codes, separator="|", ignore_nulls=True).alias("codes"))
    return joined.select(pl.when(pl.col("codes") != "").then(pl.col("codes"))).to_series()
