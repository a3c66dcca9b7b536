"""Reading where a profile says that something is on a page, and what of it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from automation.pages.spots import By, Look, Spot, Taken
from automation.source import Mapping as MappingNode
from automation.source import Node, Scalar, Sequence, SourceError
from automation.source.frame import quoted
from automation.source.nodes import mapping, scalar, unknown
from automation.source.shapes import Kind
from automation.storefronts.patterns import read_group

_BY = tuple(by.value for by in By)
_TAKEN = ("match", "without", "attribute")  # what of an element is read
_ATTRIBUTE = re.compile(r"[A-Za-z][\w.:-]{0,63}")
# The places whose text is read. At all others something is only seen, pressed or filled in.
_READ = frozenset((
    "home.account",
    "orders.number", "orders.placed", "orders.total", "orders.state", "orders.stated",
    "order.number", "order.id", "order.state", "order.placed", "order.total", "order.fee",
    "order.refund",
    "order.lines.title", "order.lines.quantity", "order.lines.price", "order.lines.state",
    "order.lines.seller", "order.lines.subtotal", "order.lines.count",
    "cancel.order", "cancel.fee",
    "cancel.choice.title", "cancel.choice.quantity", "cancel.choice.price",
))  # fmt: skip
# The roles by which a control or a region is looked for; any other would be a slip of the pen.
ROLES = ("alert", "alertdialog", "article", "button", "cell", "checkbox", "combobox", "dialog",
         "form", "group", "heading", "link", "list", "listitem", "main", "menu", "menuitem",
         "navigation", "option", "radio", "radiogroup", "region", "row", "searchbox", "spinbutton",
         "status", "switch", "tab", "table", "textbox")  # fmt: skip
_FILLED = re.compile(r"\{([^}]*)\}")


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


class PlaceReader:
    """Reads places, in the words of one language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def place(self, node: Node, called: str) -> Spot:
        spot: Spot = self._spot(called).read(node, f"`{called.rpartition('.')[2]}`")
        return spot

    def _spot(self, called: str) -> Kind:
        is_read = called in _READ

        def read(node: Node, what: str) -> Spot:
            ways = node.items if isinstance(node, Sequence) else (node,)
            if not ways:
                raise SourceError(f"{what} is an empty list", node.place, hint="leave it out")
            looks = tuple(self._look(way, what, is_read=is_read) for way in ways)
            return Spot(called, looks, tuple(way.place.line for way in ways))

        return Kind(read, {})

    def _look(self, node: Node, what: str, *, is_read: bool = False) -> Look:
        told = mapping(node, what)
        told.only((*_BY, "name", "in", *_TAKEN), what)
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
            taken=_taken(told, what) if is_read else _nothing_taken(told, what),
        )

    def _names(self, told: MappingNode, by: By, value: Node, what: str) -> tuple[str, ...]:
        name = told.get("name")
        if by is not By.ROLE:
            if name is not None:
                raise SourceError("only a `role` has a `name`", told.key("name").place)
            if by is By.CSS:
                return (scalar(value, what).string(what),)
            return filled(self._words.of(value, what), value)
        return filled(self._words.of(name, "`name`"), name) if name else ()


def _role(value: Node) -> str:
    role = scalar(value, "`role`")
    if role.text not in ROLES:
        raise unknown(f"no role is called `{role.text}`", role, ROLES)
    return role.text


def _taken(told: MappingNode, what: str) -> Taken:
    match, without, attribute = (told.get(key) for key in _TAKEN)
    if without and attribute:
        raise SourceError(
            f"{what} is an attribute, of which nothing can be left out",
            told.key("without").place,
            hint="say `attribute` or `without`; `match` goes with either",
        )
    return Taken(
        match=read_group(scalar(match, "`match`")) if match else "",
        without=scalar(without, "`without`").string("`without`") if without else "",
        attribute=_attribute(scalar(attribute, "`attribute`")) if attribute else "",
    )


def _nothing_taken(told: MappingNode, what: str) -> Taken:
    for key in _TAKEN:
        if told.get(key):
            raise SourceError(
                f"nothing is read at {what}, so `{key}` has no use there",
                told.key(key).place,
                hint="it is for places whose text is read, such as `number`, `state` and `title`",
            )
    return Taken()


def _attribute(named: Scalar) -> str:
    if not _ATTRIBUTE.fullmatch(named.text):
        raise SourceError(
            f"{quoted(named.text)} is not the name of an attribute",
            named.place,
            hint="write it as the page's source does, like `href` or `data-id`",
        )
    return named.text


def filled(words: tuple[str, ...], node: Node) -> tuple[str, ...]:
    for word in words:
        for name in _FILLED.findall(word):
            if name not in ("order", "amount"):
                raise SourceError(
                    f"nothing is filled in for `{{{name}}}`",
                    node.place,
                    hint="`{order}` is the order's number, `{amount}` any amount of money",
                )
    return words
