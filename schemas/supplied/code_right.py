"""The rights of the Victims' Code, by their number."""

from types import MappingProxyType
from typing import Final

from schemas.supplied.lists import Codes

CODE_RIGHT: Final[Codes] = MappingProxyType(
    {
        "1": "To understand and to be understood",
        "2": "To have the crime recorded without delay",
        "3": "To be given information when reporting",
        "4": "To be referred to support that fits",
        "5": "To be told about compensation",
        "6": "To be told how the case goes on",
        "7": "To make a personal statement",
        "8": "To be told about the trial and one's part in it",
        "9": "To be told the outcome of the case and of appeals",
        "10": "To be paid expenses and to get property back",
        "11": "To be told about the offender after a conviction",
        "12": "To complain where rights were not met",
    }
)
