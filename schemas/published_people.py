"""The published tables about people: protected cells only, never a row about one person."""

from typing import Final

from schemas.codes import HIDDEN, NEARLY_ALL, VERY_FEW
from schemas.protection import FLOORS
from schemas.published_table import Column, Table

_CELL_KEYS: Final = (
    Column("measure", "varchar", "What is counted, such as referrals"),
    Column("split_1", "varchar", "What it is split by, such as crime_group; empty when by nothing"),
    Column("value_1", "varchar", "The part of that split; empty when by nothing"),
    Column("split_2", "varchar", "The second split, if there is one"),
    Column("value_2", "varchar", "The part of the second split"),
    Column("area_type", "varchar", "force, partnership or district"),
    Column("area_code", "varchar", "Code of the area; OUT and NK stand beside the districts"),
    Column("period_type", "varchar", "month, quarter, year_to_date or year (twelve months)"),
    Column("first_month", "date", "First month of the period"),
    Column("last_month", "date", "Last month of the period, included"),
)
_SORTED_BY: Final = ("measure", "split_1", "split_2", "area_type", "period_type", "first_month")
_MARKER: Final = Column(
    "marker",
    "varchar",
    f"Empty when shown; {HIDDEN} hidden; {NEARLY_ALL} a part that is nearly all of its whole, "
    f"{VERY_FEW} a part of which there are few: both hidden",
)
_IS_SHOWN: Final = (
    f"count >= {FLOORS.threshold} and count % {FLOORS.rounding_base} = 0"
    " or count = 0 and is_structural"
)

PEOPLE_TABLES: Final = (
    Table(
        "cube_protected_count",
        "measure, split, area and period: a count of people, protected",
        (
            *_CELL_KEYS,
            Column("count", "integer", "Rounded count; empty when hidden"),
            Column("rounding", "integer", "The base it is rounded to: 5, or 10 for a few totals"),
            Column("is_structural", "boolean", "True where there can be none, and zero is shown"),
            _MARKER,
        ),
        sorted_by=_SORTED_BY,
        checks=(
            f"case when marker = '' then coalesce({_IS_SHOWN}, false) else count is null end",
            f"marker in ('', '{HIDDEN}', '{NEARLY_ALL}', '{VERY_FEW}')",
        ),
    ),
    Table(
        "cube_protected_wait",
        "wait, statistic, split, area and period, protected",
        (
            *_CELL_KEYS,
            Column("statistic", "varchar", "median or ninetieth_percentile"),
            Column("working_days", "integer", "Whole working days; empty when hidden"),
            _MARKER,
        ),
        sorted_by=_SORTED_BY,
        checks=(
            "(marker = '') = (working_days is not null)",
            f"marker in ('', '{HIDDEN}')",
        ),
    ),
    Table(
        "cube_protected_change",
        "mean change in score, scale (a domain of a tool), split, area and period, protected",
        (
            *_CELL_KEYS,
            Column("mean_change", "double", "Mean change, in points for the better; one decimal"),
            Column("lower", "double", "Lower 95% limit of the mean"),
            Column("upper", "double", "Upper 95% limit of the mean"),
            _MARKER,
        ),
        sorted_by=_SORTED_BY,
        checks=(
            "(marker = '') = (mean_change is not null)",
            "(marker = '') = (lower is not null and upper is not null)",
            f"marker in ('', '{HIDDEN}')",
        ),
    ),
    Table(
        "meta_protection",
        "number of the small-number policy in force",
        (
            Column("name", "varchar", "Name of the number, as in policy.toml"),
            Column("value", "double", "The number in force"),
            Column("floor", "double", "The number below which no setting may go"),
        ),
    ),
)
