"""Proving from types alone that a flow's steps connect, before any browser starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from automation.errors import UnorderError
from automation.flow.model import TYPES, FirstOf, Flow, Given, Input, SignCall, Step
from automation.flow.values import literal
from automation.pages.base import PageObject, Word
from automation.pages.values import Items
from automation.source import SourceError

Pages = frozenset[type[PageObject]]


def check(flow: Flow, find: Callable[[str], Flow]) -> None:
    """`SourceError` for the first thing that does not fit. *find* looks up followed flows."""
    _walk(flow, frozenset(), find, (flow.name,))
    for name, declared in flow.inputs.items():
        if declared.default is not None:
            literal(declared.default, TYPES[declared.type], optional=True)
        if name not in _used(flow):
            raise SourceError(f"the input `{name}` is never used", declared.place)


def _walk(flow: Flow, here: Pages, find: Callable[[str], Flow], trail: tuple[str, ...]) -> None:
    committed = False
    for step in flow.steps:
        if committed:
            raise SourceError(
                "no step may follow the one that cannot be undone",
                step.place,
                hint="what the store answers belongs under `ends`",
            )
        if isinstance(step, FirstOf):
            _fork(flow, step, here, find, trail)
            continue
        _stands(step, here)
        _arguments(step.word, step.given, flow.inputs)
        committed = step.word.irreversible is not None
        if step.word.leads_to:
            here = frozenset(step.word.leads_to)
    _ends(flow, here, committed=committed)


def _stands(step: Step, here: Pages) -> None:
    word = step.word
    if word.from_anywhere or (here and all(issubclass(page, word.page) for page in here)):
        return
    if not here:
        raise SourceError(
            f"a walk cannot begin with `{word}`",
            step.place,
            hint="begin with a word that opens its page from anywhere, such as `orders.open`",
        )
    pages = " or ".join(sorted(f"`{page.name}`" for page in here))
    offered = sorted(
        str(other) for page in here for other in page.words().values() if other.kind is word.kind
    )
    raise SourceError(
        f"`{word}` is a word of `{word.page.name}`, but the walk stands on {pages}",
        step.place,
        hint="there it could go on with " + ", ".join(f"`{each}`" for each in offered),
    )


def _fork(
    flow: Flow, fork: FirstOf, here: Pages, find: Callable[[str], Flow], trail: tuple[str, ...]
) -> None:
    for branch in fork.branches:
        _belongs(branch.sign, here)
        if branch.follow is None:
            continue
        if branch.follow in trail:
            raise SourceError(
                f"`{branch.follow}` would follow itself",
                branch.place,
                hint=" → ".join([*trail, branch.follow]),
            )
        try:
            followed = find(branch.follow)
        except UnorderError as problem:
            raise SourceError(problem.message, branch.place, hint=problem.hint) from problem
        for name, declared in followed.inputs.items():
            mine = flow.inputs.get(name)
            if mine is None and declared.required:
                raise SourceError(f"`{branch.follow}` needs the input `{name}`", branch.place)
            if mine is not None and mine.type != declared.type:
                raise SourceError(
                    f"`{name}` is {mine.type} here and {declared.type} in `{branch.follow}`",
                    branch.place,
                )
        _walk(followed, here, find, (*trail, branch.follow))


def _ends(flow: Flow, here: Pages, *, committed: bool) -> None:
    if committed and not flow.ends:
        raise SourceError("a flow with a step that cannot be undone needs `ends`", flow.place)
    if flow.ends and not committed:
        raise SourceError(
            "`ends` tell what the store answers to a step that cannot be undone; there is none",
            flow.ends[0].place,
        )
    for end in flow.ends:
        for sign in end.signs:
            _belongs(sign, here)
            _arguments(sign.word, sign.given, flow.inputs)


def _belongs(sign: SignCall, here: Pages) -> None:
    if any(issubclass(page, sign.word.page) for page in here):
        return
    pages = " or ".join(sorted(f"`{page.name}`" for page in here)) or "no page"
    raise SourceError(
        f"`{sign.word}` is a sign of `{sign.word.page.name}`, but the walk stands on {pages}",
        sign.place,
    )


def _arguments(word: Word, given: Mapping[str, Given], inputs: Mapping[str, Input]) -> None:
    for parameter in word.parameters:
        value = given.get(parameter.name)
        if value is None:
            continue
        if value.input is None:
            assert value.literal is not None
            literal(value.literal, parameter.type, optional=parameter.optional)
            continue
        declared = inputs[value.input]
        if TYPES[declared.type] is not parameter.type:
            wanted = next(name for name, kind in TYPES.items() if kind is parameter.type)
            raise SourceError(
                f"`{word}` takes {wanted} for `{parameter.name}`, "
                f"but `${value.input}` is {declared.type}",
                value.place,
            )
        may_be_null = declared.default is not None and getattr(declared.default, "is_null", False)
        if may_be_null and not parameter.optional and parameter.type is not Items:
            raise SourceError(
                f"`${value.input}` may be null, but `{word}` always needs `{parameter.name}`",
                value.place,
            )


def _used(flow: Flow) -> set[str]:
    used: set[str] = set()
    for step in flow.steps:
        if isinstance(step, FirstOf):
            return set(flow.inputs)  # what the followed flows use is theirs to say
        used |= {value.input for value in step.given.values() if value.input}
    for end in flow.ends:
        for sign in end.signs:
            used |= {value.input for value in sign.given.values() if value.input}
    return used
