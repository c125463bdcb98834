"""The least work that reading these files can be: scan each CSV, write it as Parquet, no checks.

Run as a process of its own: `python -m benchmarks.floor IN_FOLDER OUT_FOLDER`.
"""

import sys
from pathlib import Path

import polars as pl


def street_files(folder: Path) -> list[Path]:
    """Return the street crime files under a folder, plain or gzipped, in order."""
    return sorted([*folder.rglob("*-street.csv"), *folder.rglob("*-street.csv.gz")])


def main(folder: Path, out: Path) -> None:
    """Write one Parquet file for each street file."""
    for path in street_files(folder):
        target = out / f"{path.parent.name}-{path.name.split('.')[0]}.parquet"
        pl.scan_csv(path).collect().write_parquet(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
