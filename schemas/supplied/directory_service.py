"""The contract of services: one row per service, with its contract, capacity and conditions."""

from datetime import date
from types import MappingProxyType
from typing import Final

import polars as pl

from schemas.rule import Rule, or_empty
from schemas.supplied.conditions import if_then, is_one, known_provider
from schemas.supplied.field import SAMPLE_FIELD, Contract
from schemas.supplied.fields import amount, code, codes, count, day, identifier, text
from schemas.supplied.lists import SOURCE, SUPPORT_TYPES, YES_NO, Codes

FUNDING_ROUTE: Final[Codes] = {
    "CONTRACT": "Contract",
    "GRANT": "Grant",
    "IN_HOUSE": "Run by the force or the office",
    "CO_COMMISSIONED": "Commissioned with others",
    "NATIONAL": "Paid for nationally",
    "NOT_FUNDED": "Not funded by any of these",
}

COMMISSIONER: Final[Codes] = {
    "PCC": "Police and crime commissioner",
    "MOJ": "Ministry of Justice",
    "HO": "Home Office",
    "LA": "Council",
    "ICB": "Integrated care board",
    "JOINT": "Several together",
}

SERVICE_STREAM: Final[Codes] = {
    "CORE": "Core victim services",
    "DA_SV": "Domestic and sexual abuse",
    "ISVA_IDVA": "Advisers on sexual and domestic violence",
    "OTHER": "Other",
}

CAPACITY_UNIT: Final[Codes] = {
    "CASELOAD": "People on the caseload at one time",
    "REFERRALS_YEAR": "Referrals a year",
    "SESSIONS_WEEK": "Sessions a week",
    "BEDS": "Beds",
}

ELIGIBLE_SEX: Final[Codes] = {"F": "Women and girls", "M": "Men and boys", "ANY": "Anyone"}
ACCESSIBLE: Final[Codes] = {"Y": "Yes", "N": "No", "PART": "In part"}

OLDEST: Final = 120
FIRST_CONTRACT: Final = date(1974, 1, 1)
"""The first scheme of victim support in the country began in 1974; long grants still run."""

VERIFIED_WITHIN_MONTHS: Final = 6

_COMMISSIONED: Final = (
    identifier("service_id", "The office's code of the service"),
    identifier("provider_id", "The provider, as in the directory"),
    text("service_name", "Name of the service", is_required=True),
    codes("support_types", SUPPORT_TYPES, "What support it gives"),
    code("funding_route", FUNDING_ROUTE, "How it is paid for", is_required=True),
    code("commissioner", COMMISSIONER, "Who commissions it"),
    code("stream", SERVICE_STREAM, "Funding stream"),
    day(
        "contract_start",
        "First day of the contract or grant",
        may_be_future=True,
        first_day=FIRST_CONTRACT,
    ),
    day("contract_end", "Last day of the contract or grant", may_be_future=True),
    count("extension_option_months", "Months by which it can be extended", most=OLDEST),
    amount("annual_value_gbp", "Pounds a year by contract"),
    code("capacity_unit", CAPACITY_UNIT, "What capacity is counted in"),
    amount("capacity_value", "Contracted capacity, in that unit"),
    amount("caseload_target", "People on the caseload that are aimed at"),
    count("first_contact_days", "Working days to first contact, by contract", most=366),
)

_CONDITIONS: Final = (
    count("eligibility_min_age", "Youngest age in years; blank for none", most=OLDEST),
    count("eligibility_max_age", "Oldest age in years; blank for none", most=OLDEST),
    code("eligibility_sex", ELIGIBLE_SEX, "Whom it is open to"),
    code("accepts_unreported", YES_NO, "Open to people who did not report the crime"),
    code("self_referral", YES_NO, "People can refer themselves"),
    codes("referral_routes", SOURCE, "From whom it takes referrals"),
    text("opening_hours", "Such as Mon-Fri 09:00-17:00"),
    code("out_of_hours", YES_NO, "Reachable in evenings or at weekends"),
    text("languages", "Languages it works in, separated by ;"),
    code("accessible_site", ACCESSIBLE, "Reachable without steps"),
    code("pilot", YES_NO, "On trial"),
    code("in_directory", YES_NO, "Shown in the public directory"),
    day("last_verified", "When the provider last confirmed this entry"),
)


def _is_covered_today() -> pl.Expr:
    """Return where the contract covers the day of loading; one without an end goes on."""
    has_begun = pl.col("contract_start") <= pl.col("_as_of")
    has_ended = pl.col("contract_end") < pl.col("_as_of")
    return has_begun.fill_null(value=False) & ~has_ended.fill_null(value=False)


_IS_FUNDED: Final = is_one("funding_route", tuple(set(FUNDING_ROUTE) - {"NOT_FUNDED"}))

_RULES: Final = (
    known_provider(),
    Rule(
        rule_id="S02",
        reason="NEGATIVE_INTERVAL",
        column="contract_end",
        holds=or_empty(
            pl.col("contract_end") > pl.col("contract_start"), "contract_end", "contract_start"
        ),
        expected="contract_end after contract_start ({contract_start:text})",
        advice="Compare the two days with the contract: one is wrong.",
    ),
    Rule(
        rule_id="S03",
        reason="NO_CAPACITY_GIVEN",
        column="capacity_value",
        holds=if_then(
            _IS_FUNDED & _is_covered_today(),
            # Less than 0 is out of the field's range, which another rule speaks of.
            (pl.col("capacity_value") != 0).fill_null(value=False),
        ),
        expected="more than 0 for a funded service whose contract runs today",
        advice="Fill in the capacity that was contracted; use of capacity is measured by it.",
    ),
    Rule(
        rule_id="S04",
        level="W",
        reason="NOT_VERIFIED_LATELY",
        column="last_verified",
        holds=(
            pl.col("last_verified") >= pl.col("_as_of").dt.offset_by(f"-{VERIFIED_WITHIN_MONTHS}mo")
        ).fill_null(value=False),
        expected=f"a day within the last {VERIFIED_WITHIN_MONTHS} months",
        advice="Ask the provider whether the entry is still right, and note the day.",
    ),
    Rule(
        rule_id="S05",
        reason="AGES_REVERSED",
        column="eligibility_max_age",
        holds=or_empty(
            pl.col("eligibility_min_age") <= pl.col("eligibility_max_age"),
            "eligibility_min_age",
            "eligibility_max_age",
        ),
        expected="eligibility_max_age at least eligibility_min_age ({eligibility_min_age:text})",
        advice="Check the two ages; they may be the wrong way round.",
    ),
)

SERVICE: Final = Contract(
    table="services",
    title="Services",
    row="service of a provider",
    fields=(*_COMMISSIONED, *_CONDITIONS, SAMPLE_FIELD),
    rules=_RULES,
    is_about_people=False,
    unique=("service_id",),
    context=MappingProxyType[str, pl.DataType]({"_provider_known": pl.Boolean()}),
)
