"""The document that a paper is written into: the default look, or the office's own."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.section import Section

from dashboard.report.document_package import at_noon
from dashboard.report.document_template import opened
from dashboard.report.document_text import one_line
from dashboard.report.paper import Paper
from dashboard.report.word_styles import (
    LANGUAGE,
    NEEDED_STYLES,
    dressed,
    drop_thumbnail,
    set_page,
)
from dashboard.report.word_xml import field, node, paragraph, run
from schemas.codes import SAMPLE_NOTICE

_NO_NAME: Final = ""
_KEPT: Final = (
    *("styles", "settings", "theme", "fontTable", "numbering", "webSettings"),
    *("header", "footer", "footnotes", "endnotes"),
)
"""Kinds of parts that a template's look rests on; others go with its words, such as comments."""


def base(paper: Paper, template: bytes | None) -> WordDocument:
    """Return an empty document with styles, properties, header and footer in place.

    Raises:
        TemplateRefused: the house template cannot be used.
    """
    made = dressed() if template is None else _emptied(opened(template, "docx", Document))
    if template is not None:
        _add_missing_styles(made)
    _set_language(made)
    _set_properties(made, paper)
    (section,) = made.sections
    for header, footer in _edges(made, section):
        _mark(made, header, footer, paper)
    return made


def style_ids(made: WordDocument) -> dict[str, str]:
    """Return the identifiers of styles by their names."""
    return {each.name: each.style_id for each in made.styles if each.name}


def _emptied(made: WordDocument) -> WordDocument:
    """Take the body's words out; page, header and footer of the last section stay."""
    made.element.body.get_or_add_sectPr()
    _keep_edges(made)
    made.element.body.clear_content()
    if not made.sections[0].page_width:
        set_page(made.sections[0])
    for key, link in list(made.part.rels.items()):
        if link.reltype.rpartition("/")[2] not in _KEPT:
            del made.part.rels[key]
    drop_thumbnail(made)
    return made


def _keep_edges(made: WordDocument) -> None:
    """Give the last section the headers and footers that it takes from those before it."""
    *before, last = [each._sectPr for each in made.sections]
    for section in reversed(before):
        for edge in section.xpath("./w:headerReference | ./w:footerReference"):
            kind = edge.get(qn("w:type"))
            if not [own for own in last.findall(edge.tag) if own.get(qn("w:type")) == kind]:
                last.insert(0, edge)


def _add_missing_styles(made: WordDocument) -> None:
    """Take from the default look what the office's template does not define."""
    own, known = dressed(), style_ids(made)
    for name in NEEDED_STYLES:
        if name not in known:
            added = deepcopy(own.styles[name].element)
            for link in added.xpath("./w:link | ./w:next"):
                added.remove(link)
            made.styles.element.append(added)


def _set_language(made: WordDocument) -> None:
    """Say that all is in British English, whatever a template's styles say of theirs."""
    for each in made.styles.element.xpath("./w:style//w:lang"):
        each.set(qn("w:val"), LANGUAGE)
    defaults = made.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr")
    for looks in defaults:
        for old in looks.findall(qn("w:lang")):
            looks.remove(old)
        looks.append(node("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))
    for each in made.settings.element.findall(qn("w:themeFontLang")):
        each.set(qn("w:val"), LANGUAGE)


def _set_properties(made: WordDocument, paper: Paper) -> None:
    """Say what the document is; who made it is not for the file to say."""
    held = made.core_properties
    held.title, held.subject = one_line(paper.title)[:255], one_line(paper.as_at)[:255]
    held.author = held.last_modified_by = held.comments = held.keywords = _NO_NAME
    held.category, held.language, held.revision = "", LANGUAGE, 1
    held.created = held.modified = at_noon(paper.made_on)


def _edges(made: WordDocument, section: Section) -> Iterator[tuple[Any, Any]]:
    """Yield header and footer of each kind of page that the section tells apart."""
    yield section.header, section.footer
    if section.different_first_page_header_footer:
        yield section.first_page_header, section.first_page_footer
    if made.settings.odd_and_even_pages_header_footer:
        yield section.even_page_header, section.even_page_footer


def _mark(made: WordDocument, header: Any, footer: Any, paper: Paper) -> None:
    """Put the sample mark above and the number of the page below, where they are missing."""
    ids = style_ids(made)
    header.is_linked_to_previous = footer.is_linked_to_previous = False
    if paper.is_invented:
        header._element.insert(0, paragraph(ids["Sample notice"], run(SAMPLE_NOTICE)))
    if "PAGE" not in "".join(footer._element.xpath(".//w:instrText/text() | .//@w:instr")):
        for empty in footer._element.xpath("./w:p[not(.//w:t)]"):
            footer._element.remove(empty)
        footer._element.append(_page_line(ids["Footer"], paper))


def _page_line(style: str, paper: Paper) -> object:
    words = f"{one_line(paper.title)}  |  {one_line(paper.as_at)}  |  Page "
    return paragraph(style, run(words), *field("PAGE", "1"), run(" of "), *field("NUMPAGES", "1"))
