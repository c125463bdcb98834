"""Reads the XML parts of a workbook as a stream that knows neither document types nor entities.

`defusedxml` gives the parser: any document type declaration, entity or outside reference stops it
before anything is expanded or fetched. Its event interface is used rather than `iterparse`, whose
safe form builds every element in Python and takes several times as long.
"""

import xml.sax
from collections.abc import Iterable
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from pipelines.errors import FileRefused
from pipelines.supplied.workbook_safety import Package, damaged


class Enough(Exception):
    """A handler has seen what it wanted; the rest of the part is not read."""


def parse(package: Package, part: str, handler: ContentHandler) -> None:
    """Send the events of a part to the handler until its end, or until it has enough.

    Raises:
        FileRefused: the part is no sound XML, or declares a document type or entities.
    """
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(handler)
    try:
        _feed(parser, package.pieces(part))
    except Enough:
        return
    except DefusedXmlException as fault:
        raise FileRefused(
            package.file_name,
            f"{package.file_name}: part {part} declares a document type or entities, which Excel "
            "never does. Nothing was read; ask the sender how the file was made.",
            reason="UNSAFE_XML",
        ) from fault
    except (xml.sax.SAXException, ValueError, LookupError) as fault:
        raise damaged(package.file_name, f"part {part} cannot be read") from fault


def local(name: str) -> str:
    """Return an element's or attribute's name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


def attribute(attributes: AttributesImpl, wanted: str, default: str = "") -> str:
    """Return an attribute by its name without prefix."""
    for name, value in attributes.items():
        if local(name) == wanted:
            return str(value)
    return default


def _feed(parser: DefusedExpatParser, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        parser.feed(piece)
    parser.close()
