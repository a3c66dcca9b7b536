"""What a page holds instead of what was looked for, so that its profile can be put right at once.

`look_at` asks the page; all else is pure. Sentences name the profile's keys and the page's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from playwright.sync_api import Error, Page

from automation.pages.absent import NotThere, SeveralThere
from automation.pages.choosing import NoWay
from automation.pages.spots import By, Look, Spot, hidden, locate, unscoped
from automation.run.outline import FIELDS, named, what_matters

_MOST_NAMES = 8
_MOST_HOSTS = 3
_PLURALS = {"textbox": "text fields", "searchbox": "search fields", "combobox": "lists",
            "checkbox": "boxes", "radio": "radio buttons", "dialog": "dialogs",
            "listbox": "lists", "switch": "switches"}  # fmt: skip
_SEVERAL = re.compile(r"resolved to (\d+) elements")
_SELECTOR = re.compile(r"""waiting for locator\((["'])(?P<css>.+?)\1\)""")
_TIMED_OUT = re.compile(r"Timeout (\d+)ms exceeded")
_CALLED = re.compile(r"^[A-Z]\w+\.\w+: ")
_WHY_NOT_PRESSED = {
    "intercepts pointer events": "something lies over what was to be pressed",
    "element is not enabled": "what was to be pressed stayed disabled",
    "element is not visible": "what was to be used stayed hidden",
    "element is not stable": "what was to be pressed did not stop moving",
    "element was detached": "what was to be pressed went away",
}


@dataclass(frozen=True)
class Instead:
    """What a page holds where something was looked for.

    *hidden* is how many match without being visible, *outside* how many match outside of what the
    profile says they are in. *blocked* are hosts that the page asked for and `hosts` lacks.
    """

    outline: str
    hidden: int = 0
    outside: int = 0
    tabs: int = 0  # that opened while it was looked for
    blocked: tuple[str, ...] = ()


def spot_of(problem: Exception) -> Spot | None:
    """What was looked for, where a problem says so."""
    return problem.spot if isinstance(problem, NotThere | SeveralThere | NoWay) else None


def look_at(
    page: Page, spot: Spot | None, outline: str, *, tabs: int = 0, blocked: Iterable[str] = ()
) -> Instead:
    """What the page holds instead of what is at this *spot*."""
    unseen = outside = 0
    if spot:
        try:
            unseen = sum(hidden(page, look).count() for look in spot.looks)
            outside = sum(locate(page, unscoped(look)).count() for look in spot.looks
                          if look.within)  # fmt: skip
        except Error:  # a selector that the browser does not know: the step says so
            pass
    return Instead(outline, unseen, outside, tabs, tuple(blocked))


def in_words(problem: Exception, spot: Spot | None, instead: Instead) -> str:
    """What is there instead, and which key says so; "" where there is nothing to say."""
    facts = [_new_tab(spot, instead)]
    if isinstance(problem, SeveralThere):
        facts.append("add `in:` to say in which part of the page it is")
    elif spot:
        facts += [_outside(instead) or _hidden(instead), _names(spot, instead)]
    return "; ".join(filter(None, (*facts, _blocked(instead))))


def plainly(problem: Error) -> str:
    """What went wrong, in words of our own: none of the browser's, and no pattern."""
    text = problem.message
    called = isinstance(problem, NotThere | SeveralThere) or not _is_of_the_browser(text)
    if called:
        return text.partition("\n")[0]
    if several := _SEVERAL.search(text):
        return f"{several[1]} elements match where one is expected"
    for sign, words in _WHY_NOT_PRESSED.items():
        if sign in text:
            return words
    if out := _TIMED_OUT.search(text):
        sought = _SELECTOR.search(text)
        what = f"for `{sought['css']}`" if sought else "for what comes next"
        return f"waited {int(out[1]) / 1000:g} s {what}"
    return _CALLED.sub("", text.partition("\n")[0]).rstrip(".")


def _is_of_the_browser(text: str) -> bool:
    return bool(_CALLED.match(text) or "Call log" in text or _TIMED_OUT.search(text))


def _new_tab(spot: Spot | None, instead: Instead) -> str:
    if not instead.tabs:
        return ""
    says = "say `new_tab: true`" if spot is None or spot.called.startswith("order.") else ""
    return "a new tab opened" + (f": {says}" if says else "")


def _outside(instead: Instead) -> str:
    if not instead.outside:
        return ""
    match = "1 matches" if instead.outside == 1 else f"{instead.outside} match"
    return f"{match} outside of what `in:` says"


def _hidden(instead: Instead) -> str:
    if not instead.hidden:
        return ""
    return (
        f"{'1 matches, and is' if instead.hidden == 1 else f'{instead.hidden} match, all'} hidden"
    )


def _blocked(instead: Instead) -> str:
    hosts = instead.blocked
    if not hosts:
        return ""
    shown = ", ".join(f"`{host}`" for host in hosts[:_MOST_HOSTS])
    more = f" and {len(hosts) - _MOST_HOSTS} more" if len(hosts) > _MOST_HOSTS else ""
    them = "it" if len(hosts) == 1 else "them"
    was = "was" if len(hosts) == 1 else "were"
    return f"{shown}{more} {was} blocked: name {them} in `hosts` if the page needs {them}"


def _names(spot: Spot, instead: Instead) -> str:
    """The names that the page has for what this is: its buttons, its labels."""
    look = spot.looks[0]
    if look.by is By.LABEL or look.by is By.PLACEHOLDER:
        return _listed("labels", "label", FIELDS, look, instead)
    if look.by is By.ROLE and look.words:
        return _listed(_PLURALS.get(look.role, f"{look.role}s"), look.role, (look.role,), look,
                       instead)  # fmt: skip
    return ""


def _listed(kinds: str, kind: str, roles: tuple[str, ...], look: Look, instead: Instead) -> str:
    here = named(what_matters(instead.outline), *roles)
    names = here or named(instead.outline.splitlines(), *roles)
    if not names:
        return f"the page has no {kind} with a name"
    closest = sorted(names, key=lambda name: -max(_alike(name, word) for word in look.words))
    shown = [name for name in names if name in closest[:_MOST_NAMES]]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return f"the {kinds} there are " + ", ".join(f"`{name}`" for name in shown) + more


def _alike(name: str, word: str) -> float:
    return SequenceMatcher(None, name.lower(), word.lower()).ratio()
