"""Asking the store for quirks: which, where, how many times, and whether it is to happen now."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from mock_store.errors import StoreError
from mock_store.quirks import Quirk

KEYS = {"name", "how", "order", "account", "times", "seconds"}
GRAMMAR = "NAME[=HOW][:ORDER][@ACCOUNT][*TIMES]"
_WRITTEN = re.compile(
    r"(?P<name>[^=:@*]+)(?:=(?P<how>[^:@*]+))?(?::(?P<order>[^@*]+))?"
    r"(?:@(?P<account>[^*]+))?(?:\*(?P<times>\d+))?"
)


@dataclass
class Wish:
    """A quirk that was asked for: how, where, and how many times it is still to happen."""

    quirk: Quirk
    how: str | None
    order: str | None
    account: str | None
    times: int | None
    seconds: float | None

    def fits(self, quirk: Quirk, how: str | None, order: str | None, account: str | None) -> bool:
        return (
            self.quirk is quirk
            and self.times != 0
            and self._fits_how(how)
            and self.order in (None, order)
            and self.account in (None, account)
        )

    def as_told(self) -> dict[str, Any]:
        """As JSON tells it: what was not said is left out."""
        told = {"name": self.quirk.value, "how": self.how, "order": self.order,
                "account": self.account, "times": self.times, "seconds": self.seconds}  # fmt: skip
        return {key: value for key, value in told.items() if value is not None}

    def _fits_how(self, how: str | None) -> bool:
        meant = self.how or next(iter(self.quirk.nature.how), None)
        return None in (how, meant) or how == meant


@dataclass(frozen=True)
class Met:
    """A quirk that happens now: in which manner, and how long it takes."""

    quirk: Quirk
    how: str
    seconds: float


class Quirks:
    """The quirks that were asked for. The same *seed* draws the same moments."""

    def __init__(self, accounts: Sequence[str], *, seed: int = 0) -> None:
        self._accounts = accounts
        self._chance = random.Random(seed)  # noqa: S311 (moments, not secrets)
        self._wishes: list[Wish] = []
        self._turn = threading.Lock()

    def add(
        self,
        quirk: Quirk | str,
        *,
        how: str | None = None,
        order: str | None = None,
        account: str | None = None,
        times: int | None = None,
        seconds: float | None = None,
    ) -> None:
        """Ask for *quirk*, everywhere or where it is said, always or so many *times*.

        *how* is one of its places or manners; *seconds* is how long it is to take, or, for what
        happens at a random moment, how long at most.
        """
        named = _named(quirk)
        if how is not None and how not in named.hows:
            hint = f"it is {', '.join(named.hows)}" if named.hows else "it is asked for as it is"
            raise StoreError(f"`{named}` is never `{how}`", hint=hint)
        if account is not None and account not in self._accounts:
            there_are = "there are " + ", ".join(self._accounts)
            raise StoreError(f"no account is called `{account}`", hint=there_are)
        if times is not None and times < 1:
            raise StoreError(f"`{named}` cannot happen {times} times", hint="leave it out: always")
        if seconds is not None and (named.nature.seconds is None or seconds < 0):
            raise StoreError(f"`{named}` cannot take {seconds:g} seconds")
        self._wishes.append(Wish(named, how, order, account, times, seconds))

    def add_told(self, told: object) -> None:
        """Ask for a quirk as JSON or YAML tell it; `StoreError` for what it cannot be."""
        if not isinstance(told, Mapping) or not set(told) <= KEYS:
            raise StoreError("a quirk is told by " + ", ".join(sorted(KEYS)))
        texts = {key: _of(told, key, str, "a text") for key in ("name", "how", "order", "account")}
        name = texts.pop("name")
        if name is None:
            raise StoreError("`name` is missing", hint="name a quirk")
        times = _of(told, "times", int, "a number of times")
        seconds = _of(told, "seconds", (int, float), "a number of seconds")
        self.add(name, **texts, times=times, seconds=seconds)

    def ask(self, written: str) -> None:
        """Ask for a quirk in one word, as on the command line."""
        found = _WRITTEN.fullmatch(written.strip())
        if not found:
            raise StoreError(f"`{written}` cannot be read as a quirk", hint=f"write it {GRAMMAR}")
        told = found.groupdict()
        self.add(
            told["name"],
            how=told["how"],
            order=told["order"],
            account=told["account"],
            times=None if told["times"] is None else int(told["times"]),
        )

    def clear(self) -> None:
        self._wishes.clear()

    def standing(self) -> list[Wish]:
        """What is still to happen, as it was asked for."""
        return [wish for wish in self._wishes if wish.times != 0]

    def met(
        self,
        quirk: Quirk,
        *,
        how: str | None = None,
        order: str | None = None,
        account: str | None = None,
        answered: bool = False,
    ) -> Met | None:
        """*quirk* if it is to happen now; this uses up one of its times.

        One that the shopper has *answered* only happens again when its times are counted.
        """
        with self._turn:
            for wish in self._wishes:
                if not wish.fits(quirk, how, order, account) or (answered and wish.times is None):
                    continue
                if wish.times is not None:
                    wish.times -= 1
                manner = how or wish.how or next(iter(quirk.nature.how), "")
                return Met(quirk, manner, self._seconds(wish))
        return None

    def happens(
        self,
        quirk: Quirk,
        *,
        how: str | None = None,
        order: str | None = None,
        account: str | None = None,
    ) -> bool:
        """Whether *quirk* is to happen now; this uses up one of its times."""
        return self.met(quirk, how=how, order=order, account=account) is not None

    def stands(self, quirk: Quirk, *, order: str | None, account: str | None) -> bool:
        """Whether *quirk* is asked for here; this uses up nothing."""
        return any(wish.fits(quirk, None, order, account) for wish in self._wishes)

    def _seconds(self, wish: Wish) -> float:
        earliest, latest = wish.quirk.nature.seconds or (0, 0)
        if wish.seconds is not None:
            earliest, latest = (wish.seconds if earliest else 0, wish.seconds)
        return self._chance.uniform(earliest, latest)


def _of(told: Mapping[Any, Any], key: str, kind: Any, what: str) -> Any:
    value = told.get(key)
    if value is not None and (isinstance(value, bool) or not isinstance(value, kind)):
        raise StoreError(f"`{key}` must be {what}, not `{value}`")
    return value


def _named(quirk: Quirk | str) -> Quirk:
    try:
        return Quirk.named(quirk)
    except KeyError:
        close = get_close_matches(quirk, Quirk, n=1)
        hint = f"did you mean `{close[0]}`?" if close else "`unorder store --quirks` lists them"
        raise StoreError(f"no quirk is called `{quirk}`", hint=hint) from None
