"""Writing down what a person pointed at, as a profile that one goes on with by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from automation.errors import InputError
from automation.pages.spots import By, Look
from automation.storefronts.folders import PROFILE
from automation.storefronts.request_keys import BY_SCRIPT
from automation.storefronts.starting.found import Found, Opens, forget

_SENDS = "    # Add `sends: POST …`, what its script asks for: the browser's network tab shows it."
_PROVES = "      # Add `subtotal` or `count`: a keep-list by item needs proof of all lines."
_PARTS = ("sign_in", "home", "orders", "order")


def write_storefront(folder: Path, name: str, found: Found) -> Path:
    """The folder's profile. `InputError` where there is one already."""
    path = folder / PROFILE
    if path.exists():
        raise InputError(f"there is a `{path}` already", hint="name another storefront")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(profile_text(name, found), "utf-8")
    forget(folder)
    return path


def profile_text(name: str, found: Found) -> str:
    """The profile as it is written."""
    digits = re.sub(r"\d+", lambda run: rf"\d{{1,{max(len(run[0]) + 2, 6)}}}", found.number)
    lines = [
        "# Written by `unorder new-storefront`. What each key means: docs/new-storefront.md",
        *(f"# Left out, and to be written by hand: {spot}" for spot in found.left_out),
        f"storefront: {name}",
        f"title: {name}",
        f"base_url: {found.base_url}",
        f"hosts: [{urlsplit(found.base_url).hostname}]",
        f"order_number: '{digits}'",
        "",
        "addresses:",
        *(f"  {key}: {path}" for key, path in found.addresses.items()),
        "",
        "languages:",
        "  en:",
        "    labels: {}",
        "    states:",
        *(f"      {state}: [{_quoted(word)}]" for state, word in found.states.items()),
        "",
        "pages:",
    ]
    for part in _PARTS:
        lines += [f"  {part}:", *_spots(found, part, "    ")]
        if part == "order" and "order.lines.rows" in found.spots:
            lines += ["    lines:", _PROVES, *_spots(found, "order.lines", "      ")]
    lines += _cancel(found)
    if found.personal:
        covered = ", ".join(map(_quoted, found.personal))
        lines += ["", "# No picture and no report shows these.", f"personal: [{covered}]"]
    return "\n".join([*lines, ""])


def _spots(found: Found, part: str, indent: str) -> list[str]:
    own = {spot.removeprefix(f"{part}."): look for spot, look in found.spots.items()
           if spot.startswith(f"{part}.")}  # fmt: skip
    return [f"{indent}{key}: {_look(look)}" for key, look in own.items() if "." not in key]


def _cancel(found: Found) -> list[str]:
    opens = [f"      - {_opens(each)}" for each in found.opens]
    lines = [
        "  cancel:",
        *(["    opens:", *opens] if opens else []),
        *_spots(found, "cancel", "    "),
    ]
    if found.commit is None:
        return lines
    inside = f", in: {_look(found.commit.within)}" if found.commit.within else ""
    sends = f", sends: {_quoted(found.sends)}" if found.sends else ""
    commit = f"role: {found.commit.role}, name: {_quoted(found.commit.words[0])}{inside}"
    return [
        *lines,
        "    # It cannot be undone. A run presses it once, and only if it is just this.",
        *([_SENDS] if found.goes_to == BY_SCRIPT and not found.sends else []),
        f"    commit: {{{commit}, goes_to: {_quoted(found.goes_to)}{sends}}}",
    ]


def _opens(opens: Opens) -> str:
    asks = f", goes_to: {_quoted(opens.goes_to)}" if opens.goes_to else ""
    asks += f", sends: [{_quoted(opens.sends)}]" if opens.sends else ""
    return _look(opens.look)[:-1] + asks + "}"


def _look(look: Look) -> str:
    inside = f", in: {_look(look.within)}" if look.within else ""
    if look.by is By.ROLE:
        name = f", name: {_quoted(look.words[0])}" if look.words else ""
        return f"{{role: {look.role}{name}{inside}}}"
    return f"{{{look.by.value}: {_quoted(look.words[0])}{inside}}}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
