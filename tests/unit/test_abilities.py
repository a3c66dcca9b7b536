"""What a profile cannot do, by the keys that it lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from automation.pages.description import Description
from automation.storefronts.abilities import what_it_cannot_do
from automation.storefronts.profile import open_storefront


def lacking(**keys: Any) -> Description:
    described = open_storefront("boutique").description
    assert described
    return replace(described, listing=replace(described.orders, **keys))


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ({}, []),
        ({"stated": None}, []),
        ({"next": None}, []),
        ({"stated": None, "next": None}, ["`plan` cannot work"]),
        ({"empty": None}, ["an account without orders is `broken`"]),
        ({"stated": None, "next": None, "empty": None},
         ["`plan` cannot work", "an account without orders is `broken`"]),
    ],
)  # fmt: skip
def test_each_key_that_is_missed_is_said_once(keys: dict[str, Any], named: list[str]) -> None:
    lacks = what_it_cannot_do(lacking(**keys))

    assert [lack.startswith(begins) for lack, begins in zip(lacks, named, strict=True)] == [
        True for _ in named
    ]
