"""What each metric means, how it is made, and how to read it: straight from the catalogue."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard.metrics.metric import Metric
from dashboard.ui import markup

_BETTER: Final = {
    "lower": "Lower is better.",
    "higher": "Higher is better.",
    "context": "Neither higher nor lower is better by itself.",
}
_SOURCES: Final = {"police_uk": "Street-level crime files, data.police.uk"}
_BREAKDOWNS: Final = {
    "month": "month",
    "force_code": "force",
    "partnership_code": "community safety partnership",
    "area_code": "district",
    "small_area_code": "small area",
    "hexagon": "hexagon",
    "hexagon_wide": "wide hexagon",
    "crime_type": "crime type",
    "outcome": "outcome",
    "outcome_group": "outcome group",
    "rural_urban": "rural and urban",
}


def show(metrics: Sequence[Metric]) -> None:
    """Show one box per metric, in the order of the catalogue."""
    for metric in metrics:
        with st.container(border=True, key=f"definition_{metric.key}"):
            markup.heading(metric.label)
            markup.terms(_terms(metric))


def _terms(metric: Metric) -> list[tuple[str, str]]:
    return [
        ("What it is", metric.definition),
        ("How it is made", _formula(metric)),
        ("Unit", metric.unit),
        ("Read with care", metric.caveat),
        ("Which way is better", _BETTER[metric.better]),
        ("Target", "None is set." if metric.target is None else f"{metric.target:g} {metric.unit}"),
        ("Can be broken down by", ", ".join(_BREAKDOWNS[each] for each in metric.breakdowns)),
        ("Source", _SOURCES.get(metric.source, metric.source)),
        ("Key", f"{metric.key} ({metric.id}), objective {metric.objective}"),
    ]


def _formula(metric: Metric) -> str:
    if metric.kind == "count":
        return f"The number of {metric.noun}."
    if metric.kind == "rate":
        return (
            f"{metric.per:,.0f} × {metric.noun} ÷ person-years, which are residents × months ÷ 12. "
            "95% limits: exact Poisson below 10, Byar’s from 10."
        )
    return f"{metric.per:,.0f} × {metric.noun} ÷ the rows it is a share of. 95% limits: Wilson."
