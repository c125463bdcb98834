"""`policy.toml`: what the data owner decides, and what is not understood."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.errors import PolicyRefused
from pipelines.policy import CrimeTypeRule, Policy, load_policy


def test_without_a_file_nothing_is_changed(tmp_path: Path) -> None:
    assert load_policy(None) == load_policy(tmp_path / "policy.toml") == Policy()


def test_everything_that_can_be_decided(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(
        '[police_uk]\nencoding = "windows-1252"\n'
        '[police_uk.column_aliases]\n"LSOA21 code" = "LSOA code"\n'
        '[[police_uk.crime_types]]\nname = "Violent crime"\n'
        'crime_type = "Violence and sexual offences"\nvalid_to = 2013-04-30\n'
    )
    policy = load_policy(path)
    assert policy.encoding == "windows-1252"
    assert dict(policy.column_aliases) == {"LSOA21 code": "LSOA code"}
    assert policy.crime_types == (
        CrimeTypeRule("Violent crime", "Violence and sexual offences", valid_to=date(2013, 4, 30)),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[police_uk]\nencodng = 'utf-8'", "unknown key encodng .* did you mean encoding"),
        ("[police_uk]\nencoding = 'latin-1'", "encoding is 'latin-1', expected utf-8 or"),
        ("[police_uk.column_aliases]\nx = 1", "column_aliases must be lines like"),
        ("[[police_uk.crime_types]]\nname = 'x'\ncrime_type = 'y'", "is given as 'y', expected"),
        ("not toml", "cannot be read"),
    ],
)
def test_what_is_not_understood_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(text)
    with pytest.raises(PolicyRefused, match=words):
        load_policy(path)
