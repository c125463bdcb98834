"""Column names that no supplied table can have: none at all, the same one twice."""

from pipelines.errors import FileRefused

_OURS = "line"
"""The column in which we note where a row stood; no table has a field of that name."""


def refuse_bad_names(names: tuple[str, ...], file_name: str) -> None:
    """Refuse blank and repeated names; capitals make no difference.

    Columns are named by their place only: without a header line, their "names" are data.

    Raises:
        FileRefused: a name is blank, stands twice, or is the one we use ourselves.
    """
    lowered = [name.casefold() for name in names]
    for place, name in enumerate(lowered, start=1):
        if not name:
            raise _refused(file_name, place, "has no name", "NO_COLUMN_NAME")
        if name == _OURS:
            raise _refused(file_name, place, "is named line, as no field is", "UNKNOWN_COLUMN")
        first = lowered.index(name) + 1
        if first < place:
            what = f"has the same name as column {first}"
            raise _refused(file_name, place, what, "DUPLICATE_COLUMN")


def _refused(file_name: str, place: int, what: str, reason: str) -> FileRefused:
    return FileRefused(
        file_name,
        f"{file_name} line 1: column {place} {what}; expected the field names of the template, "
        "each once. Name or delete the column and load again.",
        reason=reason,
    )
