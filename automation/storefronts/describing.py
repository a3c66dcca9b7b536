"""Reading what a profile says of a store's pages, for one language; errors show the place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from automation.pages.description import (
    AnswerPart,
    Begins,
    CancelPart,
    ChoicePart,
    Control,
    Description,
    HomePart,
    LinesPart,
    Opener,
    OrderPart,
    OrdersPart,
    SignInPart,
    Ticked,
)
from automation.pages.spots import By, Look, Spot
from automation.source import Mapping as MappingNode
from automation.source import Node, Scalar, Sequence, SourceError
from automation.source.nodes import mapping, scalar, unknown
from automation.source.shapes import Key, Kind, Shape, many, one_of
from automation.storefronts.request_keys import (
    read_commit,
    read_request,
    see_that_openers_only_lead_on,
)

_BY = tuple(by.value for by in By)
# The roles by which a control or a region is looked for; any other would be a slip of the pen.
ROLES = ("alert", "alertdialog", "article", "button", "cell", "checkbox", "combobox", "dialog",
         "form", "group", "heading", "link", "list", "listitem", "main", "menu", "menuitem",
         "navigation", "option", "radio", "radiogroup", "region", "row", "searchbox", "spinbutton",
         "status", "switch", "tab", "table", "textbox")  # fmt: skip
PRESSED = ("button", "link", "menuitem")  # what may be the control that cannot be undone
NO_SIGN_IN = "none"  # in the place of a form: orders have no account
_FILLED = re.compile(r"\{([^}]*)\}")


# What `Description` calls a part that a shop may lack.
_FIELDS = {"home": "greeting", "orders": "listing"}


class Words:
    """The labels of one language, and which of them the pages use."""

    def __init__(self, labels: Mapping[str, tuple[str, ...]]) -> None:
        self._labels = labels
        self.used: set[str] = set()

    def of(self, node: Node, what: str) -> tuple[str, ...]:
        """The spellings that *node* says itself, or by `$label`."""
        if isinstance(node, Sequence):
            return tuple(word for item in node.items for word in self.of(item, what))
        text = scalar(node, what).string(what)
        if not text.startswith("$") or text.startswith("$$"):
            return (text.removeprefix("$") if text.startswith("$$") else text,)
        name = text.removeprefix("$")
        if name not in self._labels:
            raise unknown(
                f"no label is called `{name}`", Scalar(name, plain=True, place=node.place),
                self._labels,
            )  # fmt: skip
        self.used.add(name)
        return self._labels[name]


def read_pages(node: Node, words: Words) -> Description:
    """What a profile says under `pages`."""
    return _Reader(words).pages(node)


class _Reader:
    def __init__(self, words: Words) -> None:
        self._words = words

    def pages(self, node: Node) -> Description:
        sign_in = self._part("sign_in", SignInPart, ("email", "password", "submit"),
                             ("next", "refuses", "signed_out"))  # fmt: skip
        # Which word may stand there is told once, below.
        guests = isinstance(mapping(node, "`pages`").get("sign_in"), Scalar)
        parts = {
            "home": self._part("home", HomePart, ("signed_in",), ("account",)),
            "orders": self._orders(),
            "order": self._order(),
            "cancel": self._cancel(),
            "answer": self._answer(),
        }  # fmt: skip
        optional = ("answer", *(("home", "orders") if guests else ()))
        made: Description = Shape(
            Description,
            "`pages`",
            (
                Key("sign_in", _unless_nobody_signs_in(sign_in), "", required=True,
                    field="signing_in"),
                *(Key(name, shape.kind, "", required=name not in optional,
                      field=_FIELDS.get(name, ""))
                  for name, shape in parts.items()),
            ),
            _see_that_there_is_a_row,
        ).read(node)  # fmt: skip
        return made

    def _part(
        self,
        name: str,
        of: Callable[..., Any],
        required: tuple[str, ...],
        optional: tuple[str, ...] = (),
        more: tuple[Key, ...] = (),
    ) -> Shape:
        keys = [Key(key, self._spot(f"{name}.{key}"), "", required=key in required)
                for key in (*required, *optional)]  # fmt: skip
        return Shape(of, f"`{name}`", (*keys, *more))

    def _orders(self) -> Shape:
        return self._part(
            "orders",
            OrdersPart,
            ("here", "rows", "link"),
            ("number", "placed", "total", "state", "next", "numbered", "stated", "empty"),
            (Key("new_tab", _TRUTH, ""),),
        )

    def _order(self) -> Shape:
        lines = self._part("order.lines", LinesPart, ("rows", "title"),
                           ("quantity", "price", "state", "seller"))  # fmt: skip
        return self._part(
            "order", OrderPart, ("here", "number", "state"), ("placed", "total"),
            (Key("lines", lines.kind, ""),),
        )  # fmt: skip

    def _cancel(self) -> Shape:
        choice = self._part(
            "cancel.choice", ChoicePart, ("rows", "title"), ("box", "count", "quantity", "price"),
            (Key("ticked", _as(Ticked), ""),),
        )  # fmt: skip
        choice = Shape(choice.of, choice.called, choice.keys, _see_that_one_chooses)
        part = self._part(
            "cancel",
            CancelPart,
            (),
            ("here", "order", "reason"),
            (
                Key("commit", Kind(self._control, {}), "", required=True),
                Key("begins", _as(Begins), ""),
                Key("opens", many(Kind(self._opener, {})), ""),
                Key("choice", choice.kind, ""),
            ),
        )
        return Shape(part.of, part.called, part.keys, see_that_openers_only_lead_on)

    def _answer(self) -> Shape:
        texts = tuple(Key(name, Kind(self._words.of, {}), "")
                      for name in ("confirms", "refuses", "pending"))  # fmt: skip
        return self._part("answer", AnswerPart, (), ("where",), texts)

    def _spot(self, called: str) -> Kind:
        def read(node: Node, what: str) -> Spot:
            ways = node.items if isinstance(node, Sequence) else (node,)
            if not ways:
                raise SourceError(f"{what} is an empty list", node.place, hint="leave it out")
            looks = tuple(self._look(way, what) for way in ways)
            return Spot(called, looks, tuple(way.place.line for way in ways))

        return Kind(read, {})

    def _opener(self, node: Node, what: str) -> Opener:
        """What leads on: a place, and what pressing it asks for."""
        goes_to, sends = (node.get(key) if isinstance(node, MappingNode) else None
                          for key in ("goes_to", "sends"))  # fmt: skip
        place = node
        if goes_to or sends:
            told = mapping(node, what)
            place = told.without("goes_to", "sends")
        return Opener(
            self._spot("cancel.opens").read(place, what),
            read_request(goes_to, "`goes_to`") if goes_to else None,
            many(Kind(read_request, {})).read(sends, "`sends`") if sends else (),
            line=node.place.line,
        )

    def _look(self, node: Node, what: str) -> Look:
        told = mapping(node, what)
        told.only((*_BY, "name", "in"), what)
        named = [key for key in told.keys if key.text in _BY]
        if len(named) != 1:
            raise SourceError(
                f"{what} is looked for in {'no way' if not named else 'two ways'} at once",
                named[1].place if named else told.place,
                hint="say one of " + ", ".join(f"`{by}`" for by in _BY)
                + "; several ways are a list, the best first",
            )  # fmt: skip
        by = By(named[0].text)
        value = told.required(by.value, what)
        within = told.get("in")
        return Look(
            by,
            role=_role(value) if by is By.ROLE else "",
            words=self._names(told, by, value, what),
            within=self._look(within, "`in`") if within else None,
        )

    def _names(self, told: MappingNode, by: By, value: Node, what: str) -> tuple[str, ...]:
        name = told.get("name")
        if by is not By.ROLE:
            if name is not None:
                raise SourceError("only a `role` has a `name`", told.key("name").place)
            if by is By.CSS:
                return (scalar(value, what).string(what),)
            return _filled(self._words.of(value, what), value)
        return _filled(self._words.of(name, "`name`"), name) if name else ()

    def _control(self, node: Node, what: str) -> Control:
        if isinstance(node, Sequence):
            raise SourceError(
                "what cannot be undone is looked for in one way only",
                node.place,
                hint="a reading may fall back to another way; this control may not",
            )
        told = mapping(node, what)
        told.only(("role", "name", "in", "goes_to", "sends", "asks"), what)
        role = scalar(told.required("role", what), "`role`")
        if role.text not in PRESSED:
            raise unknown(f"`{role.text}` is not the role of what is pressed", role, PRESSED)
        name = told.required("name", what)
        within, asks = told.get("in"), told.get("asks")
        request, by_script = read_commit(told, what)
        return Control(
            Look(By.ROLE, role.text, _filled(self._words.of(name, "`name`"), name),
                 self._look(within, "`in`") if within else None),
            request,
            by_script=by_script,
            asks=_filled(self._words.of(asks, "`asks`"), asks) if asks else (),
            line=told.place.line,
        )  # fmt: skip


def _unless_nobody_signs_in(form: Shape) -> Kind:
    def read(node: Node, what: str) -> SignInPart | None:
        if isinstance(node, Scalar) and node.text == NO_SIGN_IN:
            return None
        if isinstance(node, Scalar):
            raise SourceError(
                f"{what} is the form on which one signs in, or `{NO_SIGN_IN}`",
                node.place,
                hint=f"`sign_in: {NO_SIGN_IN}` is for a shop whose orders have no account",
            )
        made: SignInPart = form.read(node, what)
        return made

    return Kind(read, {})


def _see_that_there_is_a_row(node: MappingNode, made: Description) -> None:
    if made.listing is None and made.cancel.begins is Begins.ROW:
        raise SourceError(
            "a cancellation that begins in a row needs the list: `orders`",
            mapping(node.required("cancel", "`pages`"), "`cancel`").key("begins").place,
        )


def _role(value: Node) -> str:
    role = scalar(value, "`role`")
    if role.text not in ROLES:
        raise unknown(f"no role is called `{role.text}`", role, ROLES)
    return role.text


def _filled(words: tuple[str, ...], node: Node) -> tuple[str, ...]:
    for word in words:
        for name in _FILLED.findall(word):
            if name not in ("order", "amount"):
                raise SourceError(
                    f"nothing is filled in for `{{{name}}}`",
                    node.place,
                    hint="`{order}` is the order's number, `{amount}` any amount of money",
                )
    return words


def _see_that_one_chooses(node: MappingNode, made: ChoicePart) -> None:
    if (made.box is None) is (made.count is None):
        raise SourceError(
            "a line is chosen either by its `box` or by its `count`",
            node.place,
            hint="leave out `choice` where only the whole order can be cancelled",
        )


def _as(kind: type[Any]) -> Kind:
    words = one_of(*(each.value for each in kind))
    return Kind(lambda node, what: kind(words.read(node, what)), {})


_TRUTH = Kind(lambda node, what: scalar(node, what).boolean(what), {})
