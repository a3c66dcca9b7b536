"""Orders without an account: opened by a key, cancelled once, and read again by the same key."""

from __future__ import annotations

from pathlib import Path

import pytest
from boutiques import Boutique, Open, adapter
from guests import ADAPTER, SHAPES
from process import closing, start

from automation.outcome import Outcome
from mock_store.rules import State
from mock_store.store import PlacedOrder

MUG = "Stoneware mug"
FLOWS = ["cancel-items", pytest.param("cancel-order", marks=pytest.mark.thorough)]


@pytest.fixture
def shop(boutique: Open) -> Boutique:
    return boutique(*SHAPES, over=ADAPTER)


def key_of(order: PlacedOrder, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the key of this order is."""
    monkeypatch.setenv(f"KEY_OF_{order.number}", order.secret)
    return f"env:KEY_OF_{order.number}"


@pytest.mark.parametrize("flow", FLOWS)
def test_a_guest_cancels_by_the_key_alone(
    shop: Boutique, monkeypatch: pytest.MonkeyPatch, flow: str
) -> None:
    order, other = shop.place(MUG), shop.place(MUG)

    run = shop.follow(flow, order=order.number, key=key_of(order, monkeypatch))

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.state, order.submits, order.executions) == (State.CANCELLED, 1, 1)
    assert (other.state, other.submits) == (State.ORDERED, 0)
    assert run.account == "guest"
    assert [step.word for step in run.steps][:2] == ["order.open", "order.cancel_items"]
    assert run.steps[0].number == 1


def test_a_rehearsal_sends_nothing(shop: Boutique, monkeypatch: pytest.MonkeyPatch) -> None:
    order = shop.place(MUG)

    run = shop.follow(commit=False, order=order.number, key=key_of(order, monkeypatch))

    assert run.outcome is Outcome.REHEARSED, run.reason
    assert (order.state, order.submits) == (State.ORDERED, 0)


def test_no_file_of_a_run_holds_the_key(shop: Boutique, monkeypatch: pytest.MonkeyPatch) -> None:
    order = shop.place(MUG)

    run = shop.follow(order=order.number, key=key_of(order, monkeypatch))

    files = [path for path in run.folder.parent.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert [path.name for path in files if order.secret.encode() in path.read_bytes()] == []
    assert f"/account/orders/{order.number}/▮▮▮▮" in (run.folder / "run.json").read_text()


def test_the_key_of_another_order_opens_nothing(
    shop: Boutique, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, other = shop.place(MUG), shop.place(MUG)

    run = shop.follow(order=order.number, key=key_of(other, monkeypatch))

    assert run.outcome is Outcome.BROKEN, run.reason
    assert run.hint == (
        f"see that the key in `env:KEY_OF_{other.number}` is the one of order {order.number}"
    )
    assert (order.state, order.submits, other.submits) == (State.ORDERED, 0, 0)


@pytest.mark.thorough
def test_verify_reads_each_order_by_its_own_key(
    shop: Boutique, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = str(adapter(tmp_path / "tickets", ADAPTER, {"patience": {"settle": 2}}))
    done, undone = shop.place(MUG), shop.place(MUG)
    for order in (done, undone):
        killed = start("cancel", order.number, "--store", home, "--base-url", shop.url,
                       "--key", key_of(order, monkeypatch), "--commit",
                       moment="reading_back" if order is done else "armed")  # fmt: skip
        assert killed.returncode == -9, killed.stderr
        monkeypatch.delenv(f"KEY_OF_{order.number}")  # else the next run settles it

    key_of(undone, monkeypatch)
    ended = start("verify")
    assert ended.returncode == 4, ended.stderr  # that the other was not cancelled is graver
    assert f"Order {undone.number}: The click had no effect" in ended.stdout
    assert (
        f"order {done.number} stays open: the environment variable `KEY_OF_{done.number}` "
        "is not set"
    ) in ended.stderr
    assert f"order {undone.number}" not in ended.stderr
    assert start("verify").returncode == 75

    key_of(done, monkeypatch)
    ended = start("verify", "--json")
    assert (ended.returncode, closing(ended)["outcome"]) == (0, "cancelled"), ended.stderr
    assert closing(ended)["order"] == done.number
    assert (done.submits, undone.submits) == (1, 0)
