"""What a storefront's `pages.py` may not do: go round the care that a run takes of the last click.

It is Python, so this is no fence against malice: it finds, before anything runs, what a hurried
author would write.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from automation.errors import InputError
from automation.source import Place, Problems, SourceError
from automation.source.frame import Document

_MAY_IMPORT = ("__future__", "automation.pages", "collections", "dataclasses", "enum",
               "playwright.sync_api", "re", "typing")  # fmt: skip
# What the shared page objects do once, and a run relies on.
_NOT_ANEW = {
    "press": "the last click is made in one place, once",
    "aim": "where the last control leads is read off the page, not said",
}
_NEVER = {
    "dispatch_event": "an event is no click: say what a shopper would press",
    "wait_for_timeout": "wait for something that happens, not for a while",
    "sleep": "wait for something that happens, not for a while",
    "set_default_timeout": "how long to wait is the profile's to say, under `patience`",
    "fetch": "a page object sends nothing itself",
    "add_init_script": "a page object changes nothing of a page",
    "set_content": "a page object changes nothing of a page",
    "route": "what a page may reach is the profile's to say, under `hosts`",
}
_CLICKS = ("click", "dblclick", "tap", "press", "check", "uncheck", "set_checked", "evaluate")


def see_manners(path: Path) -> None:
    """`InputError` for what this file may not do, with the place of each."""
    text = path.read_text("utf-8")
    document = Document.of(path.name, text)
    try:
        tree = ast.parse(text)
    except SyntaxError as problem:
        line, column = problem.lineno or 1, problem.offset or 1
        raise SourceError(f"this is not Python: {problem.msg}",
                          Place(document, line, column, column + 1)) from None  # fmt: skip
    problems = Problems()
    for node, why, hint in _breaches(tree):
        place = Place(document, node.lineno, node.col_offset + 1, _end(node))
        problems.note(SourceError(why, place, hint=hint))
    problems.done()


def see_marks(folder: Path, kinds: tuple[type, ...]) -> None:
    """`InputError` where an own method hides the mark of one that cannot be undone."""
    for kind in kinds:
        for name, method in vars(kind).items():
            inherited = next((vars(base)[name] for base in kind.__mro__[1:] if name in vars(base)),
                             None)  # fmt: skip
            was = getattr(inherited, "__unorder__", None)
            if was is None or was.irreversible is None:
                continue
            now = getattr(method, "__unorder__", None)
            if now is None or now.irreversible is not was.irreversible:
                raise InputError(
                    f"{folder / 'pages.py'}: `{kind.__name__}.{name}` cannot be undone, "
                    "and is not marked so",
                    hint="mark it like the method that it stands for: "
                    f"@action(irreversible=Effect.{was.irreversible.name})",
                )


def _breaches(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imports(node)
        elif isinstance(node, ast.FunctionDef):
            yield from _function(node)
        elif isinstance(node, ast.Attribute) and node.attr == "request":
            # What it sends goes past the browser, and so past all that holds a cancellation back.
            yield node, "`request` has no place in a page object", _NEVER["fetch"]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            why = _NEVER.get(node.func.attr)
            if why:
                yield node.func, f"`{node.func.attr}` has no place in a page object", why
            if any(keyword.arg == "force" for keyword in node.keywords):
                yield (node.func, "a click is never forced",
                       "what lies over a control is told, not clicked through")  # fmt: skip


def _imports(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[ast.stmt, str, str]]:
    named = [node.module or ""] if isinstance(node, ast.ImportFrom) else [
        alias.name for alias in node.names
    ]  # fmt: skip
    for module in named:
        if not any(module == may or module.startswith(f"{may}.") for may in _MAY_IMPORT):
            yield (node, f"a page object does not import `{module}`",
                   "it may import " + ", ".join(_MAY_IMPORT[1:]))  # fmt: skip


def _function(node: ast.FunctionDef) -> Iterator[tuple[ast.expr | ast.stmt, str, str]]:
    if node.name in _NOT_ANEW:
        yield node, f"`{node.name}` cannot be written anew", _NOT_ANEW[node.name]
        return
    marked = any("irreversible" in ast.unparse(decorator) for decorator in node.decorator_list)
    for call in ast.walk(node):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        source = ast.unparse(call.func)
        if source in ("self.press", "super().press") and not marked:
            yield (call, f"`{node.name}` makes the last click and is not marked as such",
                   "mark it: @action(irreversible=Effect.CANCELS_ITEMS)")  # fmt: skip
        elif "self.control()" in source and call.func.attr in _CLICKS:
            yield (call, "the control that cannot be undone is pressed by `self.press()` only",
                   "so it is pressed once, and not before a run has asked its guards")  # fmt: skip


def _end(node: ast.expr | ast.stmt) -> int:
    same_line = node.end_lineno == node.lineno and node.end_col_offset is not None
    return (node.end_col_offset or 0) + 1 if same_line else node.col_offset + 2
