"""Reading `follow`: which flow, and what it is told."""

from __future__ import annotations

from automation.errors import InputError, UnorderError
from automation.flow.library import Library
from automation.flow.model import Flow
from automation.source import Mapping, Node, Scalar, SourceError
from automation.source.nodes import mapping, scalar, sequence, unknown
from automation.testing.cases.model import Followed, Given
from mock_store.wording import LANGUAGES

_OWN = ("flow", "account", "commit")


def read_followed(node: Node, given: Given, library: Library, *, language: str) -> Followed:
    """The flow and its inputs. What the case is given fills in the order and the subscription."""
    told = mapping(node, "`follow`")
    flow = _flow(scalar(told.required("flow", "`follow`"), "`flow`"), library)
    told.only((*_OWN, *flow.inputs), f"`follow`; `{flow.name}` does not take it")
    inputs = {
        key.text: _texts(value, language)
        for key, value in told.pairs()
        if key.text not in _OWN
    }  # fmt: skip
    for name, declared in flow.inputs.items():
        if name in inputs:
            continue
        if declared.type == "order" and given.order:
            inputs[name] = ("$order",)
        elif declared.type == "subscription" and given.subscription:
            inputs[name] = (given.subscription.name,)
        elif declared.required:
            raise SourceError(
                f"`{flow.name}` needs `{name}`",
                told.key("flow").place,
                hint=_what_gives(declared.type, name),
            )
    account, commit = told.get("account"), told.get("commit")
    return Followed(
        flow=scalar(told.required("flow", "`follow`"), "`flow`").text,
        inputs=inputs,
        account=scalar(account, "`account`").string("`account`") if account else None,
        commit=scalar(commit, "`commit`").boolean("`commit`") if commit else True,
    )


def _flow(name: Scalar, library: Library) -> Flow:
    try:
        return library.find(name.string("`flow`"))
    except SourceError:
        raise  # the flow itself does not hold, and its own place is told
    except (InputError, UnorderError):
        raise unknown(f"no flow is called `{name.text}`", name, library.paths()) from None


def _texts(node: Node, language: str) -> tuple[str, ...]:
    """One text, a list, or a text for each language."""
    if isinstance(node, Mapping):
        node.only(LANGUAGES, "a text for each language")
        return _texts(node.required(language, "this text"), language)
    if isinstance(node, Scalar):
        return (node.string("this input"),)
    return sequence(node, "an input").strings("an input")


def _what_gives(kind: str, name: str) -> str:
    if kind == "order":
        return "place one: `given: {order: {items: [Desk lamp]}}`"
    if kind == "subscription":
        return "give one: `given: {subscription: {name: Ink refills}}`"
    return f"add `{name}: …` to `follow`"
