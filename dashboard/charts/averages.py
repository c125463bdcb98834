"""The average that places are held against, and what it is called."""

from dashboard.charts import words
from dashboard.metrics.metric import Result


def average(result: Result) -> float | None:
    """Return the value of all places of a result together: numerators over denominators.

    There is none of people, whose protected counts are never added up. Places that have no
    denominator, such as 'No location recorded', are left out of both.
    """
    if result.metric.way == "protected":
        return None
    rows = [row for row in result.frame.iter_rows(named=True) if row["denominator"]]
    if not rows or any(row["numerator"] is None for row in rows):
        return None
    numerator = sum(row["numerator"] for row in rows)
    return float(result.metric.per * numerator / sum(row["denominator"] for row in rows))


def words_for(result: Result) -> str:
    """Return what the average is called: of the force, or of the areas shown."""
    is_whole = not result.choice.areas and "force_code" not in result.by
    return f"{words.HOME_NAME} average" if is_whole else "average of the areas shown"
