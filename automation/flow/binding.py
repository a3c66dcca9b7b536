"""A flow together with the values that it was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from automation.errors import InputError
from automation.flow.fitting import fitted
from automation.flow.model import TYPES, Flow, Given, Input, Step
from automation.flow.values import given, literal
from automation.pages.base import Effect, Word
from automation.pages.storefront import Storefront
from automation.pages.values import Items, OrderNumber, SubscriptionName


@dataclass(frozen=True)
class Bound:
    """A flow that can be followed."""

    flow: Flow
    values: Mapping[str, Any]
    find: Callable[[str], Flow]

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What it can do that cannot be undone, itself or by a flow that it may follow."""
        step = self.flow.irreversible
        own = (step.word.irreversible,) if step and step.word.irreversible else ()
        return (*own, *(effect for name in self.flow.follows_by for effect in
                        self.followed(name).effects))  # fmt: skip

    def followed(self, name: str) -> Bound:
        """The flow of this name, with what this one was given."""
        flow = self.find(name)
        values = {
            key: self.values[key] if key in self.values else _default(declared)
            for key, declared in flow.inputs.items()
        }
        return Bound(flow, values, self.find)

    @property
    def order(self) -> str:
        """The order or the subscription that it is about; "" if it is about none."""
        about = (OrderNumber, SubscriptionName)
        return next((str(v) for v in self.values.values() if isinstance(v, about)), "")

    @property
    def items(self) -> Items:
        """The items that it is about; all, if it does not say."""
        return next((v for v in self.values.values() if isinstance(v, Items)), Items())

    def arguments(self, word: Word, given_: Mapping[str, Given]) -> dict[str, Any]:
        """What the word's method is called with."""
        return {
            parameter.name: self._argument(given_[parameter.name], parameter.type)
            if parameter.name in given_
            else None
            for parameter in word.parameters
        }

    def _argument(self, value: Given, kind: type) -> Any:
        if value.input is not None:
            return self.values[value.input]
        assert value.literal is not None
        return literal(value.literal, kind, optional=True)


def bind(
    flow: Flow,
    texts: Mapping[str, list[str]],
    storefront: Storefront,
    find: Callable[[str], Flow],
) -> Bound:
    """The flow with these values; `InputError` for an unknown, missing or misshapen one.

    Likewise for a flow over pages that the storefront does not have. *find* looks up the flows that
    it may follow.
    """
    flow = fitted(flow, storefront)
    if not has_its_pages(flow, storefront):
        raise InputError(
            f"`{storefront.name}` does not have the pages that `{flow.name}` walks over",
            hint=f"`unorder flows --store {storefront.opened_as.store}` lists what it can follow",
        )
    for name in texts:
        if name not in flow.inputs:
            close = get_close_matches(name, flow.inputs, n=1)
            known = ", ".join(f"`{each}`" for each in flow.inputs)
            raise InputError(
                f"`{flow.name}` has no input called `{name}`",
                hint=f"did you mean `{close[0]}`?" if close else f"it takes {known}",
            )
    values: dict[str, Any] = {}
    for name, declared in flow.inputs.items():
        if name in texts:
            values[name] = given(declared, texts[name], storefront)
        elif declared.default is not None:
            values[name] = _default(declared)
        else:
            example = declared.example or f"<{declared.type}>"
            raise InputError(
                f"`{flow.name}` needs `{name}`", hint=f"add {name}={example} to the command"
            )
    return Bound(flow, values, lambda name: fitted(find(name), storefront))


def has_its_pages(flow: Flow, storefront: Storefront) -> bool:
    """Whether the profile describes every page that the flow walks over, where it describes any."""
    if storefront.description is None:
        return True
    steps = (step for step in fitted(flow, storefront).steps if isinstance(step, Step))
    return not flow.phone and all(step.word.page.name in storefront.kinds for step in steps)


def _default(declared: Input) -> Any:
    if declared.default is None:
        return None
    return literal(declared.default, TYPES[declared.type], optional=True)
