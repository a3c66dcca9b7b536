"""The page that lists every word of the flow language, made from the page objects."""

from __future__ import annotations

import inspect

from automation.flow.model import TYPES
from automation.flow.words import Vocabulary
from automation.pages.base import Kind, Word

_TITLES = {Kind.ACTION: "Actions", Kind.SIGN: "Signs", Kind.READING: "Readings"}
_NAMES = {kind: name for name, kind in TYPES.items()}


def vocabulary_text(words: Vocabulary) -> str:
    """The vocabulary as Markdown, as it stands in `docs/vocabulary.md`."""
    parts = [
        "# Vocabulary",
        "",
        "The words of the flow language are the methods of the page objects. An action is a step;",
        "the page that it leads to is where the next step stands. A sign is something visible, for",
        "`ends` and `first_of`. Readings are facts that a run takes; a flow does not name them.",
        "",
        "This page is made by `unorder words --markdown`.",
    ]
    for name, own in words.pages.items():
        parts += ["", f"## {name}", "", inspect.getdoc(words.classes[name]) or ""]
        for kind in Kind:
            of_kind = [word for word in own.values() if word.kind is kind]
            if of_kind:
                parts += ["", f"**{_TITLES[kind]}**", "", "| word | is given | leads to | what |",
                          "|---|---|---|---|", *map(_row, of_kind)]  # fmt: skip
    return "\n".join(parts) + "\n"


def _row(word: Word) -> str:
    given = ", ".join(
        f"`{parameter.name}`: {_NAMES.get(parameter.type, parameter.type.__name__)}"
        + (" or nothing" if parameter.optional else "")
        for parameter in word.parameters
    )
    leads = " or ".join(f"`{page.name}`" for page in word.leads_to)
    what = word.sentence
    if word.from_anywhere:
        what += " From anywhere."
    if word.irreversible:
        what += " **Cannot be undone.**"
    return f"| `{word}` | {given} | {leads} | {what} |"
