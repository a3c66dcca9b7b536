"""From a YAML file to a flow. Whether its steps connect is `check`'s to say."""

from __future__ import annotations

from collections.abc import Mapping as Map
from pathlib import Path

from automation.flow.model import (
    ENDS,
    LANGUAGES,
    TYPES,
    Branch,
    End,
    FirstOf,
    Flow,
    Given,
    Input,
    SignCall,
    Step,
)
from automation.flow.words import Vocabulary
from automation.pages.base import Kind, Word
from automation.source import Mapping, Node, Scalar, SourceError, read_file
from automation.source.nodes import mapping, scalar, sequence, unknown

_KEYS = ("flow", "summary", "follows", "device", "inputs", "steps", "ends")
_DEVICES = ("computer", "phone")


def read_flow(path: Path, words: Vocabulary, *, name: str | None = None) -> Flow:
    """The flow that a file holds; `InputError` or `SourceError` if it is none."""
    top = mapping(read_file(path, name=name), "a flow")
    top.only(_KEYS, "a flow")
    inputs = _inputs(top.get("inputs"))
    steps = sequence(top.required("steps", "this flow"), "`steps`")
    if not steps.items:
        raise SourceError("a flow needs at least one step", steps.place)
    return Flow(
        name=scalar(top.required("flow", "this flow"), "`flow`").name("the flow's name"),
        summary=_text(top, "summary"),
        follows=_text(top, "follows"),
        phone=_device(top) == "phone",
        inputs=inputs,
        steps=tuple(_step(node, words, inputs) for node in steps.items),
        ends=_ends(top.get("ends"), words, inputs),
        path=path,
        place=top.place,
    )


def _text(top: Mapping, key: str) -> str:
    node = top.get(key)
    return "" if node is None else scalar(node, f"`{key}`").string(f"`{key}`")


def _device(top: Mapping) -> str:
    node = top.get("device")
    if node is None:
        return _DEVICES[0]
    named = scalar(node, "`device`")
    if named.text not in _DEVICES:
        raise unknown(f"no device is called `{named.text}`", named, _DEVICES)
    return named.text


def _inputs(node: Node | None) -> dict[str, Input]:
    if node is None:
        return {}
    return {key.text: _input(key, value) for key, value in mapping(node, "`inputs`").pairs()}


def _input(key: Scalar, node: Node) -> Input:
    what = f"the input `{key.text}`"
    declared = mapping(node, what)
    declared.only(("type", "default", "example", "means"), what)
    kind = scalar(declared.required("type", what), f"the type of {what}")
    if kind.text not in TYPES:
        raise unknown(f"no input type is called `{kind.text}`", kind, TYPES)
    default = declared.get("default")
    return Input(
        name=key.text,
        type=kind.text,
        required=default is None,
        default=default,
        example=_example(declared.get("example")),
        means=_text(declared, "means"),
        place=key.place,
    )


def _example(node: Node | None) -> str:
    if node is None:
        return ""
    if isinstance(node, Scalar):
        return node.text
    return ", ".join(sequence(node, "`example`").strings("`example`"))


def _step(node: Node, words: Vocabulary, inputs: Map[str, Input]) -> Step | FirstOf:
    if isinstance(node, Scalar):
        word = words.word(node, Kind.ACTION)
        return Step(word, _given(word, None, inputs, node), {}, node.place)
    step = mapping(node, "a step")
    if step.get("first_of") is not None:
        step.only(("first_of",), "a fork")
        return _fork(step.required("first_of", "a fork"), step.key("first_of"), words, inputs)
    names = [key for key in step.keys if key.text != "caption"]
    if len(names) != 1:
        what = "no word" if not names else "two words"
        raise SourceError(
            f"a step is one word; here {'is' if not names else 'are'} {what}",
            names[1].place if names else step.place,
            hint="begin each step with `-`",
        )
    word = words.word(names[0], Kind.ACTION)
    given = _given(word, step.get(names[0].text), inputs, names[0])
    return Step(word, given, _captions(step.get("caption")), names[0].place)


def _captions(node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    captions = mapping(node, "`caption`")
    captions.only(LANGUAGES, "a caption")
    return {
        key.text: scalar(value, "a caption").string("a caption") for key, value in captions.pairs()
    }


def _fork(node: Node, key: Scalar, words: Vocabulary, inputs: Map[str, Input]) -> FirstOf:
    branches = []
    for name, value in mapping(node, "`first_of`").pairs():
        word = words.word(name, Kind.SIGN)
        goes = mapping(value, f"the branch `{name.text}`")
        goes.only(("follow", "end"), "a branch")
        if len(goes.keys) != 1:
            raise SourceError("a branch either follows a flow or ends", goes.place)
        target = scalar(goes.values[0], "the branch's target")
        end = target.text if goes.keys[0].text == "end" else None
        if end is not None and end not in ENDS:
            raise unknown(f"no walk ends in `{end}`", target, ENDS)
        branches.append(
            Branch(
                sign=SignCall(word, _given(word, None, inputs, name), name.place),
                follow=target.text if end is None else None,
                end=end,
                place=target.place,
            )
        )
    return FirstOf(tuple(branches), key.place)


def _ends(node: Node | None, words: Vocabulary, inputs: Map[str, Input]) -> tuple[End, ...]:
    if node is None:
        return ()
    ends = mapping(node, "`ends`")
    ends.only(ENDS, "`ends`")
    return tuple(
        End(key.text, tuple(_signs(value, words, inputs)), key.place) for key, value in ends.pairs()
    )


def _signs(node: Node, words: Vocabulary, inputs: Map[str, Input]) -> list[SignCall]:
    if isinstance(node, Scalar):
        word = words.word(node, Kind.SIGN)
        return [SignCall(word, _given(word, None, inputs, node), node.place)]
    if isinstance(node, Mapping):
        calls = []
        for name, value in node.pairs():
            word = words.word(name, Kind.SIGN)
            calls.append(SignCall(word, _given(word, value, inputs, name), name.place))
        return calls
    return [call for item in node.items for call in _signs(item, words, inputs)]


def _given(
    word: Word, node: Node | None, inputs: Map[str, Input], name: Scalar
) -> dict[str, Given]:
    parameters = {parameter.name: parameter for parameter in word.parameters}
    if node is None or (isinstance(node, Scalar) and node.is_null and not parameters):
        given: dict[str, Given] = {}
    elif not parameters:
        raise SourceError(f"`{word}` is given nothing", node.place)
    elif len(parameters) == 1:
        given = {next(iter(parameters)): _value(node, inputs)}
    else:
        named = mapping(node, f"what `{word}` is given")
        named.only(parameters, f"what `{word}` is given")
        given = {key.text: _value(value, inputs) for key, value in named.pairs()}
    for parameter in word.parameters:
        if not parameter.optional and parameter.name not in given:
            raise SourceError(
                f"`{word}` needs `{parameter.name}`",
                name.place,
                hint=f"write `{word}: ${parameter.name}` and declare the input",
            )
    return given


def _value(node: Node, inputs: Map[str, Input]) -> Given:
    if isinstance(node, Scalar) and node.text.startswith("$") and not node.text.startswith("$$"):
        name = node.text[1:]
        if name not in inputs:
            raise unknown(
                f"no input is called `{name}`",
                Scalar(name, plain=True, place=node.place),
                inputs,
            )
        return Given(name, None, node.place)
    return Given(None, node, node.place)
