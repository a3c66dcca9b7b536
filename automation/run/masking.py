"""Keeping secrets and personal data out of everything that a run leaves behind."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import quote

from playwright.sync_api import Page

from automation.pages.bearer_secrets import CHIP, BearerSecrets
from automation.pages.storefront import Storefront
from automation.pages.values import folded, well_formed

COVER = "#c8c6c0"
_SHORT = 3  # characters; a shorter text is looked for as a word of its own
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CARD = re.compile(r"\b\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}\b")
# What outlines leave out, or take for a space; and what stands for half a character.
_UNSEEN = {0x00AD: None, 0x200B: None, 0xFEFF: " ", 0xFFFD: None}
_AS_A_SCRIPT_QUOTES = "!'()*~"
# What stands between words: white space, and what addresses have in its place.
_BETWEEN = r"(?:[\s_.+-]|%20)+"

# The personal elements: in open roots too, and in frames whose documents can be read.
OWNED = """
  const roots = [document];
  for (const root of roots)
    for (const one of personal ? root.querySelectorAll("*") : []) {
      if (one.shadowRoot) roots.push(one.shadowRoot);
      if (one.contentDocument) roots.push(one.contentDocument);
    }
  const owned = personal ? roots.flatMap(root => [...root.querySelectorAll(personal)]) : [];
  const within = node => [node, ...[
    node.shadowRoot, ...node.assignedNodes?.({flatten: true}) ?? [], ...node.childNodes,
  ].flatMap(inner => inner ? within(inner) : [])];
"""
# Everything by which they say something, to eyes and to screen readers: whole, and each text, since
# an outline parts them at links. What links and buttons within say is no exception: it is often the
# name itself. A number of a house alone is one, as it would be hidden in every date.
TOLD = r"""
  const styled = (one, part) => {
    const {content} = getComputedStyle(one, part);
    const parts = content.matchAll(/"((?:[^"\\]|\\.)*)"|attr\(([^\s,)]+)/g);
    return [...parts].map(([, text, name]) =>
      name ? one.getAttribute(name) : text.replace(/\\(.)/g, "$1"));
  };
  const says = node => node.nodeName === "#text" ? [/\p{L}|\S{3}/u.test(node.data) && node.data]
    : !node.getAttribute ? [] : [
      node.innerText, node.textContent, node.value,
      ...["alt", "title", "placeholder", "label", "aria-label", "aria-description",
        "aria-placeholder", "aria-roledescription", "aria-valuetext"]
        .map(name => node.getAttribute(name)),
      ...[null, "::before", "::after"].flatMap(part => styled(node, part)),
    ];
  const named = one => ["aria-labelledby", "aria-describedby"]
    .flatMap(name => one.getAttribute?.(name)?.split(/\s+/) ?? [])
    .map(id => id && one.getRootNode().getElementById?.(id)).filter(Boolean);
  const told = () => {
    const all = owned.flatMap(within);
    const texts = [...all, ...all.flatMap(named).flatMap(within)].flatMap(says);
    const hidden = roots.flatMap(root => [...root.querySelectorAll("input[type=hidden][name]")]);
    return {
      texts: [...new Set(texts)].filter(text => typeof text === "string" && text.trim()),
      addresses: owned.map(one => one.getAttribute("href")).filter(Boolean),
      fields: hidden.filter(one => one.value.length <= 256).map(one => [one.name, one.value]),
    };
  };
"""
_LEARN = f"personal => {{ {OWNED} {TOLD} return told(); }}"


@dataclass(frozen=True)
class Told:
    """What personal elements say, where those lead that are links, and what hidden fields hold."""

    texts: list[str]
    addresses: list[str]
    fields: list[tuple[str, str]] = field(default_factory=list)  # each a name and a value


class Masker:
    """Knows what must not be kept: the account's secrets, what opens an order, what is personal."""

    def __init__(self, storefront: Storefront, order: str = "") -> None:
        self._selectors = storefront.personal
        self._bearer = BearerSecrets(storefront.secrets)
        self.covered = False  # whether the pages cover themselves; see `covering`
        self._hidden: set[str] = set()
        self._opening: set[str] = set()  # hidden once a text holds them: a list's page has hundreds
        self._addresses: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self.about(order, storefront)

    @property
    def personal(self) -> str:
        """A selector of what to cover on a picture; "" for nothing."""
        return ", ".join(self._selectors)

    def about(self, order: str, storefront: Storefront) -> None:
        """Never take this order's number for a secret, however it looks; its key always is one."""
        self._bearer.spare(order)
        if storefront.order_key:
            self.hide(storefront.order_key.value)

    def hide(self, *secrets: str) -> None:
        """Take note of texts that must not be kept."""
        whole = [well_formed(secret) for secret in secrets]
        known = {folded(text) for each in whole for text in (each, each.translate(_UNSEEN))}
        new = known - self._hidden - {""}
        if new:
            self._hidden |= new
            self._pattern = None

    def learn(self, page: Page) -> None:
        """Take note of what this page holds that is personal or secret, so that `text` can hide it.

        Raises a Playwright `Error` when it cannot be read; then nothing of it may be kept.
        """
        self._opening.update(self._bearer.found_in(page.url))
        self.note(Told(**page.evaluate(_LEARN, self.personal)))

    def note(self, told: Told) -> None:
        """Take note of what personal elements say, whole and line by line, and of hidden fields."""
        for text in told.texts:
            self.hide(*filter(_says_something, [text, *text.splitlines()]))
        for name, value in told.fields:
            self._opening.update(self._bearer.found_in_field(name, value))
        new = {
            well_formed(address) for address in told.addresses if re.search(r"[/:?=]\w", address)
        }
        if not new <= self._addresses:
            self._addresses |= new
            self._pattern = None

    def text(self, text: str) -> str:
        """*text* without secrets, personal data, e-mail addresses and card numbers."""
        text = self._bearer.masked(well_formed(text))
        folded_case = text.casefold()
        self.hide(*(one for one in self._opening if one.casefold() in folded_case))
        if self._pattern is None:
            longest_first = sorted(self._hidden, key=len, reverse=True)
            forms = [form for hidden in longest_first for form in _forms(hidden)]
            bare = {*self._addresses, *(self._bearer.masked(a) for a in self._addresses)}
            forms += [rf"{re.escape(address)}(?![^\s?#\"'])" for address in bare]
            self._pattern = re.compile("|".join(forms) or "(?!)", re.IGNORECASE)
        return _CARD.sub(CHIP, _EMAIL.sub(CHIP, self._pattern.sub(CHIP, text)))


def _says_something(text: str) -> bool:
    """Whether it is more than a comma or a dash, which would be hidden everywhere."""
    return any(unicodedata.category(char)[0] not in "PZC" for char in text)


def _forms(hidden: str) -> list[str]:
    """Patterns for a text as a page says it, as an outline quotes it, and as an address holds it.

    Styles change its case and markup its white space.
    """
    if len(hidden) < _SHORT and hidden.isascii():
        return [rf"(?<!\w){re.escape(hidden)}(?!\w)"] if hidden.isalnum() else []
    words = hidden.split()
    quoted = [json.dumps(word, ensure_ascii=False)[1:-1] for word in words]
    between = _BETWEEN if re.search(r"[^\W\d_]", hidden) else r"(?:\s|\+|%20)+"
    forms = {tuple(form) for form in (
        words, quoted, *([word.replace("'", "''") for word in each] for each in (words, quoted)),
        *([quote(word, safe=safe) for word in words] for safe in ("", _AS_A_SCRIPT_QUOTES)),
    )}  # fmt: skip
    return [between.join(map(re.escape, form)) for form in sorted(forms)]
