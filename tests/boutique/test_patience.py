"""Whatever may load a page has the step's patience, on the way to the last click too."""

from __future__ import annotations

import pytest
from altered import altogether, doing, late, replacing, serving
from boutiques import Open

from automation.outcome import Outcome
from mock_store.rules import State

MUG = "Stoneware mug"
ORDER = r"/account/orders/\d+"
# The button leads to a page of its own, whose link leads to the page that asks once more.
HELP = '<main><h1>Help</h1><a href="/account/orders/22/cancel">Cancel my order</a></main>'
ASKS = {
    "opens": [
        {"role": "link", "name": "Cancel order"},
        {
            "role": "link",
            "name": "Cancel my order",
            "goes_to": "GET /account/orders/{order}/cancel",
        },
    ]
}


@pytest.mark.parametrize("seconds", [2.5, 6.0])
def test_a_page_between_the_openers_may_come_late(boutique: Open, seconds: float) -> None:
    alter = altogether(
        replacing(ORDER, (r'href="/account/orders/22/cancel"', 'href="/help/22"')),
        serving("/help/22", HELP),
        late("/help/22", seconds),
    )
    shop = boutique("confirm=page", recipe="confirm-page", over={"pages": {"cancel": ASKS}},
                    alter=alter)  # fmt: skip
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.state, order.submits) == (State.CANCELLED, 1)


def test_a_page_that_draws_what_begins_a_cancellation_late_is_waited_for(boutique: Open) -> None:
    """A script asks the store what may be done, and only then draws the button."""
    alter = altogether(
        doing(ORDER, """
            const ways = document.querySelector(".ways"), { parentElement } = ways;
            ways.remove();
            fetch("/may-be-cancelled").then(() => parentElement.append(ways));
        """),
        serving("/may-be-cancelled", "yes"),
        late("/may-be-cancelled", 3),
    )  # fmt: skip
    shop = boutique(alter=alter)
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.state, order.submits) == (State.CANCELLED, 1)


def test_an_opener_that_a_script_draws_late_is_waited_for(boutique: Open) -> None:
    """The first is there at once, the second three seconds after it was pressed."""
    alter = doing(
        ORDER,
        """
        const dialog = document.querySelector("dialog"), main = document.querySelector("main");
        const first = document.createElement("button");
        first.textContent = "What can I do?";
        const cancel = document.querySelector(".cancel");
        cancel.replaceWith(first);
        first.onclick = () => setTimeout(() => main.append(cancel), 3000);
    """,
    )
    opens = [
        {"role": "button", "name": "What can I do?"},
        {"role": "button", "name": "Cancel order"},
    ]
    shop = boutique(alter=alter, over={"pages": {"cancel": {"opens": opens}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.state, order.submits) == (State.CANCELLED, 1)


@pytest.mark.parametrize("drawn", [False, True])
def test_the_page_that_takes_the_password_may_come_late(boutique: Open, *, drawn: bool) -> None:
    """The address is asked for on one page, the password on another, which comes late."""
    wait = "setTimeout(() => main.append(form), 6000)" if drawn else "main.append(form)"
    alter = altogether(
        doing("/account/login", f"""
            const main = document.querySelector("main");
            const form = document.querySelector("form.login");
            const email = form.querySelector("[type=email]").parentElement;
            if (location.search.includes("step")) {{
                form.remove();
                email.firstElementChild.value = sessionStorage.email;
                {wait};
            }} else {{
                const on = document.createElement("a");
                on.textContent = "Go on";
                on.href = "?step=2";
                on.onclick = () => {{ sessionStorage.email = email.firstElementChild.value; }};
                form.replaceWith(email, on);
            }}
        """),
        late("/account/login", 0 if drawn else 6, query="step"),
    )  # fmt: skip
    over = {"pages": {"sign_in": {"next": {"role": "link", "name": "Go on"}}}}
    shop = boutique(alter=alter, over=over)
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert order.submits == 1


def test_a_tab_may_come_late(boutique: Open) -> None:
    shop = boutique("link=tab", recipe="link-tab", alter=late(ORDER, 6))
    order = shop.place(MUG)

    run = shop.follow(commit=False, order=order.number)

    assert run.outcome is Outcome.REHEARSED, run.reason
    assert order.submits == 0
