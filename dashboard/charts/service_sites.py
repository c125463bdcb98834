"""Where services see people: places with the number of services; confidential ones have none."""

from collections.abc import Sequence

from dashboard.charts import words
from dashboard.charts.chart import Cell, Chart, Series, Shape, Table
from dashboard.charts.maps import OUTSIDE_PLACES
from dashboard.charts.words import Facts
from dashboard.directory.places import NEAR_KM, Place, places
from dashboard.directory.service import Directory, Service, Site
from dashboard.directory.words import places as areas_served
from dashboard.metrics.areas import Outlines
from schemas.supplied.directory import SITE_TYPE


def service_sites(
    services: Sequence[Service], directory: Directory, outlines: Outlines, facts: Facts
) -> Chart:
    """Return the places where services see people, over the outlines of the districts."""
    held = [(service, site) for service in services for site in service.sites]
    found = places(services)
    return Chart(
        key=words.slug("where services see people"),
        form="site_map",
        headline=_headline(services, held),
        subtitle=f"Number of services that see people in a place; sites within {NEAR_KM:.0f} km "
        "of each other are one place",
        alt=_alt(found),
        table=_table(held, directory),
        series=(_series(found),) if found else (),
        shapes=_shapes(directory, outlines) if found else (),
        notes=(*_notes(services, directory), *((outlines.credit,) if found else ())),
        **facts,
    )


def _headline(services: Sequence[Service], held: Sequence[tuple[Service, Site]]) -> str:
    if not held:
        return "None of these services has a site"
    seen = len({service.record["service_id"] for service, _ in held})
    which = "All" if seen == len(services) else f"{seen:,} of"
    sites = f"{len(held):,} site{'s' if len(held) != 1 else ''}"
    return f"{which} {len(services):,} services see people, at {sites}"


def _alt(found: Sequence[Place]) -> str:
    if not found:
        return "No map: there is no site that may be shown."
    counts = ", ".join(str(len(place.services)) for place in found)
    return f"Map of {len(found)} places over the districts. Services in each: {counts}."


def _series(found: Sequence[Place]) -> Series:
    return Series(
        name="Services that see people there",
        x=tuple(place.longitude for place in found),
        y=tuple(place.latitude for place in found),
        labels=tuple(_label(place) for place in found),
    )


def _label(place: Place) -> str:
    """Return the services by name and, last, their number, which is drawn on the mark."""
    names = ", ".join(service.name for service in place.services)
    return f"{names}: {len(place.services)}"


def _shapes(directory: Directory, outlines: Outlines) -> tuple[Shape, ...]:
    return tuple(
        Shape(code, name, outlines[code], None, "", label_at=OUTSIDE_PLACES.get(code))
        for code, name in directory.districts.items()
        if code in outlines
    )


def _table(held: Sequence[tuple[Service, Site]], directory: Directory) -> Table:
    columns = (
        *("Service", "Provider", "Kind of place", "Works in"),
        *("Latitude", "Longitude", "Days a week"),
    )
    rows = tuple(_row(service, site, directory) for service, site in held)
    return Table(columns, rows, ("", "", "", "", "{:.4f}", "{:.4f}", "{:,.1f}"))


def _row(service: Service, site: Site, directory: Directory) -> tuple[Cell, ...]:
    return (
        service.name,
        service.provider,
        SITE_TYPE[site.site_type],
        areas_served(service, directory),
        site.latitude,
        site.longitude,
        site.days_per_week,
    )


def _notes(services: Sequence[Service], directory: Directory) -> tuple[str, ...]:
    hidden = [
        f"{each.name} ({areas_served(each, directory)})"
        for each in services
        if any(site.is_confidential for site in each.sites)
    ]
    remote = [each.name for each in services if not each.sites]
    notes = (
        f"Confidential places have no point, only the area they serve: {', '.join(hidden)}."
        if hidden
        else "",
        f"By telephone or online only: {', '.join(remote)}." if remote else "",
    )
    return tuple(note for note in notes if note)
