"""What a person is asked for, one thing after the other, until a profile can be written.

Pointing is Playwright's own: while it lasts, no click reaches the page. So the control that cannot
be undone is pointed at, and never pressed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from playwright.sync_api import Locator, Page

from automation.errors import InputError
from automation.pages.bearer_secrets import BearerSecrets
from automation.pages.cancel_words import looks_like_a_cancellation, stems_of
from automation.pages.described.cancelling import aim_of
from automation.pages.spots import By, Look, locate
from automation.pages.values import folded
from automation.storefronts.describing import PRESSED
from automation.storefronts.starting.found import Found, Opens
from automation.storefronts.starting.looks import (
    look_for,
    look_for_text,
    role_and_name,
    rows_of,
    with_order,
)

T = TypeVar("T")
_SENDS = (
    "A script sends it. What does it ask for? The browser's network tab shows it when an order is "
    "cancelled by hand (F12, Network: the method and the address). Write it like "
    "POST /orders/1022/cancel, or nothing if you do not know it yet"
)
_AROUND = """element => {
  const dialog = element.closest("dialog, [role=dialog], [role=alertdialog]");
  if (dialog) return "dialog";
  const held = element.closest("form");
  const named = held && [...held.classList].find((name) => !/\\d/.test(name));
  return named ? "form." + CSS.escape(named) : "";
}"""


@dataclass(frozen=True)
class Instead:
    """What a person does about what cannot be told from others: point again, type, or skip it."""

    selector: str = ""
    skip: bool = False


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

    def instead(self, problem: InputError) -> Instead:
        """Why what was pointed at will not do, and what to do about it."""


class Guide:
    """Asks a person, and finds out by itself whatever can be.

    *found* is what an earlier start knows already; *keep* is called after each answer.
    """

    def __init__(
        self,
        page: Page,
        person: Person,
        found: Found,
        keep: Callable[[Found], None] = lambda _found: None,
    ) -> None:
        self._page = page
        self._person = person
        self._keep = keep
        self.found = found

    def ask(self) -> Found:
        """Ask for everything that is not known yet."""
        self._sign_in()
        self._orders()
        self._order()
        self._cancel()
        return self.found

    def _sign_in(self) -> None:
        if not self._knows("sign_in.email", "sign_in.password", "sign_in.submit"):
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
        if self._agrees("Does the page show your name?"):
            self._point_text("home.account", "your name")
            self._hide("home.account")

    def _orders(self) -> None:
        if not self._knows("orders.rows", "orders.number", "orders.link", "orders.here"):
            self._person.does("go to the list of your orders, where one is that can be cancelled")
            self._note_address("orders")
        self._pointed("orders.rows", "the number of that order", self._row)
        self._pointed("orders.link", "what opens that order", self._link)
        self._point("orders.here", "the list's heading")
        if self._agrees("Are there more pages of orders?"):
            self._point("orders.next", "what leads to the next page")

    def _row(self, number: Locator) -> Look:
        self.found.number = re.sub(r"^\D+|\D+$", "", folded(number.inner_text()))
        rows = rows_of(number)
        if not self.found.number or not rows:
            raise InputError("no row with an order's number was pointed at",
                             hint="point at the number alone")  # fmt: skip
        row = self._page.locator(rows).filter(has=number)
        self.found.spots["orders.number"] = look_for_text(number, row)
        return Look(By.CSS, words=(rows,))

    def _link(self, link: Locator) -> Look:
        rows = self.found.spots.get("orders.rows")
        number = re.compile(rf"(?<!\d){re.escape(self.found.number)}(?!\d)")
        row = locate(self._page, rows).filter(has_text=number) if rows else self._page
        return look_for(link, row, self.found.number)

    def _order(self) -> None:
        self._person.does("open that order")
        path = self._path()
        # Where it holds a secret too, the list leads there: no profile may hold one.
        number = self.found.number
        if number and number in path and self._any_for_secrets(path) == path:
            self.found.addresses["order"] = with_order(path, self.found.number)
        self._point_text("order.number", "the order's number")
        if "order.number" in self.found.spots:
            self.found.spots["order.here"] = self.found.spots["order.number"]
        said = self._point_text("order.state", "the word for the state that the order is in")
        if said:
            self.found.states["ordered"] = said
        self._pointed("order.lines.title", "the name of the first thing in it", self._line)
        if "order.lines.rows" in self.found.spots and self._agrees("Does each line say how many?"):
            self._pointed("order.lines.quantity", "how many of the first thing", self._in_line)
        if self._agrees("Does the page show the total?"):
            self._point_text("order.total", "the total")
        if self._agrees("Does the page show your address?"):
            self._point_text("order.address", "your address, all of it")
            self._hide("order.address")
            self.found.spots.pop("order.address", None)
        if "cancelled" not in self.found.states:
            word = self._person.says("What does the store call an order that is cancelled?",
                                     "Cancelled")  # fmt: skip
            self.found.states["cancelled"] = word
            self._keep(self.found)

    def _line(self, title: Locator) -> Look | None:
        """Where its line has its title; `None` where the order is one thing."""
        rows = rows_of(title)
        if not rows:
            return None
        self.found.spots["order.lines.rows"] = Look(By.CSS, words=(rows,))
        return look_for_text(title, self._page.locator(rows).filter(has=title))

    def _in_line(self, part: Locator) -> Look:
        rows = locate(self._page, self.found.spots["order.lines.rows"])
        return look_for_text(part, rows.filter(has=part))

    def _cancel(self) -> None:
        if self.found.commit or "cancel.commit" in self.found.left_out:
            return
        if self.found.opens:
            self._person.does("press again what leads to the last control, and not that")
        while True:
            what = "what you would press next, to cancel the order"
            opens = self._asked_for("cancel.commit", what, self._control)
            self._keep(self.found)
            if opens is None:
                return
            self.found.opens.append(opens)
            self._keep(self.found)
            self._person.does("press it by hand, and nothing after it")

    def _control(self, control: Locator) -> Opens | None:
        """What leads on; `None` when it is the last, which is noted."""
        look = self._named(control)
        if self._person.decides("Does pressing it cancel the order, with nothing more asked?"):
            self._commit(control, look)
            return None
        aim = self._for_any_order(aim_of(control))
        method, _, address = aim.partition(" ")
        if method and method != "GET":
            return Opens(look, sends=aim)
        leads = aim if looks_like_a_cancellation(address, stems_of({})) else ""
        return Opens(look, goes_to=leads)

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
            self.found.goes_to = self._for_any_order(aim)
            return
        self.found.sends = self._for_any_order(self._person.says(_SENDS, ""))

    def _for_any_order(self, request: str) -> str:
        return with_order(self._any_for_secrets(request), self.found.number)

    def _any_for_secrets(self, address: str) -> str:
        """An address with `{any}` for its key or its nonce, which are of this order alone."""
        secrets = BearerSecrets()
        secrets.spare(self.found.number)
        return secrets.masked(address, "{any}")

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
        self._pointed(spot, what, lambda element: look_for(element, self._page, self.found.number))

    def _point_text(self, spot: str, what: str) -> str:
        """The text there; "" where it was known before, or is left out."""
        said = ""

        def made(element: Locator) -> Look:
            nonlocal said
            said = folded(element.inner_text())
            return look_for_text(element, self._page)

        self._pointed(spot, what, made)
        return said

    def _pointed(self, spot: str, what: str, make: Callable[[Locator], Look | None]) -> None:
        """Note where *spot* is, unless that is known, and keep it."""
        if self._knows(spot):
            return
        look = self._asked_for(spot, what, make)
        if look is not None:
            self.found.spots[spot] = look
        self._keep(self.found)

    def _asked_for(self, spot: str, what: str, make: Callable[[Locator], T | None]) -> T | None:
        """What *make* makes of what is pointed at or typed; `None` where that is skipped."""
        element = self._person.points_at(what)
        while True:
            try:
                return make(element)
            except InputError as problem:
                instead = self._person.instead(problem)
            if instead.skip:
                self.found.left_out.append(spot)
                return None
            element = (
                self._page.locator(instead.selector).first
                if instead.selector
                else self._person.points_at(what)
            )

    def _agrees(self, what: str) -> bool:
        if what not in self.found.agreed:
            self.found.agreed[what] = self._person.agrees(what)
            self._keep(self.found)
        return self.found.agreed[what]

    def _hide(self, spot: str) -> None:
        look = self.found.spots.get(spot)
        if look:
            self.found.personal += [word for word in look.words if word not in self.found.personal]

    def _knows(self, *spots: str) -> bool:
        return all(spot in self.found.spots or spot in self.found.left_out for spot in spots)

    def _note_address(self, name: str) -> None:
        self.found.addresses[name] = self._path()

    def _path(self) -> str:
        # Asked of the page: a person went there by hand, while nobody listened.
        here: str = self._page.evaluate("location.pathname")
        return here
