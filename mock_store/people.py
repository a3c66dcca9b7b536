"""The shoppers who have an account, all of them invented."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """An invented shopper. The password protects nothing."""

    key: str
    name: str
    email: str
    password: str
    code: str  # the one-time code, which here is always the same
    address: str
    payment: str


PEOPLE = (
    Person("robin", "Robin Vale", "robin@varnholt.test", "lantern-oak-42", "314159",
           "Robin Vale\n14 Kiln Lane\n1017 AB Westerhaven", "Visa ending in 4242"),
    Person("sam", "Sam Okafor", "sam@varnholt.test", "harbour-fern-17", "271828",
           "Sam Okafor\n3 Ropewalk\n2312 CD Oosterdam", "Mastercard ending in 5100"),
)  # fmt: skip


def hashed(password: str) -> str:
    """Cheap on purpose: these passwords protect nothing, and tests sign in often."""
    return hashlib.pbkdf2_hmac("sha256", password.encode(), b"varnholt", 100).hex()
