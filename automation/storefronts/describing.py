"""Reading what a profile says of a store's pages, for one language; errors show the place."""

from __future__ import annotations

from collections.abc import Callable
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
from automation.pages.readings import Counted, Priced
from automation.pages.spots import By, Look
from automation.source import Mapping as MappingNode
from automation.source import Node, Scalar, Sequence, SourceError
from automation.source.nodes import mapping, scalar, unknown
from automation.source.shapes import Key, Kind, Shape, many, one_of
from automation.storefronts.place_reading import PlaceReader, Words, filled
from automation.storefronts.request_keys import (
    read_commit,
    read_request,
    see_that_openers_only_lead_on,
    see_that_the_own_number_is_read,
)

PRESSED = ("button", "link", "menuitem")  # what may be the control that cannot be undone
NO_SIGN_IN = "none"  # in the place of a form: orders have no account
# What `Description` calls a part that a shop may lack.
_FIELDS = {"home": "greeting", "orders": "listing"}


def read_pages(node: Node, words: Words) -> Description:
    """What a profile says under `pages`."""
    return _Reader(words).pages(node)


class _Reader(PlaceReader):
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
            _see_that_parts_agree,
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
        lines = self._part(
            "order.lines",
            LinesPart,
            ("rows", "title"),
            ("quantity", "price", "state", "seller", "subtotal", "count"),
            (
                Key("priced", _as(Priced), ""),
                Key("counted", _as(Counted), ""),
                Key("complete", _TRUTH, ""),
            ),
        )
        lines = Shape(lines.of, lines.called, lines.keys, _see_that_lines_add_up)
        return self._part(
            "order", OrderPart, ("here", "number", "state"),
            ("id", "placed", "total", "fee", "refund"),
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
            ("here", "order", "reason", "fee", "asks_when"),
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
            Look(By.ROLE, role.text, filled(self._words.of(name, "`name`"), name),
                 self._look(within, "`in`") if within else None),
            request,
            by_script=by_script,
            asks=filled(self._words.of(asks, "`asks`"), asks) if asks else (),
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


def _see_that_parts_agree(node: MappingNode, made: Description) -> None:
    see_that_the_own_number_is_read(node, made)
    if made.listing is None and made.cancel.begins is Begins.ROW:
        raise SourceError(
            "a cancellation that begins in a row needs the list: `orders`",
            mapping(node.required("cancel", "`pages`"), "`cancel`").key("begins").place,
        )


def _see_that_one_chooses(node: MappingNode, made: ChoicePart) -> None:
    if (made.box is None) is (made.count is None):
        raise SourceError(
            "a line is chosen either by its `box` or by its `count`",
            node.place,
            hint="leave out `choice` where only the whole order can be cancelled",
        )


def _see_that_lines_add_up(node: MappingNode, made: LinesPart) -> None:
    for key, needs, of in (("subtotal", "price", made.price), ("priced", "subtotal", made.subtotal),
                           ("counted", "count", made.count)):  # fmt: skip
        if node.get(key) is not None and of is None:
            raise SourceError(
                f"`{key}` says nothing without `{needs}`",
                node.key(key).place,
                hint=f"say where the `{needs}` is, or leave `{key}` out",
            )


def _as(kind: type[Any]) -> Kind:
    words = one_of(*(each.value for each in kind))
    return Kind(lambda node, what: kind(words.read(node, what)), {})


_TRUTH = Kind(lambda node, what: scalar(node, what).boolean(what), {})
