"""What the cells of a workbook point to: its shared texts, and the styles that show dates."""

from dataclasses import dataclass
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from pipelines.supplied.workbook_safety import Package
from pipelines.supplied.workbook_values import is_date_format, unescaped
from pipelines.supplied.workbook_xml import attribute, local, parse


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What is needed to understand the cells of a workbook's sheets."""

    texts: list[str]
    date_styles: frozenset[str]
    starts_1904: bool


def read_meaning(package: Package, *, starts_1904: bool) -> Meaning:
    """Return the shared texts and date styles of a workbook, which may have neither."""
    texts, styles = _SharedTexts(), _DateStyles()
    if "xl/sharedStrings.xml" in package:
        parse(package, "xl/sharedStrings.xml", texts)
    if "xl/styles.xml" in package:
        parse(package, "xl/styles.xml", styles)
    return Meaning(texts=texts.texts, date_styles=frozenset(styles.styles), starts_1904=starts_1904)


class _SharedTexts(ContentHandler):
    """Collects the texts that cells point to, without reading aids."""

    def __init__(self) -> None:
        """Start with no text."""
        super().__init__()
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._is_text = self._is_aid = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """Note where text begins."""
        name = local(name)
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._is_aid = True
        elif name == "t":
            self._is_text = not self._is_aid

    def characters(self, content: str) -> None:
        """Keep text."""
        if self._is_text:
            self._parts.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        """Keep a whole text."""
        name = local(name)
        if name == "si":
            self.texts.append(unescaped("".join(self._parts)))
        elif name == "rPh":
            self._is_aid = False
        elif name == "t":
            self._is_text = False


class _DateStyles(ContentHandler):
    """Collects the numbers of the cell styles that show dates."""

    def __init__(self) -> None:
        """Start with no style."""
        super().__init__()
        self.styles: set[str] = set()
        self._codes: dict[int, str] = {}
        self._number = 0
        self._is_cell_style = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """Read a number format or a cell style."""
        name = local(name)
        if name == "numFmt" and "numFmtId" in attrs:
            self._codes.setdefault(int(attrs["numFmtId"]), attribute(attrs, "formatCode"))
        elif name == "cellXfs":
            self._is_cell_style = True
        elif name == "xf" and self._is_cell_style:
            number = int(attribute(attrs, "numFmtId", "0"))
            if is_date_format(number, self._codes.get(number)):
                self.styles.add(str(self._number))
            self._number += 1

    def endElement(self, name: str) -> None:  # noqa: N802
        """Leave the cell styles."""
        if local(name) == "cellXfs":
            self._is_cell_style = False
