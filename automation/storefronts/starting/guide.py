"""What a person is asked for, one thing after the other, until a profile can be written.

Pointing is Playwright's own: while it lasts, no click reaches the page. So the control that cannot
be undone is pointed at, and never pressed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from playwright.sync_api import Locator, Page

from automation.errors import InputError
from automation.pages.described.cancelling import aim_of
from automation.pages.spots import By, Look, locate
from automation.pages.values import folded
from automation.storefronts.describing import PRESSED
from automation.storefronts.request_keys import BY_SCRIPT
from automation.storefronts.starting.looks import (
    look_for,
    look_for_text,
    role_and_name,
    rows_of,
    with_order,
)

T = TypeVar("T")
_AROUND = """element => {
  const dialog = element.closest("dialog, [role=dialog], [role=alertdialog]");
  if (dialog) return "dialog";
  const held = element.closest("form");
  const named = held && [...held.classList].find((name) => !/\\d/.test(name));
  return named ? "form." + CSS.escape(named) : "";
}"""


class Person(Protocol):
    """Who is asked. Nothing here knows of a terminal."""

    def does(self, what: str) -> None:
        """Wait until this is done by hand."""

    def points_at(self, what: str) -> Locator:
        """The element that is pointed at, which is not pressed."""

    def says(self, what: str, default: str) -> str: ...
    def agrees(self, what: str) -> bool: ...

    def decides(self, what: str) -> bool:
        """The same, but never by default: a wrong yes or no would cancel an order."""

    def hears(self, problem: InputError) -> None:
        """Why what was pointed at will not do; it is asked for again."""


@dataclass
class Found:
    """Everything that a profile is written from."""

    base_url: str
    addresses: dict[str, str] = field(default_factory=dict)
    number: str = ""
    spots: dict[str, Look] = field(default_factory=dict)  # by part and key: `orders.rows`
    opens: list[Look] = field(default_factory=list)
    commit: Look | None = None
    goes_to: str = BY_SCRIPT
    states: dict[str, str] = field(default_factory=dict)
    personal: list[str] = field(default_factory=list)  # selectors of what no picture may show


class Guide:
    """Asks a person, and finds out by itself whatever can be."""

    def __init__(self, page: Page, person: Person, base_url: str) -> None:
        self._page = page
        self._person = person
        self.found = Found(base_url)

    def ask(self) -> Found:
        """Ask for everything; what cannot be told from others is asked for again."""
        self._sign_in()
        self._orders()
        self._order()
        self._cancel()
        return self.found

    def _sign_in(self) -> None:
        self._person.does("go to the page where one signs in")
        self._note_address("sign_in")
        for key, what in (
            ("email", "the field for the e-mail address"),
            ("password", "the field for the password"),
            ("submit", "the button that signs in"),
        ):
            self._point(f"sign_in.{key}", what)
        self._person.does("sign in by hand")
        self._point("home.signed_in", "something that only who is signed in sees, as Log out")
        if self._person.agrees("Does the page show your name?"):
            self._point_text("home.account", "your name")
            self.found.personal += self.found.spots["home.account"].words

    def _orders(self) -> None:
        self._person.does("go to the list of your orders, where one is that can be cancelled")
        self._note_address("orders")
        row = self._pointed("the number of that order", self._row)
        self.found.spots["orders.link"] = self._pointed(
            "what opens that order", lambda link: look_for(link, row, self.found.number)
        )
        self._point("orders.here", "the list's heading")
        if self._person.agrees("Are there more pages of orders?"):
            self._point("orders.next", "what leads to the next page")

    def _row(self, number: Locator) -> Locator:
        self.found.number = re.sub(r"^\D+|\D+$", "", folded(number.inner_text()))
        rows = rows_of(number)
        if not self.found.number or not rows:
            raise InputError("no row with an order's number was pointed at",
                             hint="point at the number alone")  # fmt: skip
        row = self._page.locator(rows).filter(has=number)
        self.found.spots["orders.number"] = look_for_text(number, row)
        self.found.spots["orders.rows"] = Look(By.CSS, words=(rows,))
        return row

    def _order(self) -> None:
        self._person.does("open that order")
        path = self._path()
        if self.found.number in path:
            self.found.addresses["order"] = with_order(path, self.found.number)
        self._point_text("order.number", "the order's number")
        self.found.spots["order.here"] = self.found.spots["order.number"]
        said = self._point_text("order.state", "the word for the state that the order is in")
        self.found.states["ordered"] = said
        row = self._pointed("the name of the first thing in it", self._line)
        if row is not None and self._person.agrees("Does each line say how many?"):
            self.found.spots["order.lines.quantity"] = self._pointed(
                "how many of the first thing", lambda count: look_for_text(count, row)
            )
        if self._person.agrees("Does the page show the total?"):
            self._point_text("order.total", "the total")
        if self._person.agrees("Does the page show your address?"):
            self.found.personal += self._pointed("your address, all of it", self._text).words
        word = self._person.says("What does the store call an order that is cancelled?",
                                 "Cancelled")  # fmt: skip
        self.found.states["cancelled"] = word

    def _line(self, title: Locator) -> Locator | None:
        """Its line; `None` where the order is one thing."""
        rows = rows_of(title)
        if not rows:
            return None
        row = self._page.locator(rows).filter(has=title)
        self.found.spots["order.lines.rows"] = Look(By.CSS, words=(rows,))
        self.found.spots["order.lines.title"] = look_for_text(title, row)
        return row

    def _cancel(self) -> None:
        while True:
            opens = self._pointed("what you would press next, to cancel the order", self._control)
            if opens is None:
                return
            self.found.opens.append(opens)
            self._person.does("press it by hand, and nothing after it")

    def _control(self, control: Locator) -> Look | None:
        """What leads on; `None` when it is the last, which is noted."""
        look = self._named(control)
        if self._person.decides("Does pressing it cancel the order, with nothing more asked?"):
            self._commit(control, look)
            return None
        return look

    def _commit(self, control: Locator, look: Look) -> None:
        around: str = control.evaluate(_AROUND)
        if around:
            inside = (
                Look(By.ROLE, "dialog") if around == "dialog" else Look(By.CSS, words=(around,))
            )
            self.found.spots["cancel.here"] = inside
            look = Look(By.ROLE, look.role, look.words)
            if locate(locate(self._page, inside), look, order=self.found.number).count() != 1:
                raise InputError("the last control has a name that others near it have too")
        self.found.commit = look
        aim = aim_of(control)
        if aim:
            self.found.goes_to = with_order(aim, self.found.number)

    def _named(self, control: Locator) -> Look:
        """By role and name, and by nothing else: so the last control is known."""
        role, name = role_and_name(control, self.found.number)
        if role not in PRESSED or not name:
            return look_for(control, self._page, self.found.number)
        look = Look(By.ROLE, role, (name,))
        if locate(self._page, look, order=self.found.number).count() == 1:
            return look
        return look_for(control, self._page, self.found.number)

    def _point(self, spot: str, what: str) -> None:
        self.found.spots[spot] = self._pointed(
            what, lambda element: look_for(element, self._page, self.found.number)
        )

    def _point_text(self, spot: str, what: str) -> str:
        """What stands there."""

        def made(element: Locator) -> str:
            self.found.spots[spot] = self._text(element)
            return folded(element.inner_text())

        return self._pointed(what, made)

    def _text(self, element: Locator) -> Look:
        return look_for_text(element, self._page)

    def _pointed(self, what: str, make: Callable[[Locator], T]) -> T:
        """What *make* makes of the element; where it cannot, another is asked for."""
        while True:
            element = self._person.points_at(what)
            try:
                return make(element)
            except InputError as problem:
                self._person.hears(problem)

    def _note_address(self, name: str) -> None:
        self.found.addresses[name] = self._path()

    def _path(self) -> str:
        # Asked of the page: a person went there by hand, while nobody listened.
        here: str = self._page.evaluate("location.pathname")
        return here
