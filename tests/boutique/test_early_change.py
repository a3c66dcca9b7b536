"""An order that a step cancelled before the one click, and what a run says of it."""

from __future__ import annotations

from typing import Any

import pytest
from boutiques import Boutique, Open, adapter
from commands import Command

from automation.errors import StorefrontHeld
from automation.outcome import Outcome
from automation.run import engine
from automation.run.network.request_blocker import RequestBlocker
from mock_store.rules import State

MUG = "Stoneware mug"
# The profile says of the link that cancels at once that it only leads on.
ERRS: dict[str, Any] = {
    "pages": {
        "cancel": {
            "opens": [
                {
                    "role": "link",
                    "name": "Cancel order",
                    "goes_to": "GET /account/orders/{order}/cancel-now",
                }
            ],
            "here": {"css": ".question"},
            "commit": {
                "role": "button",
                "name": "Yes, cancel it",
                "goes_to": "POST /account/orders/{order}/cancel",
            },
        }
    }
}


@pytest.fixture
def erring(boutique: Open) -> Boutique:
    return boutique("confirm=link", recipe="confirm-link", over=ERRS)


@pytest.mark.parametrize("commit", [True, False])
def test_the_run_names_the_step_and_holds_the_storefront(erring: Boutique, *, commit: bool) -> None:
    order, other = erring.place(MUG), erring.place(MUG)

    run = erring.follow(order=order.number, commit=commit)

    assert order.state is State.CANCELLED  # the store's truth
    assert (run.outcome, run.exit_code) == (Outcome.CHANGED_BEFORE_THE_CLICK, 10)
    assert "`order.cancel_items` had asked for `GET /account/orders/22/cancel-now`" in run.reason
    assert run.after is not None
    with pytest.raises(StorefrontHeld, match="is held"):
        erring.follow(order=other.number, commit=commit)
    assert other.submits == 0


def test_a_walk_that_begins_anew_does_not_take_it_for_anothers_deed(erring: Boutique) -> None:
    """The store cancels, and answers with an error: the walk begins again."""
    order = erring.place(MUG)
    erring.store.quirks.add("error_on_commit_done", times=1)

    run = erring.follow(order=order.number)

    assert order.state is State.CANCELLED
    assert run.outcome is Outcome.CHANGED_BEFORE_THE_CLICK


@pytest.mark.parametrize("cancelled", [True, False])
def test_verify_reads_the_order_after_a_kill(
    boutique: Open, command: Command, monkeypatch: pytest.MonkeyPatch, *, cancelled: bool
) -> None:
    """The run dies after its first press, before it could read the order again."""
    over = ERRS if cancelled else {"pages": {"cancel": {"here": {"css": ".nowhere"}}}}
    shop = boutique(*(["confirm=link"] if cancelled else []), over=over)
    order = shop.place(MUG)

    def killed(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(engine, "_read_again", killed)
    with pytest.raises(SystemExit):
        shop.follow(order=order.number, commit=False)
    runs = str(shop.runs)

    code, out, err = command("verify", "--runs", runs)

    assert order.state is (State.CANCELLED if cancelled else State.ORDERED)
    if cancelled:
        assert code == 10
        assert "order 22 has changed since the run" in err
        assert "unorder release --store" in err
    else:
        assert code == 0
        assert "order 22: its run was stopped before the click; it is unchanged" in out
    assert command("verify", "--runs", runs)[0] == 0


def test_a_storefront_is_released_when_its_profile_has_changed(
    erring: Boutique, command: Command
) -> None:
    order, other = erring.place(MUG), erring.place(MUG)
    folder = erring.storefront.folder
    assert folder is not None
    erring.follow(order=order.number, commit=False)
    given = ("--store", str(folder), "--base-url", erring.url, "--runs", str(erring.runs),
             "--by", "anna", "--note", "the link is `commit`")  # fmt: skip

    too_soon, _, why = command("release", *given)
    adapter(folder, "confirm-link")
    code, out, _ = command("release", *given)

    assert too_soon == 2
    assert "correct the profile first" in why
    assert code == 0
    assert out == "Linden & Ochre (practice store) can be followed again; rehearse first\n"
    assert erring.follow(order=other.number).outcome is Outcome.CANCELLED


def test_what_others_change_meanwhile_is_a_note(
    boutique: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dialog opens without a request: nothing that this run sent can have done it."""
    over = {"pages": {"cancel": {"here": {"css": ".nowhere"}}}}
    shop = boutique(over=over)
    order = shop.place(MUG)
    looked = RequestBlocker.look_at

    def cancelled_meanwhile(blocker: RequestBlocker, press: Any) -> Any:
        order.move(State.CANCELLED)
        return looked(blocker, press)

    monkeypatch.setattr(RequestBlocker, "look_at", cancelled_meanwhile)

    run = shop.follow(order=order.number, commit=False)

    assert run.outcome is Outcome.BROKEN
    assert any("the order changed meanwhile, and not by this run" in note for note in run.notes)


def test_words_that_say_no_of_what_is_cancelled_are_noted(boutique: Open) -> None:
    """`confirms` and `refuses` are swapped in the profile."""
    answer = {"confirms": "$cannot", "refuses": "$has_been"}
    shop = boutique(over={"pages": {"answer": answer}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert (order.state, order.submits) == (State.CANCELLED, 1)
    assert run.outcome is Outcome.CANCELLED
    assert any("words say no" in note and "the page decides" in note for note in run.notes)


def test_what_was_cancelled_before_is_already_cancelled(boutique: Open) -> None:
    shop = boutique()
    order = shop.place(MUG, state="cancelled")

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.ALREADY_CANCELLED
    assert order.submits == 0
