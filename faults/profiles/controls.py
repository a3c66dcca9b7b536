"""Mistakes in what is pressed: the last control, where it leads, and what comes before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from faults.profiles.right import Right, base_profile
from faults.profiles.slip import LEFT_OUT, Mistake, Path, Slip, found_at, places_of, slip

_CANCEL = ("pages", "cancel")
_COMMIT = (*_CANCEL, "commit")
_OPENS = (*_CANCEL, "opens")
_BY_SCRIPT = "by script"
Changes: TypeAlias = tuple[tuple[Path, Any], ...]
# What else can be pressed on the pages that a cancellation goes through.
_BESIDE = ("Keep it", "Log out", "Cancel", "Cancel order", "Yes, cancel it", "\u00d7",
           "Order again")  # fmt: skip
_IN_A_ROW = ("Cancel order", "Log out", "View order {order}", "Previous", "Last", "Next")


def _request_of(right: Right) -> tuple[Path, str]:
    """The key that says what the last control asks for, and what it says."""
    commit = found_at(right.data, _COMMIT)
    key = "sends" if commit["goes_to"] == _BY_SCRIPT else "goes_to"
    if isinstance(commit[key], dict):
        return (*_COMMIT, key, "request"), commit[key]["request"]
    return (*_COMMIT, key), commit[key]


def _another_method(right: Right) -> Iterator[Slip]:
    key, told = _request_of(right)
    method, _, address = told.partition(" ")
    for other in ("GET", "POST", "PUT", "DELETE"):
        if other != method:
            yield slip((key, f"{other} {address}"))


def _segments(told: str) -> Iterator[str]:
    """The same request, with one segment of its address missing."""
    method, _, address = told.partition(" ")
    parts = address.strip("/").split("/")
    for at in range(len(parts)):
        yield f"{method} /{'/'.join(parts[:at] + parts[at + 1 :])}"


def _segment_missing(right: Right) -> Iterator[Slip]:
    key, told = _request_of(right)
    for shorter in _segments(told):
        yield slip((key, shorter))


def _address_too_wide(right: Right) -> Iterator[Slip]:
    key, told = _request_of(right)
    method, _, address = told.partition(" ")
    parts = address.strip("/").split("/")
    for at in range(len(parts)):
        wide = "/".join([*parts[:at], "{any}", *parts[at + 1 :]])
        yield slip((key, f"{method} /{wide}"))
        yield slip((key, f"{method} /{'/'.join(parts[:at])}{{rest}}"))


def _address_of_another_page(right: Right) -> Iterator[Slip]:
    key, told = _request_of(right)
    method = told.partition(" ")[0]
    for other in ("/account/orders/{order}", "/account/orders/{order}/cancel-now",
                  "/account/orders/{order}/Cancel", "/account/orders/{order}/cancel/",
                  "/account/orders/22/cancel", "/orders/{order}/cancel"):  # fmt: skip
        if f"{method} {other}" != told:
            yield slip((key, f"{method} {other}"))


def _by_script(right: Right) -> Iterator[Slip]:
    yield slip(((*_COMMIT, "goes_to"), _BY_SCRIPT), *_without_sends(right))


def _without_sends(right: Right) -> Changes:
    told = found_at(right.data, _COMMIT)
    return (((*_COMMIT, "sends"), LEFT_OUT),) if "sends" in told else ()


def _moved(right: Right) -> Iterator[Changes]:
    """The shop's cancelling control stands in `opens`: with its other steps, alone, or first."""
    commit = found_at(right.data, _COMMIT)
    control = {key: commit[key] for key in ("role", "name", "in") if key in commit}
    opens = found_at(right.data, _OPENS)
    opens = opens if isinstance(opens, list) else []
    others = base_profile()["pages"]["cancel"]["commit"]
    last: list[Changes] = [()]
    if commit["name"] != others["name"]:  # ... and the last one is what was expected to come
        last.append((((*_COMMIT, "role"), others["role"]), ((*_COMMIT, "name"), others["name"])))
    else:
        last.append((((*_COMMIT, "name"), "Confirm"),))
    for more in last:
        yield (_OPENS, [*opens, control]), *more
        if opens:
            yield (_OPENS, [control]), *more


def _in_opens(right: Right) -> Iterator[Slip]:
    for changes in _moved(right):
        yield slip(*changes)


def _in_opens_another_method(right: Right) -> Iterator[Slip]:
    for changes in _moved(right):
        for wrong in _another_method(right):
            yield _both(changes, wrong)


def _in_opens_segment_missing(right: Right) -> Iterator[Slip]:
    for changes in _moved(right):
        for wrong in (*_segment_missing(right), *_address_of_another_page(right)):
            yield _both(changes, wrong)


def _in_opens_by_script(right: Right) -> Iterator[Slip]:
    for changes in _moved(right):
        yield _both(changes, next(_by_script(right)))


def _both(changes: Changes, more: Slip) -> Slip:
    made = slip(*changes)
    return Slip((*made.changes, *more.changes), more.state)


def _reads_too_wide(right: Right) -> Iterator[Slip]:
    """What reads is declared too widely, and holds what cancels."""
    _, told = _request_of(right)
    method, _, address = told.partition(" ")
    wide = ("POST /account/orders/{any}/{any}", "POST /{rest}", "POST /account/{rest}",
            "GET /{rest}", f"{method} {address.replace('{order}', '{any}')}")  # fmt: skip
    for reads in wide:
        told_so = (("reads",), [reads])
        yield slip(told_so)
        for changes in _moved(right):
            yield slip(told_so, *changes)
            for wrong in (*_another_method(right), *_segment_missing(right)):
                yield _both((told_so, *changes), wrong)


def _opener_s_request(right: Right) -> Iterator[Slip]:
    """What is pressed on the way declares what it does not ask for, or does not declare it."""
    opens = found_at(right.data, _OPENS)
    _, told = _request_of(right)
    for at, opener in enumerate(opens if isinstance(opens, list) else ()):
        for sends in (told, "POST /{rest}", "POST /account/orders/{order}"):
            yield slip(((*_OPENS, at), {**opener, "sends": [sends]}))
        for goes_to in ("GET /account/orders/{order}", "GET /account/orders/{order}/ask"):
            yield slip(((*_OPENS, at), {**opener, "goes_to": goes_to}))


def _falsely_declared(right: Right) -> Iterator[Slip]:
    """The cancelling link stands in `opens`, where the profile says that it leads to a page."""
    key, told = _request_of(right)
    if told.startswith("GET "):
        for changes in _moved(right):
            (at, opens), *more = changes
            says = {"sends": [told]} if key[-1] == "sends" else {"goes_to": told}
            own = base_profile()["pages"]["cancel"]["commit"]
            yield slip((at, [*opens[:-1], {**opens[-1], **says}]), *more, (_COMMIT, own))


def _opens_otherwise(right: Right) -> Iterator[Slip]:
    """A step on the way is missing, made twice, or comes in another order."""
    opens = found_at(right.data, _OPENS)
    if not isinstance(opens, list):
        yield slip((_OPENS, base_profile()["pages"]["cancel"]["opens"]))
        return
    yield slip((_OPENS, LEFT_OUT))
    yield slip((_OPENS, [*opens, opens[-1]]))
    if len(opens) > 1:
        yield slip((_OPENS, opens[::-1]))
        for at in range(len(opens)):
            yield slip((_OPENS, opens[:at] + opens[at + 1 :]))


def _names_widened(right: Right) -> Iterator[Slip]:
    """The name of a neighbour is added to the names by which something is pressed."""
    for at, place in places_of(right):
        name = place.get("name")
        if name is None or at[1] == "home":
            continue
        names = name if isinstance(name, list) else [name]
        beside = _BESIDE if at[1] == "cancel" else _IN_A_ROW
        for other in beside:
            if other not in names:
                yield slip(((*at, "name"), [*names, other]))


def _name_of_a_neighbour(right: Right) -> Iterator[Slip]:
    for at, place in places_of(right):
        name = place.get("name")
        if name is None or at[1] == "home":
            continue
        beside = _BESIDE if at[1] == "cancel" else _IN_A_ROW
        for other in beside:
            if other != name:
                yield slip(((*at, "name"), other))


def _name_mistyped(right: Right) -> Iterator[Slip]:
    for at, place in places_of(right):
        name = place.get("name")
        if isinstance(name, str) and not name.startswith("$"):
            yield slip(((*at, "name"), name[:-1]))
            yield slip(((*at, "name"), f"{name}…"))
    for key, words in right.data["languages"]["en"]["labels"].items():
        label = ("languages", "en", "labels", key)
        yield slip((label, [words[0][:-1]]))
        yield slip((label, [words[0].partition(" ")[0]]))


def _switched(right: Right) -> Iterator[Slip]:
    """What is either so or so is the other."""
    cancel, orders = found_at(right.data, _CANCEL), found_at(right.data, ("pages", "orders"))
    begins = "order" if cancel.get("begins") == "row" else "row"
    yield slip(((*_CANCEL, "begins"), begins))
    yield slip((("pages", "orders", "new_tab"), not orders.get("new_tab", False)))
    if "choice" in cancel:
        ticked = cancel["choice"].get("ticked", "cancel")
        if "box" in cancel["choice"]:
            other = "cancel" if ticked == "keep" else "keep"
            yield slip(((*_CANCEL, "choice", "ticked"), other))
        yield slip(((*_CANCEL, "choice"), LEFT_OUT))
    else:
        for by in ({"box": {"role": "checkbox"}}, {"count": {"role": "spinbutton"}}):
            rows = {"rows": {"css": "tr.line"}, "title": {"css": ".title"}}
            yield slip(((*_CANCEL, "choice"), {**rows, **by}))
    asks = found_at(right.data, _COMMIT).get("asks")
    for other in ("Are you sure?", "Cancel", "Cancel order {order}"):
        if asks != other:
            yield slip(((*_COMMIT, "asks"), other))


def _addresses(right: Right) -> Iterator[Slip]:
    told = right.data["addresses"]
    at = ("addresses", "order")
    for other in ("/account/orders/{order}/cancel", "/account/orders/{order}/cancel-now",
                  "/account/{order}", "/account/orders?number={order}"):  # fmt: skip
        yield slip((at, other))
    for one in ("orders", "sign_in"):
        other = "sign_in" if one == "orders" else "orders"
        yield slip((("addresses", one), told[other]))
        yield slip((("addresses", one), "/account"))
        yield slip((("addresses", one), "/"))
    for pattern in (r"\d", r"\d{3}", r"\d+", r"\d{4}", r"\w+", r"\S+", r"2", r"\d{2}"):
        yield slip((("order_number",), pattern))


# No page contradicts a declaration, so this is no kind of a full run: a rehearsal sends, and only
# what is said of it afterwards can be right.
DECLARED = Mistake("falsely declared", "`opens` says of the cancelling link that it leads on",
                   _falsely_declared)  # fmt: skip
KINDS = (
    Mistake("another method", "`goes_to` or `sends` names another method", _another_method),
    Mistake("segment missing", "`goes_to` or `sends` lacks a segment", _segment_missing),
    Mistake("address too wide", "`{any}` or `{rest}` where the address is known",
            _address_too_wide),
    Mistake("another address", "`goes_to` or `sends` names another page's address",
            _address_of_another_page),
    Mistake("by script", "`by script` without `sends`", _by_script),
    Mistake("in opens", "the cancelling control stands in `opens`", _in_opens),
    Mistake("in opens, another method", "... and `goes_to` has another method",
            _in_opens_another_method),
    Mistake("in opens, segment missing", "... and `goes_to` lacks a segment, or is of another page",
            _in_opens_segment_missing),
    Mistake("in opens, by script", "... and `goes_to` is `by script` without `sends`",
            _in_opens_by_script),
    Mistake("reads too wide", "`reads` names more than what reads", _reads_too_wide),
    Mistake("opener's request", "`goes_to` or `sends` of what is pressed on the way is wrong",
            _opener_s_request),
    Mistake("opens otherwise", "a step of `opens` is missing, made twice or misplaced",
            _opens_otherwise),
    Mistake("names widened", "a neighbour's name is added to a name", _names_widened),
    Mistake("neighbour's name", "a control has the name of its neighbour", _name_of_a_neighbour),
    Mistake("name mistyped", "a name or a label lacks a letter or a word", _name_mistyped),
    Mistake("switched", "`begins`, `new_tab`, `ticked`, `choice` or `asks` says otherwise",
            _switched),
    Mistake("pages' addresses", "`addresses` or `order_number` is wrong", _addresses),
)  # fmt: skip
