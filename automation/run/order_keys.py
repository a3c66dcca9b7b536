"""Keys of orders without an account: where they are, as `--key` and the journal name the place."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from automation.errors import InputError, TryLater
from automation.pages.opened import OpenedAs, OrderKey
from automation.pages.storefront import Storefront
from automation.run.accounts import (
    FromCommand,
    FromCredential,
    FromEnvironment,
    FromFile,
    Secret,
)

_FORMS = "`env:NAME`, `file:PATH`, `credential:NAME` or `cmd:PROGRAM …`"
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_LONGEST = 256  # characters of a key


@dataclass(frozen=True)
class KeyPlace:
    """Where the key of an order is, in the words of the command line."""

    named: str
    secret: Secret

    @classmethod
    def parse(cls, text: str) -> KeyPlace:
        """The place that *text* names; `InputError`, which never shows it, for a key itself."""
        form, colon, rest = text.partition(":")
        rest = rest.strip()
        if colon and rest:
            match form:
                case "env" if _NAME.fullmatch(rest):
                    return cls(text, FromEnvironment(rest))
                case "file":  # whoever verifies may do it in another folder
                    path = Path(rest).expanduser().absolute()
                    return cls(f"file:{path}", FromFile(path))
                case "credential":
                    return cls(text, FromCredential(rest))
                case "cmd":
                    return cls(text, FromCommand(_words(rest)))
        raise InputError(
            "`--key` must say where the key is, not what it is",
            hint=f"write {_FORMS}; a key on the command line is seen by everybody on this machine",
        )

    def read(self, order: str) -> OrderKey:
        """The key of this order; `InputError`, which never shows it, if it cannot be read."""
        try:
            value = self.secret.read()
        except InputError as problem:
            hint = f"`--key {self.named}` names it as the place of the order's key"
            raise InputError(problem.message, hint=hint) from problem
        self._see_that_it_is_one(value)
        return OrderKey(order, value, self.named)

    def _see_that_it_is_one(self, value: str) -> None:
        problem = None
        if not value:
            problem = "is empty"
        elif "/" in value:
            problem = "is an address, or a part of one"
        elif len(value) > _LONGEST or len(value.split()) != 1:
            problem = "is more than one word"
        if problem:
            raise InputError(
                f"the key in `{self.named}` {problem}",
                hint="keep there only what stands in the order's link in the place of `{key}`",
            )


def _words(command: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(command))
    except ValueError as problem:
        raise InputError(
            f"the command of `--key` cannot be read: {str(problem).lower()}",
            hint="write it as in a shell, with both quotes: cmd:'PROGRAM …'",
        ) from None


def with_its_key(storefront: Storefront, order: str, place: KeyPlace | None) -> Storefront:
    """The storefront as it opens this order; `InputError` for a key that is missing or too much."""
    if place is None and storefront.asks_for_a_key:
        raise InputError(
            f"the link of an order of {storefront.title} holds a key, and none was named",
            hint=f"add --key and where it is: {_FORMS}",
        )
    if place is None:
        return storefront
    if not storefront.asks_for_a_key:
        raise InputError(
            f"an order of {storefront.title} is opened without a key",
            hint="leave `--key` out; where its link does hold one, the profile says "
            "`{key}` in `addresses.order`",
        )
    return replace(storefront, order_key=place.read(order))


def with_its_key_again(storefront: Storefront, order: str, opened: OpenedAs) -> Storefront:
    """The same for an order of an earlier run. `TryLater` if its key cannot be read now."""
    own = storefront.order_key
    if not storefront.asks_for_a_key or (own and own.order == order):
        return storefront
    try:
        place = KeyPlace.parse(opened.key) if opened.key else None
        return with_its_key(storefront, order, place)
    except InputError as problem:
        raise TryLater(
            f"order {order} stays open: {problem.message}",
            hint="the run named it as the place of the order's key; "
            "put it there again, then `unorder verify`",
        ) from problem


def take_out_of_the_environment(opened: Iterable[OpenedAs]) -> None:
    """Take keys that may be read again out of the environment: no browser must inherit them."""
    for each in opened:
        if each.key:
            KeyPlace.parse(each.key)
