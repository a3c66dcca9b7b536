"""What a profile cannot do, and which key it lacks: said before anybody needs it."""

from __future__ import annotations

from automation.errors import InputError
from automation.pages.description import Description, OrdersPart
from automation.pages.storefront import Storefront


def what_it_cannot_do(described: Description) -> tuple[str, ...]:
    """A sentence for each; none where the profile names all that a run may need."""
    if described.listing is None:
        return (
            "there is no list of orders: `plan`, `nightly` and `canary` cannot look through it",
        )
    listing = described.listing
    return tuple(filter(None, (_end_of_the_list(listing), _empty_list(listing))))


def see_that_there_is_a_list(storefront: Storefront) -> None:
    """`InputError` for a store without a list of orders: nobody can look through it."""
    if not storefront.has_list:
        raise InputError(
            f"{storefront.title} has no list of orders, so it cannot be looked through",
            hint="its orders are cancelled one by one: unorder cancel ORDER --key env:NAME",
        )


def _end_of_the_list(orders: OrdersPart) -> str:
    if orders.stated or orders.next or orders.numbered:
        return ""
    return (
        "`plan` cannot work, and a wrong number is `broken`, not `not_found`: nothing says where "
        "the order list ends; name what leads to more orders, `orders.next` or `orders.numbered`, "
        "or where the store says how many there are, `orders.stated`"
    )


def _empty_list(orders: OrdersPart) -> str:
    if orders.empty:
        return ""
    return "an account without orders is `broken`: name what the list shows then, `orders.empty`"
