"""A scenario file as plain data. What no scenario needs is refused before anything is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from mock_store.errors import StoreError

_LARGEST = 256 * 1024  # bytes
_DEEPEST = 16
_MOST = 20_000  # values
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BEGIN = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_END = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def read_scenario(path: Path) -> Any:
    """What the file holds; `StoreError` if it cannot be read, or holds what is refused."""
    try:
        if path.exists() and not path.is_file():
            raise StoreError(f"`{path}` is not a file")
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise StoreError(f"`{path}` is larger than {_LARGEST // 1024} KiB")
        text = content.decode("utf-8")
        _refuse(path, text)
        return yaml.load(text, _PARSER)  # noqa: S506 (a safe loader)
    except OSError as problem:
        raise StoreError(
            f"cannot read the scenario `{path}`: {problem.strerror}",
            hint="name one that comes with the store, demo or empty, or a file",
        ) from problem
    except (yaml.YAMLError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        raise StoreError(f"{path}{where}: this is not YAML") from problem


def _refuse(path: Path, text: str) -> None:
    """`StoreError` for anchors, aliases, tags, repeated keys, and for too much or too deep."""
    # One list of the keys met for each mapping that is open, `None` for each sequence; and whether
    # a key comes next.
    keys: list[set[str] | None] = []
    key_next = [False]
    for count, event in enumerate(yaml.parse(text, Loader=_PARSER)):
        where = f"{path}:{event.start_mark.line + 1}" if event.start_mark else str(path)
        if isinstance(event, _END):
            keys.pop()
            key_next.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        if event.anchor or getattr(event, "tag", None):
            raise StoreError(f"{where}: anchors, aliases and tags are refused",
                             hint="write the value out, plainly")  # fmt: skip
        if len(keys) > _DEEPEST or count > _MOST:
            raise StoreError(f"{where}: this is more than a scenario holds")
        met = keys[-1] if keys else None
        if met is not None:
            if key_next[-1]:
                word = event.value if isinstance(event, yaml.ScalarEvent) else None
                if word is None or word in met:
                    raise StoreError(f"{where}: a key is a single word, and stands once")
                met.add(word)
            key_next[-1] = not key_next[-1]
        if isinstance(event, _BEGIN):
            mapping = isinstance(event, yaml.MappingStartEvent)
            keys.append(set() if mapping else None)
            key_next.append(mapping)
