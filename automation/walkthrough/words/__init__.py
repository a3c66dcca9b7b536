"""What films and guides say beside the captions of a flow, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from automation.flow.model import LANGUAGES
from automation.outcome import Outcome

__all__ = ["LANGUAGES", "Told", "told_of", "words_in"]

_TONES = {0: "good", 3: "no", 4: "no", 5: "person", 6: "bad", 8: "waits", 9: "bad", 10: "bad"}


@dataclass(frozen=True)
class Told:
    """An outcome as a film says it. *tone* names its colour and its mark."""

    title: str
    sentence: str
    tone: str


@cache
def words_in(language: str) -> Mapping[str, Any]:
    """The words of one language, by key."""
    text = files(__name__).joinpath(f"{language}.yaml").read_text("utf-8")
    words: Mapping[str, Any] = yaml.safe_load(text)
    return words


def told_of(outcome: str, language: str) -> Told:
    """The title and the sentence of an outcome."""
    title, sentence = words_in(language)["outcomes"][outcome]
    return Told(title, sentence, _TONES[Outcome.named(outcome).exit_code])
