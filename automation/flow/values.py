"""Values: from what stands in a file or on the command line to what a page object receives."""

from __future__ import annotations

import re
from typing import Any

from automation.errors import InputError
from automation.flow.model import TYPES, Input
from automation.pages.storefront import Storefront
from automation.pages.values import Items
from automation.source import Node, Scalar, SourceError
from automation.source.nodes import scalar, sequence

_LONGEST_NUMBER = 64  # characters


def literal(node: Node, kind: type, *, optional: bool) -> Any:
    """A value that stands in a file, as *kind*; `None` for null where that is allowed."""
    if isinstance(node, Scalar) and node.is_null:
        if not optional:
            raise SourceError("a value is missing here", node.place)
        return None
    if kind is Items:
        if isinstance(node, Scalar):
            if node.text != "all":
                raise SourceError(
                    f"items are `all` or a list of titles, not `{node.text}`",
                    node.place,
                    hint=f"write `[{node.text}]`",
                )
            return Items()
        titles = sequence(node, "items").strings("items")
        if not titles:
            raise SourceError("this list of items is empty", node.place)
        return Items(titles)
    text = scalar(node, "this value").string("this value")
    return kind(text.removeprefix("$") if text.startswith("$$") else text)


def given(declared: Input, texts: list[str], storefront: Storefront) -> Any:
    """A value from the command line, where a list is the same name said more than once."""
    if declared.type == "items":
        if texts == ["all"]:
            return Items()
        if not all(text.strip() for text in texts):
            raise InputError(f"`{declared.name}` was given an empty title")
        return Items(tuple(texts))
    if len(texts) > 1:
        raise InputError(f"`{declared.name}` was given {len(texts)} times; it takes one value")
    if declared.type == "order" and not is_order_number(texts[0], storefront):
        raise InputError(
            f"`{texts[0]}` is not an order number of {storefront.title}",
            hint=f"one looks like {_alike(declared, storefront)}",
        )
    return TYPES[declared.type](texts[0])


def _alike(declared: Input, storefront: Storefront) -> str:
    """The flow's example, if it is one of this store's numbers; else what such a number fits."""
    example = declared.example
    if example and is_order_number(example, storefront):
        return example
    return f"`{storefront.order_number}`, as its profile says"


def is_order_number(text: str, storefront: Storefront) -> bool:
    """Whether an order of this store may have this number."""
    return len(text) <= _LONGEST_NUMBER and bool(re.fullmatch(storefront.order_number, text))
