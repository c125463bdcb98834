"""Reason codes in plain words: why a row was set aside, or loaded with a warning."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Rows that cannot be read
        "NUL_BYTE": "The line is damaged",
        "LINE_TOO_LONG": "The line is far too long",
        "UNTERMINATED_QUOTE": "A quotation mark is never closed",
        "MISSING_COLUMNS": "The line has too few fields",
        "TOO_MANY_COLUMNS": "The line has too many fields",
        # Street files, set aside
        "BAD_MONTH": "The month cannot be read",
        "FUTURE_MONTH": "The month has not come yet",
        "MONTH_MISMATCH": "The month is not the one in the file's name",
        "BAD_COORDINATE": "The place on the map cannot be right",
        "UNKNOWN_LSOA": "The small area is not known",
        "MISSING_FORCE": "The force is not named, or not known",
        "UNKNOWN_CATEGORY": "The crime type is not known",
        "DUPLICATE_CRIME_ID": "An exact copy of another row",
        # Street files, loaded with a warning
        "NEW_COLUMN": "A column that is not in the contract",
        "CASE_VARIANT": "A crime type spelt differently",
        "UNKNOWN_OUTCOME": "The outcome is not known",
        "MANY_DUPLICATES": "Many exact copies",
        "BLANK_CRIME_ID": "The crime has no identifier",
        "REPEATED_CRIME_ID": "One identifier on several rows",
        "ZEROED_POINT": "The place is at 0, 0",
        "OUT_OF_AREA": "The place lies in another force's area",
        "LOW_MONTH_APPROVED": "A low month, published on someone's word",
        # Rows about people and services: a single value, set aside
        "MISSING_VALUE": "A value is missing",
        "UNEXPECTED_VALUE": "A value stands where there should be none",
        "BAD_CODE": "The code is not in the list",
        "BAD_DATE": "The date cannot be read",
        "EXCEL_DATE": "A number that Excel uses for a date",
        "PLACEHOLDER_DATE": "A date that stands for none",
        "DATE_OUT_OF_RANGE": "The date is too early, or in the future",
        "BAD_PERIOD": "The period cannot be read",
        "BAD_NUMBER": "The number cannot be read",
        "OUT_OF_RANGE": "The number is outside its range",
        "BAD_KEY": "The identifier has the wrong form",
        "LOST_PRECISION": "A spreadsheet rounded the identifier",
        "DUPLICATE_ROW": "An exact copy of another row",
        "CONFLICTING_DUPLICATE": "Two rows for one thing, and they differ",
        # Rows about people: several values, set aside
        "UNKNOWN_PROVIDER": "The provider is not in the directory",
        "UNKNOWN_SERVICE": "The service is not in the directory",
        "NEGATIVE_INTERVAL": "One day lies before another that must come first",
        "SOURCE_CONTRADICTS_REPORT": "Referred by the police, yet not reported to them",
        "CHILD_FLAG_ON_ADULT": "An adult flagged as a child",
        "SAME_CRIME_TWICE": "The second crime is the same as the first",
        "OUTSIDE_SERVICE_AREA": "The service does not cover the district",
        "OUTSIDE_CONTRACT": "Received outside the service's contract",
        "REFERRED_WITHOUT_CONSENT": "Referred without consent",
        "STATEMENT_WITHOUT_OFFER": "A personal statement made but not offered",
        "SCORE_OUT_OF_RANGE": "The tool cannot give this score",
        "SECOND_ENTRY_OR_EXIT": "More than one entry or exit score",
        # Rows about people, loaded with a warning
        "NO_REPORT_DATE": "The day of the report is not given",
        "LONG_WAIT": "Accepted long ago, and support has not begun",
        "CHILD_WITHOUT_FLAG": "A child not flagged as one",
        "CHILD_NOT_ENHANCED": "A child without enhanced rights",
        "CRIME_NOT_ENHANCED": "A grave crime without enhanced rights",
        "IDVA_FOR_OTHER_CRIME": "A domestic violence adviser for another crime",
        "ISVA_FOR_OTHER_CRIME": "A sexual violence adviser for another crime",
        "HOME_OUTSIDE_OR_UNKNOWN": "The home is outside the force area, or not known",
        "AFTER_CONTRACT": "Received soon after the end of the service's contract",
        "REFERRED_TWICE": "Referred twice within two weeks",
        "MANY_UNKNOWN": "Too often not known or not asked",
        "BUSINESS_VICTIM": "The victim is not a person",
        "REFERRED_BEFORE_ASSESSMENT": "Referred before needs were assessed",
        "RECORDED_LATE": "Recorded more than a day after the report",
        "ASSESSMENT_OVERDUE": "Needs not assessed in time",
        "UPDATE_OVERDUE": "Not told by the day it was due",
        "EXIT_SOON_AFTER_ENTRY": "Exit score within two weeks of entry",
    }
)
