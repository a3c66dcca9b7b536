"""The report as a file: what it says, and that nothing in it is taken for markup."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from automation.outcome import Outcome
from automation.run.record import Run
from automation.run.report import write_report
from automation.run.report.wording import LANGUAGES, _texts

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def run(folder: Path, outcome: Outcome, **more: object) -> Run:
    told: dict[str, object] = {
        "id": "r1", "flow": "cancel-items", "summary": "", "storefront": "mock",
        "store_title": "Varnholt", "base_url": "http://127.0.0.1:1", "language": "en",
        "account": "robin", "order": "112-4419326-1180247", "asked": ("Desk lamp",),
        "committed": True, "outcome": outcome, "reason": "because", "hint": None, "said": None,
        "items": {"Desk lamp": "ordered"}, "started": NOW, "ended": NOW, "folder": folder,
    }  # fmt: skip
    return Run(**(told | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", list(Outcome), ids=lambda outcome: outcome.label)
def test_every_outcome_has_a_report(tmp_path: Path, outcome: Outcome) -> None:
    page = write_report(run(tmp_path, outcome)).read_text()

    assert outcome.label.replace("_", " ").capitalize() in page
    assert "112-4419326-1180247" in page


@pytest.mark.parametrize("field", ["reason", "said", "hint", "account", "store_title"])
def test_what_a_store_says_is_never_markup(tmp_path: Path, field: str) -> None:
    spoilt = "<script>alert(1)</script>`<b>`"

    page = write_report(run(tmp_path, Outcome.BROKEN, **{field: spoilt})).read_text()

    assert "<script>alert" not in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("language", "title", "sentence"),
    [
        ("en", "Cancelled", "Cancelled <strong>Desk lamp</strong> of order"),
        ("nl", "Geannuleerd", "<strong>Desk lamp</strong> van bestelling"),
        ("de", "Storniert", "<strong>Desk lamp</strong> aus Bestellung"),
        ("ja", "Cancelled", "Cancelled <strong>Desk lamp</strong> of order"),
    ],
)
def test_it_is_told_in_the_language_of_the_run(
    tmp_path: Path, language: str, title: str, sentence: str
) -> None:
    cancelled = run(tmp_path, Outcome.CANCELLED, language=language,
                    items={"Desk lamp": "cancelled"})  # fmt: skip

    page = write_report(cancelled).read_text()

    assert f"<h1>{title}</h1>" in page
    assert sentence in page


def test_every_word_is_known_in_every_language() -> None:
    for key, said in _texts().items():
        assert set(said) == set(LANGUAGES), key


def test_it_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    page = write_report(run(tmp_path, Outcome.CANCELLED)).read_text()

    assert 'src="http' not in page
    assert "<link" not in page
    assert "@import" not in page
