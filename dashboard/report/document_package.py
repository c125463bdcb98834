"""The finished file with nothing of the moment in it: same paper, same bytes."""

import io
import re
import zipfile
from datetime import date, datetime
from typing import Final

_FIRST: Final = (1980, 1, 1, 0, 0, 0)
_MADE: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def settled(content: bytes, made_on: date) -> bytes:
    """Return the package with every time of day in it, and in workbooks within it, the same."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in package.namelist():
            made.writestr(zipfile.ZipInfo(name, _FIRST), *_part(name, package.read(name), made_on))
    return target.getvalue()


def at_noon(made_on: date) -> datetime:
    """Return the time that a document says it was made at: its day, at noon."""
    return datetime(made_on.year, made_on.month, made_on.day, 12)


def _part(name: str, content: bytes, made_on: date) -> tuple[bytes, int]:
    """Return a part as it is kept; pictures are pressed already."""
    if name.endswith(".xlsx"):
        return settled(content, made_on), zipfile.ZIP_STORED
    if name == "docProps/core.xml":
        stamp = f"{at_noon(made_on):%Y-%m-%dT%H:%M:%SZ}".encode()
        return _MADE.sub(rb"\g<1>" + stamp + rb"\g<2>", content), zipfile.ZIP_DEFLATED
    return content, zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
