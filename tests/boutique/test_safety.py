"""What an adapter gets wrong is told, and nothing is cancelled by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from boutiques import ADAPTER, Open, adapter
from commands import Command

from automation.errors import InputError
from automation.outcome import Outcome
from automation.run.rules import Keep, Rules
from automation.storefronts.profile import open_storefront
from mock_store.rules import State

MUG = "Stoneware mug"
PAGES_PY = '''
from automation.pages.base import action
from automation.pages.described.order import DescribedOrderPage


class OrderPage(DescribedOrderPage):
    """The details of one order."""

    @action()
    def {name}(self) -> None:
        """Go on."""
        self.page.{what}
'''


def commit(**says: Any) -> dict[str, Any]:
    return {"pages": {"cancel": {"commit": says}}}


@pytest.mark.parametrize(
    ("over", "said"),
    [
        (commit(name="Yes"), "0 controls match"),
        (commit(goes_to="POST /account/orders/{order}/return"), "not what the profile says"),
        (commit(goes_to="GET /account/orders/{order}/cancel"), "not what the profile says"),
        ({"pages": {"cancel": {"here": {"css": "body"}}}}, None),
        ({"pages": {"cancel": {"here": {"css": "body"}, "commit": {
            "role": "button", "name": ["Keep it", "Yes, cancel it"],
            "goes_to": "POST /account/orders/{order}/cancel"}}}}, "2 controls match"),
    ],
)  # fmt: skip
def test_the_last_control_is_just_what_the_profile_says(
    boutique: Open, over: dict[str, Any], said: str | None
) -> None:
    shop = boutique(over=over)
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    if said is None:
        assert run.outcome is Outcome.CANCELLED, run.reason
        return
    assert run.outcome is Outcome.GUARDED
    assert said in run.reason
    assert (order.submits, order.state) == (0, State.ORDERED)


@pytest.mark.parametrize("commit", [True, False])
@pytest.mark.parametrize(
    "goes_to",
    [
        "POST /account/orders/{order}/cancel-now",  # another method
        "GET /account/{order}/cancel-now",  # a segment is missing
        "GET /account/orders/{order}/end",
    ],
)
def test_a_link_that_cancels_is_not_pressed_on_the_way(
    boutique: Open, goes_to: str, *, commit: bool
) -> None:
    """The profile takes the last control for one that leads to it, and errs in `goes_to` too."""
    shop = boutique("confirm=link", recipe="confirm-link", over={
        "pages": {"cancel": {
            "opens": [{"role": "link", "name": "Cancel order"}],
            "commit": {"role": "button", "name": "Yes", "goes_to": goes_to},
        }}
    })  # fmt: skip
    order = shop.place(MUG)

    run = shop.follow(order=order.number, commit=commit)

    assert run.outcome is Outcome.GUARDED
    assert "leads to `GET /account/orders/22/cancel-now`" in run.reason
    assert "it was not pressed" in run.reason
    assert run.hint is not None
    assert run.hint.startswith("does pressing it cancel? then it is `commit`")
    assert (order.submits, order.state) == (0, State.ORDERED)


@pytest.mark.parametrize("commit", [True, False])
@pytest.mark.parametrize("sends", ["POST /account/orders/{order}/cancel", "POST /api/{order}"])
def test_what_a_script_sends_on_the_way_is_blocked(
    boutique: Open, sends: str, *, commit: bool
) -> None:
    """The profile takes the last control, which no form tells from others, for one on the way."""
    opens = [
        {"role": "button", "name": "Cancel order"},
        {"role": "button", "name": "Yes, cancel it"},
    ]
    shop = boutique("confirm=script", recipe="confirm-script", over={
        "pages": {"cancel": {
            "opens": opens, "here": None, "order": None,
            "commit": {"role": "button", "name": "Done", "goes_to": "by script", "sends": sends},
        }}
    })  # fmt: skip
    order = shop.place(MUG)

    run = shop.follow(order=order.number, commit=commit)

    assert run.outcome is Outcome.GUARDED, run.reason
    asked = "`order.cancel_items` asked for `POST /account/orders/22/cancel`"
    assert f"{asked}, which may cancel the order; it was blocked" in run.reason
    assert (order.submits, order.state) == (0, State.ORDERED)


@pytest.mark.parametrize(
    ("cancel", "said"),
    [
        (
            {"commit": {"goes_to": "by script"}},
            "a script sends it, and the profile does not say what",
        ),
        (
            {"commit": {"goes_to": "POST /orders/{any}/cancel"}},
            "this is the same address for every order",
        ),
        (
            {"opens": [{"role": "button", "name": "Yes, cancel it"}]},
            "`opens` names the control that is `commit`",
        ),
        (
            {"commit": {"goes_to": "GET /account/orders/{order}"}},
            "`commit` goes to `GET /account/orders/{order}`, which `addresses` names as a page",
        ),
        (
            {"opens": [{"css": ".x", "goes_to": "POST /account/orders/{order}/cancel"}]},
            "which is what `commit` asks for",
        ),
        (
            {"opens": [{"css": ".x", "sends": ["POST /order/{order}/withdraw"]}]},
            "looks like a cancellation, and `opens` must not cancel",
        ),
    ],
)
def test_check_refuses_what_could_cancel_on_the_way(
    tmp_path: Path, command: Command, cancel: dict[str, Any], said: str
) -> None:
    folder = adapter(tmp_path / "shop", {"pages": {"cancel": cancel}})

    code, _, err = command("check", "--store", str(folder))

    assert code == 2
    assert said in err


def test_check_refuses_reads_that_hold_the_click(tmp_path: Path, command: Command) -> None:
    reads = {"reads": ["POST /account/orders/{order}/cancel"]}
    folder = adapter(tmp_path / "shop", reads)

    code, _, err = command("check", "--store", str(folder))

    assert code == 2
    assert "`reads` holds `POST /account/orders/{order}/cancel`, which `commit` asks for" in err


def test_check_tells_that_lines_cannot_be_proved(tmp_path: Path, command: Command) -> None:
    nothing = {"subtotal": None, "priced": None}
    folder = adapter(tmp_path / "shop", {"pages": {"order": {"lines": nothing}}})

    code, _, err = command("check", "--store", str(folder))

    assert code == 0
    assert "lines cannot be proved to be all" in err
    assert "a keep-list by item or seller holds every order back" in err
    assert command("check", "--store", str(ADAPTER))[2] == ""


def test_a_host_that_the_profile_does_not_name_is_not_reached(boutique: Open) -> None:
    shop = boutique()

    with pytest.raises(InputError, match="is not among the hosts"):
        open_storefront(str(ADAPTER), base_url=shop.url.replace("127.0.0.1", "shop.example"))


def test_a_title_that_is_not_found_never_opens_the_keep_list(boutique: Open) -> None:
    shop = boutique(over={"pages": {"order": {"lines": {"title": {"css": ".titel"}}}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number, rules=Rules(Keep(items=(MUG,))))

    assert run.outcome is Outcome.BROKEN
    assert "an item without a title" in run.reason
    assert "line 1 of 1 is looked for by `order.lines.title` (css `.titel`), on line" in str(
        run.hint
    )
    assert (order.state, order.submits) == (State.ORDERED, 0)


def test_a_reason_that_has_no_place_is_not_told_as_given(boutique: Open) -> None:
    shop = boutique()
    order = shop.place(MUG)

    with pytest.raises(InputError, match="does not offer `Too slow`") as problem:
        shop.follow(order=order.number, reason="Too slow")

    assert "it has no place for it" in str(problem.value)
    assert order.submits == 0


@pytest.mark.parametrize("flow", ["end-prime", "start-return", "cancel-items-mobile"])
def test_a_flow_over_pages_that_it_does_not_have_is_refused(boutique: Open, flow: str) -> None:
    with pytest.raises(InputError, match=f"does not have the pages that `{flow}` walks over"):
        boutique().follow(flow, order="22")


@pytest.mark.parametrize(
    ("over", "named"),
    [
        ({"email": {"label": "E-mial"}}, "`sign_in.email` (label `E-mial`)"),
        ({"submit": {"role": "button", "name": "Log on"}}, "`sign_in.submit` (button `Log on`)"),
    ],
)
def test_what_the_sign_in_page_lacks_is_named(
    boutique: Open, over: dict[str, Any], named: str
) -> None:
    shop = boutique(over={"pages": {"sign_in": over}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.NEEDS_PERSON
    assert f"not the known one: there is no {named}" in run.reason
    assert order.submits == 0


def test_a_control_that_is_looked_for_under_another_name_is_named(boutique: Open) -> None:
    """So that who wrote the profile does not take the slip for the store's no."""
    over = {"pages": {"cancel": {"opens": [{"role": "button", "name": "Cancel the order"}]}}}
    shop = boutique(over=over)
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.REFUSED
    assert run.hint is not None
    assert "it looks for `cancel.opens` (button `Cancel the order`)" in run.hint
    assert (order.state, order.submits) == (State.ORDERED, 0)


def test_a_form_that_does_not_say_its_order_where_it_should_is_not_pressed(boutique: Open) -> None:
    shop = boutique(over={"pages": {"cancel": {"order": {"css": ".bigger"}}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.GUARDED
    assert "the form does not say which order it is about" in run.reason
    assert (order.state, order.submits) == (State.ORDERED, 0)


def test_a_number_that_is_none_of_its_own_is_told_by_its_pattern(boutique: Open) -> None:
    with pytest.raises(InputError) as problem:
        boutique().follow(order="112-4419326-1180247")

    assert problem.value.hint == r"one looks like `\d{2,7}`, as its profile says"


def thoroughly(over: dict[str, Any], told: str) -> Any:
    return pytest.param(over, told, marks=pytest.mark.thorough)


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ({"orders": {"rows": {"css": "tr.ordr"}}}, "no `orders.rows` (css `tr.ordr`) in the list"),
        thoroughly({"orders": {"link": {"role": "link", "name": "Show"}}},
                   "no `orders.link` (link `Show`) in the row of order 22"),
        ({"orders": {"number": {"css": ".no"}}}, "1 row, no number in any of them"),
        thoroughly({"order": {"here": {"css": ".detail"}}},
                   "no `order.here` (css `.detail`) after 10 s, by which the page `order`"),
        ({"order": {"number": {"css": ".numbr"}}}, "looked for by `order.number` (css `.numbr`)"),
        thoroughly({"order": {"lines": {"rows": {"css": "li"}}}},
                   "by `order.lines.rows` (css `li`)"),
        thoroughly({"home": {"signed_in": {"role": "button", "name": "Sign out"}, "account": None}},
                   "there is no `home.signed_in` (button `Sign out`)"),
        ({"cancel": {"here": {"css": ".ask-me"}}},
         "no `cancel.here` (css `.ask-me`) after 10 s, by which the page `cancel_items`"),
    ],
)  # fmt: skip
def test_a_place_that_finds_nothing_is_named(
    boutique: Open, over: dict[str, Any], told: str
) -> None:
    """In the reason, in the hint, or where the step broke; and nothing is clicked."""
    shop = boutique(over={"pages": over})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    said = [run.reason, run.hint or "", *(step.problem or "" for step in run.steps)]
    assert any(told in each for each in said), said
    assert (order.submits, order.state) == (0, State.ORDERED)


def test_a_word_that_is_not_known_leaves_what_became_of_a_click_open(boutique: Open) -> None:
    shop = boutique(over={"languages": {"en": {"states": {"cancelled": ["Gone"]}}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.UNKNOWN
    assert run.reason == f"the store says `Cancelled` of {MUG}, which its profile does not know"
    assert (order.submits, order.executions) == (1, 1)


def test_our_own_words_are_never_told_as_the_store_s(boutique: Open) -> None:
    """A store whose answer the profile does not know said nothing, and the order decides."""
    shop = boutique(over={"pages": {"answer": {"where": {"css": ".nowhere"}}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert (run.outcome, order.submits) == (Outcome.CANCELLED, 1)
    assert run.said is None
    assert any("no answer that is known: waited" in note for note in run.notes)


def test_what_moved_is_found_by_its_next_way_and_the_profile_is_mended(boutique: Open) -> None:
    """A reading may fall back, and says so; a patch puts the profile right."""
    moved = {"pages": {"orders": {"rows": [{"css": "li.order"}, {"css": "tr.order"}]}}}
    shop = boutique(over=moved)
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert any("`orders.rows` was not found as css `li.order`" in note for note in run.notes)
    patch = (run.folder / "profile.patch").read_text()
    assert patch.index("+    - css: tr.order") < patch.index("-    - css: tr.order")


@pytest.mark.parametrize(
    ("name", "what", "said"),
    [
        ("hurry", "wait_for_timeout(500)", "`wait_for_timeout` has no place in a page object"),
        ("send", "request.fetch('/x')", "`fetch` has no place in a page object"),
        ("post", "request.post('/x')", "`request` has no place in a page object"),
        ("force", "click('a', force=True)", "a click is never forced"),
    ],
)
def test_check_tells_what_own_pages_may_not_do(
    tmp_path: Path, command: Command, name: str, what: str, said: str
) -> None:
    folder = adapter(tmp_path / "shop")
    (folder / "pages.py").write_text(PAGES_PY.format(name=name, what=what))

    code, _, err = command("check", "--store", str(folder))

    assert code == 2
    assert said in err


def test_check_tells_of_an_own_method_that_hides_what_cannot_be_undone(
    tmp_path: Path, command: Command
) -> None:
    folder = adapter(tmp_path / "shop")
    (folder / "pages.py").write_text('''
from automation.pages.base import action
from automation.pages.cancelling import CancellationPage
from automation.pages.described.cancelling import DescribedCancelItemsPage


class CancelItemsPage(DescribedCancelItemsPage):
    """The question."""

    @action()
    def submit(self) -> CancellationPage:
        """Press it."""
        return self.turn_to(CancellationPage)
''')

    code, _, err = command("check", "--store", str(folder))

    assert code == 2
    assert "`CancelItemsPage.submit` cannot be undone, and is not marked so" in err


def test_check_tells_of_a_flow_that_nothing_can_be_read_back_of(
    tmp_path: Path, command: Command
) -> None:
    folder = adapter(tmp_path / "shop")
    (folder / "flows").mkdir()
    (folder / "flows/end-subscription.yaml").write_text(
        (Path("flows") / "end-subscription.yaml").read_text()
    )

    code, _, err = command("check", "--store", str(folder))

    assert code == 2
    assert "could not be read back: the profile has no address of `memberships`" in err


def test_a_storefront_of_an_installed_package_is_known_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    home = tmp_path / "site"
    adapter(home / "a_shop/here")
    (home / "a_shop/__init__.py").touch()
    info = home / "a_shop-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: a-shop\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[unorder.storefronts]\nhere = a_shop.here\n")
    (home / "a_shop/here/__init__.py").touch()
    monkeypatch.syspath_prepend(str(home))

    code, said, err = command("check", "--store", "here")

    assert code == 0, err
    assert "it can follow cancel-items" in said
