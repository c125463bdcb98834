"""The look of a paper in Word: built-in styles in the house colours, and a few of its own."""

from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from dashboard.charts import theme
from dashboard.report.word_xml import node

FONT: Final = "Arial"
"""On every machine of an office, and plain to read."""

LANGUAGE: Final = "en-GB"
TABLE_STYLE: Final = "Board table"
_MARGIN: Final = Cm(2)

# Style: size in points, bold, colour, points before and after, kept with the next.
_LOOKS: Final[dict[str, tuple[float, bool, str, float, float, bool]]] = {
    "Normal": (10.5, False, theme.TEXT, 0, 6, False),
    "Title": (26, True, theme.TONES["main"], 0, 4, True),
    "Subtitle": (12, False, theme.QUIET_TEXT, 0, 4, False),
    "Heading 1": (16, True, theme.TONES["main"], 22, 6, True),
    "Heading 2": (12, True, theme.TEXT, 14, 4, True),
    "Heading 3": (10.5, True, theme.TEXT, 10, 4, True),
    "Caption": (9.5, True, theme.QUIET_TEXT, 8, 4, True),
    "TOC Heading": (14, True, theme.TEXT, 18, 6, True),
    "toc 1": (10.5, False, theme.TEXT, 0, 5, False),
    "Figure note": (8.5, False, theme.QUIET_TEXT, 3, 1, False),
    "Table text": (9, False, theme.TEXT, 1.5, 1.5, False),
    "Sample notice": (9.5, True, theme.SAMPLE_TINT[1], 8, 10, False),
    "Header": (8.5, False, theme.QUIET_TEXT, 0, 0, False),
    "Footer": (8.5, False, theme.QUIET_TEXT, 0, 0, False),
}

NEEDED_STYLES: Final = (*_LOOKS, TABLE_STYLE)
"""What a paper is written in; a house template may define any of them."""


def dressed() -> WordDocument:
    """Return an empty document in the default look: A4, house colours, British English."""
    made = Document()
    _lighten(made)
    _set_defaults(made)
    for name, look in _LOOKS.items():
        _dress(_style(made, name), look)
    _tint_notice(_style(made, "Sample notice"))
    made.styles.element.append(_table_style())
    set_page(made.sections[0])
    return made


def set_page(section: Section) -> None:
    """Make the pages of a section A4, upright, with margins."""
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.bottom_margin = _MARGIN
    section.top_margin = _MARGIN
    section.header_distance = section.footer_distance = Cm(1)


def drop_thumbnail(made: WordDocument) -> None:
    """Take out the small picture of another document's first page."""
    held = made.part.package.rels
    for key in [key for key, link in held.items() if link.reltype.endswith("/thumbnail")]:
        del held[key]


def _lighten(made: WordDocument) -> None:
    """Take out what comes along unused: a hundred styles of tables, a copy of all styles."""
    for style in made.styles.element.xpath("./w:style[@w:type='table'][not(@w:default)]"):
        made.styles.element.remove(style)
    held = made.part.rels
    for key in [key for key, link in held.items() if link.reltype.endswith("stylesWithEffects")]:
        del held[key]
    drop_thumbnail(made)
    # Without this Word opens the document in its compatibility mode.
    for mode in made.settings.element.xpath(".//w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), "15")


def _style(made: WordDocument, name: str) -> ParagraphStyle:
    known = {each.name for each in made.styles}
    if name not in known:
        added = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == "toc 1")
        added.element.append(node("basedOn", val="Normal"))
    found = made.styles[name]
    assert isinstance(found, ParagraphStyle)  # noqa: S101  (for the type checker)
    return found


def _dress(style: ParagraphStyle, look: tuple[float, bool, str, float, float, bool]) -> None:
    size, is_bold, colour, before, after, stays = look
    # The look replaces what the style brought along: its fonts of the theme, its lines.
    for old in style.element.xpath("./w:rPr | ./w:pPr/w:pBdr | ./w:pPr/w:contextualSpacing"):
        old.getparent().remove(old)
    style.font.size, style.font.bold = Pt(size), is_bold
    style.font.color.rgb = RGBColor(*theme.rgb(colour))
    spaces = style.paragraph_format
    spaces.space_before, spaces.space_after = Pt(before), Pt(after)
    spaces.keep_with_next, spaces.widow_control = stays, True
    spaces.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if size == _LOOKS["Normal"][0]:
        spaces.line_spacing = 1.15


def _set_defaults(made: WordDocument) -> None:
    """Set font and language once, where every style takes them from."""
    defaults = made.styles.element.find(qn("w:docDefaults") + "/" + qn("w:rPrDefault"))
    looks = node(
        "rPr",
        node("rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FONT)),
        node("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"),
    )
    defaults.remove(defaults[0])
    defaults.append(looks)


def _tint_notice(style: ParagraphStyle) -> None:
    tint, ink = (colour.lstrip("#") for colour in theme.SAMPLE_TINT)
    box = style.element.get_or_add_pPr()
    edge = node("left", val="single", sz=24, space=6, color=ink)
    # The order of these elements is fixed: edges and shade come before spacing.
    place = box.find(qn("w:spacing"))
    place.addprevious(node("pBdr", edge))
    place.addprevious(node("shd", val="clear", color="auto", fill=tint))


def _table_style() -> object:
    """Return the style of tables: lines between rows, a shaded heading row in bold."""
    line, shade = theme.GRID.lstrip("#"), theme.VERDICT_TINTS["none"][0].lstrip("#")
    strong = theme.AXIS.lstrip("#")
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="BoardTable">'
        f'<w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        "<w:tblPr><w:tblBorders>"
        f'<w:top w:val="single" w:sz="6" w:space="0" w:color="{strong}"/>'
        f'<w:bottom w:val="single" w:sz="6" w:space="0" w:color="{strong}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{line}"/>'
        "</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="90" w:type="dxa"/><w:right w:w="90" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>'
        "</w:tcPr></w:tblStylePr>"
        "</w:style>"
    )
