"""The files of whoever schedules: a storefront, rules, and a configuration."""

from __future__ import annotations

from pathlib import Path

from faults.roster import ACCOUNTS, KIM

PROFILE = Path(__file__).parents[1] / "automation" / "storefronts" / "mock" / "profile.yaml"


def write_rules(folder: Path, url: str, body: str) -> Path:
    """Rules for all three accounts, whose storefront waits as long as a busy machine may take."""
    soon = folder / "soon"
    soon.mkdir(exist_ok=True)
    profile = PROFILE.read_text()
    for usual, here in (("step: 15", "step: 60"), ("action: 5", "action: 30"),
                        ("answer: 15", "answer: 20"), ("settle: 20", "settle: 8")):  # fmt: skip
        assert usual in profile
        profile = profile.replace(usual, here)
    (soon / "profile.yaml").write_text(profile)
    accounts = "".join(
        f"  - {{store: {soon}, base_url: '{url}', account: {name}}}\n" for name in ACCOUNTS
    )
    path = folder / "rules.yaml"
    path.write_text(f"rules: night\naccounts:\n{accounts}{body}")
    return path


def write_configuration(folder: Path) -> Path:
    """Where the third shopper's secrets are; those of the others stand in the profile."""
    for name, value in (("email", KIM.email), ("password", KIM.password)):
        place = folder / name
        place.touch(mode=0o600)
        place.write_text(value)
    path = folder / "unorder.yaml"
    path.write_text(
        f"accounts:\n  kim:\n    store: mock\n    email: {{file: {folder / 'email'}}}\n"
        f"    password: {{file: {folder / 'password'}}}\n"
    )
    return path
