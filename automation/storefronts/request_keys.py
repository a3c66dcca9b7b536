"""Reading the requests that a profile names: `goes_to`, `sends` and `reads`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from automation.pages.cancel_words import looks_like_a_cancellation, stems_of
from automation.pages.description import CancelPart, Description
from automation.pages.request_patterns import RequestPattern
from automation.source import Mapping, Node, SourceError
from automation.source.nodes import mapping, scalar
from automation.source.shapes import Kind, many

BY_SCRIPT = "by script"
_REQUEST = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (/(?![/\\])\S*)")
_FILLED = re.compile(r"\{([^}]*)\}")
_FILLS = ("order", "id", "key", "any", "rest")
_EXAMPLE = "write it like `POST /orders/{order}/cancel`"


def read_request(node: Node, what: str) -> RequestPattern:
    """`POST /orders/{order}/cancel`, or `{request: POST /graphql, with: {field: value}}`."""
    fields: tuple[tuple[str, str], ...] = ()
    text = node
    if isinstance(node, Mapping):
        told = mapping(node, what)
        told.only(("request", "with"), what)
        text = told.required("request", what)
        said = mapping(told.required("with", what), "`with`")
        fields = tuple((key.text, scalar(value, key.text).text) for key, value in said.pairs())
    named = scalar(text, what)
    found = _REQUEST.fullmatch(named.string(what))
    if not found:
        raise SourceError(
            f"{what} is a method and an address within the store",
            named.place,
            hint=f"{_EXAMPLE}, as the browser's network tab shows it; `{{any}}` is a part that "
            "cannot be known, `{rest}` all that follows",
        )
    for part in (found[2], *(value for _, value in fields)):
        for name in _FILLED.findall(part):
            if name not in _FILLS:
                raise SourceError(
                    f"nothing is filled in for `{{{name}}}`",
                    named.place,
                    hint="`{order}` is the order's number, `{id}` the store's own number of it, "
                    "`{any}` a part that cannot be known, `{rest}` all that follows",
                )
    return RequestPattern(found[1], found[2], fields)


def read_commit(told: Mapping, what: str) -> tuple[RequestPattern, bool]:
    """What the last control asks for, and whether only a script knows where it leads."""
    node = told.required("goes_to", what)
    sends = told.get("sends")
    by_script = not isinstance(node, Mapping) and scalar(node, "`goes_to`").text == BY_SCRIPT
    if by_script and sends is None:
        raise SourceError(
            "a script sends it, and the profile does not say what",
            scalar(node, "`goes_to`").place,
            hint="say it: `sends: POST /orders/{order}/cancel`; your browser's network tab shows "
            "it when you cancel an order by hand",
        )
    if sends and not by_script:
        raise SourceError(
            "a form or a link sends nothing but what it goes to",
            told.key("sends").place,
            hint=f"`sends` is for a control that goes `{BY_SCRIPT}`",
        )
    request = read_request(sends or node, "`sends`" if sends else "`goes_to`")
    if "{any}" in request.address and not request.names_the_order:
        raise SourceError(
            "this is the same address for every order: `{any}` may be any of them",
            told.key("sends" if sends else "goes_to").place,
            hint="write `{order}` where the order's number is, or `{id}` for the store's own "
            "number of it, which `order.id` reads",
        )
    return request, by_script


def see_that_openers_only_lead_on(node: Mapping, made: CancelPart) -> None:
    """`SourceError` where `opens` names what `commit` is, or sends what it does."""
    commit = made.commit
    for opener, place in zip(made.opens, _places(node), strict=False):
        if commit.look in opener.spot.looks:
            raise SourceError(
                "`opens` names the control that is `commit`",
                place.place,
                hint="`commit` alone cancels: leave it out of `opens`",
            )
        for request in (*opener.sends, *([opener.goes_to] if opener.goes_to else [])):
            if covers(request, commit.request):
                raise SourceError(
                    f"pressing it asks for `{request}`, which is what `commit` asks for",
                    place.place,
                    hint="does pressing it cancel? then it is `commit`; if it does not, tell the "
                    "two apart by `with`: {request: …, with: {field: value}}",
                )
            if request.method != "GET" and not request.fields and _looks_like_one(request):
                raise SourceError(
                    f"`{request}` looks like a cancellation, and `opens` must not cancel",
                    place.place,
                    hint="does pressing it cancel? then it is `commit`; if it only asks, say by "
                    "which field: {request: …, with: {field: value}}",
                )


def covers(allowed: RequestPattern, commit: RequestPattern) -> bool:
    """Whether letting through what *allowed* names could let the *commit* through."""
    if allowed.method != commit.method or not allowed.is_sent_to(commit.address):
        return False
    asked = dict(commit.fields)
    return all(asked.get(name, value) == value for name, value in allowed.fields)


def see_that_the_own_number_is_read(node: Mapping, made: Description) -> None:
    """`SourceError` where a request names `{id}`, and no place says where that is."""
    if made.order.id is None and made.cancel.commit.request.names("id"):
        raise SourceError(
            "`{id}` is not known: no place is called `order.id`",
            mapping(node.required("cancel", "`pages`"), "`cancel`").key("commit").place,
            hint="say under `order` where the page has it: `id: {css: a.cancel, attribute: href, "
            "match: 'order_id=(\\d+)'}`",
        )


def see_that_no_page_cancels(pages: Mapping, named: Iterable[str], commit: RequestPattern) -> None:
    """`SourceError` where opening a page that *named* has may cancel an order."""
    for address in named:
        if looks_like_a_cancellation(_FILLED.sub("", address), stems_of({})):
            key = next(key for key, value in pages.pairs() if scalar(value, "").text == address)
            raise SourceError(
                f"`{address}` looks like a cancellation, and a run opens it to read",
                key.place,
                hint="name the page that shows it, not what cancels",
            )
        if covers(RequestPattern("GET", address), commit):
            key = next(key for key, value in pages.pairs() if scalar(value, "").text == address)
            raise SourceError(
                f"`commit` goes to `{commit}`, which `addresses` names as a page",
                key.place,
                hint="a run opens that page to read it: correct `goes_to`, or the address",
            )


def read_reads(node: Node | None, commit: RequestPattern | None) -> tuple[RequestPattern, ...]:
    """What a profile says under `reads`; `SourceError` where that holds the last click."""
    if node is None:
        return ()
    found: tuple[RequestPattern, ...] = many(Kind(read_request, {})).read(node, "`reads`")
    for request in found:
        if commit and covers(request, commit):
            raise SourceError(
                f"`reads` holds `{request}`, which `commit` asks for",
                node.place,
                hint="what reads and what cancels at one address differ in a field: name that by "
                "`with`",
            )
    return found


def _looks_like_one(request: RequestPattern) -> bool:
    return looks_like_a_cancellation(_FILLED.sub("", request.address), stems_of({}))


def _places(node: Mapping) -> Iterable[Node]:
    opens = node.get("opens")
    return getattr(opens, "items", ())
