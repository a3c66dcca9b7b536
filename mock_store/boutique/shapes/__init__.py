"""The shapes that the boutique's pages can take. Each was met in a shop system that is in use."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Any, get_type_hints

from mock_store.boutique.shapes.cancelling import (
    Answer,
    Choose,
    Confirm,
    Name,
    Opens,
    Paid,
    Place,
    Reason,
    Unwilling,
)
from mock_store.boutique.shapes.listing import Address, Count, Link, List, Pager, SignedOut, SignIn
from mock_store.boutique.shapes.order import Fee, Lines, Requested, Result, Stamp, Sums, Title
from mock_store.boutique.shapes.traffic import Traffic
from mock_store.errors import StoreError

_OPEN_TO_ANYONE = (Address.SECRET, Address.KEY)


@dataclass(frozen=True)
class Shapes:
    """One face of the boutique."""

    sign_in: SignIn = SignIn.LABELS
    signed_out: SignedOut = SignedOut.REDIRECT
    address: Address = Address.NUMBER
    list: List = List.TABLE
    count: Count = Count.STATED
    link: Link = Link.NUMBERED
    pager: Pager = Pager.NEXT
    title: Title = Title.PLAIN
    lines: Lines = Lines.TABLE
    sums: Sums = Sums.TOTAL
    stamp: Stamp = Stamp.PLAIN
    place: Place = Place.ORDER
    name: Name = Name.PLAIN
    opens: Opens = Opens.ONE
    choose: Choose = Choose.WHOLE
    reason: Reason = Reason.NONE
    confirm: Confirm = Confirm.DIALOG
    paid: Paid = Paid.CANCELLED
    answer: Answer = Answer.STATUS
    result: Result = Result.CANCELLED
    requested: Requested = Requested.STATE
    fee: Fee = Fee.NONE
    unwilling: Unwilling = Unwilling.MISSING
    traffic: Traffic = Traffic.NONE

    def with_(self, *wishes: str) -> Shapes:
        """The same, but as each of these says: `confirm=native`. `StoreError` for an unknown."""
        kinds = get_type_hints(Shapes)
        changed: dict[str, Any] = {}
        for wish in wishes:
            name, _, value = wish.partition("=")
            if name not in kinds:
                raise _unknown(f"no part of the boutique is called `{name}`", name, kinds)
            values = [each.value for each in kinds[name]]
            if value not in values:
                raise _unknown(f"`{name}` has no shape called `{value}`", value, values)
            changed[name] = kinds[name](value)
        made = replace(self, **changed)
        if made.sign_in is SignIn.NONE and made.address not in _OPEN_TO_ANYONE:
            raise StoreError(
                "without accounts, an order is opened by its secret",
                hint="add --shape address=secret, or address=key",
            )
        return made


SHAPES = {field.name: tuple(get_type_hints(Shapes)[field.name]) for field in fields(Shapes)}


def _unknown(message: str, word: str, known: Any) -> StoreError:
    close = get_close_matches(word, known, n=1)
    return StoreError(
        message, hint=f"did you mean `{close[0]}`?" if close else "there are " + ", ".join(known)
    )
