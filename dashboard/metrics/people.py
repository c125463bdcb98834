"""Metrics of the people supported: how many, who they are, and who comes again."""

from typing import Final

from dashboard.metrics.about_people import About, count_of, parts_of, share_of

_PROVIDERS: Final = "Provider performance"
_NEEDS: Final = "Needs assessment"

_ONCE: Final = "People in a period count once, so that periods do not add up."

PEOPLE_SUPPORTED: Final = count_of(
    "people_supported",
    About(
        id="SV01",
        label="People newly supported",
        noun="people",
        definition="Different people whose support started in the period, from referrals.",
        caveat=f"{_ONCE} Returns of providers rarely agree: both are shown.",
        objective="D",
        page=_PROVIDERS,
    ),
)
RETURNED_NEW: Final = count_of(
    "returned_new_people",
    About(
        id="SV01",
        label="People newly supported, as returned",
        noun="people",
        definition="People newly supported, as providers give them in their returns.",
        caveat="Providers count by their own lights; a person with two of them counts twice.",
        objective="D",
        page=_PROVIDERS,
    ),
)
RETURNED_ACTIVE: Final = count_of(
    "returned_active_end",
    About(
        id="SV02",
        label="People in support, as returned",
        noun="people",
        definition="People in support at the end of the quarter, as providers return them.",
        caveat="A picture of one day: quarters are not added up.",
        better="context",
        objective="E",
        page=_PROVIDERS,
    ),
)
REPEAT_VICTIMS: Final = share_of(
    "people_supported",
    "repeat_people_supported",
    About(
        id="NA08",
        label="Repeat victims among people supported",
        noun="people supported",
        definition=(
            "People whose support started and who were referred for another crime in the "
            "twelve months before, as a share of the people newly supported."
        ),
        caveat="Needs a stable key of each person; those who used another provider are missed.",
        better="lower",
        objective="C",
        page=_NEEDS,
    ),
)

_WHO: Final = (
    parts_of(
        "referrals",
        About(
            id="NA09",
            label="Referrals by priority group",
            noun="referrals",
            definition="Referrals with each priority group flagged, as a share of all referrals.",
            caveat="A referral can have several flags, and how well they are filled in moves it.",
            better="context",
            objective="C",
            page=_NEEDS,
        ),
        key="priority_groups",
        splits=("priority_flag",),
    ),
    parts_of(
        "people_supported",
        About(
            id="NA10",
            label="Who is supported",
            noun="people supported",
            definition=(
                "People in each group, by age, sex, ethnic group or disability, as a share of "
                "the people newly supported."
            ),
            caveat="Not said, not known and not asked are groups of their own. No proof of need.",
            better="context",
            objective="A",
            page=_NEEDS,
        ),
        key="who_is_supported",
        splits=("age_band", "sex", "ethnic_group", "disability"),
    ),
    parts_of(
        "people_supported",
        About(
            id="RU05",
            label="Support in rural and urban areas",
            noun="people supported",
            definition="People who live in rural or urban areas, as a share of those supported.",
            caveat="By the home, which is not where the crime was.",
            better="context",
            objective="A",
            page="Rural crime",
        ),
        key="rural_support",
        splits=("rural_urban",),
    ),
)

PEOPLE_METRICS: Final = (
    *(PEOPLE_SUPPORTED, RETURNED_NEW, RETURNED_ACTIVE, REPEAT_VICTIMS),
    *_WHO,
)
