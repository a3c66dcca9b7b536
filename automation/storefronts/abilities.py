"""What a profile cannot do, and which key it lacks: said before anybody needs it."""

from __future__ import annotations

from automation.pages.description import Description


def what_it_cannot_do(described: Description) -> tuple[str, ...]:
    """A sentence for each; none where the profile names all that a run may need."""
    return tuple(filter(None, (_end_of_the_list(described), _empty_list(described))))


def _end_of_the_list(described: Description) -> str:
    orders = described.orders
    if orders.stated or orders.next or orders.numbered:
        return ""
    return (
        "`plan` cannot work, and a wrong number is `broken`, not `not_found`: nothing says where "
        "the order list ends; name what leads to more orders, `orders.next` or `orders.numbered`, "
        "or where the store says how many there are, `orders.stated`"
    )


def _empty_list(described: Description) -> str:
    if described.orders.empty:
        return ""
    return "an account without orders is `broken`: name what the list shows then, `orders.empty`"
