"""Cyber crime beyond what is reported: estimates, what was online, and who reached support."""

from typing import Final

from dashboard.metrics.about_people import About, count_of, share_of
from dashboard.metrics.metric import Metric
from dashboard.metrics.needs import ESTIMATED_VICTIMS

_PAGE: Final = "Cyber crime"


def _estimated(crime_group: str, key: str, words: str) -> Metric:
    return Metric(
        key=key,
        id="CY03",
        label=f"Estimated {words} incidents",
        noun=f"{words} incidents in a year, whether or not they are reported",
        definition=(
            f"The {words} incidents that a survey finds in England and Wales in a year, shared out "
            "by residents."
        ),
        kind="estimate",
        unit="incidents (estimated)",
        breakdowns=("partnership_code", "area_code"),
        better="context",
        source="assumption",
        objective="A",
        caveat=(
            "A national figure shared out by residents: it knows nothing of local ages or incomes. "
            "The survey asks households only; children, organisations and people in institutions "
            "are not in it."
        ),
        page=_PAGE,
        decimals=-2,
        way="estimate",
        of=(("crime_group", crime_group),),
        assumes=ESTIMATED_VICTIMS.assumes,
    )


ESTIMATED_FRAUD: Final = _estimated("FRAUD", "estimated_fraud", "fraud")
ESTIMATED_MISUSE: Final = _estimated("CYBER_DEP", "estimated_computer_misuse", "computer misuse")


def _supported(crime_group: str, key: str, words: str) -> Metric:
    return count_of(
        "people_supported",
        About(
            id="CY05",
            label=f"Victims of {words} supported",
            noun="people",
            definition=f"Different people whose support started in the period, after {words}.",
            caveat=(
                "People in a period count once, so that periods do not add up. Fraud and computer "
                "misuse are two groups and are not added up."
            ),
            objective="C",
            page=_PAGE,
        ),
        key=key,
        of=(("crime_group", crime_group),),
    )


FRAUD_VICTIMS_SUPPORTED: Final = _supported("FRAUD", "fraud_victims_supported", "fraud")
MISUSE_VICTIMS_SUPPORTED: Final = _supported(
    "CYBER_DEP", "computer_misuse_victims_supported", "computer misuse"
)

ONLINE: Final = share_of(
    "online_completed",
    "online_yes",
    About(
        id="CY06",
        label="Crimes with an online part",
        noun="referrals that say",
        definition="Referrals with an online part, as a share of those that say if it had one.",
        caveat="See first how many say so; what is enabled by technology is wider than fraud.",
        better="context",
        objective="C",
        page=_PAGE,
    ),
)

ONLINE_SAID: Final = share_of(
    "referrals",
    "online_completed",
    About(
        id="CY06",
        label="Referrals that say if it was online",
        noun="referrals",
        definition="Referrals that say whether the crime had an online part, out of all.",
        caveat="A gap in recording, not in crime.",
        objective="C",
        page=_PAGE,
    ),
)

CYBER_METRICS: Final = (
    ESTIMATED_FRAUD,
    ESTIMATED_MISUSE,
    FRAUD_VICTIMS_SUPPORTED,
    MISUSE_VICTIMS_SUPPORTED,
    ONLINE,
    ONLINE_SAID,
)
