"""When the clock of a duty to tell a victim starts, and how many working days it runs."""

import polars as pl

_RUNS_FROM = (
    pl.when(pl.col("clock_start") == "EVENT")
    .then(pl.col("event_date"))
    .when(pl.col("clock_start") == "INFO_RECEIVED")
    .then(pl.col("info_received_date"))
)
_DAYS = pl.when(pl.col("enhanced") == "Y").then("enhanced_days").otherwise("standard_days")
_IS_IN_FORCE = pl.col("event_date").is_between(
    "effective_from", pl.col("effective_to").fill_null(pl.col("event_date"))
)


def due_days(updates: pl.DataFrame, standards: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Return, for each update, the day its clock starts and the working days allowed.

    By the standard for the event and the agency that was in force on the day of the event; of
    several, the shortest. Both are null where no standard is known, and the start is null where
    the day is not known on which the agency learnt of the event.
    """
    asked = updates.select(
        "event", "owner", "event_date", "info_received_date", "enhanced"
    ).with_row_index("place")
    found = (
        asked.join(standards, on=["event", "owner"], how="inner")
        .filter(_IS_IN_FORCE)
        .select("place", _RUNS_FROM.alias("start"), _DAYS.alias("days"))
        .sort("days", "start")
        .unique("place", keep="first", maintain_order=True)
    )
    joined = asked.select("place").join(found, on="place", how="left", maintain_order="left")
    return joined["start"], joined["days"]
