"""A one-time code is given where the configuration names a place to get one from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from process import closing, start

from mock_store.rules import State
from mock_store.store import Store

LAMP = "Desk lamp"


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration whose code is what a program prints."""
    monkeypatch.setenv("ROBIN_EMAIL", "robin@varnholt.test")
    monkeypatch.setenv("ROBIN_PASSWORD", "lantern-oak-42")
    program = tmp_path / "totp.py"
    path = tmp_path / "unorder.yaml"
    path.write_text(
        "accounts:\n"
        "  robin:\n"
        "    store: mock\n"
        "    email: {env: ROBIN_EMAIL}\n"
        "    password: {env: ROBIN_PASSWORD}\n"
        f"    code: {{cmd: ['{sys.executable}', '{program}']}}\n"
    )
    monkeypatch.setenv("UNORDER_CONFIG", str(path))
    return program


@pytest.mark.parametrize(
    ("code", "asked", "outcome", "told"),
    [
        ("314159", "asks_code", "cancelled", ""),
        ("000000", "asks_code", "needs_person", "still asks for a code that it has sent"),
    ],
)
def test_a_code_comes_from_the_configured_program(
    store: Store, address: str, configured: Path, code: str, asked: str, outcome: str, told: str
) -> None:
    configured.write_text(f"print({code!r})")
    order = store.place(LAMP)
    store.quirks.ask(asked)

    ended = start(
        "run", "cancel-items", f"order={order.number}", "--base-url", address, "--commit", "--json"
    )

    line = closing(ended)
    assert line["outcome"] == outcome, line["reason"]
    assert told in line["reason"]
    assert code not in ended.stdout + ended.stderr
    cancelled = outcome == "cancelled"
    assert order.states() == {LAMP: State.CANCELLED if cancelled else State.ORDERED}
    assert order.submits == int(cancelled)
