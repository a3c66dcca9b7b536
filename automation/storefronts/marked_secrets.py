"""What a profile marks as secret: parts of addresses, parameters, fields; errors show the place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from automation.pages.bearer_secrets import SecretPlaces
from automation.source import Node, Scalar, SourceError
from automation.source.nodes import mapping, scalar, sequence

_WAYS = ("address", "parameter", "css")
_FILLED = re.compile(r"\{([^{}]*)\}")
_ADDRESS = re.compile(r"/(?![/\\])[^\s\\{}]*")
_NAME = re.compile(r"[\w.\[\]-]{1,64}")


@dataclass(frozen=True)
class MarkedSecrets:
    """*fields* are selectors: what they find is covered in pictures too."""

    places: SecretPlaces
    fields: tuple[str, ...]


def read_secrets(node: Node | None, order: str) -> MarkedSecrets:
    """What stands under `secrets`, and the key in the address of an *order*."""
    found: dict[str, list[str]] = {way: [] for way in _WAYS}
    if "{key}" in order:
        found["address"].append(order.replace("{key}", "{secret}"))
    for entry in sequence(node, "`secrets`").items if node else ():
        way, value = _entry(entry)
        found[way].append(value)
    places = SecretPlaces(tuple(found["address"]), tuple(found["parameter"]))
    return MarkedSecrets(places, tuple(found["css"]))


def _entry(node: Node) -> tuple[str, str]:
    told = mapping(node, "one of `secrets`")
    told.only(_WAYS, "one of `secrets`")
    if len(told.keys) != 1:
        raise SourceError(
            f"one of `secrets` names {'two places' if told.keys else 'no place'}",
            told.keys[1].place if told.keys else told.place,
            hint="name one: "
            + ", ".join(f"`{way}`" for way in _WAYS)
            + "; the next is an entry of its own",
        )
    way = told.keys[0].text
    value = scalar(told.values[0], f"`{way}`")
    text = value.string(f"`{way}`")
    if way == "address":
        _see_the_address(text, value)
    elif way == "parameter" and not _NAME.fullmatch(text):
        raise SourceError(
            "this is not the name of a parameter",
            value.place,
            hint="write what stands before the `=`, like `t` for `?t=…`",
        )
    return way, text


def _see_the_address(text: str, value: Scalar) -> None:
    for name in _FILLED.findall(text):
        if name not in ("secret", "order", "any", "rest"):
            raise SourceError(
                f"nothing is known as `{{{name}}}` in the address of a secret",
                value.place,
                hint="`{secret}` is the secret, `{order}` a number, `{any}` another part, "
                "`{rest}` several",
            )
    if "{secret}" not in text:
        raise SourceError(
            "this address lacks `{secret}`, the secret's place",
            value.place,
            hint="write it like /order/{any}/{secret}/",
        )
    if not _ADDRESS.fullmatch(_FILLED.sub("", text)):
        raise SourceError(
            "this is not an address within the store",
            value.place,
            hint="write it from the root, like /order/{any}/{secret}/",
        )
