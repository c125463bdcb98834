"""Code lists of the supplied tables: code → meaning. A list is named after the field it is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from schemas.codes import ANTISOCIAL_BEHAVIOUR, SAMPLE_MARK

Codes = Mapping[str, str]


def _list(**codes: str) -> Codes:
    return MappingProxyType(codes)


def _joined(*lists: Codes) -> Codes:
    return MappingProxyType({code: text for each in lists for code, text in each.items()})


# Answers. "Prefer not to say", "not known" and "not asked" are three things, never merged.

YES_NO: Final = _list(Y="Yes", N="No")
NOT_KNOWN: Final = _list(NK="Not known")
PREFER_NOT_TO_SAY: Final = _list(PNTS="Preferred not to say")
NOT_ASKED: Final = _list(NA_ASKED="Not asked")
UNSAID: Final = _joined(PREFER_NOT_TO_SAY, NOT_KNOWN, NOT_ASKED)
YES_NO_NK: Final = _joined(YES_NO, NOT_KNOWN)
YES_NO_UNSAID: Final = _joined(YES_NO, UNSAID)

# Places

AREA_CODE: Final[Codes] = MappingProxyType(
    {
        "E06000019": "Herefordshire",
        "E06000020": "Telford and Wrekin",
        "E06000051": "Shropshire",
        "E07000234": "Bromsgrove",
        "E07000235": "Malvern Hills",
        "E07000236": "Redditch",
        "E07000237": "Worcester",
        "E07000238": "Wychavon",
        "E07000239": "Wyre Forest",
    }
)
"""The nine districts of the force area."""

LA_CODE: Final = _joined(AREA_CODE, _list(OUT="Lives outside the force area", NK="Not known"))
"""Where a person lives. OUT and NK stand beside the districts, so that they add up to the force."""

# Crimes and groups of people


@dataclass(frozen=True)
class CrimeGroup:
    """A kind of crime as services and forces code it.

    police_uk: the police.uk types in which such crimes are counted, none when police.uk does not
    show them as a type. priority: the priority group it belongs to by itself, blank for none.
    """

    code: str
    meaning: str
    police_uk: tuple[str, ...] = ()
    priority: str = ""


_VIOLENCE: Final = ("Violence and sexual offences",)
_OTHER_THEFT: Final = ("Bicycle theft", "Other theft", "Shoplifting", "Theft from the person")
_OTHER_CRIME: Final = ("Drugs", "Possession of weapons", "Public order", "Other crime")

CRIME_GROUPS: Final = (
    CrimeGroup("DA", "Domestic abuse", _VIOLENCE, "DA"),
    CrimeGroup("RASSO", "Rape and sexual offences, adult", _VIOLENCE, "SV"),
    CrimeGroup("CSA", "Child sexual abuse", _VIOLENCE, "SV"),
    CrimeGroup("CSE", "Child sexual exploitation", _VIOLENCE, "CSE"),
    CrimeGroup("STALK", "Stalking", _VIOLENCE, "STALK"),
    CrimeGroup("HARASS", "Harassment", _VIOLENCE, "STALK"),
    CrimeGroup("VIOL", "Violence other than domestic abuse", _VIOLENCE),
    CrimeGroup("ROB", "Robbery", ("Robbery",)),
    CrimeGroup("BURG_RES", "Burglary of a home", ("Burglary",)),
    CrimeGroup("BURG_OTH", "Other burglary", ("Burglary",)),
    CrimeGroup("VEH", "Vehicle crime", ("Vehicle crime",)),
    CrimeGroup("THEFT_OTH", "Other theft", _OTHER_THEFT),
    CrimeGroup("CRIMDAM", "Criminal damage and arson", ("Criminal damage and arson",)),
    CrimeGroup("HATE", "Hate crime"),
    CrimeGroup("ASB", "Antisocial behaviour", (ANTISOCIAL_BEHAVIOUR,)),
    CrimeGroup("FRAUD", "Fraud", (), "CYBER"),
    CrimeGroup("CYBER_DEP", "Computer misuse", (), "CYBER"),
    CrimeGroup("MSHT", "Modern slavery and human trafficking", _VIOLENCE, "MSHT"),
    CrimeGroup("CCE", "Criminal exploitation and county lines", (), "CCE"),
    CrimeGroup("FGM_HBA", "Female genital mutilation and honour-based abuse", _VIOLENCE),
    CrimeGroup("HOMICIDE", "Homicide, bereaved", _VIOLENCE),
    CrimeGroup("RTC", "Road collision, injured or bereaved", (), "RTC"),
    CrimeGroup("RURAL", "Farm and rural theft", (), "RURAL"),
    CrimeGroup("OTHER", "Other crime", _OTHER_CRIME),
    CrimeGroup("NK", "Not known"),
)
"""The one table from crime group to police.uk type to priority group."""

CRIME_GROUP: Final[Codes] = MappingProxyType({each.code: each.meaning for each in CRIME_GROUPS})

RARE_CRIME_GROUPS: Final = frozenset({"HOMICIDE", "FGM_HBA"})
"""So few people that they are counted for the force and for years only."""

SEXUAL_CRIME_GROUPS: Final = frozenset({"RASSO", "CSA", "CSE"})


def recorded_types(crime_group: str) -> tuple[str, ...]:
    """Return the police.uk types that count this crime group and no other.

    Empty when police.uk cannot tell the group apart: recorded crime is then not available.

    Raises:
        KeyError: no such crime group.
    """
    types = {each.code: each.police_uk for each in CRIME_GROUPS}
    others = {name for code, names in types.items() if code != crime_group for name in names}
    return tuple(name for name in types[crime_group] if name not in others)


PRIORITY_FLAG: Final = _list(
    RTC="Road traffic",
    RURAL="Rural",
    CYBER="Cyber",
    DA="Domestic abuse",
    SV="Sexual violence",
    STALK="Stalking and harassment",
    MSHT="Modern slavery",
    CYP="Children and young people",
    ELDER="Older people",
    MH="Mental health",
    CCE="Criminal exploitation",
    CSE="Child sexual exploitation",
    REPEAT="Repeat",
    COMPLEX="Vulnerable or intimidated",
    DISAB="Disabled",
    LD="Learning disabled",
)

PRIORITY_GROUPS: Final = tuple(PRIORITY_FLAG)
"""The priority groups in the order in which they are always shown."""

ENHANCED: Final = _joined(YES_NO, _list(NOT_ASSESSED="Not assessed"))

ENHANCED_REASON: Final = _list(
    SERIOUS="Victim of the most serious crime",
    PERSISTENT="Persistently targeted",
    VULN="Vulnerable",
    INTIM="Intimidated",
    DISCRETION="At the discretion of the service",
)

AGE_BAND: Final[Codes] = MappingProxyType(
    {
        **{
            band: f"{band.replace('-', ' to ')} years"
            for band in ("0-9", "10-15", "16-17", "18-24", "25-34", "35-44", "45-54", "55-64")
        },
        "65-74": "65 to 74 years",
        "75+": "75 years and over",
        **PREFER_NOT_TO_SAY,
        **NOT_KNOWN,
    }
)

CHILD_AGE_BANDS: Final = ("0-9", "10-15", "16-17")
ADULT_AGE_BANDS: Final = ("18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")

SEX: Final = _joined(_list(F="Female", M="Male"), PREFER_NOT_TO_SAY, NOT_KNOWN)

ETHNIC_GROUP: Final = _joined(
    _list(
        WHITE="White",
        MIXED="Mixed or multiple ethnic groups",
        ASIAN="Asian",
        BLACK="Black",
        OTHER="Other ethnic group",
    ),
    UNSAID,
)

DISABILITY: Final = YES_NO_UNSAID
SEXUAL_ORIENTATION: Final = _joined(
    _list(HETERO="Straight", GAY_LESBIAN="Gay or lesbian", BI="Bisexual", OTHER="Other"), UNSAID
)

RELIGION: Final = _joined(
    _list(
        NONE="No religion",
        CHRISTIAN="Christian",
        BUDDHIST="Buddhist",
        HINDU="Hindu",
        JEWISH="Jewish",
        MUSLIM="Muslim",
        SIKH="Sikh",
        OTHER="Other religion",
    ),
    UNSAID,
)

# Services and agencies

SOURCE: Final = _list(
    POLICE="Police",
    VAL="Victim advice line",
    SELF="The person",
    HEALTH="Health",
    SARC="Sexual assault referral centre",
    SOCIAL_CARE="Social care",
    EDUCATION="Education",
    HOUSING="Housing",
    MARAC="Conference on high-risk domestic abuse",
    COURT_WS="Court or witness service",
    OTHER_VS="Another victim service",
    FAMILY="Family or friends",
    REPORT_FRAUD="National fraud reporting",
    OTHER="Other",
    NK="Not known",
)

SUPPORT_TYPES: Final = _list(
    EMOTIONAL="Emotional support",
    PRACTICAL="Practical support",
    INFORMATION="Information",
    ADVOCACY_IDVA="Independent domestic violence adviser",
    ADVOCACY_ISVA="Independent sexual violence adviser",
    CHIDVA="Domestic violence adviser for children",
    CHISVA="Sexual violence adviser for children",
    STALKING_ADV="Stalking advocate",
    COUNSELLING="Counselling",
    THERAPY_PRETRIAL="Therapy before the trial",
    GROUP="Group work",
    ACCOMMODATION="Accommodation",
    SAFETY_PLAN="Safety planning",
    RJ="Restorative justice",
    COURT="Support at court",
)

AGENCY: Final = _list(
    POLICE="Police",
    CPS="Prosecution service",
    WCU="Witness care",
    HMCTS="Courts",
    PROBATION="Probation",
)
"""Agencies with duties under the Victims' Code, by their role."""

SAMPLE: Final[Codes] = MappingProxyType({SAMPLE_MARK: "The row is invented"})
"""The field `sample_mark`, blank in real files."""
