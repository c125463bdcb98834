"""The only module that writes HTML. Everything that is not its own is escaped, tables beside it."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final, Literal

import streamlit as st

from dashboard.charts.chart import Chart, Table
from dashboard.ui import markup_tables
from dashboard.ui.sparkline import sparkline

_STYLE: Final = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
_BRITISH: Final = "<script>document.documentElement.lang = 'en-GB'</script>"

Tint = Literal["banner", "problem", "notice"]


@dataclass(frozen=True, kw_only=True)
class Card:
    """One figure with its words. `number` is already formatted; `kind` tints the verdict.

    `objective` says which objective of the strategy it shows; `target` what the figure is held to
    and what to expect of that. `shape` is a sign that agrees with the verdict's words; `spark`
    holds monthly values, oldest first, None for a month that is not supplied.
    """

    name: str
    number: str
    unit: str = ""
    spark: tuple[float | None, ...] = ()
    objective: str = ""
    change: str = ""
    target: str = ""
    kind: str = ""
    shape: str = ""
    verdict: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a directory: its name, one line, what to look out for, and all the rest."""

    name: str
    line: str
    flags: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]


def style() -> None:
    """Send the style sheet, and say that the page is in British English."""
    st.html(f"<style>{_STYLE}</style>")
    st.html(_BRITISH, unsafe_allow_javascript=True)


def title(question: str) -> None:
    """Write the page's one first-level heading."""
    _write(f"<h1>{escape(question)}</h1>")


def section(question: str) -> None:
    """Write a second-level heading."""
    _write(f"<h2>{escape(question)}</h2>")


def answer(sentence: str) -> None:
    """Write the sentence that answers the page's question."""
    _write(f'<p class="wm-answer">{escape(sentence)}</p>')


def quiet(text: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Write a small line, such as a source or a caveat."""
    _write(f'<p class="wm-quiet">{escape(text)}</p>', width=width)


def text(words: str) -> None:
    """Write a paragraph of somebody's own words."""
    _write(f'<p class="wm-text">{escape(words)}</p>')


def small_print(lines: Sequence[str]) -> None:
    """Write small lines one below the other, such as notes and the source of a figure."""
    words = "".join(f'<p class="wm-quiet">{escape(line)}</p>' for line in lines)
    _write(f'<div class="wm-small-print">{words}</div>')


def status(text: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Write a line that screen readers announce when it changes."""
    _write(f'<p class="wm-quiet" role="status">{escape(text)}</p>', width=width)


def box(tint: Tint, lead: str, text: str = "") -> None:
    """Write a coloured box with a lead in bold; a problem or a notice is announced."""
    role = "" if tint == "banner" else ' role="status"'
    words = f"<strong>{escape(lead)}</strong> {escape(text)}".strip()
    _write(f'<p class="wm-{tint}"{role}>{words}</p>')


def brand(name: str, office: str) -> None:
    """Write the product's name and whose it is."""
    _write(f'<p class="wm-brand"><strong>{escape(name)}</strong><span>{escape(office)}</span></p>')


def menu_section(name: str) -> None:
    """Write the name of a section of the menu."""
    _write(f'<p class="wm-menu">{escape(name)}</p>')


def footer(lines: Sequence[str]) -> None:
    """Write the lines that close every page."""
    words = "".join(f'<p class="wm-quiet">{escape(line)}</p>' for line in lines)
    _write(f'<div class="wm-footer">{words}</div>')


def cards(them: Sequence[Card]) -> None:
    """Write a row of cards whose numbers and words share their baselines."""
    _write(f'<ul class="wm-cards">{"".join(_card(card) for card in them)}</ul>')


def verdict(kind: str, shape: str, words: str) -> None:
    """Write a verdict: a sign and words on a tint."""
    _write(_verdict(kind, shape, words))


def heading(text: str) -> None:
    """Write a third-level heading."""
    _write(f"<h3>{escape(text)}</h3>")


def figure_head(headline: str, subtitle: str) -> None:
    """Write a figure's finding and, below it, measure, place and period."""
    _write(f'<h3>{escape(headline)}</h3><p class="wm-quiet">{escape(subtitle)}</p>')


def table(content: Table, name: str, *, folds: bool = False) -> None:
    """Write a table that scrolls inside its own box; `name` is read out for the box.

    On a phone a table that `folds` shows each row as a list of its headings and cells, so that
    words need no sideways scroll.
    """
    _write(markup_tables.table(content, name, folds=folds))


def levels(chart: Chart) -> None:
    """Write a matrix of words, each cell tinted by the step of the scale that it is on."""
    _write(markup_tables.levels(chart))


def picture(drawing: bytes, words: str) -> None:
    """Show a drawing (PNG) within the page itself, with the words that say the same."""
    source = f"data:image/png;base64,{b64encode(drawing).decode()}"
    _write(f'<img class="wm-picture" src="{source}" alt="{escape(words)}">')


def legend(steps: Sequence[tuple[str, str]]) -> None:
    """Write the steps of a shaded scale: a patch of each colour and its words."""
    patches = (
        f'<li><span style="background:{escape(colour)}"></span>{escape(words)}</li>'
        for colour, words in steps
    )
    _write(f'<ul class="wm-legend">{"".join(patches)}</ul>')


def entries(them: Sequence[Entry]) -> None:
    """Write entries that open on a click or the Enter key to all that they say."""
    _write(f'<ul class="wm-list">{"".join(_entry(each) for each in them)}</ul>')


def terms(pairs: Sequence[tuple[str, str]]) -> None:
    """Write a list of terms with what each one means."""
    _write(_terms(pairs))


def _write(inner: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    st.html(f'<div class="wm">{inner}</div>', width=width)


def _terms(pairs: Sequence[tuple[str, str]]) -> str:
    parts = (f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in pairs)
    return f"<dl>{''.join(parts)}</dl>"


def _entry(entry: Entry) -> str:
    flags = "".join(f'<span class="wm-flag">{escape(flag)}</span>' for flag in entry.flags)
    return (
        f'<li><details class="wm-entry"><summary><strong>{escape(entry.name)}</strong>'
        f'<span class="wm-quiet">{escape(entry.line)}</span>{flags}</summary>'
        f"{_terms(entry.terms)}</details></li>"
    )


@lru_cache(maxsize=1000)
def _card(card: Card) -> str:
    unit = f" <small>{escape(card.unit)}</small>" if card.unit else ""
    size = "" if any(letter.isdigit() for letter in card.number) else " wm-words"
    mark = _verdict(card.kind, card.shape, card.verdict) if card.verdict else "<span></span>"
    return (
        f'<li class="wm-card"><p class="wm-name">{_objective(card)}{escape(card.name)}</p>'
        f'<p class="wm-number{size}">{escape(card.number)}{unit}</p>'
        f'<div class="wm-spark-cell">{_spark(card)}</div>'
        f'<div class="wm-change"><p>{escape(card.change)}</p>{_target(card)}</div>{mark}</li>'
    )


def _objective(card: Card) -> str:
    return f"<small>{escape(card.objective)}</small>" if card.objective else ""


def _target(card: Card) -> str:
    return f"<p>{escape(card.target)}</p>" if card.target else ""


def _spark(card: Card) -> str:
    if not card.spark:
        return ""
    return f'<img class="wm-spark" alt="" src="{sparkline(card.spark)}">'


def _verdict(kind: str, shape: str, words: str) -> str:
    tint = {"change": "change-verdict"}.get(kind, kind)
    sign = f'<b aria-hidden="true">{escape(shape)}</b>'
    return f'<span class="wm-verdict wm-{escape(tint)}">{sign}{escape(words)}</span>'
