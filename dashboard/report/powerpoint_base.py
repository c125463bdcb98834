"""The presentation that a paper is written into: the default look, or the office's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Inches, Pt

from dashboard.charts import theme
from dashboard.report.document_package import at_noon
from dashboard.report.document_template import TemplateRefused, opened
from dashboard.report.document_text import one_line
from dashboard.report.paper import Paper
from dashboard.report.powerpoint_looks import colour

LANGUAGE: Final = "en-GB"
_FONT: Final = "Arial"
_WIDE, _HIGH = Inches(13.333), Inches(7.5)
_MARGIN: Final = Inches(0.6)
_TITLE, _TITLE_ONLY = "title", "titleOnly"
_TITLES: Final = (1, 3)
"""Placeholders: a title, and one in the middle."""

_NAMES: Final = {_TITLE: "Title Slide", _TITLE_ONLY: "Title Only"}
_OF_SLIDES: Final = "./p:custShowLst | ./p:extLst/p:ext[*[local-name()='sectionLst']]"
"""Shows and sections: PowerPoint repairs a file in which they name slides that are gone."""

_OF_PEOPLE: Final = ("commentAuthors", "authors", "changesInfo", "revisionInfo")
"""Who wrote and changed the template; who made a paper is not for the file to say."""

_ACCENTS: Final = ("main", "second", "third", "fourth", "context", "concern")

# Placeholder: left, top, width, height, size in points, bold. Of the title slide, then of others.
_FRONT: Final[dict[str, tuple[float, float, float, float, int, bool]]] = {
    "ctrTitle": (0.6, 1.9, 12.13, 1.7, 38, True),
    "subTitle": (0.6, 3.75, 12.13, 1.3, 18, False),
}
_INSIDE: Final[dict[str, tuple[float, float, float, float, int, bool]]] = {
    "title": (0.6, 0.38, 12.13, 0.95, 26, True),
    "body": (0.6, 1.8, 12.13, 4.7, 16, False),
    "ftr": (0.6, 6.98, 9.5, 0.32, 10, False),
    "sldNum": (11.53, 6.98, 1.2, 0.32, 10, False),
    "dt": (10.2, 6.98, 1.2, 0.32, 10, False),
}


@dataclass(frozen=True)
class Layouts:
    """The two layouts that a paper needs, and where their content may stand."""

    front: Any
    inside: Any
    left: int
    top: int
    width: int
    bottom: int


def base(paper: Paper, template: bytes | None) -> tuple[Deck, Layouts]:
    """Return an empty presentation with its properties, and its layouts.

    Raises:
        TemplateRefused: the house template cannot be used, or lacks a layout; the message says
            which.
    """
    made = _dressed() if template is None else _emptied(opened(template, "pptx", Presentation))
    _drop(made.part.package._rels, ("thumbnail",))
    held = made.core_properties
    held.title, held.subject = one_line(paper.title)[:255], one_line(paper.as_at)[:255]
    held.author = held.last_modified_by = held.comments = held.keywords = held.category = ""
    held.language, held.revision = LANGUAGE, 1
    held.created = held.modified = at_noon(paper.made_on)
    return made, _layouts(made)


def _layouts(made: Deck) -> Layouts:
    front, inside = (_layout(made, kind) for kind in (_TITLE, _TITLE_ONLY))
    title = next(each for each in inside.placeholders if each.placeholder_format.type in _TITLES)
    bottoms = [
        each.top for each in inside.placeholders if each.placeholder_format.type in (13, 15, 16)
    ]
    return Layouts(
        front,
        inside,
        left=title.left,
        top=title.top + title.height,
        width=title.width,
        bottom=min([*bottoms, Emu((made.slide_height or _HIGH) - Inches(0.4))]),
    )


def _layout(made: Deck, kind: str) -> Any:
    """Return the layout of a kind: by what it is, whatever it is called; else by its name."""
    for each in made.slide_layouts:
        is_it = each._element.get("type") == kind or each.name == _NAMES[kind]
        if is_it and any(held.placeholder_format.type in _TITLES for held in each.placeholders):
            return each
    raise TemplateRefused(
        f"The house template paper.pptx has no layout “{_NAMES[kind]}” with a title: the paper was "
        "not made. Add a layout of that name, or take the template out of workspace/templates."
    )


def _emptied(made: Deck) -> Deck:
    """Take the template's own slides out, and what tells of them; masters and layouts stay."""
    for each in made.part._element.xpath(_OF_SLIDES):
        each.getparent().remove(each)
    listed = made.slides._sldIdLst
    for each in list(listed):
        made.part.drop_rel(each.rId)
        listed.remove(each)
    _drop(made.part.rels, _OF_PEOPLE)
    return made


def _drop(held: Any, kinds: Sequence[str]) -> None:
    """Take out the parts of some kinds."""
    for key in [key for key, link in held.items() if link.reltype.rpartition("/")[2] in kinds]:
        held.pop(key)


def _dressed() -> Deck:
    made = Presentation()
    made.slide_width, made.slide_height = _WIDE, _HIGH
    for layout in list(made.slide_layouts):
        if layout._element.get("type") not in _NAMES:
            made.slide_layouts.remove(layout)
    master = made.slide_master
    _place(master, _INSIDE)
    _place(_layout(made, _TITLE), {**_INSIDE, **_FRONT})
    _place(_layout(made, _TITLE_ONLY), _INSIDE)
    _colour(master)
    _add_rule(master)
    return made


def _place(held: Any, places: dict[str, tuple[float, float, float, float, int, bool]]) -> None:
    """Put placeholders where they belong on a wide slide, in the sizes of the house."""
    for each in held.placeholders:
        kind = each._element.xpath("./p:nvSpPr/p:nvPr/p:ph")[0].get("type")
        if kind not in places:
            continue
        *box, size, is_bold = places[kind]
        each.left, each.top, each.width, each.height = map(Inches, box)
        is_title = kind in ("title", "ctrTitle")
        ink = theme.TONES["main"] if is_title else theme.QUIET_TEXT
        side = "r" if kind == "sldNum" else "l"
        frame = each._element.txBody
        for old in frame.findall(qn("a:lstStyle")):
            frame.remove(old)
        # A title stands on the line below it; what follows a title hangs from its top.
        frame.bodyPr.set("anchor", "b" if is_title else "t")
        for inset in ("lIns", "rIns"):
            frame.bodyPr.set(inset, "0")
        for old in list(frame.bodyPr):
            frame.bodyPr.remove(old)
        frame.bodyPr.append(parse_xml(f"<a:normAutofit {nsdecls('a')}/>"))
        frame.insert(1, _list_style(size, ink, side, is_bold=is_bold))


def _list_style(size: int, ink: str, side: str, *, is_bold: bool) -> Any:
    return parse_xml(
        f'<a:lstStyle {nsdecls("a")}><a:lvl1pPr marL="0" indent="0" algn="{side}"><a:buNone/>'
        f'<a:defRPr sz="{size * 100}" b="{int(is_bold)}" lang="{LANGUAGE}"><a:solidFill>'
        f'<a:srgbClr val="{ink[1:]}"/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>'
    )


def _colour(master: Any) -> None:
    """Give the theme our palette and a font that every office has."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode()
    tones = [theme.TONES[tone] for tone in _ACCENTS]
    named = {f"accent{place}": tone for place, tone in enumerate(tones, start=1)}
    named |= {"dk2": theme.TONES["main"], "lt2": theme.GRID, "hlink": theme.TONES["main"]}
    for name, tone in named.items():
        inner = f'<a:srgbClr val="{tone[1:]}"/>'
        text = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf"\g<1>{inner}\g<2>", text, flags=re.S)
    text = re.sub(r'(<a:latin typeface=")[^"]*', rf"\g<1>{_FONT}", text)
    part._blob = text.encode()


def _add_rule(master: Any) -> None:
    """Draw the house's rule along the top; it belongs to the page and is not read out."""
    rule = master.shapes._spTree
    top = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="900" name="Rule"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{_WIDE}" cy="{Pt(9)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f'</a:prstGeom><a:solidFill><a:srgbClr val="{colour(theme.TONES["main"])}"/>'
        "</a:solidFill></p:spPr></p:sp>"
    )
    rule.insert(2, top)
