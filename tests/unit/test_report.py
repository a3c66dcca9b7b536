"""The report as a file: what it says, and that nothing in it is taken for markup."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from orders import NUMBER
from orders import order as an_order

from automation.outcome import Outcome
from automation.pages.readings import Order, State
from automation.run.facts import read_last, states
from automation.run.record import Look, Moment, Run
from automation.run.report import summary_line, write_report
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


@pytest.mark.parametrize(
    ("language", "titles", "told"),
    [
        ("en", ("Lamp",), "`Lamp` of order 1 was cancelled before;"),
        ("en", ("Lamp", "Mug", "Pot"), "`Lamp`, `Mug` and `Pot` of order 1 were cancelled before;"),
        ("en", (), "Some items of order 1 were cancelled before;"),
        ("nl", ("Lamp", "Mug"), "`Lamp` en `Mug` van bestelling 1 waren al geannuleerd;"),
        ("de", ("Lamp", "Mug"), "`Lamp` und `Mug` aus Bestellung 1 waren schon storniert;"),
    ],
)
def test_one_item_was_and_several_were(
    tmp_path: Path, language: str, titles: tuple[str, ...], told: str
) -> None:
    before = run(tmp_path, Outcome.ALREADY_CANCELLED, language=language, order="1", asked=None,
                 items=dict.fromkeys(titles, "cancelled"))  # fmt: skip

    assert summary_line(before).startswith(told)


WHOLE = Order(NUMBER, "", "", (), "", whole=State.CANCELLED)


def test_items_that_a_cancelled_orders_page_lists_no_more_are_cancelled(tmp_path: Path) -> None:
    before = an_order(("Lamp", State.ORDERED), ("Mug", State.ORDERED))
    last = read_last(before, WHOLE)
    told = run(tmp_path, Outcome.CANCELLED, order=NUMBER, asked=None, before=before, after=WHOLE,
               items=states(last))  # fmt: skip

    assert states(last) == {"Lamp": "cancelled", "Mug": "cancelled"}
    assert summary_line(told).startswith(f"Cancelled `Lamp` and `Mug` of order {NUMBER};")
    assert "not listed" not in write_report(told).read_text()


def test_a_page_that_lists_items_is_taken_at_its_word() -> None:
    before = an_order(("Lamp", State.ORDERED), ("Mug", State.ORDERED))
    after = an_order(("Lamp", State.CANCELLED))

    assert read_last(before, after) is after
    assert read_last(before, None) is before
    assert read_last(None, WHOLE) is WHOLE


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", f"The whole order {NUMBER} was cancelled before; nothing had to be done."),
        ("nl", f"De hele bestelling {NUMBER} was al geannuleerd; er hoefde niets te gebeuren."),
        ("de", f"Die ganze Bestellung {NUMBER} war schon storniert; es war nichts zu tun."),
    ],
)
def test_a_whole_order_was_cancelled_before(tmp_path: Path, language: str, told: str) -> None:
    found = run(tmp_path, Outcome.ALREADY_CANCELLED, language=language, order=NUMBER, asked=None,
                before=WHOLE, items={})  # fmt: skip

    assert summary_line(found) == told


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("keep_list: `Desk lamp` is kept", "`Desk lamp` is kept."),
        ("same_order: order 1 was asked for: not 2", "Order 1 was asked for: not 2."),
        ("caps: this guard failed: KeyError: 'x'", "The guard `caps` failed: KeyError: 'x'."),
        ("Desk lamp: Shipped", "Desk lamp: Shipped."),
    ],
)
def test_a_guard_is_named_only_where_it_failed(tmp_path: Path, reason: str, told: str) -> None:
    guarded = run(tmp_path, Outcome.GUARDED, reason=reason)

    assert summary_line(guarded).endswith(f"nothing was clicked. {told}")


def test_a_picture_is_whole_and_opens_in_full_size(tmp_path: Path) -> None:
    (tmp_path / "again.png").write_bytes(b"a picture")
    moment = Moment(Look.READ_AGAIN, "again.png", None, "")

    page = write_report(run(tmp_path, Outcome.CANCELLED, moments=(moment,))).read_text()

    assert '<details class="shot"><summary><img src="data:image/png;base64,' in page
    assert "object-fit" not in page


@pytest.mark.parametrize(
    ("order", "kind"), [("112-4419326-1180247", "whole"), ("Music <family> plan", "")]
)
def test_an_orders_number_is_not_broken(tmp_path: Path, order: str, kind: str) -> None:
    page = write_report(run(tmp_path, Outcome.REHEARSED, order=order)).read_text()

    shown = order.replace("<", "&lt;").replace(">", "&gt;")
    number = f'<span class="{kind}">{shown}</span>'
    assert f"<dd>{number}</dd>" in page
    assert f"Rehearsed on order {number};" in page
