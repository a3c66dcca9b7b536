"""Proving that a storefront can be trusted with its flows, before any browser starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from automation.errors import UnorderError
from automation.flow.binding import has_its_pages
from automation.flow.library import Library
from automation.flow.model import FirstOf, Flow, Step
from automation.flow.values import is_order_number
from automation.pages.base import CommittingPage, Effect, Kind
from automation.pages.memberships import MembershipsPage
from automation.pages.order import OrderPage
from automation.pages.storefront import Storefront
from automation.pages.values import OrderNumber
from automation.source import Scalar, SourceError
from automation.source.frame import quoted

# Where what a flow is about is read, and read again after the click.
_READ = (OrderPage, MembershipsPage)


def problems_of(storefront: Storefront, library: Library) -> list[UnorderError]:
    """What does not hold of a storefront's own flows, all of it."""
    found: list[UnorderError] = []
    for path in own_flows(storefront):
        try:
            see_that_it_can_be_proved(library.read(path), storefront)
        except UnorderError as problem:
            found.append(problem)
    return found


def own_flows(storefront: Storefront) -> list[Path]:
    """The files of a storefront's own flows."""
    folder = storefront.folder and storefront.folder / "flows"
    return sorted(folder.glob("*.yaml")) if folder else []


def followed_flows(storefront: Storefront, library: Library) -> list[str]:
    """The names of all flows that this storefront has every page for."""
    return [name for name in library.paths() if has_its_pages(library.find(name), storefront)]


def see_that_it_can_be_proved(flow: Flow, storefront: Storefront) -> None:
    """`SourceError` if what this flow does could not be read before and after its last click."""
    step = flow.irreversible
    if step is None or step.word.irreversible is None:
        return
    word, effect = step.word, step.word.irreversible
    if not issubclass(word.page, CommittingPage):
        raise SourceError(
            f"`{word}` cannot be undone, but `{word.page.name}` cannot say what it would do",
            step.place,
            hint="derive its page object from CommittingPage: "
            "it has a `control`, and a `selection` that is read back before the click",
        )
    if not any(_leads_to_facts(each) for each in flow.steps):
        raise SourceError(
            f"nothing is read before `{word}`: no step before it leads to the order",
            step.place,
            hint="go by `orders.open_order`, or by `order.open`",
        )
    missing = _missing_to_read_back(storefront, effect)
    if missing:
        raise SourceError(
            f"what `{word}` does could not be read back: {missing}",
            step.place,
            hint="only the order, read again, makes an outcome",
        )


def see_that_its_numbers_fit(flow: Flow, storefronts: Callable[[], list[Storefront]]) -> None:
    """`SourceError` for an order number in the file that no order of these can have.

    *storefronts* is asked only if there is such a number: few flows name one.
    """
    for node in _numbers_in(flow):
        found = storefronts()
        if any(is_order_number(node.text, each) for each in found):
            continue
        whose = found[0].title if len(found) == 1 else "any known store"
        raise SourceError(
            f"{quoted(node.text)} is not an order number of {whose}",
            node.place,
            hint="declare an input of the type `order`, and write `$` and its name here",
        )


def _numbers_in(flow: Flow) -> Iterator[Scalar]:
    """The order numbers that stand in the file itself."""
    for step in (each for each in flow.steps if isinstance(each, Step)):
        for parameter in step.word.parameters:
            given = step.given.get(parameter.name)
            if parameter.type is OrderNumber and given and isinstance(given.literal, Scalar):
                yield given.literal
    for declared in flow.inputs.values():
        default = declared.default
        if declared.type == "order" and isinstance(default, Scalar) and not default.is_null:
            yield default


def _missing_to_read_back(storefront: Storefront, effect: Effect) -> str | None:
    if effect is Effect.ENDS_SUBSCRIPTION:
        has = "memberships" in storefront.addresses
        return None if has else "the profile has no address of `memberships`"
    words = storefront.kind(OrderPage).words()
    for name, kind in (("open", Kind.ACTION), ("read", Kind.READING)):
        word = words.get(name)
        if word is None or word.kind is not kind:
            return f"its `order` page has no {kind.value} `{name}`"
    return None


def _leads_to_facts(step: Step | FirstOf) -> bool:
    return isinstance(step, Step) and (
        any(issubclass(page, _READ) for page in step.word.leads_to)
        or (step.word.from_anywhere and issubclass(step.word.page, _READ))
    )
