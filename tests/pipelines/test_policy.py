"""`policy.toml`: what the data owner decides, and what is not understood."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.errors import PolicyRefused
from pipelines.policy import CrimeTypeRule, Policy, load_policy
from pipelines.supplied.settings import load_rules


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
        ("[police_uk]\ncrime_types = 5", "line 2: begin each crime type with"),
        ("not toml", "cannot be read"),
    ],
)
def test_what_is_not_understood_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(text)
    with pytest.raises(PolicyRefused, match=words):
        load_policy(path)


def test_names_of_columns_may_hold_anything(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('[police_uk.column_aliases]\n"a = b.c.d.e.f # g" = "LSOA code"\n')
    assert dict(load_policy(path).column_aliases) == {"a = b.c.d.e.f # g": "LSOA code"}


def refusal(tmp_path: Path, text: str) -> str:
    """Return why a file is refused, by the one line that a person at the command line reads."""
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")

    def load() -> None:
        load_policy(path)
        load_rules(path, as_of=date(2026, 11, 1))

    with pytest.raises(PolicyRefused) as refused:
        load()
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "# decided in May\n\n[protection]\nthreshold = 12\nsupress_threshold = 3\n",
            "policy.toml, line 5: unknown key supress_threshold under [protection]; did you mean "
            "threshold?",
        ),
        (
            "[police_uk]\nencodng = 'utf-8'\n",
            "policy.toml, line 2: unknown key encodng under [police_uk]; did you mean encoding?",
        ),
        (
            "[supplied.senders.P02]\ndate_ordr = 'iso'\n",
            "policy.toml, line 2: unknown key date_ordr under [supplied]; did you mean date_order?",
        ),
        ("\n[protecton]\n", "policy.toml, line 2: unknown section protecton; did you mean"),
        (
            "protection.treshold = 12\n",
            "policy.toml, line 1: unknown key treshold under [protection]; did you mean threshold?",
        ),
    ],
)
def test_b60_an_unknown_key_is_told_with_its_line_and_the_nearest_known_one(
    tmp_path: Path, text: str, told: str
) -> None:
    assert refusal(tmp_path, text).startswith(told)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("threshold = 2", "threshold is 2, expected a whole number 10 to 100."),
        ("rounding_base = 0", "rounding_base is 0, expected a whole number 5 to 50."),
        ("rounding_base = -5", "rounding_base is -5, expected a whole number 5 to 50."),
        ("rounding_base = 'five'", "rounding_base is 'five', expected a whole number 5 to 50."),
        ("most_set_aside = nan", "most_set_aside is nan, expected a number 0.0 to 0.2."),
    ],
)
def test_b61_a_number_below_its_floor_is_told_with_line_value_and_range(
    tmp_path: Path, line: str, told: str
) -> None:
    found = refusal(tmp_path, f"[police_uk]\n\n[protection]\n{line}\n")
    assert found.startswith(f"policy.toml, line 4: [protection] {told}")
    assert "can be tightened, not loosened" in found


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [lol, lol]\nb: &b [*a, *a, *a]\n",
        "x: !!python/object/apply:os.system ['true']\n",
        f"[police_uk]\nencoding = {'[' * 20_000}{']' * 20_000}\n",
        f"[police_uk]\nencoding{'.a' * 20_000} = 1\n",
        f"[supplied]\nx = {'{a=' * 9_000}1{'}' * 9_000}\n",
        f"# {'x' * 70_000}\n",
        "[police_uk]\nencoding = 'ut\x00f-8'\n",
    ],
    ids=["anchors", "tag", "arrays", "dotted", "tables", "huge", "control"],
)
def test_b64_what_is_no_toml_or_too_much_of_it_is_refused_in_one_line(
    tmp_path: Path, text: str
) -> None:
    assert refusal(tmp_path, text).startswith("policy.toml ")
