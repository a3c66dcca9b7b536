"""Looking for texts that must be nowhere: in every byte, in each form in which they may be kept."""

from __future__ import annotations

import base64
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

_DATA_URL = re.compile(rb"data:[\w/+.-]+;base64,([A-Za-z0-9+/=]+)")


def forms(canary: str) -> set[bytes]:
    """Every form of a text that is searched for. In lower case, as what is searched is."""
    written = {
        canary, quote(canary, safe=""), quote_plus(canary), quote(quote(canary, safe="")),
        json.dumps(canary)[1:-1], html.escape(canary), canary.encode().hex(), canary[::-1],
    }  # fmt: skip
    return {each.lower().encode() for each in written} | {canary.lower().encode("utf-16-le")}


def in_base64(canary: str) -> set[bytes]:
    """The part of its base64 that no neighbour changes, for each of the three ways to begin."""
    found = set()
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + canary.encode())
        middle = whole[(before * 8 + 5) // 6 : (len(canary.encode()) + before) * 8 // 6]
        found |= {middle, middle.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def hits(content: bytes, canaries: dict[str, str]) -> list[str]:
    """The names of the canaries that *content* holds."""
    lower = content.lower()
    return [
        name
        for name, canary in canaries.items()
        if any(form in lower for form in forms(canary))
        or any(form in content for form in in_base64(canary))
    ]


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """A file and everything in it: members of archives, pictures in pages, what is compressed."""
    content = path.read_bytes()
    yield str(path), content
    yield from _inside(str(path), content)


def _inside(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                own = archive.read(member)
                yield f"{name}!{member}", own
                yield from _inside(f"{name}!{member}", own)
    if content.startswith(b"\x1f\x8b"):
        yield f"{name}!gz", zlib.decompress(content, 31)
    for number, data in enumerate(_DATA_URL.findall(content)):
        yield f"{name}!data{number}", base64.b64decode(data)
