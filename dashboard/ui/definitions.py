"""What each metric means, how it is made, and how to read it: straight from the catalogue."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from dashboard.charts import words
from dashboard.metrics.catalogue import SUBJECTS
from dashboard.metrics.menu import label_of, part_of
from dashboard.metrics.metric import Metric, Way
from dashboard.metrics.sources import SOURCES
from dashboard.ui import markup
from schemas.menu.values import SPLIT_CODES

_BETTER: Final = {
    "lower": "Lower is better.",
    "higher": "Higher is better.",
    "context": "Neither higher nor lower is better by itself.",
}
_BREAKDOWNS: Final = {
    "partnership_code": "community safety partnership",
    "hexagon_wide": "wide hexagon",
    "outcome_group": "outcome group",
    "rural_class": "rural and urban",
    "town_class": "rural and urban, near and far from a major town",
    "rural_urban": "rural and urban home",
}
_LOSSES: Final = {
    "amount": "The losses of all reports, added up.",
    "median": "The median that the snapshot gives for one month, type and kind of victim.",
}
_FEW: Final = "Hidden where few reports are behind it."
_PROTECTED: Final = "Counts of people are rounded, and hidden where they are small."


@st.fragment
def show(metrics: Sequence[Metric]) -> None:
    """Show the metrics by subject, each opening to all there is to say; a word narrows them."""
    word = st.text_input(
        "Find a figure",
        key="find_figure",
        placeholder="A word, or a number such as VC03",
    )
    found = grouped(metrics, word)
    if not found:
        markup.status("No figure has this word. Try another, or empty the field to see all.")
    for subject, group in found.items():
        markup.heading(subject)
        markup.entries([_entry(metric) for metric in group])


def grouped(metrics: Sequence[Metric], word: str) -> Mapping[str, list[Metric]]:
    """Return the metrics that a word is about, by subject; all of them when it is blank."""
    wanted = word.casefold().split()
    kept = {
        subject: [metric for metric in group if metric in metrics and _is_about(metric, wanted)]
        for subject, group in SUBJECTS.items()
    }
    return {subject: group for subject, group in kept.items() if group}


def _is_about(metric: Metric, wanted: Sequence[str]) -> bool:
    said = f"{metric.label} {metric.definition} {metric.id} {metric.key}".casefold()
    return all(word in said for word in wanted)


def _entry(metric: Metric) -> markup.Entry:
    return markup.Entry(
        name=metric.label, line=metric.definition, flags=(), terms=tuple(_terms(metric))
    )


def _terms(metric: Metric) -> list[tuple[str, str]]:
    target = f"{metric.target:g} {metric.unit} ({metric.target_basis})" if metric.target else ""
    return [
        ("How it is made", formula(metric)),
        ("Unit", metric.unit),
        ("Read with care", metric.caveat),
        ("Which way is better", _BETTER[metric.better]),
        ("Target", target or "None is set."),
        ("Can be broken down by", ", ".join(map(_breakdown, metric.breakdowns))),
        ("Source", SOURCES[metric.source].title),
        ("Key", f"{metric.key} ({metric.id}), objective {metric.objective}"),
    ]


def _breakdown(name: str) -> str:
    return _BREAKDOWNS.get(name) or words.dimension(name)


_RANGE: Final = "Low and high are the range of the assumptions, not 95% limits."
_NEED: Final[Mapping[Way, str]] = {
    "estimate": f"Residents of the age that a rate is about × each share assumed. {_RANGE}",
    "unreported": f"100 less the share reported. {_RANGE}",
    "reported": f"100 × recorded offences in a year ÷ estimated victims. {_RANGE}",
    "take_up": f"100 × people newly supported ÷ estimated need. {_PROTECTED} {_RANGE}",
    "estimate_share": f"100 × estimated victims of the group ÷ those of all crimes. {_RANGE}",
    "share_ratio": "Share of referrals ÷ share of estimated victims. "
    f"{_PROTECTED} Limits: Wilson’s of the referrals over the range of the estimate.",
    "representation": "Share of the people supported ÷ share of residents. "
    f"{_PROTECTED} 95% limits of the share of people: Wilson.",
    "weighted": f"Offences × the value of each crime type, added up. {_RANGE}",
    "modelled": f"Estimated need of the district × the place’s share of its residents. {_RANGE}",
    "access": "Sum over sites within an hour of: weight × what the site can do in a year ÷ the "
    f"weighted need of all whom it reaches; per 1,000. {_RANGE}",
    "need_per_place": "Estimated need ÷ people whom services can help in a year, shared among "
    f"their districts by need. {_RANGE}",
    "unmet": f"Estimated need less people newly supported. {_PROTECTED} {_RANGE}",
}
"""By way, of what rests on assumptions or on residents."""


_YEARS: Final = {
    "residents": "person-years, which are residents",
    "hectares": "hectares",
}
_OFFICE: Final[Mapping[Way, str]] = {
    "capacity": f"100 × people at the end of the quarter ÷ contracted caseload. {_PROTECTED}",
    "cost": f"Pounds spent in the financial year ÷ the rounded count. {_PROTECTED}",
    "returns": "100 × returns that came by their day and passed the rules ÷ returns due.",
    "contracts": "Contracts of commissioned services by their last day, counted or added up.",
    "spend": "Pounds spent, added up over funds and services.",
}
"""By way, of commissioned services and money."""


_STEPS: Final = "Each step: 100 × who came so far ÷ who came to the step before in its part."
_EXACT: Final = "95% limits: exact, given the sum of the two counts."
_RURAL: Final[Mapping[tuple[str, str], str]] = {
    ("rural_ratio", "ratio"): f"The rural figure ÷ the urban one. {_EXACT}",
    ("rural_support", "rate"): f"1,000 × people supported ÷ offences recorded. {_PROTECTED} 95% "
    "limits of the rounded count of people: Byar’s.",
    ("rural_support", "ratio"): f"The rural figure ÷ the urban one. {_PROTECTED} {_EXACT}",
    ("reach", "proportion"): "100 × residents so near ÷ all residents. All are counted: no limits.",
    ("beyond", "proportion"): "100 × residents so far away ÷ all residents. All are counted: no "
    "limits.",
    ("steps", "proportion"): f"{_STEPS} {_PROTECTED}",
    ("reach", "ratio"): "Kilometres of each resident, summed, ÷ residents. All are counted: no "
    "limits.",
}
"""By way and kind."""


def formula(metric: Metric) -> str:
    """Return how a metric is worked out, in words."""
    said = _RURAL.get((metric.way, metric.kind)) or _NEED.get(metric.way)
    return said or _OFFICE.get(metric.way) or _formula(metric)


def _formula(metric: Metric) -> str:
    if metric.kind == "wait":
        which = "median" if metric.statistic == "median" else "90th percentile"
        return (
            f"The {which} of: {words.lowered(label_of(metric.measure))}. Given where enough people "
            "stand behind it."
        )
    if metric.kind == "mean":
        return (
            f"The mean of: {words.lowered(label_of(metric.measure))}, for each tool apart. Given "
            "where enough pairs stand behind it. 95% limits: Student’s t."
        )
    if metric.kind in ("amount", "median"):
        return f"{_LOSSES[metric.kind]} {_FEW}"
    if metric.kind == "count":
        if not metric.measure:
            return f"The number of {metric.noun}."
        return (
            f"The number of: {words.lowered(label_of(metric.measure))}{_of(metric)}. {_PROTECTED}"
        )
    if metric.kind == "rate":
        return (
            f"{metric.per:,.0f} × {metric.noun} ÷ {_YEARS[metric.base]} × months ÷ 12. "
            "95% limits: exact Poisson below 10, Byar’s from 10."
        )
    if metric.measure:
        return f"{_share(metric)} {_PROTECTED} Whole numbers; 95% limits: Wilson."
    return f"{metric.per:,.0f} × {metric.noun} ÷ the rows it is a share of. 95% limits: Wilson."


def _share(metric: Metric) -> str:
    part, whole = (words.lowered(label_of(each)) for each in (metric.measure, metric.whole))
    if metric.is_within_rest:
        above = words.lowered(label_of(part_of(metric.measure)))
        return f"100 × ({whole} less {above}) ÷ ({whole} less {part})."
    if metric.is_rest_of_above:
        above = words.lowered(label_of(part_of(metric.measure)))
        return f"100 × ({above} less {part}) ÷ {whole}."
    if metric.is_rest:
        return f"100 × ({whole} less {part}{_of(metric)}) ÷ {whole}."
    if part == whole:
        return f"100 × each part of the {whole} ÷ all of them."
    return f"100 × {part} ÷ {whole}."


def _of(metric: Metric) -> str:
    return "".join(f", {words.dimension(s)}: {SPLIT_CODES[s][value]}" for s, value in metric.of)
