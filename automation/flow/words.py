"""The vocabulary of a set of page classes: every word by its full name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from automation.pages.base import Kind, PageObject, Word
from automation.source.nodes import Scalar, unknown


class Vocabulary:
    """Looks words up, and says what was probably meant."""

    def __init__(self, pages: Iterable[type[PageObject]]) -> None:
        self.classes = {page.name: page for page in pages}
        self.pages = {
            name: {word.name: self._at_home(word) for word in page.words().values()}
            for name, page in self.classes.items()
        }

    def _at_home(self, word: Word) -> Word:
        """The word, leading to the pages as this vocabulary has them."""
        led_to = tuple(self.classes.get(page.name, page) for page in word.leads_to)
        return replace(word, leads_to=led_to)

    def word(self, name: Scalar, kind: Kind) -> Word:
        """The word that *name* writes as `page.word`; a `SourceError` if there is none."""
        page, dot, rest = name.text.partition(".")
        full = [
            str(word)
            for words in self.pages.values()
            for word in words.values()
            if word.kind is kind
        ]
        if not dot:
            raise unknown(
                f"`{name.text}` is not a word: words are written `page.{kind.value}`", name, full
            )
        if page not in self.pages:
            raise unknown(f"no page is called `{page}`", name, full)
        word = self.pages[page].get(rest)
        if word is None:
            own = [each for each in full if each.startswith(f"{page}.")]
            raise unknown(f"no {kind.value} of `{page}` is called `{rest}`", name, own or full)
        if word.kind is not kind:
            raise unknown(
                f"`{word}` is {_article(word.kind)}; what is needed here is {_article(kind)}",
                name,
                full,
            )
        return word


def _article(kind: Kind) -> str:
    return f"an {kind.value}" if kind is Kind.ACTION else f"a {kind.value}"
