"""The small pieces of WordprocessingML that python-docx has no words for."""

from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Node = BaseOxmlElement


def node(tag: str, *children: Node, text: str = "", **attributes: object) -> Node:
    """Return one `w:` element with its children; attributes are `w:` too."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    if text:
        made.text = text
        made.set(qn("xml:space"), "preserve")
    made.extend(children)
    return made


def run(text: str) -> Node:
    """Return a run of plain text."""
    return node("r", node("t", text=text))


def field(instruction: str, cached: str) -> list[Node]:
    """Return the runs of a field with the result that stands until it is updated."""
    return [
        node("r", node("fldChar", fldCharType="begin")),
        node("r", node("instrText", text=f" {instruction} ")),
        node("r", node("fldChar", fldCharType="separate")),
        *([run(cached)] if cached else []),
        node("r", node("fldChar", fldCharType="end")),
    ]


def bookmarked(inner: Sequence[Node], *, name: str, number: int) -> list[Node]:
    """Return runs between the two ends of a bookmark; numbers are unique in a document."""
    start = node("bookmarkStart", id=number, name=name)
    return [start, *inner, node("bookmarkEnd", id=number)]


def linked(inner: Sequence[Node], *, to: str) -> Node:
    """Return runs as a link to a bookmark of the same document."""
    return node("hyperlink", *inner, anchor=to, history=1)


def paragraph(style: str, *inner: Node) -> Node:
    """Return a paragraph in a style, named by its identifier."""
    return node("p", node("pPr", node("pStyle", val=style)), *inner)
