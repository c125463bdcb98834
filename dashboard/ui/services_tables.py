"""Tables of the directory: every entry in full, contracts that end, entries to confirm."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from dashboard.charts.chart import Cell, Chart
from dashboard.charts.contract_ends import LATER_MONTHS
from dashboard.directory import words
from dashboard.directory.service import SOURCES, Directory, Service
from dashboard.ui.listing import Column, listing
from dashboard.ui.markup import Entry
from dashboard.warehouse import Warehouse
from schemas.supplied.directory_service import VERIFIED_WITHIN_MONTHS

SOURCE: Final = "directory of services, kept by the office"
CAVEAT: Final = "Each entry is as its provider last confirmed it."
IN_SHORT: Final = (
    *("Service", "Provider", "For whom", "Works in"),
    *("Paid for by", "Contract", "Value", "Last confirmed"),
)
"""Columns of the table on the screen; downloads hold every column."""

_COUNT: Final = "{:,.0f}"


def terms(service: Service, directory: Directory) -> tuple[tuple[str, str], ...]:
    """Return all that an entry says, as pairs of a term and words."""
    return (
        ("Support", words.support(service)),
        ("For whom", words.groups(service)),
        ("Open to", words.eligibility(service)),
        ("Works in", words.places(service, directory)),
        ("Sees people at", words.seen_at(service)),
        ("Referrals from", words.routes(service)),
        ("Self-referral", words.yes_or_no(service, "self_referral")),
        ("Crime not reported", words.yes_or_no(service, "accepts_unreported")),
        ("Opening", words.opening(service)),
        ("Languages", words.languages(service)),
        ("Step-free", words.access(service)),
        ("Paid for by", words.funding(service)),
        ("Contract", words.contract(service)),
        ("Value", words.value(service)),
        ("Capacity", words.capacity(service)),
        ("On trial", words.yes_or_no(service, "pilot")),
        ("In public directory", words.yes_or_no(service, "in_directory")),
        ("Last confirmed", words.checked(service)),
    )


def entry(service: Service, directory: Directory) -> Entry:
    """Return an entry for the screen, with a flag for what needs attention."""
    flags = (
        "contract ended" if service.has_ended else "",
        "not confirmed for six months" if service.is_check_overdue else "",
    )
    end = service.contract_end
    until = f" · {'ended' if service.has_ended else 'until'} {words.day(end)}" if end else ""
    route = f" · {words.route(service).lower()}"
    return Entry(
        name=service.name,
        line=f"{service.provider} · {words.places(service, directory)}{route}{until}",
        flags=tuple(flag for flag in flags if flag),
        terms=terms(service, directory),
    )


def entries(services: Sequence[Service], directory: Directory, warehouse: Warehouse) -> Chart:
    """Return one row per service with all that its entry says."""
    said = [dict(terms(service, directory)) for service in services]
    headings = [name for name, _ in terms(services[0], directory)]
    return listing(
        "services",
        f"{len(services):,} of {len(directory.services):,} services"
        if len(services) < len(directory.services)
        else f"All {len(services):,} services",
        "Every service for victims in the directory, also those that the commissioner does not "
        "pay for",
        columns=tuple(map(Column, ("Service", "Provider", *headings))),
        rows=[
            (service.name, service.provider, *(row[name] for name in headings))
            for service, row in zip(services, said, strict=True)
        ],
        warehouse=warehouse,
        sources=SOURCES,
        source=SOURCE,
        caveat=CAVEAT,
    )


def contracts(services: Sequence[Service], warehouse: Warehouse) -> Chart:
    """Return one row per contract that has ended or ends within twelve months, soonest first."""
    shown = [each for each in services if each.has_ended or each.ends_within(LATER_MONTHS)]
    shown.sort(key=lambda each: (each.contract_end or date.max, each.name))
    return listing(
        "contracts",
        "Contracts that have ended or end within twelve months, soonest first",
        "By the directory; a value that is not given is not zero",
        columns=(
            *map(Column, ("Service", "Provider", "Paid for by", "Ends")),
            Column("Days left", _COUNT),
            Column("Can be extended by, months", _COUNT),
            Column("Pounds a year", _COUNT),
        ),
        rows=[_contract_row(each) for each in shown],
        warehouse=warehouse,
        sources=SOURCES,
        source=SOURCE,
        caveat=CAVEAT,
    )


def unconfirmed(services: Sequence[Service], warehouse: Warehouse) -> Chart:
    """Return one row per entry that nobody confirmed within six months, the oldest first."""
    overdue = [each for each in services if each.is_check_overdue]
    overdue.sort(key=lambda each: (each.record["last_verified"] or date.min, each.name))
    return listing(
        "unconfirmed",
        f"{len(overdue):,} of {len(services):,} entries were not confirmed within six months",
        f"An entry is to be confirmed by its provider every {VERIFIED_WITHIN_MONTHS} months",
        columns=tuple(map(Column, ("Service", "Provider", "Last confirmed"))),
        rows=[(each.name, each.provider, words.last_checked(each)) for each in overdue],
        warehouse=warehouse,
        sources=SOURCES,
        source=SOURCE,
        caveat=CAVEAT,
    )


def _contract_row(service: Service) -> tuple[Cell, ...]:
    end = service.contract_end
    is_over = end is None or service.has_ended
    return (
        service.name,
        service.provider,
        words.payer(service),
        words.day(end) if end else words.NOT_GIVEN,
        "ended" if is_over or end is None else (end - service.as_of).days,
        service.record["extension_option_months"],
        service.record["annual_value_gbp"],
    )
