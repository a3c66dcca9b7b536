"""What the pages of each shape say, over HTTP."""

from __future__ import annotations

import re

import pytest
from shop_visits import ShopVisit, Visit

from mock_store.boutique.shapes import Shapes
from mock_store.errors import StoreError
from mock_store.lines import Line
from mock_store.rules import Payment, State

TOKEN = {"Authorization": "Bearer T"}
MUG, THROW = "Stoneware mug", "Wool throw"
ORDERS, ORDER = "/account/orders", "/account/orders/22"


def text_of(page: str, css_class: str) -> list[str]:
    """What elements of this class say, with white space as it is."""
    found = re.findall(rf'class="{css_class}"[^>]*>(.*?)</(?:td|p|li|span)>', page, re.DOTALL)
    return [re.sub(r"<[^>]*>", "", text).strip() for text in found]


def link_to(page: str) -> str:
    found = re.search(r'class="view" href="([^"]*)"', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize("address", ["secret", "key"])
def test_an_address_with_a_secret_opens_the_order_to_anyone(visit: Visit, address: str) -> None:
    shop = visit(f"address={address}")
    order = shop.place(MUG)
    path = link_to(shop.page(ORDERS))
    assert order.secret in path

    shop.client.delete_cookie("varnholt_session")

    assert "Order 22" in shop.shown(path)
    assert shop.get(path.replace(order.secret, "0" * 16)).status_code != 200
    assert shop.get(ORDER).status_code != 200


@pytest.mark.parametrize("address", ["secret", "key", "shifted"])
def test_an_order_is_cancelled_at_its_address(visit: Visit, address: str) -> None:
    shop = visit(f"address={address}", "confirm=page")
    order = shop.place(MUG)
    path = link_to(shop.page(ORDERS))
    asks = shop.page(path)
    form = re.search(r'class="cancel" href="([^"]*)"', asks)
    assert form is not None
    question = form[1].replace("&amp;", "&")

    answer = shop.send(question, question)

    assert (order.state, order.submits) == (State.CANCELLED, 1)
    assert "Order 22 has been cancelled." in shop.shown(answer.location)


def test_a_number_in_the_address_may_differ_from_the_one_that_is_shown(visit: Visit) -> None:
    shop = visit("address=shifted")
    shop.place(MUG)

    assert link_to(shop.page(ORDERS)) == "/account/orders/7001"
    assert "Order 22" in shop.shown("/account/orders/7001")
    assert shop.get(ORDER).status_code == 404


def test_a_guest_has_no_list_and_no_account(visit: Visit) -> None:
    shop = visit("sign_in=none", "address=secret", signed_in=False)
    order = shop.place(MUG)
    path = f"{ORDER}/{order.secret}"

    page = shop.page(path)

    assert "Log in" not in page
    assert "/account/login" not in page
    assert shop.get(ORDERS).status_code == 404
    assert shop.get("/account/login").status_code == 404
    shop.send(path, f"{path}/cancel")
    assert order.state == State.CANCELLED


def test_without_accounts_addresses_hold_a_secret() -> None:
    with pytest.raises(StoreError, match="without accounts"):
        Shapes().with_("sign_in=none")


@pytest.mark.parametrize("orders", [0, 1])
def test_a_list_may_say_neither_a_count_nor_that_it_is_empty(visit: Visit, orders: int) -> None:
    shop = visit("count=none")
    for number in range(orders):
        shop.place(MUG, number=str(22 + number))

    said = shop.shown(ORDERS)

    assert not re.search(r"\d orders?\b", said)
    assert "You have not ordered" not in said


def test_a_count_may_be_a_bare_text_beside_a_select(visit: Visit) -> None:
    shop = visit("count=select")
    for number in range(12):
        shop.place(MUG, number=str(100 + number))

    assert "Per Page 51025 6 - 10 of 12" in shop.shown(f"{ORDERS}?page=2")
    assert "Per Page 51025 11 - 12 of 12" in shop.shown(f"{ORDERS}?page=2&limit=10")


@pytest.mark.parametrize(("pager", "nexts"), [("next", 1), ("twice", 2), ("carousel", 2)])
def test_a_list_may_have_two_links_called_next(visit: Visit, pager: str, nexts: int) -> None:
    shop = visit(f"pager={pager}")
    for number in range(6):
        shop.place(MUG, number=str(100 + number))

    assert shop.page(ORDERS).count(">Next</a>") == nexts


def test_a_label_may_hold_a_mark(visit: Visit) -> None:
    page = visit("sign_in=nested", signed_in=False).page("/account/login")

    assert '<label for="email">Email<i class="label-required">required</i></label>' in page


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("plain", "Stoneware mug"),
        ("code", "Stoneware mug (STO06)"),
        ("quantity", "Stoneware mug × 2"),  # noqa: RUF001
        ("linked", "Stoneware mug"),
    ],
)
def test_a_title_is_written_in_the_way_of_its_shape(visit: Visit, title: str, said: str) -> None:
    shop = visit(f"title={title}")
    shop.place(Line(MUG, quantity=2))

    assert text_of(shop.page(ORDER), "title") == [said]


def test_a_product_that_the_shop_deleted_has_no_link(visit: Visit) -> None:
    shop = visit("title=linked")
    shop.place(MUG, "Brass bell")

    page = shop.page(ORDER)

    assert '<td class="title"><a href="/#piece-6">Stoneware mug</a></td>' in page
    assert '<td class="title">Brass bell</td>' in page


def test_each_line_may_have_a_body(visit: Visit) -> None:
    shop = visit("lines=bodies")
    shop.place(MUG, THROW)

    assert shop.page(ORDER).count("<tbody>") == 2


def test_the_total_may_be_a_row_like_the_lines(visit: Visit) -> None:
    shop = visit("lines=total")
    shop.place(Line(MUG, quantity=2), THROW)

    page = shop.page(ORDER)

    assert text_of(page, "title") == [MUG, THROW, "Total"]
    assert text_of(page, "price")[-1] == "€125.00"
    assert text_of(page, "total") == []


@pytest.mark.parametrize(
    ("sums", "count", "subtotal", "total"),
    [
        ("total", [], [], ["€125.00"]),
        ("all", ["3"], ["€125.00"], ["€125.00"]),
        ("none", [], [], []),
    ],
)
def test_an_order_adds_up_what_its_shape_says(
    visit: Visit, sums: str, count: list[str], subtotal: list[str], total: list[str]
) -> None:
    shop = visit(f"sums={sums}")
    shop.place(Line(MUG, quantity=2), THROW)

    page = shop.page(ORDER)

    assert text_of(page, "count") == count
    assert text_of(page, "subtotal") == subtotal
    assert text_of(page, "total") == total


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("plain", "Received"),
        ("glued", "StatusReceived"),
        ("labelled", "Order Status: Received"),
    ],
)
def test_a_state_may_have_its_label(visit: Visit, stamp: str, said: str) -> None:
    shop = visit(f"stamp={stamp}")
    shop.place(MUG)

    assert text_of(shop.page(ORDER), "stamp") == [said]
    assert text_of(shop.page(ORDERS), "state") == [said]


@pytest.mark.parametrize(
    ("payment", "said"),
    [(Payment.UNSAID, "Received"), (Payment.PENDING, "Payment pending"), (Payment.PAID, "Paid")],
)
def test_an_order_says_whether_it_is_paid(visit: Visit, payment: Payment, said: str) -> None:
    shop = visit()
    shop.place(MUG, payment=payment)

    assert text_of(shop.page(ORDER), "stamp") == [said]


@pytest.mark.parametrize("text", ["Canceled Reversal", "Refunded", "Expired", "On hold"])
def test_a_state_says_what_it_is_set_to_until_it_changes(visit: Visit, text: str) -> None:
    shop = visit()
    order = shop.place(MUG, says=text)
    assert text_of(shop.page(ORDER), "stamp") == [text]

    order.move(State.SHIPPED)

    assert text_of(shop.page(ORDER), "stamp") == ["On its way"]


def test_the_control_api_sets_what_a_state_says(visit: Visit) -> None:
    shop = visit()
    placed = shop.client.post(
        "/_control/orders", headers=TOKEN,
        json={"items": [MUG], "number": "22", "payment": "paid"},
    )  # fmt: skip
    assert placed.json == {"number": "22", "secret": shop.store.order("22").secret}
    assert text_of(shop.page(ORDER), "stamp") == ["Paid"]

    shop.client.post("/_control/orders/22/say", headers=TOKEN, json={"text": "Canceled Reversal"})

    assert text_of(shop.page(ORDER), "stamp") == ["Canceled Reversal"]
    assert shop.client.post("/_control/orders/22/say", headers=TOKEN, json={}).status_code == 400


def _cancel(shop: ShopVisit, form: str = ORDER) -> str:
    """Cancel order 22 by the form of this page, and read the page that answers."""
    return shop.page(shop.send(form, f"{ORDER}/cancel").location)


@pytest.mark.parametrize(
    ("fee", "before", "after", "state"),
    [
        ("none", [], [], "Cancelled"),
        ("shown", ["€5.00"], ["€5.00"], "Cancelled"),
        ("after", [], ["€5.00"], "Cancelled"),
        ("unstated", ["€5.00"], ["€5.00"], "Payment pending"),
    ],
)
def test_a_fee_is_shown_before_and_afterwards(
    visit: Visit, fee: str, before: list[str], after: list[str], state: str
) -> None:
    shop = visit(f"fee={fee}")
    order = shop.place(MUG, payment=Payment.PENDING)
    assert text_of(shop.page(ORDER), "fee") == before

    page = _cancel(shop)

    assert order.state == State.CANCELLED
    assert text_of(page, "fee") == after
    assert text_of(page, "refund") == (["€13.00"] if after else [])
    assert text_of(page, "stamp") == [state]


@pytest.mark.parametrize("paid", ["asks", "asks_untold"])
@pytest.mark.parametrize("payment", [Payment.PENDING, Payment.PAID])
def test_one_button_cancels_what_is_unpaid_and_asks_for_what_is_paid(
    visit: Visit, paid: str, payment: Payment
) -> None:
    shop = visit(f"paid={paid}", "confirm=page")
    order = shop.place(MUG, payment=payment)
    asks = payment is Payment.PAID
    assert ">Request cancellation<" in shop.page(ORDER)
    said = shop.shown(f"{ORDER}/cancel")
    assert ("This is a request" in said) is (asks and paid == "asks")
    assert ("comes back within a week" in said) is (not asks and paid == "asks")

    page = _cancel(shop, f"{ORDER}/cancel")

    assert (order.state, order.submits, order.executions) == (
        (State.REQUESTED, 1, 0) if asks else (State.CANCELLED, 1, 1)
    )
    received = "Cancellation request received for order 22." in page
    assert received is asks
    assert "Order 22 has been cancelled." in page or asks


@pytest.mark.parametrize(
    ("requested", "state", "alerts"),
    [("state", "Cancel Request", 0), ("alert", "Paid", 1)],
)
@pytest.mark.parametrize(("decision", "state_after"), [("approve", "Cancelled"), ("deny", "Paid")])
def test_a_request_is_told_as_its_shape_says_until_it_is_decided(
    visit: Visit, requested: str, state: str, alerts: int, decision: str, state_after: str
) -> None:
    shop = visit("paid=asks", f"requested={requested}")
    order = shop.place(MUG, payment=Payment.PAID)
    _cancel(shop)
    alert = "A cancellation request was received."
    page = shop.page(ORDER)
    assert text_of(page, "stamp") == [state]
    assert page.count(alert) == alerts

    {"approve": order.approve, "deny": order.deny}[decision]()

    assert text_of(shop.page(ORDER), "stamp") == [state_after]
    assert alert not in shop.page(ORDER)


def test_a_link_in_the_row_cancels_at_once(visit: Visit) -> None:
    shop = visit("place=row", "confirm=link")
    order = shop.place(MUG)
    link = re.search(r'class="cancel" href="([^"]*)"', shop.page(ORDERS))
    assert link is not None

    shop.get(link[1])

    assert (order.state, order.submits) == (State.CANCELLED, 1)


def test_a_link_without_an_address_has_a_script_that_cancels_at_once(visit: Visit) -> None:
    shop = visit("confirm=onclick")
    order = shop.place(MUG)
    page = shop.get(ORDER)
    assert "onclick=\"location='/account/orders/22/cancel-now'\"" in page.text
    assert "'unsafe-inline'" in page.headers["Content-Security-Policy"]

    shop.get(f"{ORDER}/cancel-now")

    assert order.state == State.CANCELLED


@pytest.mark.parametrize("opens", ["two", "slow", "post", "post_cancels"])
def test_a_page_may_come_before_the_question(visit: Visit, opens: str) -> None:
    shop = visit(f"opens={opens}")
    order = shop.place(MUG)
    link = f'class="cancel" href="{ORDER}/cancel/options"'
    assert (f"{link} data-loads>" if opens == "slow" else f"{link}>") in shop.page(ORDER)

    page = shop.page(f"{ORDER}/cancel/options")

    if opens in ("two", "slow"):
        loads = " data-loads" if opens == "slow" else ""
        assert f'href="{ORDER}/cancel"{loads}>Go on</a>' in page
        assert order.submits == 0
        return
    answer = shop.send(f"{ORDER}/cancel/options", f"{ORDER}/check")
    cancels = opens == "post_cancels"
    assert order.state == (State.CANCELLED if cancels else State.ORDERED)
    assert ("has been cancelled" in shop.shown(answer.location)) is cancels
    assert ("Call off order 22?" in shop.shown(answer.location)) is not cancels
