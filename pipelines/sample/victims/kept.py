"""What the office keeps itself: assumptions, targets, commitments, and all about the Code."""

from pathlib import Path
from typing import Final

import polars as pl

from schemas.codes import SAMPLE_MARK

_FOLDER: Final = Path(__file__).parents[3] / "data" / "reference"

_FILES: Final = {
    "assumption": "sample_assumption",
    "ref_code_standard": "sample_code_standard",
    "ref_target": "sample_target",
    "ref_commitment": "sample_commitment",
    "delivery_plan": "sample_delivery_plan",
    "code_checklist": "sample_code_checklist",
    "ref_duty": "sample_duty",
}


def make_kept_tables() -> dict[str, pl.DataFrame]:
    """Return these tables by name, all columns as text. Sources stand in their rows."""
    return {
        table: pl.read_csv(_FOLDER / f"{name}.csv", infer_schema=False).with_columns(
            sample_mark=pl.lit(SAMPLE_MARK)
        )
        for table, name in _FILES.items()
    }
