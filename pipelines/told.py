"""What every version told about people, whether or not it is still kept: its readers may have it.

Each version adds a file of those of its published cells that no version before it gave so. They
hold nothing that was not published, and are never removed: nothing takes back what was told.
"""

from typing import Final

import duckdb
import polars as pl

from pipelines.places import Places
from pipelines.protection.index import TOLD
from pipelines.publish import Version, versions
from pipelines.source import POLICE_UK
from pipelines.supplied.log import SuppliedLog
from pipelines.supplied.store import write_privately

_SAID: Final = f"""
    select {", ".join(TOLD[:-1])}, cast(threshold as integer) as threshold, is_invented
    from cube_protected_count
    cross join (select value as threshold from meta_protection where name = 'threshold')
    cross join (
        select coalesce(bool_or(is_invented), false) as is_invented
        from meta_source where source_key <> '{POLICE_UK.key}'
    )
    where not is_structural
"""
_UNREAD: Final = (
    "{version}: what it told about people cannot be read, so that nothing was held against it."
)


def keep_told(places: Places) -> tuple[str, ...]:
    """Keep what the versions on the disk told, but for what is kept already; return warnings.

    Before a load, for versions that came from elsewhere or whose load broke off; after it, for the
    new one, before somebody can remove it.
    """
    return tuple(filter(None, (_keep(places, version) for version in versions(places))))


def told_before(places: Places, log: SuppliedLog) -> pl.DataFrame | None:
    """Return TOLD of all that any version told of the data that now count, if one did.

    What was told of the invented sample says nothing of real people.
    """
    known = _kept(places)
    if known is None:
        return None
    is_invented = any(file.is_invented for file in log.counted)
    told = known.filter(pl.col("is_invented") == is_invented).select(TOLD)
    return None if told.is_empty() else told


def _keep(places: Places, version: Version) -> str:
    """Keep what the version told; return a warning where it cannot be read."""
    kept = places.told / f"{version.name}.parquet"
    if kept.exists():
        return ""
    try:
        with duckdb.connect(str(places.published / version.file_name), read_only=True) as found:
            said = found.execute(_SAID).pl()
    except duckdb.Error:
        return _UNREAD.format(version=version.name)
    known = _kept(places)
    if known is not None:
        said = said.join(known, on=said.columns, how="anti", nulls_equal=True)
    write_privately(kept, said.write_parquet)
    return ""


def _kept(places: Places) -> pl.DataFrame | None:
    paths = sorted(places.told.glob("*.parquet"))
    return pl.read_parquet(paths) if paths else None
