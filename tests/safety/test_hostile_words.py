"""Command lines that mean harm are refused like any other mistake."""

from __future__ import annotations

import unicodedata

import pytest
from commands import Command

ORDER = "order=112-4419326-1180247"
LINES = (
    ("run", "../../../etc/passwd", ORDER),
    ("run", "/dev/zero.yaml", ORDER),
    ("run", "\x1b[2J\x1b]0;title\x07", ORDER),
    ("run", "turned \u202eeman", ORDER),
    ("run", "x" * 100_000, ORDER),
    ("run", "{{7*7}}", ORDER),
    ("run", "cancel-items", "order=\x1b[2J"),
    ("run", "cancel-items", "order=" + "1" * 100_000),
    ("run", "cancel-items", "order=112-4419326-1180247\n"),
    ("run", "cancel-items", "order=../../x"),
    ("run", "cancel-items", ORDER, "__class__=x"),
    ("run", "cancel-items", ORDER, "--base-url", "http://[::1"),
    ("run", "cancel-items", ORDER, "--base-url", "javascript:alert(1)"),
    ("run", "cancel-items", ORDER, "--base-url", "file:///etc/passwd"),
    ("run", "cancel-items", ORDER, "--base-url", "http://robin:s3cret@127.0.0.1"),
    ("run", "cancel-items", ORDER, "--base-url", "http://127.0.0.1:99999"),
    ("run", "cancel-items", ORDER, "--base-url", "http://127.0.0.1\\@shop.example"),
    ("run", "cancel-items", ORDER, "--base-url", "http://127.0.0.1.shop.example"),
    ("run", "cancel-items", ORDER, "--language", "../../en"),
    ("run", "cancel-items", ORDER, "--account", "../../robin"),
    ("run", "cancel-items", ORDER, "--store", "../../../etc"),
    ("run", "cancel-items", ORDER, "--store", "\x1b[2J"),
    ("show", "../../../etc"),
    ("show", "*"),
    ("show", "\x1b[2J"),
    ("check", "/dev/zero"),
    ("check", "\x1b[2J.yaml"),
    ("store", "--scenario", "/dev/zero"),
    ("store", "--scenario", "\x1b[2J"),
    ("store", "--database", "/etc"),
    ("store", "--quirk", "\x1b[2J"),
    ("store", "--port", "-1"),
    ("store", "--port", "99999"),
    ("store", "--host", "example"),
    ("probe", "/dev/zero"),
    ("\x1b[2J",),
)


@pytest.mark.parametrize("words", LINES, ids=range(len(LINES)))
def test_is_refused_in_plain_words(command: Command, words: tuple[str, ...]) -> None:
    code, _, said = command(*words)

    kinds = ("Cc", "Cf", "Zl", "Zp")
    assert code == 2
    assert "Traceback" not in said
    assert not [char for char in said if char != "\n" and unicodedata.category(char) in kinds]
    assert len(said) < 2_000
