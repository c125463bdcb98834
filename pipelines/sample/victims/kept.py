"""What the office keeps itself: assumptions, standards of the Code, targets and commitments."""

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
}


def make_kept_tables() -> dict[str, pl.DataFrame]:
    """Return the four tables by name, all columns as text. Sources stand in their rows."""
    return {
        table: pl.read_csv(_FOLDER / f"{name}.csv", infer_schema=False).with_columns(
            sample_mark=pl.lit(SAMPLE_MARK)
        )
        for table, name in _FILES.items()
    }
