"""The 25 invented services in the order of their identifiers."""

from typing import Final

from pipelines.sample.victims.catalogue import Service
from pipelines.sample.victims.services_abuse import ABUSE, YOUNG
from pipelines.sample.victims.services_general import GENERAL
from pipelines.sample.victims.services_sexual import SEXUAL
from pipelines.sample.victims.services_special import SPECIAL

SERVICES: Final[tuple[Service, ...]] = tuple(
    sorted((*GENERAL, *ABUSE, *SEXUAL, *YOUNG, *SPECIAL), key=lambda each: each.service_id)
)
