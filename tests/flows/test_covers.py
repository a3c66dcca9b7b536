"""What covers a page is declined as long as nothing is at stake, and never touched afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from automation.outcome import Outcome
from automation.pages.covers import Cover
from automation.pages.orders import OrdersPage
from automation.pages.readings import Order
from automation.pages.storefront import Patience, Storefront
from automation.run.record import Run
from automation.run.site import BrowserSite
from mock_store.rules import State
from mock_store.store import LAYOUTS, Store

Follow = Callable[..., Run]
LAMP = "Desk lamp"
LAY_OVER = """
id => {
  const over = Object.assign(document.createElement("div"), {id});
  over.innerHTML = "<button class=no>No, thanks</button>";
  over.style.cssText = "position: fixed; inset: 0; z-index: 99; background: #fffc";
  over.querySelector("button").onclick = () => over.remove();
  document.body.append(over);
}
"""


@pytest.fixture
def covers() -> tuple[Cover, ...]:
    return ()


@pytest.fixture
def storefront(storefront: Storefront, covers: tuple[Cover, ...]) -> Storefront:
    patience = Patience(step=8, action=3, answer=3, settle=2)
    return replace(storefront, patience=patience, covers=(*storefront.covers, *covers))


@pytest.fixture
def seed() -> int:
    return 0


@pytest.fixture
def store(layout: str, seed: int) -> Iterator[Store]:
    opened = Store(layout=layout, seed=seed)
    yield opened
    opened.close()


@pytest.mark.parametrize(("seed", "layout"), enumerate(LAYOUTS))
def test_every_page_may_be_covered_at_any_moment(store: Store, follow: Follow) -> None:
    order = store.place(LAMP)
    for quirk in ("cookie_banner*2", "popup*2", "survey*2"):
        store.quirks.ask(quirk)

    run = follow("cancel-items", order=order.number)

    # One that comes between the guards and the click is left where it is, and so is the order.
    done = run.outcome is Outcome.CANCELLED
    assert done or run.outcome in {Outcome.GUARDED, Outcome.NOT_CANCELLED}, run.reason
    assert (order.state, order.submits) == ((State.CANCELLED, 1) if done else (State.ORDERED, 0))


def test_a_cover_that_comes_right_before_the_guards_is_declined(
    store: Store, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = store.place(LAMP)
    problem = BrowserSite.control_problem

    def under_a_cover(site: BrowserSite) -> str | None:
        site._here.page.evaluate(LAY_OVER, "popup")
        return problem(site)

    monkeypatch.setattr(BrowserSite, "control_problem", under_a_cover)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.state, order.submits) == (State.CANCELLED, 1)


def test_a_step_whose_click_a_cover_took_is_taken_again(
    store: Store, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, settled, came = store.place(LAMP), OrdersPage.settled, []

    def under_the_pointer(page: OrdersPage) -> None:
        settled(page)
        if not came:
            came.append(page)
            page.page.evaluate(
                f"addEventListener('mousedown', () => ({LAY_OVER})('popup'), {{once: true}})"
            )

    monkeypatch.setattr(OrdersPage, "settled", under_the_pointer)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.state, order.submits) == (State.CANCELLED, 1)


def test_a_cover_that_comes_after_the_intent_is_never_touched(
    store: Store, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is what lies under it: the click is blocked, and that is told as it is."""
    order = store.place(LAMP)
    click, left = BrowserSite.click, []

    def click_under_a_cover(site: BrowserSite, within: float) -> None:
        page = site._here.page
        page.evaluate(LAY_OVER, "popup")
        try:
            click(site, min(within, 1.0))
        finally:
            left.append(page.locator("#popup").is_visible())

    monkeypatch.setattr(BrowserSite, "click", click_under_a_cover)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.NOT_CANCELLED, run.reason
    assert (order.state, order.submits) == (State.ORDERED, 0)
    assert left == [True]


@pytest.mark.parametrize(
    ("covers", "outcome", "submits"),
    [
        ((), Outcome.GUARDED, 0),
        ((Cover("#strange", "#strange .no"),), Outcome.CANCELLED, 1),
    ],
    ids=["unknown", "of the profile"],
)
def test_a_cover_over_the_control_is_declined_or_a_reason_not_to_click(
    store: Store,
    follow: Follow,
    monkeypatch: pytest.MonkeyPatch,
    outcome: Outcome,
    submits: int,
) -> None:
    order = store.place(LAMP)
    look = BrowserSite.last_look

    def look_while_it_comes(site: Any) -> Order:
        site._here.page.evaluate(LAY_OVER, "strange")
        return look(site)

    monkeypatch.setattr(BrowserSite, "last_look", look_while_it_comes)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is outcome, run.reason
    told = "`div#strange` (“No, thanks”) lies over the control"
    assert (told in run.reason) is (outcome is Outcome.GUARDED)
    assert order.submits == submits


STAYS = """
([id, close]) => {
  const over = Object.assign(document.createElement("div"), {id});
  over.innerHTML = `<h2>We value your privacy</h2>${close}`;
  over.style.cssText = "position: fixed; inset: 0; z-index: 99; background: #fffc";
  document.body.append(over);
}
"""
PANEL = """
link => {
  const panel = document.createElement("aside");
  panel.className = "recommended extra";
  panel.innerHTML = "<p>Customers also bought</p>" + "<p>Something</p>".repeat(600);
  panel.style.cssText = "position: fixed; inset: 0; z-index: 99; background: #fff; overflow: auto";
  document.body.append(panel);
}
"""


@pytest.mark.parametrize("layout", ["documented", "current"])
@pytest.mark.parametrize("covers", [(Cover("#strange", "#strange .no"),)])
@pytest.mark.parametrize(
    ("close", "told"),
    [
        ("<button class=no>No, thanks</button>", "stays after `#strange .no` was pressed"),
        ("", "has no `#strange .no` to close it"),
    ],
    ids=["pressed", "not there"],
)
def test_an_overlay_that_stays_after_its_decline_is_named(
    store: Store,
    follow: Follow,
    monkeypatch: pytest.MonkeyPatch,
    close: str,
    told: str,
) -> None:
    order = store.place(LAMP)
    _before_the_order_is_opened(monkeypatch, STAYS, ["strange", close])

    run = follow("cancel-items", order=order.number)

    reason = f"the overlay `#strange` (“We value your privacy”) {told}"
    assert (run.outcome, run.reason) == (Outcome.BROKEN, reason)
    assert run.hint == (
        "see in a browser what closes it, and correct `close` of that entry of `covers` in the"
        " storefront's profile"
    )
    assert (order.state, order.submits) == (State.ORDERED, 0)


@pytest.mark.parametrize("layout", ["documented", "current"])
def test_a_panel_over_a_control_is_named_and_nothing_else(
    store: Store, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = store.place(LAMP)
    _before_the_order_is_opened(monkeypatch, PANEL, None)

    run = follow("cancel-items", order=order.number)

    told = "`aside.recommended` (“Customers also bought”) lies over what is to be pressed"
    assert (run.outcome, run.reason, run.steps[-1].problem) == (Outcome.BROKEN, told, told)
    assert run.hint == (
        "if a shopper can close it, name it in the storefront's profile:"
        " covers: [{seen: 'aside.recommended', close: …}]"
    )
    assert (order.state, order.submits) == (State.ORDERED, 0)


@pytest.mark.parametrize("layout", ["documented", "current"])
def test_a_panel_over_the_last_control_is_named(
    store: Store, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = store.place(LAMP)
    look = BrowserSite.last_look

    def look_while_it_comes(site: Any) -> Order:
        site._here.page.evaluate(PANEL, None)
        return look(site)

    monkeypatch.setattr(BrowserSite, "last_look", look_while_it_comes)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.GUARDED
    assert run.reason.endswith(
        "`aside.recommended` (“Customers also bought”) lies over the control"
    ), run.reason
    assert (order.state, order.submits) == (State.ORDERED, 0)


def _before_the_order_is_opened(
    monkeypatch: pytest.MonkeyPatch, script: str, given: object
) -> None:
    settled = OrdersPage.settled

    def cover_the_list(page: OrdersPage) -> None:
        settled(page)
        page.page.evaluate(script, given)

    monkeypatch.setattr(OrdersPage, "settled", cover_the_list)


# Each is not as it should be when the pointer is sent to the control, and is a moment later.
NOT_YET = {
    "disabled": "it => { it.disabled = true; setTimeout(() => { it.disabled = false }, 600) }",
    "hidden": "it => { it.hidden = true; setTimeout(() => { it.hidden = false }, 600) }",
    "gives way": "it => { it.onmouseover = () => { it.style.marginTop = '120px' } }",
}


def changing(monkeypatch: pytest.MonkeyPatch, script: str, *, first: bool) -> None:
    """Have a script change the control right before the pointer comes over it, or right after."""
    come_over = BrowserSite._come_over

    def come_over_it(site: BrowserSite) -> None:
        if first:
            site._here.control().evaluate(script)
        come_over(site)
        if not first:
            site._here.control().evaluate(script)

    monkeypatch.setattr(BrowserSite, "_come_over", come_over_it)


@pytest.mark.parametrize("script", NOT_YET.values(), ids=NOT_YET)
def test_a_control_is_waited_for(
    store: Store, follow: Follow, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    order = store.place(LAMP)
    changing(monkeypatch, script, first=True)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.state, order.submits) == (State.CANCELLED, 1)


# Each makes the form another than the one that was filled in.
NO_MORE = {
    "gone": "it => it.form.remove()",
    "ticked": "it => it.form.querySelectorAll('input[type=checkbox]')"
    ".forEach(box => { box.checked = true })",
    "the other box gone": "it => it.form.querySelectorAll('input[type=checkbox]')[1].remove()",
}


@pytest.mark.parametrize("script", NO_MORE.values(), ids=NO_MORE)
def test_a_form_that_has_changed_when_the_guards_look_is_not_sent(
    store: Store, follow: Follow, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    order = store.place(LAMP, "USB-C cable")
    changing(monkeypatch, script, first=False)

    run = follow("cancel-items", order=order.number, items=[LAMP])

    assert run.outcome is Outcome.GUARDED, run.reason
    assert (order.state, order.submits) == (State.ORDERED, 0)
