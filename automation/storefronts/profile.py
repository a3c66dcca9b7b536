"""Storefronts: a folder with a `profile.yaml`, by name or by path."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from automation.errors import InputError
from automation.pages.covers import Cover
from automation.pages.described import DESCRIBED
from automation.pages.description import Description, ShownState
from automation.pages.storefront import DemoAccount, Patience, Storefront
from automation.source import Mapping, Node, Scalar, SourceError, read_file
from automation.source.frame import quoted
from automation.source.nodes import mapping, scalar, sequence
from automation.storefronts.describing import NO_SIGN_IN, read_pages
from automation.storefronts.folders import PROFILE, folder_of, known_folders
from automation.storefronts.language import Language, read_language
from automation.storefronts.manners import see_marks
from automation.storefronts.marked_secrets import read_secrets
from automation.storefronts.own_pages import own_pages
from automation.storefronts.patterns import read_pattern
from automation.storefronts.place_reading import PlaceReader, Words
from automation.storefronts.proof import read_proof
from automation.storefronts.request_keys import read_reads, see_that_no_page_cancels

_KEYS = ("storefront", "title", "base_url", "hosts", "order_number", "addresses", "languages",
         "patience", "windows", "covers", "personal", "secrets", "demo_accounts", "needs_images",
         "pages", "proof", "reads")  # fmt: skip
_ADDRESSES = ("sign_in", "orders", "order")
_MORE_ADDRESSES = ("memberships",)  # a store may have none
_WINDOWS = ("cancel", "request")  # ways that close some hours after the order
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f]*:[0-9a-f:]+", re.IGNORECASE)
# An address of the store begins at its root; the order's own has its number filled in, and its key.
_ADDRESS = re.compile(r"/(?![/\\])[^\s\\{}]*")
_LONGEST_WAIT = 3600.0  # seconds


def known_storefronts() -> list[str]:
    """The names of the storefronts that can be opened by name."""
    return list(known_folders())


def open_storefront(named: str, *, base_url: str | None = None, language: str = "en") -> Storefront:
    """The storefront of this name, or in this folder. `InputError` if there is none."""
    folder, store = folder_of(named)
    profile = read_profile(folder / PROFILE, base_url=base_url, language=language)
    own = own_pages(folder)
    see_marks(folder, own)
    kinds = {**profile.kinds, **{page.name: page for page in own}}
    return replace(profile, store=store, folder=folder.resolve(), kinds=kinds)


def read_profile(path: Path, *, base_url: str | None = None, language: str = "en") -> Storefront:
    """What a profile says, for one address and one language; errors show the place."""
    top = mapping(read_file(path), "a profile")
    top.only(_KEYS, "a profile")
    text = _Texts(top)
    hosts = _hosts(top)
    url = _address_of_the_store(top, hosts, base_url)
    pages = top.get("pages")
    spoken = read_language(top, language, described=pages is not None)
    described = _description(pages, spoken) if pages else None
    commit = described.cancel.commit.request if described else None
    addresses = _addresses(top)
    if commit:
        known = mapping(top.required("addresses", "this profile"), "`addresses`")
        see_that_no_page_cancels(known, addresses.values(), commit)
    secrets = read_secrets(top.get("secrets"), addresses.get("order", ""))
    return Storefront(
        name=scalar(top.required("storefront", "this profile"), "`storefront`").name(
            "`storefront`"
        ),
        title=text.required("title"),
        base_url=url,
        language=language,
        labels=spoken.of_shared_pages,
        states=spoken.states,
        refunds=spoken.refunds,
        addresses=addresses,
        hosts=hosts,
        patience=_patience(top),
        windows=_windows(top),
        order_number=_order_number(top),
        covers=_covers(top),
        personal=(*_strings(top, "personal"), *secrets.fields),
        secrets=secrets.places,
        demo_accounts=_demo_accounts(top),
        needs_images=_needs_images(top),
        languages=tuple(
            key.text
            for key in mapping(top.required("languages", "this profile"), "`languages`").keys
        ),
        reads=read_reads(top.get("reads"), commit),
        description=described,
        kinds={page.name: page for page in DESCRIBED} if pages else {},
        folder=path.parent,
        proof=read_proof(top.get("proof")),
    )


def _description(pages: Node, spoken: Language) -> Description:
    words = Words(spoken.labels)
    described = read_pages(pages, words)
    places = PlaceReader(words)
    shown = tuple(ShownState(state, places.place(node, f"states.{state.value}.seen"))
                  for state, node in spoken.seen)  # fmt: skip
    return replace(described, shown=shown, unused=spoken.unused(words.used))


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
    """The host of a store's address; `None` if it is none, or holds a name and a password."""
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and parts.port != 0
    except ValueError:
        return None
    return parts.hostname if known and not re.search(r"[@\\\s]", address) else None


def _hosts(top: Mapping) -> tuple[str, ...]:
    node = top.get("hosts")
    hosts = () if node is None else sequence(node, "`hosts`").items
    for host in hosts:
        if not _HOST.fullmatch(scalar(host, "each of `hosts`").string("one of `hosts`")):
            raise SourceError(
                f"{quoted(scalar(host, 'a host').text)} is not the name of a host",
                host.place,
                hint="write it alone and whole, like shop.example",
            )
    return _strings(top, "hosts")


def _order_number(top: Mapping) -> str:
    node = top.get("order_number")
    if node is None:
        return r".+"
    return read_pattern(scalar(node, "`order_number`"))


class _Texts:
    def __init__(self, top: Mapping) -> None:
        self._top = top

    def required(self, key: str) -> str:
        return scalar(self._top.required(key, "this profile"), f"`{key}`").string(f"`{key}`")


def _strings(top: Mapping, key: str) -> tuple[str, ...]:
    node = top.get(key)
    return () if node is None else sequence(node, f"`{key}`").strings(f"`{key}`")


def _addresses(top: Mapping) -> dict[str, str]:
    addresses = mapping(top.required("addresses", "this profile"), "`addresses`")
    addresses.only((*_ADDRESSES, *_MORE_ADDRESSES), "`addresses`")
    guests, needed = _needed_addresses(top.get("pages"))
    for name in needed:
        addresses.required(name, "`addresses`")
    node = addresses.get("order")
    order = scalar(node, "an address") if node else None
    if order and "{order}" not in order.text:
        raise SourceError("this address lacks `{order}`, the number's place", order.place)
    if order and "{key}" in order.text and not guests:
        raise SourceError(
            "`{key}` is for orders without an account",
            order.place,
            hint=f"write `sign_in: {NO_SIGN_IN}` under `pages`, or leave this address out: "
            "the list leads to each order",
        )
    return {key.text: _path(key.text, scalar(value, "an address"))
            for key, value in addresses.pairs()}  # fmt: skip


def _needed_addresses(pages: Node | None) -> tuple[bool, tuple[str, ...]]:
    """Whether nobody signs in, and the addresses without which no order could be opened."""
    if pages is None:
        return False, _ADDRESSES
    parts = mapping(pages, "`pages`")
    if not isinstance(parts.get("sign_in"), Scalar):  # which word may stand there, `pages` says
        # Where a list leads to each order, an order needs no address of its own.
        return False, ("sign_in", "orders")
    return True, ("orders",) if parts.get("orders") else ("order",)


def _path(name: str, address: Scalar) -> str:
    path = address.string("an address")
    filled = re.sub(r"\{order\}|\{key\}", "", path) if name == "order" else path
    if not _ADDRESS.fullmatch(filled):
        raise SourceError(
            f"{quoted(path)} is not an address within the store",
            address.place,
            hint="write it from the root, like /your-orders; only `{order}` is filled in, "
            "and `{key}` where orders have no account",
        )
    return path


def _patience(top: Mapping) -> Patience:
    node = top.get("patience")
    if node is None:
        return Patience()
    told = mapping(node, "`patience`")
    told.only([field.name for field in fields(Patience)], "`patience`")
    return Patience(**{key.text: _seconds(scalar(value, key.text), key.text)
                       for key, value in told.pairs()})  # fmt: skip


def _covers(top: Mapping) -> tuple[Cover, ...]:
    node = top.get("covers")
    if node is None:
        return ()
    covers = []
    for each in sequence(node, "`covers`").items:
        told = mapping(each, "a cover")
        told.only(("seen", "close"), "a cover")
        covers.append(
            Cover(*(scalar(told.required(name, "a cover"), name).string(name)
                    for name in ("seen", "close")))
        )  # fmt: skip
    return tuple(covers)


def _seconds(node: Scalar, key: str) -> float:
    seconds = node.number(f"`{key}`")
    if not 0 < seconds <= _LONGEST_WAIT:
        raise SourceError(
            f"`{key}` must be more than 0 seconds and at most {_LONGEST_WAIT:.0f}", node.place
        )
    return seconds


def _windows(top: Mapping) -> dict[str, float]:
    node = top.get("windows")
    if node is None:
        return {}
    told = mapping(node, "`windows`")
    told.only(_WINDOWS, "`windows`")
    return {key.text: scalar(value, key.text).number(f"`{key.text}`")
            for key, value in told.pairs()}  # fmt: skip


def _needs_images(top: Mapping) -> bool:
    node = top.get("needs_images")
    return node is not None and scalar(node, "`needs_images`").boolean("`needs_images`")


def _demo_accounts(top: Mapping) -> dict[str, DemoAccount]:
    node = top.get("demo_accounts")
    if node is None:
        return {}
    accounts = {}
    for key, value in mapping(node, "`demo_accounts`").pairs():
        told = mapping(value, f"the account `{key.text}`")
        told.only(("email", "password"), f"the account `{key.text}`")
        accounts[key.name("an account's name")] = DemoAccount(
            *(scalar(told.required(name, f"the account `{key.text}`"), name).string(name)
              for name in ("email", "password"))
        )  # fmt: skip
    return accounts
