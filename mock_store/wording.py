"""The store's words in one language, and how it writes dates and money."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.resources import files

import yaml

from mock_store.errors import StoreError

LANGUAGES = ("en", "nl", "de")
_MONEY = {"en": ("€{}", ",", "."), "nl": ("€ {}", ".", ","), "de": ("{} €", ".", ",")}
_DATE = {"en": "{} {} {}", "nl": "{} {} {}", "de": "{}. {} {}"}


class Wording:
    """Looks up texts by key. A missing key is an error, never a blank."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise StoreError(
                f"the store does not speak `{language}`", hint="it speaks " + ", ".join(LANGUAGES)
            )
        self.language = language
        self._texts = _texts(language)

    def __call__(self, key: str, **parts: object) -> str:
        text = self._texts[key]
        return text.format(**parts) if parts else text

    def money(self, cents: int) -> str:
        pattern, thousands, decimal = _MONEY[self.language]
        whole = f"{cents // 100:,}".replace(",", thousands)
        return pattern.format(f"{whole}{decimal}{cents % 100:02d}")

    def date(self, moment: datetime) -> str:
        month = self("months").split()[moment.month - 1]
        return _DATE[self.language].format(moment.day, month, moment.year)


@cache
def _texts(language: str) -> dict[str, str]:
    text = files("mock_store").joinpath(f"words/{language}.yaml").read_text("utf-8")
    return {key: str(value) for key, value in yaml.safe_load(text).items()}
