"""Looking at a saved page: which one it is, what it shows, and what is read from it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, Route

from automation.errors import InputError
from automation.pages.base import AnswerPage, CommittingPage, Kind, PageObject, Word
from automation.pages.known import PAGES
from automation.pages.message import MessagePage
from automation.pages.order import OrderPage
from automation.pages.orders import OrdersPage
from automation.pages.person import PersonPage
from automation.pages.readings import AnsweredItem, Order, OrderList, Selection
from automation.pages.sign_in import SignInPage
from automation.pages.storefront import Storefront
from automation.pages.values import Items, folded
from automation.run.arrival import visible
from automation.run.browser import OpenBrowser

# What a page asks of a person stands before what it shows beside that.
KNOWN: tuple[type[PageObject], ...] = (SignInPage, PersonPage, *PAGES, MessagePage)
_LARGEST = 16 * 2**20  # bytes


@dataclass(frozen=True)
class ControlSeen:
    """The control whose click cannot be undone, as a page shows it."""

    wording: str
    enabled: bool


@dataclass(frozen=True)
class FormSeen:
    """What a form of the last step holds."""

    selection: Selection
    controls: tuple[ControlSeen, ...]  # one, where the page is as it is known


@dataclass(frozen=True)
class AnswerSeen:
    """What the store's answer says, and of which items."""

    words: str
    items: tuple[AnsweredItem, ...]


@dataclass(frozen=True)
class Probe:
    """What is known of a page. `page` is `None` when it is none of the known ones."""

    page: str | None
    title: str
    signs: tuple[str, ...]
    asks: str | None = None
    orders: OrderList | None = None
    order: Order | None = None
    form: FormSeen | None = None
    answer: AnswerSeen | None = None

    def as_data(self) -> dict[str, Any]:
        """The same as JSON can hold it."""
        data = asdict(self)
        if self.order:
            for item, told in zip(self.order.items, data["order"]["items"], strict=True):
                told["state"] = item.state.value
            data["order"]["whole"] = self.order.whole and self.order.whole.value
        return data


def probe(path: Path, storefront: Storefront, browser: OpenBrowser, *, url: str | None) -> Probe:
    """Look at a saved page, with scripts off and without a network.

    *url* is where it was saved from; some facts stand only there. `InputError` if it cannot be
    read.
    """
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"`{path}` is not a file", hint="name a saved page, PAGE.html")
        if path.stat().st_size > _LARGEST:
            raise InputError(f"`{path}` is larger than {_LARGEST // 2**20} MiB",
                             hint="save the page alone, without what it links to")  # fmt: skip
        content = path.read_bytes()
    except OSError as problem:
        raise InputError(
            f"cannot read `{path}`: {problem.strerror}", hint="name a saved page, PAGE.html"
        ) from problem
    address = url or storefront.base_url

    def answer(route: Route) -> None:
        if route.request.is_navigation_request() and route.request.frame == page.main_frame:
            route.fulfill(body=content, content_type="text/html; charset=utf-8")
        else:
            route.abort()

    context = browser.new_dead_context()
    try:
        page = context.new_page()
        page.route("**/*", answer)
        page.goto(address, wait_until="domcontentloaded")
        return _seen(page, storefront)
    finally:
        context.close()


def _seen(page: Page, storefront: Storefront) -> Probe:
    may_be = filter(storefront.may_show, KNOWN)
    shared = {kind.name: storefront.kind(kind) for kind in may_be}
    kinds = {**storefront.kinds, **shared}  # a store's own kinds first: they know more
    here = next(
        (found for kind in kinds.values() if visible((found := kind(page, storefront)).arrived())),
        None,
    )
    asks = here.asks() if isinstance(here, PersonPage) else None
    return Probe(
        page=here.name if here else None,
        title=page.title().strip(),
        signs=tuple(_signs(here)) if here else (),
        asks=asks.words if asks else None,
        orders=here.read() if isinstance(here, OrdersPage) else None,
        order=here.read() if isinstance(here, OrderPage) else None,
        form=_form(here) if isinstance(here, CommittingPage) else None,
        answer=AnswerSeen(here.says(), here.named()) if isinstance(here, AnswerPage) else None,
    )


def _form(here: CommittingPage) -> FormSeen | None:
    """What the form holds; `None` where a part of it that the profile names is not there."""
    try:
        controls = here.control().filter(visible=True).all()
        return FormSeen(
            here.selection(),
            tuple(ControlSeen(folded(each.inner_text()), each.is_enabled()) for each in controls),
        )
    except Error:
        return None


def _signs(here: PageObject) -> list[str]:
    """The signs of this page that are visible. One that is about items is asked about all."""
    return [
        str(word)
        for word in type(here).words().values()
        if word.kind is Kind.SIGN and visible(getattr(here, word.name)(**_of_all(word)))
    ]


def _of_all(word: Word) -> dict[str, Items]:
    return {parameter.name: Items() for parameter in word.parameters if parameter.type is Items}
