"""A flow as a store has it: without the list of orders, where there is none."""

from __future__ import annotations

from dataclasses import replace

from automation.flow.model import FirstOf, Flow, Step
from automation.pages.order import OrderPage
from automation.pages.orders import OrdersPage
from automation.pages.storefront import Storefront


def fitted(flow: Flow, storefront: Storefront) -> Flow:
    """The same flow. Where orders are in no list, an order is opened by its address instead."""
    if storefront.has_list:
        return flow
    steps = [_fitted(step, storefront) for step in flow.steps]
    return replace(flow, steps=tuple(step for step in steps if step is not None))


def _fitted(step: Step | FirstOf, storefront: Storefront) -> Step | FirstOf | None:
    if isinstance(step, FirstOf) or not issubclass(step.word.page, OrdersPage):
        return step
    if step.word.name == "open_order":
        return replace(step, word=storefront.kind(OrderPage).words()["open"])
    return None
