"""The paper in the making: its title and opening words, and its figures one by one."""

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from dashboard.access import may_open, page_entry
from dashboard.papers.draft import LONGEST_TEXT, LONGEST_TITLE, Item
from dashboard.settings import load_settings
from dashboard.ui import as_at, markup, paper
from dashboard.ui.as_at import AS_AT
from dashboard.ui.identity import current_reader
from dashboard.ui.paper import Held
from dashboard.ui.shell import page_of
from dashboard.workspace import baskets

TITLE: Final = "paper_title"
INTRODUCTION: Final = "paper_introduction"

_HOW: Final = (
    "Open a page, choose area and period, and press “Add to Board paper” below a figure or a row "
    "of numbers. It is kept here as you saw it, for you alone, also after you sign out."
)
_BEGIN: Final = ("overview", "crime", "strategy")


def show(held: Held) -> None:
    """Show title and opening words, then each figure with its words and its place."""
    if held.is_empty:
        paper.tell(1)
        _show_how_to_begin()
        return
    _show_words(held)
    for place, item in enumerate(held.draft.items, start=1):
        paper.tell(place)
        _show_item(held, item, place)
    paper.tell(len(held.draft.items) + 1)


def _show_how_to_begin() -> None:
    markup.quiet(_HOW)
    role = current_reader(load_settings()).role
    with st.container(horizontal=True, key="paper_begin"):
        for key in _BEGIN:
            if may_open(role, key):
                st.page_link(page_of(key), width="content", query_params=as_at.carried())


def _show_words(held: Held) -> None:
    draft, owner = held.draft, held.owner
    _field(
        st.text_input,
        "Title of the paper",
        TITLE,
        draft.title,
        most=LONGEST_TITLE,
        keep=lambda text: baskets.write_words(held.data_dir, owner=owner, title=text),
    )
    _field(
        st.text_area,
        "Opening words. An empty line begins a new paragraph",
        INTRODUCTION,
        draft.introduction,
        most=LONGEST_TEXT,
        keep=lambda text: baskets.write_words(held.data_dir, owner=owner, introduction=text),
    )


def _show_item(held: Held, item: Item, place: int) -> None:
    code = item.item_id
    write = partial(baskets.write_on, held.data_dir, code, owner=held.owner)
    with st.container(border=True, key=f"paper_figure_{code}"):
        markup.figure_head(f"{place}. {item.chart.headline}", item.chart.subtitle)
        _show_version(held, item)
        _field(
            st.text_input,
            f"Heading of figure {place}; empty: its finding, as above",
            f"heading_{code}",
            item.heading,
            most=LONGEST_TITLE,
            keep=lambda text: write(heading=text),
            at=place,
        )
        _field(
            st.text_area,
            f"Commentary on figure {place}",
            f"commentary_{code}",
            item.commentary,
            most=LONGEST_TEXT,
            keep=lambda text: write(commentary=text),
            at=place,
        )
        _show_steps(held, item, place)


def _show_steps(held: Held, item: Item, place: int) -> None:
    code = item.item_id
    with st.container(horizontal=True, key=f"paper_steps_{code}"):
        # Neither is off at the ends: a button that goes off loses the place of the keyboard.
        for words, icon, by in (
            (f"Move {place} up", ":material/arrow_upward:", -1),
            (f"Move {place} down", ":material/arrow_downward:", 1),
        ):
            st.button(
                words,
                icon=icon,
                key=f"move_{by}_{code}",
                on_click=paper.step,
                args=(_move, held, item, by),
                kwargs={"at": max(1, min(place + by, len(held.draft.items)))},
            )
        st.button(
            f"Take {place} out",
            icon=":material/delete:",
            key=f"out_{code}",
            on_click=paper.step,
            args=(_take_out, held, item, place),
            kwargs={"at": place},
        )


def _show_version(held: Held, item: Item) -> None:
    """Say where the figure stands and which version it shows; offer it on the newest."""
    version = item.chart.version
    is_newest = version == held.newest
    page = item.origin.page
    can_open = may_open(current_reader(load_settings()).role, page)
    where = f"From {page_entry(page).title}, version" if can_open else "Version"
    place = f"from_{item.item_id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=place):
        age = "the newest" if is_newest else f"a newer one is {held.newest}"
        markup.quiet(f"{where} {version}, {age}.", width="content")
        if can_open:
            st.page_link(
                page_of(page),
                label="open it there" if is_newest else "open it on the newest",
                icon="",
                query_params=_address(item),
            )


def _address(item: Item) -> dict[str, tuple[str, ...]]:
    """Return the address of a figure without its version: so it opens on the newest."""
    return {name: values for name, values in item.origin.address.items() if name != AS_AT}


def _move(held: Held, item: Item, by: int) -> str:
    place = baskets.move(held.data_dir, item.item_id, by, owner=held.owner)
    if not place:
        return "This figure is not in the paper any more."
    return f"“{item.name}” is now number {place} of {len(held.draft.items)}."


def _take_out(held: Held, item: Item, place: int) -> str:
    baskets.remove(held.data_dir, item.item_id, owner=held.owner)
    paper.offer_undo("Put it back", lambda: _put_back(held, item, place))
    return f"“{item.name}” is taken out."


def _put_back(held: Held, item: Item, place: int) -> str:
    baskets.put_back(held.data_dir, item, place, owner=held.owner)
    return f"“{item.name}” is back as number {place}."


def _field(
    widget: Callable[..., str],
    label: str,
    key: str,
    value: str,
    *,
    most: int,
    keep: Callable[[str], None],
    at: int = paper.AT_THE_TOP,
) -> None:
    """Show a field whose text is kept as soon as the reader leaves it."""
    st.session_state.setdefault(key, value)
    widget(
        label,
        key=key,
        max_chars=most,
        on_change=paper.step,
        args=(lambda: _keep(keep, key),),
        kwargs={"at": at},
    )


def _keep(keep: Callable[[str], None], key: str) -> str:
    keep(str(st.session_state[key]))
    return "Your words are kept."
