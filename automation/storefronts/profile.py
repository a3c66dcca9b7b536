"""Storefronts: a folder with a `profile.yaml`, by name or by path."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from automation.errors import InputError
from automation.pages.readings import Refund, State
from automation.pages.storefront import DemoAccount, Labels, Patience, Storefront
from automation.source import Mapping, SourceError, read_file
from automation.source.nodes import mapping, scalar, sequence, unknown

_HERE = Path(__file__).parent
_KEYS = ("storefront", "title", "base_url", "hosts", "order_number", "addresses", "languages",
         "patience", "windows", "personal", "demo_accounts")  # fmt: skip
_ADDRESSES = ("sign_in", "orders", "order")
_MORE_ADDRESSES = ("memberships",)  # a store may have none
_REFUNDS = {each.value: each for each in Refund if each is not Refund.UNREADABLE}
_WINDOWS = ("cancel", "request")  # ways that close some hours after the order
_STATES = {state.value: state for state in State if state is not State.UNREADABLE}


def known_storefronts() -> list[str]:
    """The names of the storefronts that come with unorder."""
    return sorted(path.parent.name for path in _HERE.glob("*/profile.yaml"))


def open_storefront(named: str, *, base_url: str | None = None, language: str = "en") -> Storefront:
    """The storefront of this name, or in this folder. `InputError` if there is none."""
    if named in known_storefronts():
        folder, store = _HERE / named, named
    elif (Path(named) / "profile.yaml").is_file():
        folder, store = Path(named), str(Path(named).resolve())
    else:
        close = get_close_matches(named, known_storefronts(), n=1)
        raise InputError(
            f"no storefront is called `{named}`, and no folder `{named}` has a profile.yaml",
            hint=f"did you mean `{close[0]}`?" if close
            else "there are: " + ", ".join(known_storefronts()),
        )  # fmt: skip
    profile = read_profile(folder / "profile.yaml", base_url=base_url, language=language)
    return replace(profile, store=store)


def read_profile(path: Path, *, base_url: str | None = None, language: str = "en") -> Storefront:
    """What a profile says, for one address and one language; errors show the place."""
    top = mapping(read_file(path), "a profile")
    top.only(_KEYS, "a profile")
    text = _Texts(top)
    hosts = _strings(top, "hosts")
    url = _address_of_the_store(top, hosts, base_url)
    labels, states, refunds = _language(top, language)
    return Storefront(
        name=text.required("storefront"),
        title=text.required("title"),
        base_url=url,
        language=language,
        labels=labels,
        states=states,
        refunds=refunds,
        addresses=_addresses(top),
        hosts=hosts,
        patience=_patience(top),
        windows=_windows(top),
        order_number=_order_number(top),
        personal=_strings(top, "personal"),
        demo_accounts=_demo_accounts(top),
        languages=tuple(
            key.text
            for key in mapping(top.required("languages", "this profile"), "`languages`").keys
        ),
    )


def _address_of_the_store(top: Mapping, hosts: tuple[str, ...], asked: str | None) -> str:
    own = scalar(top.required("base_url", "this profile"), "`base_url`")
    hint = "write it like https://shop.example"
    if not _host(own.text):
        raise SourceError(f"`{own.text}` is not the address of a store", own.place, hint=hint)
    if _host(own.text) not in hosts:
        raise SourceError(f"`hosts` does not name `{_host(own.text)}`", own.place)
    if asked is None:
        return own.text
    if not _host(asked):
        raise InputError(f"`{asked}` is not the address of a store", hint=hint)
    if _host(asked) not in hosts:
        raise InputError(
            f"`{_host(asked)}` is not among the hosts of the storefront's profile",
            hint="it names " + ", ".join(hosts),
        )
    return asked


def _host(address: str) -> str | None:
    parts = urlsplit(address)
    return parts.hostname if parts.scheme in ("http", "https") else None


def _order_number(top: Mapping) -> str:
    node = top.get("order_number")
    if node is None:
        return r".+"
    pattern = scalar(node, "`order_number`")
    try:
        re.compile(pattern.text)
    except re.error as problem:
        raise SourceError(f"this is not a pattern: {problem}", pattern.place) from None
    return pattern.text


class _Texts:
    def __init__(self, top: Mapping) -> None:
        self._top = top

    def required(self, key: str) -> str:
        return scalar(self._top.required(key, "this profile"), f"`{key}`").string(f"`{key}`")


def _strings(top: Mapping, key: str) -> tuple[str, ...]:
    node = top.get(key)
    return () if node is None else sequence(node, f"`{key}`").strings(f"`{key}`")


def _language(top: Mapping, language: str) -> tuple[Labels, dict[str, State], dict[str, Refund]]:
    languages = mapping(top.required("languages", "this profile"), "`languages`")
    own = languages.get(language)
    if own is None:
        raise InputError(
            f"the storefront's profile does not know the language `{language}`",
            hint="it knows " + ", ".join(key.text for key in languages.keys),
        )
    spoken = mapping(own, f"the language `{language}`")
    spoken.only(("labels", "states", "refunds"), f"the language `{language}`")
    labels = mapping(spoken.required("labels", "a language"), "`labels`")
    labels.only([field.name for field in fields(Labels)], "`labels`")
    states: dict[str, State] = {}
    for key, words in mapping(spoken.required("states", "a language"), "`states`").pairs():
        if key.text not in _STATES:
            raise unknown(f"no state is called `{key.text}`", key, _STATES)
        for word in sequence(words, f"`{key.text}`").strings(f"`{key.text}`"):
            if word.lower() in states:
                raise SourceError(f"`{word}` means two states", words.place)
            states[word.lower()] = _STATES[key.text]
    named = {key.text: sequence(value, "a label").strings("a label")
             for key, value in labels.pairs()}  # fmt: skip
    return Labels(**named), states, _refunds(spoken)


def _refunds(spoken: Mapping) -> dict[str, Refund]:
    node = spoken.get("refunds")
    if node is None:
        return {}
    told = mapping(node, "`refunds`")
    told.only(_REFUNDS, "`refunds`")
    return {
        part.lower(): _REFUNDS[key.text]
        for key, parts in told.pairs()
        for part in sequence(parts, f"`{key.text}`").strings(f"`{key.text}`")
    }


def _addresses(top: Mapping) -> dict[str, str]:
    addresses = mapping(top.required("addresses", "this profile"), "`addresses`")
    addresses.only((*_ADDRESSES, *_MORE_ADDRESSES), "`addresses`")
    for name in _ADDRESSES:
        addresses.required(name, "`addresses`")
    order = scalar(addresses.required("order", "`addresses`"), "an address")
    if "{order}" not in order.text:
        raise SourceError("this address lacks `{order}`, the number's place", order.place)
    return {key.text: scalar(value, "an address").string("an address")
            for key, value in addresses.pairs()}  # fmt: skip


def _patience(top: Mapping) -> Patience:
    node = top.get("patience")
    if node is None:
        return Patience()
    told = mapping(node, "`patience`")
    told.only([field.name for field in fields(Patience)], "`patience`")
    return Patience(**{key.text: scalar(value, key.text).number(f"`{key.text}`")
                       for key, value in told.pairs()})  # fmt: skip


def _windows(top: Mapping) -> dict[str, float]:
    node = top.get("windows")
    if node is None:
        return {}
    told = mapping(node, "`windows`")
    told.only(_WINDOWS, "`windows`")
    return {key.text: scalar(value, key.text).number(f"`{key.text}`")
            for key, value in told.pairs()}  # fmt: skip


def _demo_accounts(top: Mapping) -> dict[str, DemoAccount]:
    node = top.get("demo_accounts")
    if node is None:
        return {}
    accounts = {}
    for key, value in mapping(node, "`demo_accounts`").pairs():
        told = mapping(value, f"the account `{key.text}`")
        told.only(("email", "password"), f"the account `{key.text}`")
        accounts[key.text] = DemoAccount(
            *(scalar(told.required(name, f"the account `{key.text}`"), name).string(name)
              for name in ("email", "password"))
        )  # fmt: skip
    return accounts
