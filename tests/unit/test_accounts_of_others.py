"""A configuration that names accounts of other stores only."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.errors import InputError
from automation.run.settings import Settings, read_settings
from automation.storefronts.profile import open_storefront

OTHERS = """\
accounts:
  sam: {store: other-store, email: {env: E}, password: {env: P}}
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "unorder.yaml").write_text(OTHERS)
    monkeypatch.chdir(tmp_path)
    return read_settings()


def test_an_account_that_is_not_there_is_answered_by_whose_are(settings: Settings) -> None:
    store = open_storefront("oscar")

    with pytest.raises(InputError) as problem:
        settings.account("robin", store)

    assert problem.value.hint == "`unorder.yaml` names accounts of `other-store` only"


def test_where_a_password_is_needed_the_same_is_said(settings: Settings) -> None:
    account = settings.account(None, open_storefront("oscar"))

    assert account.lacks == "`unorder.yaml` names accounts of `other-store` only"


def test_without_any_account_the_configuration_names_none() -> None:
    with pytest.raises(InputError) as problem:
        Settings().account("robin", open_storefront("oscar"))

    assert problem.value.hint == "the configuration names none"
