"""The maps of the page on gaps: by district with what lies over them, and by hexagon."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.charts import gap_layers
from dashboard.charts.chart import Chart, Series
from dashboard.charts.gap_hexagons import gap_hexagons
from dashboard.charts.gap_map import gap_map
from dashboard.charts.geography import Point
from dashboard.charts.maps import LABEL_PLACES, OUTSIDE_PLACES
from dashboard.charts.provision_map import Beside, provision_map
from dashboard.directory.provision import LEVELS
from dashboard.directory.read import directory
from dashboard.errors import UnknownChoice
from dashboard.metrics.gap_map import ACCESS, MODELLED_NEED, NEED_PER_PLACE, UNMET_NEED
from dashboard.metrics.metric import Metric, Result
from dashboard.metrics.needs import ESTIMATED_NEED
from dashboard.metrics.provision import WITHOUT_SPECIALIST
from dashboard.ui import figure, markup
from dashboard.ui.cache import kept
from dashboard.ui.filters import VIEW
from dashboard.ui.gap_matrix import helps, services_behind
from dashboard.ui.gap_profile import DISTRICT, PROFILE
from dashboard.ui.gaps import Asked
from dashboard.ui.numbers import Numbers
from schemas.supplied.lists import PRIORITY_FLAG

_PROVISION: Final = "Provision"
_SHADES: Final[dict[str, Metric]] = {
    "Unmet need": UNMET_NEED,
    "Need": ESTIMATED_NEED,
    _PROVISION: WITHOUT_SPECIALIST,
    "Access": ACCESS,
    "Need for each place": NEED_PER_PLACE,
}
_WITHIN: Final[dict[str, Metric]] = {"Need": MODELLED_NEED, "Access": ACCESS}
_LAYERS: Final = {
    "outreach": "Places of outreach",
    "sites": "Offices and centres",
    "remote": "By telephone or online",
    "towns": "Names of towns",
}
_AT_FIRST: Final = ("sites", "remote")
_CONFIDENTIAL: Final = (
    "Confidential places have no point on any map: nobody here knows where they are. Not drawn: {}."
)


def by_district(numbers: Numbers, asked: Asked) -> None:
    """Show the districts by what the reader chooses, with the layers that are on."""
    if st.query_params.get("show", next(iter(_SHADES))) not in _SHADES:
        markup.box("notice", "Filter show not recognised; showing unmet need.")
    shade = st.selectbox("What the map shows", list(_SHADES), key="show", bind="query-params")
    layers = _layers("gap_map", tuple(_LAYERS), on=_AT_FIRST)
    shown = replace(asked, tried=numbers.among_others(asked.tried))
    markup.quiet(f"Click a district to see what stands behind it, or choose it under {PROFILE}.")
    kept_as = ("gap map", shade, asked.group, layers, shown.tried)
    _show(
        numbers,
        "gap_map",
        kept_as,
        shade,
        lambda: _districts(numbers, shown, shade, layers),
        on_pick=_open_profile,
    )


def by_hexagon(numbers: Numbers, asked: Asked) -> None:
    """Show need or access within the districts; unmet need is never shown below district."""
    markup.quiet(
        "Within districts there is a model of need, and of access to help, and nothing else: no "
        "count of people is shown below a district, and so no unmet need."
    )
    shade = st.selectbox("What the hexagons show", list(_WITHIN), key="hexagons")
    layers = _layers("gap_hexagons", ("outreach", "sites", "towns"), on=("sites", "towns"))
    kept_as = ("gap hexagons", shade, asked.group, layers, asked.tried)
    _show(numbers, "gap_hexagons", kept_as, shade, lambda: _hexagons(numbers, asked, shade, layers))


def _show(
    numbers: Numbers,
    key: str,
    kept_as: tuple[object, ...],
    title: str,
    make: Callable[[], Chart],
    *,
    on_pick: figure.OnPick | None = None,
) -> None:
    try:
        chart = kept(numbers.version, ("chart", *kept_as), make)
    except UnknownChoice as refusal:
        markup.box("notice", f"{title}: not shown.", str(refusal))
        return
    figure.show(chart, key=key, kept_as=kept_as, on_pick=on_pick)


def _open_profile(code: str) -> None:
    st.session_state[DISTRICT] = code
    st.session_state[VIEW] = PROFILE


def _layers(key: str, offered: tuple[str, ...], *, on: tuple[str, ...]) -> tuple[str, ...]:
    """Return the layers that the reader has switched on."""
    with st.container(key=f"{key}_layers", horizontal=True):
        return tuple(
            [
                name
                for name in offered
                if st.checkbox(_LAYERS[name], value=name in on, key=f"{key}_{name}")
            ]
        )


def _districts(numbers: Numbers, asked: Asked, shade: str, layers: tuple[str, ...]) -> Chart:
    beside = _beside(numbers, asked, layers)
    if shade == _PROVISION:
        found = helps(numbers)
        levels = {
            code: found[asked.group, code].level for code in directory(numbers.warehouse).districts
        }
        return provision_map(
            _named(numbers, numbers.result(WITHOUT_SPECIALIST, asked.tried)),
            levels,
            numbers.outlines(),
            beside,
            group=PRIORITY_FLAG[asked.group],
            as_of=numbers.warehouse.build.as_of_date,
        )
    result = numbers.result(asked.about(_SHADES[shade]), asked.tried, ("area_code",))
    return gap_map(result, numbers.outlines(), beside)


def _hexagons(numbers: Numbers, asked: Asked, shade: str, layers: tuple[str, ...]) -> Chart:
    result = numbers.result(asked.about(_WITHIN[shade]), asked.tried, ("hexagon_wide",))
    towns = numbers.warehouse.table("dim_town").sort("sort_order")
    return gap_hexagons(
        _named(numbers, result),
        numbers.outlines(),
        towns,
        _drawn(numbers, asked, layers, names=LABEL_PLACES),
    )


def _named(numbers: Numbers, result: Result) -> Result:
    """Return the result with the names of all districts, for maps that say where something is."""
    return replace(result, names={**directory(numbers.warehouse).districts, **result.names})


def _beside(numbers: Numbers, asked: Asked, layers: tuple[str, ...]) -> Beside:
    """Return what the table says beside each figure, whatever layers are on."""
    cells = {code: each for (flag, code), each in helps(numbers).items() if flag == asked.group}
    services = services_behind(numbers, asked)
    hidden = [each.name for each in services if any(site.is_confidential for site in each.sites)]
    notes = (_CONFIDENTIAL.format("; ".join(hidden)),) if hidden else ()
    return Beside(
        help={code: LEVELS[each.level] for code, each in cells.items()},
        seen=gap_layers.seen_in(services, numbers.outlines()),
        remote={code: [each.name for each in cell.remote] for code, cell in cells.items()},
        layers=_drawn(numbers, asked, layers, names=OUTSIDE_PLACES),
        notes=(*notes, *((gap_layers.TOWNS_CREDIT,) if "towns" in layers else ())),
    )


def _drawn(
    numbers: Numbers, asked: Asked, layers: tuple[str, ...], *, names: Mapping[str, Point]
) -> tuple[Series, ...]:
    """Return the layers that are on; `names` is where the names of districts stand, by code."""
    services = services_behind(numbers, asked)
    remote = {
        code: each.remote for (flag, code), each in helps(numbers).items() if flag == asked.group
    }
    makers: dict[str, Callable[[], tuple[Series, ...]]] = {
        "sites": lambda: gap_layers.fixed_sites(services),
        "outreach": lambda: gap_layers.outreach_sites(services),
        "remote": lambda: gap_layers.remote_services(remote, numbers.outlines()),
        "towns": lambda: gap_layers.town_names(
            numbers.warehouse.table("dim_town").sort("sort_order"),
            directory(numbers.warehouse).districts.values(),
            taken=names.values(),
        ),
    }
    return tuple(series for name in layers for series in makers[name]())
