"""The document that a paper is written into: the default look, or the office's own."""

from copy import deepcopy
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.section import Section

from dashboard.report.document_package import at_noon
from dashboard.report.document_template import opened
from dashboard.report.document_text import one_line
from dashboard.report.paper import Paper
from dashboard.report.word_styles import LANGUAGE, NEEDED_STYLES, dressed
from dashboard.report.word_xml import field, node, paragraph, run
from schemas.codes import SAMPLE_NOTICE

_NO_NAME: Final = ""


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
    for section in made.sections:
        _mark(made, section, paper)
    return made


def style_ids(made: WordDocument) -> dict[str, str]:
    """Return the identifiers of styles by their names."""
    return {each.name: each.style_id for each in made.styles if each.name}


def _emptied(made: WordDocument) -> WordDocument:
    """Take the body's words out; page, header and footer of the last section stay."""
    body = made.element.body
    for each in list(body)[:-1]:
        body.remove(each)
    return made


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


def _mark(made: WordDocument, section: Section, paper: Paper) -> None:
    """Put the sample mark above and the number of the page below, where they are missing."""
    ids = style_ids(made)
    if paper.is_invented:
        header = section.header
        header.is_linked_to_previous = False
        header._element.insert(0, paragraph(ids["Sample notice"], run(SAMPLE_NOTICE)))
    footer = section.footer
    footer.is_linked_to_previous = False
    if "PAGE" not in "".join(footer._element.xpath(".//w:instrText/text() | .//@w:instr")):
        for empty in footer._element.xpath("./w:p[not(.//w:t)]"):
            footer._element.remove(empty)
        footer._element.append(_page_line(ids["Footer"], paper))


def _page_line(style: str, paper: Paper) -> object:
    words = f"{one_line(paper.title)}  |  {one_line(paper.as_at)}  |  Page "
    return paragraph(style, run(words), *field("PAGE", "1"), run(" of "), *field("NUMPAGES", "1"))
