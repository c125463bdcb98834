"""Figures and whole drafts as text and back, as the workspace keeps them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.papers.codec import NotAChart, from_text, to_text
from dashboard.papers.draft import Draft, Item, Origin


def item_to_text(item: Item) -> str:
    """Return a figure and where it came from as JSON; the author's words are kept beside it."""
    return json.dumps(_item(item), ensure_ascii=False)


def item_from_text(text: str) -> Item:
    """Return the figure of a text. Raises NotAChart."""
    try:
        return _as_item(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotAChart("What was kept of a figure cannot be read.") from error


def draft_to_text(draft: Draft) -> str:
    """Return a draft as JSON: its words, and its figures with theirs."""
    items = [
        {**_item(each), "heading": each.heading, "commentary": each.commentary}
        for each in draft.items
    ]
    told = {"title": draft.title, "introduction": draft.introduction, "items": items}
    return json.dumps(told, ensure_ascii=False)


def draft_from_text(text: str) -> Draft:
    """Return the draft of a text. Raises NotAChart."""
    try:
        told = json.loads(text)
        items = tuple(
            replace(_as_item(each), heading=each["heading"], commentary=each["commentary"])
            for each in told["items"]
        )
        return Draft(title=told["title"], introduction=told["introduction"], items=items)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotAChart("What was kept of a paper cannot be read.") from error


def _item(item: Item) -> dict[str, Any]:
    origin = item.origin
    return {
        "page": origin.page,
        "figure": origin.figure,
        "address": {name: list(values) for name, values in origin.address.items()},
        "state": dict(origin.state),
        "chart": to_text(item.chart),
    }


def _as_item(told: Mapping[str, Any]) -> Item:
    origin = Origin(
        page=told["page"],
        figure=told["figure"],
        address={name: tuple(values) for name, values in told["address"].items()},
        state=told["state"],
    )
    return Item(origin=origin, chart=from_text(told["chart"]))
