"""From what the database holds to what a page shows, in the shopper's language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby

from flask import current_app, url_for
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from mock_store import refunds
from mock_store.catalogue import OWN
from mock_store.rules import RETURN_WINDOW, State, Way, may_be_cancelled, way_out
from mock_store.showing import (
    AnswerShown,
    AskShown,
    CancelFormShown,
    ItemShown,
    MessageOfOrder,
    Money,
    OrderListShown,
    OrderShown,
    PageLink,
    ShipmentShown,
)
from mock_store.store import Store
from mock_store.tables import Account, Answer, Item, Order

PER_PAGE = 10
REASONS = ("mistake", "late", "price", "cheaper", "other")


def order_shown(store: Store, order: Order) -> OrderShown:
    words = store.words
    items = [item_shown(store, item) for item in order.items]
    pairs = sorted(zip(order.items, items, strict=True),
                   key=lambda pair: _group(store, order, pair[0]))  # fmt: skip
    shipments = tuple(
        ShipmentShown(
            state=group[1],
            heading=own[0].state_text,
            detail=_detail(store, group[1], group[2]),
            items=tuple(own),
            seller=own[0].seller,
            way=group[2],
            way_url=_way_url(order, group[2], own[0].seller),
        )
        for group, pairs_of in groupby(pairs, key=lambda pair: _group(store, order, pair[0]))
        if (own := [shown for _, shown in pairs_of])
    )
    goods = sum(i.cents * i.quantity for i in order.items if i.state != State.CANCELLED)
    open_ = any(way_of(store, order, item) is Way.CANCEL for item in order.items)
    return OrderShown(
        number=order.number,
        placed=words.date(order.placed),
        total=words.money(goods),
        recipient=order.account.name,
        address=tuple(order.account.address.splitlines()),
        payment=order.account.payment,
        shipments=shipments,
        sums=(
            Money(words("subtotal"), words.money(goods)),
            Money(words("shipping"), words("free")),
            Money(words("grand_total"), words.money(goods), grand=True),
        ),
        details_url=url_for("order.details", orderID=order.number),
        cancel_url=url_for("cancelling.form", orderID=order.number) if open_ else None,
        cancelled=all(item.state == State.CANCELLED for item in order.items),
        note=order.note,
        messages=tuple(
            MessageOfOrder(
                words(
                    "they_wrote" if message.by_seller else "you_wrote",
                    seller=message.seller,
                    date=words.date(message.at),
                ),
                message.text,
                message.by_seller,
            )
            for message in order.messages
        ),
        refunds=refunds.lines(store, order),
    )


def item_shown(store: Store, item: Item, *, ticked: bool = False) -> ItemShown:
    words = store.words
    return ItemShown(
        token=item.token,
        title=item.title,
        picture=url_for("home.picture", title=item.title),
        quantity=item.quantity,
        price=words.money(item.cents),
        seller=item.seller,
        state=item.state,
        state_text=_state_text(store, item),
        ticked=ticked,
        eligible=_eligible(store, item),
    )


def _eligible(store: Store, item: Item) -> str:
    if item.state != State.DELIVERED:
        return ""
    until = _utc(item.since) + RETURN_WINDOW
    key = "return_until" if store.clock.now() <= until else "return_closed"
    return store.words(key, date=store.words.date(until))


def _state_text(store: Store, item: Item) -> str:
    words, note = store.words, item.order.note
    if note and may_be_cancelled(State(item.state)):
        return words(f"state_{note}", date=words.date(item.ships or item.since))
    if item.state == State.RETURNED and not all(
        refunds.paid(store, refund) for refund in item.order.refunds
    ):
        return words("state_return_started")
    return words(f"state_{item.state}", date=words.date(item.since))


def list_shown(
    store: Store, session: Session, account: Account, *, period: str, start: int, search: str
) -> OrderListShown:
    words = store.words
    found = select(Order).where(Order.account_id == account.id)
    if search:
        like = f"%{search}%"
        found = found.where(
            or_(
                Order.number == search,
                Order.id.in_(select(Item.order_id).where(Item.title.like(like))),
            )
        )
    found = _within(store, found, period)
    count = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    page = session.scalars(
        found.order_by(Order.placed.desc(), Order.id.desc()).limit(PER_PAGE).offset(start)
    ).all()
    stated = words("orders_one") if count == 1 else words("orders_many", count=count)
    return OrderListShown(
        stated=stated,
        orders=tuple(order_shown(store, order) for order in page),
        periods=_periods(store, session, account, period),
        search=search,
        previous=_page(words("previous"), start - PER_PAGE, count, period, search, start),
        pages=tuple(
            PageLink(str(n // PER_PAGE + 1), _url(n, period, search), current=n == start)
            for n in range(0, count, PER_PAGE)
            if abs(n - start) <= 3 * PER_PAGE
        )
        if count > PER_PAGE
        else (),
        next=_page(words("next"), start + PER_PAGE, count, period, search, start),
        empty=words("no_orders") if not count else None,
    )


def form_shown(
    store: Store, order: Order, *, token: str, error: str | None, ticked: bool
) -> CancelFormShown:
    words = store.words
    return CancelFormShown(
        order=order_shown(store, order),
        items=tuple(
            item_shown(store, item, ticked=ticked)
            for item in order.items
            if way_of(store, order, item) is Way.CANCEL
        ),
        reasons=tuple((reason, words(f"reason_{reason}")) for reason in REASONS),
        form_token=token,
        warning=None,
        error=error,
    )


def answer_shown(store: Store, order: Order, answer: Answer) -> AnswerShown:
    words = store.words
    cancelled, kept = answer.cancelled.split(), answer.kept.split()
    return AnswerShown(
        kind=answer.kind,
        heading=words(f"answer_{answer.kind}"),
        text=words(answer.reason or f"answer_{answer.kind}_text"),
        order=order_shown(store, order),
        cancelled=tuple(item_shown(store, i) for i in order.items if i.token in cancelled),
        kept=tuple(item_shown(store, i) for i in order.items if i.token in kept),
    )


def ask_shown(store: Store, order: Order, way: Way, seller: str) -> AskShown:
    words = store.words
    return AskShown(
        kind=way.value,
        order=order_shown(store, order),
        seller=seller,
        items=tuple(item_shown(store, item) for item in asked_about(store, order, way, seller)),
        reasons=tuple((reason, words(f"reason_{reason}")) for reason in REASONS),
    )


def asked_about(store: Store, order: Order, way: Way, seller: str) -> list[Item]:
    """The items that a form of this kind is about; *seller* is "" for a return."""
    return [
        item
        for item in order.items
        if way_of(store, order, item) is way and seller in ("", item.seller)
    ]


def way_of(store: Store, order: Order, item: Item) -> Way:
    """What the store offers for an item now."""
    now = store.clock.now()
    if item.digital and store.layout == "mobile" and may_be_cancelled(State(item.state)):
        return Way.ELSEWHERE
    return way_out(
        State(item.state),
        own=item.seller == OWN,
        since_order=now - _utc(order.placed),
        since_state=now - _utc(item.since),
    )


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _way_url(order: Order, way: str, seller: str) -> str:
    match Way(way):
        case Way.REQUEST:
            return url_for("asking.form", kind="request-cancellation", orderID=order.number,
                           seller=seller)  # fmt: skip
        case Way.CONTACT:
            return url_for("asking.form", kind="contact-seller", orderID=order.number,
                           seller=seller)  # fmt: skip
        case Way.RETURN:
            return url_for("asking.form", kind="returns/cart", orderID=order.number)
        case _:
            return ""


def _group(store: Store, order: Order, item: Item) -> tuple[int, str, str, str]:
    way = way_of(store, order, item)
    seller = item.seller if way in (Way.REQUEST, Way.CONTACT) else ""
    place = 99 if item.state == State.CANCELLED else item.shipment
    return (place, item.state, way.value, seller)


def _detail(store: Store, state: str, way: str) -> str:
    if way in (Way.REQUEST, Way.CONTACT):
        return store.words(f"{way}_detail")
    if way == Way.ELSEWHERE:
        return ""
    keys = {
        State.ORDERED: "ordered_detail",
        State.PREPARING: "ordered_detail",
        State.SHIPPED: "shipped_detail",
        State.CANCELLED: "not_charged",
    }
    key = keys.get(State(state))
    return store.words(key) if key else ""


def _within(store: Store, found: Select[Order], period: str) -> Select[Order]:
    now = store.clock.now()
    days = {"last30": 30, "months-3": 90}
    if period in days:
        return found.where(Order.placed >= now - timedelta(days=days[period]))
    if period.startswith("year-"):
        return found.where(func.strftime("%Y", Order.placed) == period.removeprefix("year-"))
    return found


def _periods(
    store: Store, session: Session, account: Account, chosen: str
) -> tuple[tuple[str, str, bool], ...]:
    words = store.words
    year = func.strftime("%Y", Order.placed)
    years = session.scalars(
        select(year).where(Order.account_id == account.id).distinct().order_by(year.desc())
    ).all()
    options = [("all", words("all_orders")), ("last30", words("last30"))]
    options += [("months-3", words("months3"))]
    options += [(f"year-{each}", each) for each in years]
    return tuple((value, text, value == chosen) for value, text in options)


def _page(  # noqa: PLR0917 (what an address of a page is made of)
    label: str, start: int, count: int, period: str, search: str, here: int
) -> PageLink | None:
    if count <= PER_PAGE:
        return None
    there = 0 <= start < count and start != here
    return PageLink(label, _url(start, period, search) if there else None)


def _url(start: int, period: str, search: str) -> str:
    # Two ways of counting are in use on real stores, so the layouts have one each.
    index = start if _by_index() else None
    page = None if _by_index() else start // PER_PAGE
    if search:
        return url_for("orders.search", search=search, startIndex=index, page=page)
    return url_for("orders.listed", timeFilter=period, startIndex=index, page=page)


def _by_index() -> bool:
    store: Store = current_app.extensions["store"]
    return store.layout != "current"
