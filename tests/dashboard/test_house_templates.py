"""The office's own templates: what is taken from them, and which are refused in one line."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm, RGBColor
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from dashboard.charts.static import bare_png
from dashboard.report.document_template import Kind, TemplateRefused, checked, house_template
from dashboard.report.powerpoint import powerpoint_bytes
from dashboard.report.word import word_bytes
from dashboard.report.word_xml import node
from schemas.codes import SAMPLE_NOTICE
from tests.support.every_chart import every_chart
from tests.support.papers import listing, paper, parts


def word_template(**changes: bytes) -> bytes:
    """Return a template of an office: green headings, an address in the header, no captions."""
    made = Document()
    made.styles["Heading 1"].font.color.rgb = RGBColor(0, 96, 0)
    made.styles.element.remove(made.styles["Caption"].element)
    made.sections[0].header.paragraphs[0].text = "Our office"
    made.add_paragraph("Type here")
    return rewritten(saved(made), **changes)


def slide_template(**changes: bytes) -> bytes:
    """Return a template of an office with a slide of its own in it."""
    made = Presentation()
    made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "Type here"
    return rewritten(saved(made), **changes)


TEMPLATES: dict[Kind, Callable[..., bytes]] = {"docx": word_template, "pptx": slide_template}
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml"}


def saved(made: Any) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def rewritten(content: bytes, **changes: bytes) -> bytes:
    """Return the package with parts replaced or added; names have __ for a slash."""
    held = {name: part for name, part in parts(content) if ".xlsx/" not in name}
    held |= {name.replace("__", "/"): part for name, part in changes.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in held.items():
            package.writestr(name, part)
    return target.getvalue()


def replaced(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    part = dict(parts(content))[name]
    assert old in part
    return rewritten(content, **{name: part.replace(old, new)})


# What is taken from them


def test_a_word_template_gives_its_styles_and_header_and_lacks_nothing() -> None:
    read = Document(io.BytesIO(word_bytes(paper(listing()), template=word_template())))
    assert read.styles["Heading 1"].font.color.rgb == RGBColor(0, 96, 0)
    words = [each.text for each in read.paragraphs]
    assert "Type here" not in words
    assert "Caption" in {each.style.name for each in read.paragraphs if each.style}
    header = [each.text for each in read.sections[0].header.paragraphs]
    assert header == [SAMPLE_NOTICE, "Our office"]
    captions = [each for each in read.paragraphs if each.style and each.style.name == "Caption"]
    assert all(each.paragraph_format.keep_with_next for each in captions)
    assert read.sections[0].footer._element.xpath(".//w:instrText[contains(., 'PAGE')]")
    assert read.core_properties.author == ""


def test_the_sample_is_marked_on_first_and_even_pages_that_a_template_tells_apart() -> None:
    made = Document()
    made.sections[0].different_first_page_header_footer = True
    made.settings.odd_and_even_pages_header_footer = True
    made.sections[0].first_page_header.paragraphs[0].text = "Our crest"
    made.sections[0]._sectPr.append(node("pgNumType", start=1))
    wide = paper(listing(), listing(columns=12))
    first, second = Document(io.BytesIO(word_bytes(wide, template=saved(made)))).sections
    for header in (first.first_page_header, first.even_page_header, second.header):
        assert header.paragraphs[0].text == SAMPLE_NOTICE
    assert first.first_page_header.paragraphs[1].text == "Our crest"
    for footer in (first.first_page_footer, first.even_page_footer):
        assert footer._element.xpath(".//w:instrText[contains(., 'PAGE')]")
    assert not second.different_first_page_header_footer
    assert not second._sectPr.xpath("./w:pgNumType/@w:start")


def test_a_word_template_keeps_a_header_that_its_last_section_takes_from_the_first() -> None:
    made = Document()
    made.sections[0].header.paragraphs[0].text = "Our office"
    made.add_section()
    (section,) = Document(io.BytesIO(word_bytes(paper(), template=saved(made)))).sections
    assert [each.text for each in section.header.paragraphs][-1] == "Our office"


def test_a_word_template_without_a_page_gets_ours() -> None:
    made = Document()
    made.element.body.remove(made.element.body[-1])
    (section,) = Document(io.BytesIO(word_bytes(paper(), template=saved(made)))).sections
    assert section.page_width == pytest.approx(Cm(21), abs=Cm(0.01))
    assert section.left_margin == pytest.approx(Cm(2), abs=Cm(0.01))


def test_what_a_word_template_says_of_language_and_people_is_not_the_papers() -> None:
    made = Document()
    made.styles["Normal"].element.get_or_add_rPr().append(node("lang", val="en-US"))
    made.add_picture(io.BytesIO(bare_png(every_chart()["bars"])))
    run = made.add_paragraph().add_run("Type here")
    made.add_comment(run, text="Not yet agreed", author="A Clerk", initials="AC")
    content = word_bytes(paper(), template=saved(made))
    read = Document(io.BytesIO(content))
    assert set(read.styles.element.xpath("//w:lang/@w:val")) == {"en-GB"}
    names = [name for name, _ in parts(content)]
    assert not [name for name in names if "comments" in name or "media" in name]
    assert not [name for name, part in parts(content) if b"A Clerk" in part]


def test_a_slide_template_gives_its_layouts_and_loses_its_slides() -> None:
    charts = (every_chart()["bars"], listing())
    read = Presentation(io.BytesIO(powerpoint_bytes(paper(*charts), template=slide_template())))
    assert read.slide_width == Presentation().slide_width
    titles = [slide.shapes.title.text_frame.text for slide in read.slides]
    assert titles == ["Victims in West Mercia", *(chart.headline for chart in charts)]
    for slide in read.slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= read.slide_height


def test_nothing_is_left_of_the_slides_of_a_template() -> None:
    """PowerPoint repairs a file whose sections or shows name slides that are gone."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[0])
    slide.shapes.title.text = "Type here"
    (listed,) = made.slides._sldIdLst
    shows = (
        f'<p:custShowLst {nsdecls("p", "r")}><p:custShow name="Short" id="0"><p:sldLst>'
        f'<p:sld r:id="{listed.rId}"/></p:sldLst></p:custShow></p:custShowLst>'
    )
    sections = (
        f'<p:extLst {nsdecls("p")}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
        '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        f'<p14:section name="One" id="{{0}}"><p14:sldIdLst><p14:sldId id="{listed.get("id")}"/>'
        "</p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>"
    )
    root = made.part._element
    root.find(qn("p:notesSz")).addnext(parse_xml(shows))
    root.append(parse_xml(sections))
    people = Part(PackURI("/ppt/commentAuthors.xml"), "application/xml", made.part.package, b"<a/>")
    made.part.relate_to(people, f"{RELATIONSHIPS}/commentAuthors")
    content = powerpoint_bytes(paper(), template=saved(made))
    held = dict(parts(content))
    assert not [name for name, part in held.items() if b"Type here" in part]
    assert not {"ppt/commentAuthors.xml", "docProps/thumbnail.jpeg"} & held.keys()
    for gone in (b"custShow", b"sectionLst"):
        assert gone not in held["ppt/presentation.xml"]


def test_slides_without_a_footer_are_marked_too_and_the_first_says_office_and_day() -> None:
    made = Presentation()
    for layout in made.slide_layouts:
        for held in list(layout.placeholders):
            if held.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
                held._element.getparent().remove(held._element)
    front = made.slide_layouts.get_by_name("Title Slide")
    front.placeholders[0].top = 0
    front._element.xpath(".//p:ph[@type='subTitle']")[0].set("idx", "7")
    content = powerpoint_bytes(paper(every_chart()["bars"], listing()), template=saved(made))
    for slide in Presentation(io.BytesIO(content)).slides:
        marks = [each for each in slide.shapes if each.name == "Sample mark"]
        assert [each.text_frame.text for each in marks] == [SAMPLE_NOTICE]
        assert marks[0].top > slide.shapes.title.top + slide.shapes.title.height
    (first, *_) = Presentation(io.BytesIO(content)).slides
    assert "26 November 2026" in " ".join(each.text_frame.text for each in first.placeholders)


def test_a_slide_template_whose_layout_has_no_title_is_refused() -> None:
    made = Presentation()
    title = made.slide_layouts.get_by_name("Title Only").placeholders[0]._element
    title.getparent().remove(title)
    with pytest.raises(TemplateRefused, match="no layout “Title Only” with a title"):
        powerpoint_bytes(paper(), template=saved(made))


def test_a_title_too_long_for_the_offices_size_is_written_smaller() -> None:
    title = "A heading of so many words that they never fit where a few were meant to stand " * 2
    content = powerpoint_bytes(paper(title=title), template=slide_template())
    (slide,) = Presentation(io.BytesIO(content)).slides
    (run,) = slide.shapes.title.text_frame.paragraphs[0].runs
    assert run.font.size.pt < 44


def test_a_slide_template_without_a_layout_is_refused_by_its_name() -> None:
    made = Presentation()
    for layout in list(made.slide_layouts):
        if layout.name == "Title Only":
            made.slide_layouts.remove(layout)
    with pytest.raises(TemplateRefused, match="no layout “Title Only”"):
        powerpoint_bytes(paper(), template=saved(made))


def test_the_office_puts_its_templates_into_the_workspace(tmp_path: Path) -> None:
    assert house_template(tmp_path, "docx") is None
    folder = tmp_path / "workspace" / "templates"
    folder.mkdir(parents=True)
    (folder / "paper.docx").write_bytes(b"as it lies")
    assert house_template(tmp_path, "docx") == b"as it lies"
    assert house_template(tmp_path, "pptx") is None


# What is refused


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_a_sound_template_is_taken(kind: Kind) -> None:
    content = TEMPLATES[kind]()
    assert checked(content, kind) == content


@pytest.mark.parametrize("kind", ["docx", "pptx"])
@pytest.mark.parametrize("content", [b"", b"no package", b"PK\x03\x04 cut short"])
def test_what_is_no_package_is_refused(kind: Kind, content: bytes) -> None:
    with pytest.raises(TemplateRefused, match=rf"paper\.{kind} is damaged or no \.{kind} file"):
        checked(content, kind)


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_a_damaged_part_is_refused(kind: Kind) -> None:
    whole = bytearray(TEMPLATES[kind]())
    whole[len(whole) // 3 : len(whole) // 3 + 400] = bytes(400)
    with pytest.raises(TemplateRefused, match=r"damaged|cannot be read"):
        _written(kind, bytes(whole))


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_macros_are_refused_by_what_is_in_the_file_and_not_by_its_name(kind: Kind) -> None:
    plain = TEMPLATES[kind]()
    folder = MAIN[kind].partition("/")[0]
    with pytest.raises(TemplateRefused, match="holds macros or embedded programs"):
        checked(rewritten(plain, **{f"{folder}__vbaProject.bin": b"code"}), kind)
    macro = replaced(plain, "[Content_Types].xml", b".main+xml", b".macroEnabled.main+xml")
    with pytest.raises(TemplateRefused, match="holds macros or embedded programs"):
        checked(macro, kind)


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_a_file_that_unpacks_to_far_more_is_refused_before_it_is_unpacked(kind: Kind) -> None:
    bomb = rewritten(TEMPLATES[kind](), **{"bomb.xml": bytes(60_000_000)})
    assert len(bomb) < 1_000_000
    with pytest.raises(TemplateRefused, match="unpacks to more than 50 MB"):
        checked(bomb, kind)


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_links_to_outside_are_refused_but_an_address_to_click_is_not(kind: Kind) -> None:
    plain = TEMPLATES[kind]()
    name = MAIN[kind].replace("/", "/_rels/") + ".rels"

    def linked(what: str) -> bytes:
        link = f'<Relationship Id="rId999" Type="http://x/{what}" Target="https://x.example/" '
        end = b'TargetMode="External"/></Relationships>'
        return replaced(plain, name, b"</Relationships>", link.encode() + end)

    with pytest.raises(TemplateRefused, match="links to files outside itself"):
        checked(linked("attachedTemplate"), kind)
    assert checked(linked("hyperlink"), kind)


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_entities_are_refused(kind: Kind) -> None:
    plain = TEMPLATES[kind]()
    part = b'<!DOCTYPE x [<!ENTITY a "b">]>' + dict(parts(plain))[MAIN[kind]]
    with pytest.raises(TemplateRefused, match="defines entities"):
        checked(rewritten(plain, **{MAIN[kind]: part}), kind)


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_the_other_kind_is_refused(kind: Kind) -> None:
    other: Kind = "pptx" if kind == "docx" else "docx"
    with pytest.raises(TemplateRefused, match=rf"is no \.{kind} document"):
        checked(TEMPLATES[other](), kind)


def _written(kind: Kind, template: bytes) -> bytes:
    writer = word_bytes if kind == "docx" else powerpoint_bytes
    return writer(paper(listing()), template=template)


# Another program opens what was made


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_both_documents_and_makes_pages_of_them(tmp_path: Path) -> None:
    charts = [every_chart()[name] for name in ("control", "funnel", "area map")]
    whole = paper(*charts, listing())
    (tmp_path / "paper.docx").write_bytes(word_bytes(whole))
    (tmp_path / "slides.pptx").write_bytes(powerpoint_bytes(whole))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    made = ["paper.docx", "slides.pptx"]
    subprocess.run([*command, *made], check=True, cwd=tmp_path, timeout=300, capture_output=True)
    slides = (tmp_path / "slides.pdf").read_bytes()
    assert slides.count(b"/Type/Page/") == len(whole.items) + 1
    assert (tmp_path / "paper.pdf").read_bytes().count(b"/Type/Page/") >= len(charts)
