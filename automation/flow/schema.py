"""The JSON Schema of flow files, made from the page objects. It serves editors; `check` decides."""

from __future__ import annotations

import json
from typing import Any

from automation.flow.model import ENDS, LANGUAGES, TYPES
from automation.flow.words import Vocabulary
from automation.pages.base import Kind, Word

_INPUT = {"type": "string", "pattern": r"^\$[a-z_]+$", "description": "One of the inputs."}


def schema_text(words: Vocabulary) -> str:
    """The schema, as it stands in `flows/schema/flow.schema.json`."""
    return json.dumps(_schema(words), ensure_ascii=False, indent=2) + "\n"


def _schema(words: Vocabulary) -> dict[str, Any]:
    signs = _of_kind(words, Kind.SIGN)
    text = {"type": "string"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A flow of unorder",
        "type": "object",
        "required": ["flow", "steps"],
        "additionalProperties": False,
        "properties": {
            "flow": text,
            "summary": text,
            "follows": {"type": "string", "description": "Where the click path is documented."},
            "device": {"enum": ["computer", "phone"], "description": "What it is followed on."},
            "inputs": {"type": "object", "additionalProperties": _input()},
            "steps": {"type": "array", "minItems": 1, "items": _step(words)},
            "ends": {
                "type": "object",
                "additionalProperties": False,
                "properties": {name: {"$ref": "#/$defs/signs"} for name in ENDS},
            },
        },
        "$defs": {
            "signs": {
                "anyOf": [
                    {"enum": [str(word) for word in signs]},
                    {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {str(word): _value(word) for word in signs},
                    },
                    {"type": "array", "items": {"$ref": "#/$defs/signs"}},
                ]
            }
        },
    }


def _input() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": list(TYPES)},
            "default": {},
            "example": {},
            "means": {"type": "string"},
        },
    }


def _step(words: Vocabulary) -> dict[str, Any]:
    actions = _of_kind(words, Kind.ACTION)
    caption = {
        "type": "object",
        "additionalProperties": False,
        "properties": {language: {"type": "string"} for language in LANGUAGES},
    }
    bare = [
        {"const": str(word), "description": word.sentence}
        for word in actions
        if all(parameter.optional for parameter in word.parameters)
    ]
    given = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{str(word): _value(word) for word in actions},
            "caption": caption,
            "first_of": {"type": "object"},
        },
    }
    return {"anyOf": [*bare, given]}


def _value(word: Word) -> dict[str, Any]:
    if not word.parameters:
        return {"type": "null", "description": word.sentence}
    return {"description": word.sentence, "anyOf": [_INPUT, {}]}


def _of_kind(words: Vocabulary, kind: Kind) -> list[Word]:
    return [word for page in words.pages.values() for word in page.values() if word.kind is kind]
