"""Counting between the accepted rows about people and their protection. Nothing here is published.

Each source's module says which of its rows count towards which measures; the rest of the package
knows nothing of referrals or cases, only of splits, areas and periods.
"""

from pipelines.counting.cells import count_cells
from pipelines.counting.changes import count_changes
from pipelines.counting.waits import count_waits

__all__ = ["count_cells", "count_changes", "count_waits"]
