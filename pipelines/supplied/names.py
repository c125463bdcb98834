"""Names that no supplied file can have: of itself, and of its columns."""

from typing import Final

from pipelines.errors import FileRefused
from pipelines.identifiers import holds_identifier_shape

WITHHELD: Final = "a file whose name is withheld"

_OURS: Final = "line"
"""The column in which we note where a row stood; no table has a field of that name."""


def file_name_refusal(file_name: str) -> FileRefused | None:
    """Return a refusal, which does not repeat the name, if it looks like a detail of a person."""
    if not holds_identifier_shape(file_name.rpartition(".")[0].replace("_", " ")):
        return None
    return FileRefused(
        WITHHELD,
        "A file's name looks like a detail of a person. The name is not repeated here. Name the "
        "file after its table, period and sender, and load again.",
        reason="IDENTIFIER_FILE_NAME",
    )


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
