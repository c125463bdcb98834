"""Code lists: crime types, outcomes, area types and the special area codes."""

from typing import Final

ANTISOCIAL_BEHAVIOUR: Final = "Anti-social behaviour"

CRIME_TYPES: Final = (
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
    "Other crime",
)
"""The police.uk crime types that are recorded crime, in the order police.uk lists them."""

ROW_TYPES: Final = (ANTISOCIAL_BEHAVIOUR, *CRIME_TYPES)
"""Every value of police.uk's `Crime type` column. Antisocial behaviour is a row, not a crime."""

OUTCOME_GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "Charged or sent to court": (
        "Awaiting court outcome",
        "Court case unable to proceed",
        "Court result unavailable",
        "Defendant found not guilty",
        "Defendant sent to Crown Court",
        "Offender deprived of property",
        "Offender fined",
        "Offender given absolute discharge",
        "Offender given community sentence",
        "Offender given conditional discharge",
        "Offender given suspended prison sentence",
        "Offender ordered to pay compensation",
        "Offender otherwise dealt with",
        "Offender sent to prison",
        "Suspect charged",
        "Suspect charged as part of another case",
    ),
    "Dealt with out of court": (
        "Action to be taken by another organisation",
        "Local resolution",
        "Offender given a caution",
        "Offender given a drugs possession warning",
        "Offender given penalty notice",
    ),
    "Not in the public interest": (
        "Formal action is not in the public interest",
        "Further action is not in the public interest",
        "Further investigation is not in the public interest",
    ),
    "Unable to prosecute suspect": ("Unable to prosecute suspect",),
    "No suspect identified": ("Investigation complete; no suspect identified",),
    "No outcome yet": ("Status update unavailable", "Under investigation"),
}
"""Groups of police.uk's `Last outcome category`, in the order they are shown."""

OUTCOMES: Final = tuple(outcome for group in OUTCOME_GROUPS.values() for outcome in group)

AREA_TYPES: Final = ("force", "partnership", "district", "small_area")

NO_LOCATION: Final = "NONE"
"""Area code of a row whose place was not recorded."""

OUTSIDE_FORCE: Final = "OUTSIDE"
"""Area code of a row recorded by the force but placed in another force's area."""

FORCE_ONLY: Final = "FORCE_ONLY"
"""Area code of a located row of a comparison force, which is counted at force level only."""

SPECIAL_AREA_NAMES: Final[dict[str, str]] = {
    NO_LOCATION: "No location recorded",
    OUTSIDE_FORCE: "Outside the force area",
    FORCE_ONLY: "Force area, not split",
}

HIDDEN: Final = "[c]"
"""Marker: hidden to protect people."""

NEARLY_ALL: Final = ">="
"""Marker: a part hidden because it is nearly all of its whole; a share is at least the value."""

VERY_FEW: Final = "<="
"""Marker: a part hidden because it is small; a share is at most the value."""

NOT_AVAILABLE: Final = "[x]"
"""Marker: not available, because a month or a source is missing."""

NOT_APPLICABLE: Final = "[z]"
"""Marker: the measure has no meaning here, such as a rate for a place with no residents."""

SAMPLE_MARK: Final = "Invented sample row"
"""What the sample writes in police.uk's `Context` column, which is always empty in real files."""

SAMPLE_NOTICE: Final = "Sample data: invented figures for demonstration"
"""The words on every page and export that shows invented figures."""

ABOUT_CRIME: Final = "crime"
ABOUT_SERVICES: Final = "victim services"
ABOUT_FRAUD: Final = "fraud reports"
ABOUT_STANDARDS: Final = "targets and assumptions"

BOUNDARIES: Final = "boundaries"
"""What a checked file of boundaries says in place of the name of a supplied table."""

SUBJECTS: Final = (ABOUT_CRIME, ABOUT_SERVICES, ABOUT_FRAUD, ABOUT_STANDARDS)
"""What sources are about. Whether figures are invented is said for each of these on its own."""
