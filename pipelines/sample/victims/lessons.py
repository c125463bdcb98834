"""The log of lessons: what was learnt from complaints, reviews, surveys and cases."""

from typing import Final

import numpy as np
import polars as pl

from pipelines.sample.victims.calendar import in_month, known
from pipelines.sample.victims.draws import chance, keep, pick, waits
from pipelines.sample.victims.plan import victim_stream
from schemas.codes import SAMPLE_MARK

_COUNT: Final = 72
"""Two a month."""

_SOURCES: Final = {
    "COMPLAINT": 0.36,
    "SURVEY": 0.2,
    "DIP_SAMPLE": 0.18,
    "VRR": 0.12,
    "LIVED_EXPERIENCE_GROUP": 0.1,
    "DHR": 0.04,
}
_THEMES: Final = {
    "INFO": ("POLICE", "Reminders to officers before updates are due"),
    "DELAY": ("POLICE", "Weekly look at cases without progress"),
    "ATTITUDE": ("POLICE", "Training on first contact"),
    "REFERRAL": ("POLICE", "Referral form made shorter"),
    "NEEDS": ("SERVICE", "Needs asked again at each review"),
    "COURT": ("WCU", "Letter on hearings rewritten in plain words"),
    "DATA": ("OPCC", "Sharing agreement gone through again"),
    "OTHER": ("OPCC", "Taken to the Victims' Board"),
}
"""Theme: who has to act, and on what."""

_CLOSED: Final = 0.86


def make_lessons() -> pl.DataFrame:
    """Return one row per lesson, sorted by its code."""
    random = victim_stream(10)
    months = np.datetime64("2023-10", "M") + np.arange(_COUNT) // 2
    logged = np.sort(in_month(months.astype("datetime64[D]"), random, any_day=0.0))
    due = logged + random.choice([60, 90, 120], size=_COUNT)
    closed = np.maximum(due - 25 + waits(25, _COUNT, random), logged)
    theme = pick(dict.fromkeys(_THEMES, 1.0), _COUNT, random)
    return pl.DataFrame(
        {
            "lesson_id": [f"L{number:03d}" for number in range(1, _COUNT + 1)],
            "source": pick(_SOURCES, _COUNT, random),
            "theme": theme,
            "date_logged": logged,
            "owner_role": theme.replace_strict({code: who for code, (who, _) in _THEMES.items()}),
            "action": theme.replace_strict({code: what for code, (_, what) in _THEMES.items()}),
            "due": due,
            "closed": known(keep(closed, chance(_CLOSED, _COUNT, random))),
            "sample_mark": pl.repeat(SAMPLE_MARK, _COUNT, eager=True),
        }
    )
