"""The office's own template for its papers: where it lies, and whether it can be trusted."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, TypeVar

from dashboard.errors import DashboardError

Kind = Literal["docx", "pptx"]
_Opened = TypeVar("_Opened")
_MAIN: Final = MappingProxyType[Kind, str](
    {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        ".main+xml",
    }
)
_LARGEST: Final = 50_000_000
_MOST_FILES: Final = 3_000
_ACTIVE: Final = re.compile(r"vbaproject|vbadata|activex|oleobject|/afchunk", re.IGNORECASE)
_OUTWARD: Final = re.compile(r"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_PASSIVE: Final = re.compile(r"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")


class TemplateRefused(DashboardError):
    """A house template that cannot be used; the message names the file and what to do."""


def house_template(data_dir: Path, kind: Kind) -> bytes | None:
    """Return the office's template from `workspace/templates/paper.<kind>`; None without one.

    Raises:
        TemplateRefused: it lies there but is too large to be read.
    """
    path = data_dir / "workspace" / "templates" / f"paper.{kind}"
    if not path.is_file():
        return None
    if path.stat().st_size > _LARGEST:
        raise _refusal(kind, f"is larger than {_LARGEST // 1_000_000} MB")
    return path.read_bytes()


def checked(content: bytes, kind: Kind) -> bytes:
    """Return the template when it is sound and holds nothing that acts or reaches out.

    Raises:
        TemplateRefused: damaged, too large, another kind of file, with macros or outside links.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check(package, kind)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError, EOFError) as error:
        raise _refusal(kind, f"is damaged or no .{kind} file") from error
    return content


def opened(content: bytes, kind: Kind, opens: Callable[[io.BytesIO], _Opened]) -> _Opened:
    """Return the checked template as its library opens it.

    Raises:
        TemplateRefused: see `checked`; or the library cannot make sense of it.
    """
    try:
        return opens(io.BytesIO(checked(content, kind)))
    except TemplateRefused:
        raise
    except Exception as error:
        raise _refusal(kind, "cannot be read") from error


def _check(package: zipfile.ZipFile, kind: Kind) -> None:
    parts = package.infolist()
    # What the directory promises is held to while reading, so a bomb is never unpacked.
    if len(parts) > _MOST_FILES or sum(part.file_size for part in parts) > _LARGEST:
        raise _refusal(kind, f"unpacks to more than {_LARGEST // 1_000_000} MB")
    types = package.read("[Content_Types].xml").decode()
    if "macroEnabled" in types or any(_ACTIVE.search(part.filename) for part in parts):
        raise _refusal(kind, "holds macros or embedded programs")
    if _MAIN[kind] not in types:
        raise _refusal(kind, f"is no .{kind} document")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _check_part(package.read(part).decode("utf-8", "replace"), part.filename, kind)


def _check_part(text: str, name: str, kind: Kind) -> None:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise _refusal(kind, "defines entities of its own")
    is_links = name.endswith(".rels")
    if is_links and any(not _PASSIVE.search(link) for link in _OUTWARD.findall(text)):
        raise _refusal(kind, "links to files outside itself")


def _refusal(kind: Kind, what: str) -> TemplateRefused:
    return TemplateRefused(
        f"The house template paper.{kind} {what}: the paper was not made. Save it again as a "
        f"plain .{kind} without macros and links, or take it out of workspace/templates."
    )
