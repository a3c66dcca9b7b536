"""Where something stands on a page, in a profile's words: by role and name, label, text or CSS.

A spot may be told in several ways. The first that finds something is taken, and that it was not the
first of all is noted: for reading and for going on that is enough. What cannot be undone has one
way only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import reduce
from typing import Any, cast

from playwright.sync_api import Error, Locator, Page

from automation.pages.values import folded

# What icon fonts, arrows and emoji leave round a name. Letters of no language are among them: a
# class such as `\W` would take "不取消" for "取消".
_GLYPHS = (
    r"[\s\u00ab\u00bb\u00d7\u2000-\u206f\u2190-\u2bff\ue000-\uf8ff\ufe0f"
    r"\ud83c-\ud83e\udb80-\udbff\udc00-\udfff]*"
)
_AMOUNT = r"[^\d\n]{0,8}\d[\d.,\s]*[^\d\n]{0,8}"
_ATTRIBUTE = """(elements, name) => elements.filter(element => element.hasAttribute(name))
  .map(element => element.getAttribute(name))"""
# What a shopper sees of each element, but for what the selector finds in it. Whatever holds
# nothing of that is read by the browser itself, which knows of hidden text and of lines.
_WITHOUT = """(elements, without) => {
  const shown = node => getComputedStyle(node).visibility === "visible";
  const cased = text => {
    const {textTransform} = getComputedStyle(text.parentElement);
    if (textTransform === "uppercase") return text.data.toUpperCase();
    return textTransform === "lowercase" ? text.data.toLowerCase() : text.data;
  };
  const apart = node => !getComputedStyle(node).display.startsWith("inline");
  const read = node => {
    if (node instanceof Text) return shown(node.parentElement) ? cased(node) : "";
    if (!(node instanceof HTMLElement) || getComputedStyle(node).display === "none") return "";
    if (node.matches(without)) return " ";
    const text = node.querySelector(without) ? inside(node) : node.innerText;
    return apart(node) ? ` ${text} ` : text;
  };
  const inside = element => [...element.childNodes].map(read).join("");
  try {
    document.querySelector(without);
  } catch {
    return null;
  }
  return elements.map(element => element.querySelector(without) ? inside(element)
    : element.innerText);
}"""

# What a label says beside its name: that the field is needed, in the words of shops.
_NEEDED = (
    "(?:required|mandatory|optional|erforderlich|pflichtfeld|verplicht|optioneel|obligatoire|requis"
    "|facultatif|obligatorio|opcional|obbligatorio|facoltativo)?"
)
_ROUND = _GLYPHS.removesuffix("]*") + "*:()]*"


class By(Enum):
    """By what an element is looked for."""

    ROLE = "role"
    LABEL = "label"
    PLACEHOLDER = "placeholder"
    TEXT = "text"
    CSS = "css"


@dataclass(frozen=True)
class Taken:
    """What is read of an element: all of its text, where nothing else is said."""

    match: str = ""  # a pattern, whose one group is the text
    without: str = ""  # a CSS selector of what inside the element is left out
    attribute: str = ""  # read instead of its text


@dataclass(frozen=True)
class Look:
    """One way to look for an element. *words* are the spellings of its name: any will do."""

    by: By
    role: str = ""
    words: tuple[str, ...] = ()
    within: Look | None = None
    taken: Taken = Taken()

    def __str__(self) -> str:
        name = " or ".join(f"`{word}`" for word in self.words)
        what = f"{self.role} {name}".strip() if self.by is By.ROLE else f"{self.by.value} {name}"
        return f"{what} in {self.within}" if self.within else what


@dataclass(frozen=True)
class Spot:
    """A place on a page: what it is called in the profile, and how to find it, best first."""

    called: str
    looks: tuple[Look, ...]
    lines: tuple[int, ...] = ()  # where in the profile each of them begins

    def __str__(self) -> str:
        return f"`{self.called}` ({', or '.join(map(str, self.looks))})"


@dataclass
class Fallbacks:
    """The spots that were not found in the first of their ways, and in which they were."""

    noted: dict[Spot, int] = field(default_factory=dict)

    def note(self, spot: Spot, number: int) -> None:
        self.noted[spot] = number

    def take(self) -> dict[Spot, int]:
        """What was noted since it was last taken."""
        taken, self.noted = self.noted, {}
        return taken


def spoken(words: tuple[str, ...], **fills: str) -> str:
    """A pattern for any of these words, with `{order}` filled in and any amount for `{amount}`."""
    return "|".join(_one(word, fills) for word in words) or "(?!)"


def exactly(words: tuple[str, ...], **fills: str) -> re.Pattern[str]:
    """A pattern for a whole name, whatever its case and the glyphs round it."""
    return re.compile(rf"^{_GLYPHS}(?:{spoken(words, **fills)}){_GLYPHS}$", re.IGNORECASE)


def labelled(words: tuple[str, ...], **fills: str) -> re.Pattern[str]:
    """A pattern for the text of a field's label, as a person reads it.

    A mark inside the label says that the field is needed; its text is read without a space before.
    """
    named = spoken(words, **fills).replace(r"\s+", r"\s*")
    return re.compile(rf"^{_ROUND}(?:{named}){_ROUND}(?:{_NEEDED}){_ROUND}$", re.IGNORECASE)


def containing(words: tuple[str, ...], number: str) -> re.Pattern[str]:
    """A pattern for a text in which one of these words stands; *number* is one for `{order}`."""
    alike = [_one(word, {}).replace(re.escape("{order}"), f"(?:{number})") for word in words]
    return re.compile("|".join(alike) or "(?!)", re.IGNORECASE)


def _one(word: str, fills: dict[str, str]) -> str:
    parts = re.split(r"(\{[a-z]+\})", folded(word))
    return "".join(_part(part, fills) for part in parts)


def _part(part: str, fills: dict[str, str]) -> str:
    if part == "{amount}":
        return _AMOUNT
    if part[1:-1] in fills and part[:1] == "{":
        return re.escape(fills[part[1:-1]])
    return r"\s+".join(re.escape(piece) for piece in part.split(" "))


def locate(root: Page | Locator, look: Look, **fills: str) -> Locator:
    """What is visible there and looks so."""
    return _visible(root, look, fills)


def hidden(root: Page | Locator, look: Look) -> Locator:
    """What looks so and cannot be seen."""
    return _all(root, look, {}).filter(visible=False)


def unscoped(look: Look) -> Look:
    """The same, wherever on a page it is."""
    return replace(look, within=None)


def _visible(root: Page | Locator, look: Look, fills: dict[str, str]) -> Locator:
    return _all(root, look, fills).filter(visible=True)


def _all(root: Page | Locator, look: Look, fills: dict[str, str]) -> Locator:
    inside = _all(root, look.within, fills) if look.within else root
    match look.by:
        case By.ROLE if look.words:
            return inside.get_by_role(cast("Any", look.role), name=exactly(look.words, **fills))
        case By.ROLE:
            return inside.get_by_role(cast("Any", look.role))
        case By.LABEL:
            return inside.get_by_label(labelled(look.words, **fills))
        case By.PLACEHOLDER:
            return inside.get_by_placeholder(exactly(look.words, **fills))
        case By.TEXT:
            return inside.get_by_text(exactly(look.words, **fills))
        case By.CSS:
            return inside.locator(look.words[0])


def anywhere(root: Page | Locator, *spots: Spot | None, **fills: str) -> Locator:
    """All that these spots may be found by."""
    looks = [look for spot in spots if spot for look in spot.looks]
    return reduce(Locator.or_, (locate(root, look, **fills) for look in looks))


def either(root: Page | Locator, *spots: Spot | None, **fills: str) -> Locator:
    """The first of all that they may be found by: for waiting, never for reading or pressing."""
    return anywhere(root, *spots, **fills).first


def find(root: Page | Locator, spot: Spot, fallbacks: Fallbacks, **fills: str) -> Locator:
    """What is at this spot now, by the first way that finds something; else by the first."""
    first, *others = _ways(root, spot, fills)
    if not others or first.count():
        return first
    for number, found in enumerate(others, 1):
        if found.count():
            fallbacks.note(spot, number)
            return found
    return first


def text_at(root: Page | Locator, spot: Spot | None, fallbacks: Fallbacks, **fills: str) -> str:
    """The text at this spot, its first visible one; "" if there is none."""
    texts = texts_at(root, spot, fallbacks, **fills) if spot else []
    return texts[0] if texts else ""


def texts_at(root: Page | Locator, spot: Spot, fallbacks: Fallbacks, **fills: str) -> list[str]:
    """Every visible text at this spot, by the first way that finds one.

    An attribute is seen nowhere, so that of a hidden field or form is read as well.
    """
    for number, look in enumerate(spot.looks):
        search = _all if look.taken.attribute else _visible
        texts = _texts(search(root, look, fills), look.taken, spot)
        if texts:
            if number:
                fallbacks.note(spot, number)
            return texts
    return []


def shown_at(root: Page | Locator, spot: Spot | None, fallbacks: Fallbacks) -> str | None:
    """All that stands at this spot, as one text; `None` where nothing is there, "" for no text.

    Two sums beside each other are told as two: which of them counts is not known.
    """
    if spot is None or not anywhere(root, spot).count():
        return None
    return " + ".join(texts_at(root, spot, fallbacks))


def _texts(found: Locator, taken: Taken, spot: Spot) -> list[str]:
    """What is read of each element; those that `match` does not fit are left out."""
    shown: list[str] | None
    if taken.attribute:
        shown = found.evaluate_all(_ATTRIBUTE, taken.attribute)
    elif taken.without:
        shown = found.evaluate_all(_WITHOUT, taken.without)
    else:
        shown = found.all_inner_texts()
    if shown is None:
        raise Error(f"`without: {taken.without}` of `{spot.called}` is not a CSS selector")
    texts = list(map(folded, shown))
    if not taken.match:
        return texts
    fitting = (re.search(taken.match, text) for text in texts)
    return [fits[1].strip() for fits in fitting if fits and fits[1]]


def _ways(root: Page | Locator, spot: Spot, fills: dict[str, str]) -> Iterator[Locator]:
    return (locate(root, look, **fills) for look in spot.looks)
