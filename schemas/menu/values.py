"""The values of each split: all of them have cells, also those that nobody has."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from schemas.cells import WAIT_BANDS
from schemas.supplied.case_update import EVENT
from schemas.supplied.code_right import CODE_RIGHT
from schemas.supplied.complaint import ORGANISATION, THEME
from schemas.supplied.lists import (
    AGE_BAND,
    AGENCY,
    CRIME_GROUP,
    DISABILITY,
    ENHANCED,
    ETHNIC_GROUP,
    NOT_KNOWN,
    PRIORITY_FLAG,
    SEX,
    SOURCE,
    Codes,
)
from schemas.supplied.outcome_score import OUTCOME_DOMAIN, TOOLS
from schemas.supplied.referral_fields import END_REASON
from schemas.supplied.rural_crime import RURAL_THEME
from schemas.supplied.satisfaction import POPULATION, SENTIMENT

UNKNOWN: Final = "NK"

_DOMAINS: Final = {**OUTCOME_DOMAIN, "WHOLE": "The whole questionnaire"}

SPLIT_CODES: Final[Mapping[str, Codes]] = MappingProxyType(
    {
        "crime_group": CRIME_GROUP,
        "priority_flag": PRIORITY_FLAG,
        "source": SOURCE,
        "age_band": AGE_BAND,
        "sex": SEX,
        "ethnic_group": ETHNIC_GROUP,
        "disability": DISABILITY,
        "enhanced": ENHANCED,
        "rural_urban": {"RURAL": "Rural", "URBAN": "Urban", **NOT_KNOWN},
        "end_reason": END_REASON,
        "event": EVENT,
        "owner": AGENCY,
        "organisation": ORGANISATION,
        "theme": THEME,
        "code_right": {**CODE_RIGHT, "NONE": "No right of the Code", **NOT_KNOWN},
        "domain": _DOMAINS,
        "scale": {
            f"{tool}.{domain}": f"{name} ({TOOLS[tool].meaning})"
            for tool in TOOLS
            for domain, name in _DOMAINS.items()
        },
        "population": POPULATION,
        "wait_band": WAIT_BANDS,
        "rural_theme": RURAL_THEME,
        "sentiment": SENTIMENT,
    }
)
"""Split → code → meaning. Providers and services come from the directory."""
