"""What opens an order to whoever has it: keys, nonces and secrets in addresses and hidden fields.

A profile marks them; what a profile does not mark is known by its name, or by its look. Nothing
here knows a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

CHIP = "▮▮▮▮"
# Any word of a parameter's name that tells of a secret; and names that tell of one as a whole.
_WORDS = {
    "apikey", "auth", "authorization", "credential", "credentials", "csrf", "csrfmiddlewaretoken",
    "hash", "hmac", "jsessionid", "jwt", "key", "nonce", "otp", "passwd", "password", "phpsessid",
    "pwd", "secret", "sess", "sessid", "session", "sessionid", "sid", "sig", "signature", "token",
    "wpnonce", "xsrf",
}  # fmt: skip
_WHOLE = {"code", "authcode", "accesscode", "protectcode", "securekey"}
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_END = r"\s\"'<>`\\"
_PARAMETER = re.compile(rf"(?:[?&#;]|&amp;)(?P<name>[\w.\[\]-]+)=(?P<value>[^&#;{_END}]+)")
# The same of an address that another address holds.
_QUOTED_PARAMETER = re.compile(
    r"(?:%3F|%26|%23)(?P<name>(?:(?!%3D|%26)[\w.%-])+)%3D"
    rf"(?P<value>(?:(?!%26|%23)[^&#;{_END}])+)",
    re.IGNORECASE,
)
_SEGMENT = re.compile(
    r"(?:(?<=/)|(?<=%2F))(?P<value>(?:[\w.~+-]|%(?!2F|3F|26|23|3D)[0-9A-F]{2}){16,}=*)"
    rf"(?=$|[/?&#,;:!)\]}}{_END}]|%2F|%3F|%26|%23)",
    re.IGNORECASE | re.ASCII,
)
_WHOLE_ADDRESS = re.compile(rf"\b[a-z][a-z0-9+.-]*://[^{_END}]+", re.IGNORECASE)
_BEFORE = re.compile(rf"[^(?#{_END}]*$")
_AFTER = re.compile(rf"[^)?#{_END}]*")
_MOST_BEFORE = 300  # characters of an address in front of a part that are looked at
# What everybody is shown has long names too.
_SHARED = re.compile(
    r"\.(?:avif|bmp|css|eot|gif|ico|jpe?g|m?js|map|mp4|otf|png|svg|ttf|webm|webp|woff2?)$"
    r"|/(?:assets|bundles|cache|cdn|images?|img|media|static|theme|thumbnails?)/",
    re.IGNORECASE,
)

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PREFIXED = re.compile(r"[a-z]{2,}(?:_[a-z]+)*_([A-Za-z0-9]{12,})")
_LONG = 16  # characters of a part that may be random; words and codes are shorter
_LONG_MIXED = 20  # the same where dashes part it
# The share of neighbours that are of two kinds: about 0.45 in what is random, below 0.2 in words.
_OFTEN, _OFTEN_MIXED, _OFTEN_PREFIXED = 0.25, 0.35, 0.3
_FEW_VOWELS = 0.2  # of all letters; a language has twice as many
_LETTERS = 8  # at least, to speak of their vowels
_DIGITS = 2

_FILLED = re.compile(r"(\{(?:any|id|key|order|secret|rest)\})")
_PART = rf"[^/?&#{_END}]+"
_KNOWN_APART = 8  # characters from which on a secret cannot be taken for something else
_MARKED_APART = 6  # the same for one that a profile marks


@dataclass(frozen=True)
class SecretPlaces:
    """What a profile marks.

    *addresses* hold `{secret}` where the secret is; *parameters* are names, also of fields.
    """

    addresses: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()


NONE_MARKED = SecretPlaces()


class BearerSecrets:
    """Finds them in a text, and masks them."""

    def __init__(self, places: SecretPlaces = NONE_MARKED) -> None:
        self._addresses = [_address(told) for told in places.addresses]
        self._parameters = frozenset(name.lower() for name in places.parameters)
        self._spared: set[str] = set()

    def spare(self, *numbers: str) -> None:
        """Never take one of these for a secret: the numbers of orders, which may look like one."""
        self._spared |= {number.casefold() for number in numbers if number}

    def masked(self, text: str, chip: str = CHIP) -> str:
        """*text* with *chip* in the place of each secret of an address."""
        for start, end, _ in sorted(self._spans(text), reverse=True):
            if chip not in text[start:end]:
                text = text[:start] + chip + text[end:]
        return text

    def found_in(self, address: str) -> Iterator[str]:
        """The secrets of an address that can be told from words wherever else they stand."""
        for start, end, marked in self._spans(address):
            yield from self._apart(unquote(address[start:end]), marked=marked)

    def found_in_field(self, name: str, value: str) -> Iterator[str]:
        """The value of a hidden field, if its name tells of a secret; likewise."""
        if self._is_one(name) and not re.search(r"\s", value):
            yield from self._apart(value, marked=name.lower() in self._parameters)

    def _apart(self, secret: str, *, marked: bool) -> Iterator[str]:
        if any(number in secret.casefold() for number in self._spared):
            return
        mixed = re.search(r"[^\W\d_]", secret) and re.search(r"\d", secret)
        if len(secret) >= (_MARKED_APART if marked else _KNOWN_APART) and (marked or mixed):
            yield secret

    def _spans(self, text: str) -> list[tuple[int, int, bool]]:
        """Where secrets begin and end, and whether the profile marks them; none within another."""
        found: list[tuple[int, int, bool]] = []
        for start, end, marked in self._all(text):
            part = text[start:end]
            spared = unquote(part).casefold() in self._spared or _FILLED.fullmatch(part)
            if not spared and not any(start < other[1] and other[0] < end for other in found):
                found.append((start, end, marked))
        return found

    def _all(self, text: str) -> Iterator[tuple[int, int, bool]]:
        for address in self._addresses:
            for match in address.finditer(text):
                yield from ((*match.span(group), True) for group in match.groupdict())
        for pattern in (_PARAMETER, _QUOTED_PARAMETER):
            for match in pattern.finditer(text):
                marked = match["name"].lower() in self._parameters
                if marked or self._is_one(match["name"]) or looks_random(match["value"]):
                    yield (*match.span("value"), marked)
        for match in _SEGMENT.finditer(text):
            if looks_random(match["value"]) and not _is_of_everybody(match):
                yield (*match.span("value"), False)

    def _is_one(self, name: str) -> bool:
        if name.lower() in self._parameters:
            return True
        words = [word.lower() for word in _WORD.findall(unquote(name))]
        return bool(_WORDS & {*words, "".join(words)}) or "".join(words) in _WHOLE


def without_secrets(text: str) -> str:
    """*text* without the secrets of whole addresses in it: for words that know of no storefront."""
    secrets = BearerSecrets()
    return _WHOLE_ADDRESS.sub(lambda found: secrets.masked(found[0]), text)


def looks_random(part: str) -> bool:
    """Whether a part of an address is nothing that somebody would write, so probably a secret."""
    part = unquote(part).rstrip("=")
    if _UUID.fullmatch(part):
        return True
    if not re.fullmatch(r"[\w.~+-]+", part, re.ASCII):
        return False
    if (prefixed := _PREFIXED.fullmatch(part)) and _is_mixed(prefixed[1], _OFTEN_PREFIXED):
        return True
    chunks = [chunk for chunk in re.split(r"[^A-Za-z0-9]+", part) if chunk]
    whole = "-".join(chunks)
    if len(whole.replace("-", "")) >= _LONG_MIXED and _is_mixed(whole, _OFTEN_MIXED):
        return True
    return any(_is_random(chunk) for chunk in chunks if len(chunk) >= _LONG)


def _is_random(chunk: str) -> bool:
    letters = re.sub(r"\d", "", chunk)
    digits = len(chunk) - len(letters)
    if not letters or not digits:
        return False
    changes = sum(one.isdigit() is not other.isdigit() for one, other in pairwise(chunk))
    if digits >= _DIGITS and changes >= _OFTEN * (len(chunk) - 1):
        return True
    vowels = len(re.findall(r"[aeiouy]", letters, re.IGNORECASE))
    if len(letters) >= _LETTERS and vowels < _FEW_VOWELS * len(letters):
        return True
    return _is_mixed(chunk, _OFTEN_MIXED)


def _is_mixed(part: str, often: float) -> bool:
    """Whether capitals, small letters and digits take turns, which words in capitals do not."""
    if not all(re.search(kind, part) for kind in ("[a-z]", "[A-Z]", r"\d")):
        return False
    changes = sum(
        one.isdigit() is not other.isdigit() or (one.islower() and other.isupper())
        for one, other in pairwise(part)
        if "-" not in (one, other)
    )
    return changes >= often * (len(part.replace("-", "")) - 1)


def _is_of_everybody(match: re.Match[str]) -> bool:
    text = match.string
    before = _BEFORE.search(text, max(0, match.start() - _MOST_BEFORE), match.start())
    after = _AFTER.match(text, match.end())
    whole = (before[0] if before else "") + match[0] + (after[0] if after else "")
    return _SHARED.search(whole) is not None


def _address(told: str) -> re.Pattern[str]:
    """A pattern for an address that begins as a profile says; each secret is a group."""
    filled = {"{any}": _PART, "{order}": _PART, "{rest}": rf"[^{_END}]*?"}
    parts = [part for part in _FILLED.split(told.rstrip("/")) if part]
    made = [
        f"(?P<secret{number}>{_PART})"
        if part == "{secret}"
        else filled.get(part) or re.escape(part).replace("&", "&(?:amp;)?")
        for number, part in enumerate(parts)
    ]
    return re.compile(rf"(?:(?<=://)[^/{_END}]+|(?<![\w/.%-]))" + "".join(made))
