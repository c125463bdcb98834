"""Which areas and organisations add up to which, as everybody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class AreaTree:
    """The wholes and parts that are no secret.

    force: code of the force. districts: every code of the area type `district`, with OUT and NK,
        so that they add up to the force. partnerships: code of a partnership of several districts
        → its districts. providers: service_id → provider_id.
    """

    force: str
    districts: tuple[str, ...]
    partnerships: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType[str, tuple[str, ...]]({})
    )
    providers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType[str, str]({}))
