"""A flow together with the values that it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from automation.errors import InputError
from automation.flow.model import TYPES, Flow, Given
from automation.flow.values import given, literal
from automation.pages.base import Word
from automation.pages.storefront import Storefront
from automation.pages.values import Items, OrderNumber


@dataclass(frozen=True)
class Bound:
    """A flow that can be followed."""

    flow: Flow
    values: Mapping[str, Any]

    @property
    def order(self) -> str:
        """The order that it is about; "" if it is about none."""
        return next((str(v) for v in self.values.values() if isinstance(v, OrderNumber)), "")

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


def bind(flow: Flow, texts: Mapping[str, list[str]], storefront: Storefront) -> Bound:
    """The flow with these values; `InputError` for an unknown, missing or misshapen one."""
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
            values[name] = literal(declared.default, TYPES[declared.type], optional=True)
        else:
            example = declared.example or f"<{declared.type}>"
            raise InputError(
                f"`{flow.name}` needs `{name}`", hint=f"add {name}={example} to the command"
            )
    return Bound(flow, values)
