"""The least work that reading these files can be: scan each CSV, write it as Parquet, no checks.

Run as a process of its own: `python -m benchmarks.floor IN_FOLDER OUT_FOLDER [every]`; `every`
takes all CSV files, not only street files.
"""

import sys
from pathlib import Path

import polars as pl


def street_files(folder: Path) -> list[Path]:
    """Return the street crime files under a folder, plain or gzipped, in order."""
    return sorted([*folder.rglob("*-street.csv"), *folder.rglob("*-street.csv.gz")])


def main(folder: Path, out: Path, *, every: bool = False) -> None:
    """Write one Parquet file for each street file, or for each CSV file."""
    for path in sorted(folder.rglob("*.csv*")) if every else street_files(folder):
        target = out / f"{path.parent.name}-{path.name.split('.')[0]}.parquet"
        # The sample's spoilt lines have a field too many.
        rows = pl.scan_csv(path, infer_schema=not every, truncate_ragged_lines=every)
        rows.collect().write_parquet(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), every="every" in sys.argv[3:])
