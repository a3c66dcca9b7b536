"""A storefront's own page objects, from its `pages.py`."""

from __future__ import annotations

import hashlib
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from automation.errors import InputError
from automation.pages.base import PageObject
from automation.storefronts.manners import see_manners

PAGES_FILE = "pages.py"


def own_pages(folder: Path) -> tuple[type[PageObject], ...]:
    """The page objects that a storefront's folder brings; none where it has no `pages.py`."""
    path = folder / PAGES_FILE
    if not path.is_file():
        return ()
    see_manners(path)
    module = _loaded(path.resolve())
    return tuple(
        kind
        for kind in vars(module).values()
        if isinstance(kind, type)
        and issubclass(kind, PageObject)
        and kind.__module__ == module.__name__
        and hasattr(kind, "name")
    )


def _loaded(path: Path) -> ModuleType:
    text = path.read_bytes()
    name = f"unorder_storefront_{hashlib.sha256(str(path).encode() + text).hexdigest()[:16]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module  # its annotations are looked up there
    try:
        spec.loader.exec_module(module)
    except Exception as problem:
        del sys.modules[name]
        raise InputError(f"`{path}` cannot be loaded: {type(problem).__name__}: {problem}",
                         hint="it holds page objects, and imports no more than these need",
                         ) from problem  # fmt: skip
    return module
