"""Order lists of which a shop says little: no count, odd pagers, rows that fill in late."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from altered import doing, replacing
from boutiques import Boutique, Open, adapter
from commands import Command
from sqlalchemy import select
from sqlalchemy.orm import Session

from automation.jobs.listing import whole_list
from automation.outcome import Outcome
from automation.run.accounts import Account, Written
from automation.run.browser import OpenBrowser
from automation.run.endings import WalkEnded
from automation.run.masking import Masker
from automation.run.visit import visiting
from mock_store.tables import Order

LIST = "/account/orders"
# No count anywhere, and nothing that an empty list says.
COUNTLESS = {"pages": {"orders": {"stated": None, "empty": None}}}
NOTHING_LEADS_ON = {"pages": {"orders": {"stated": None, "empty": None, "next": None}}}


def shop_with(boutique: Open, orders: int, *shapes: str, **how: Any) -> Boutique:
    """A shop that holds so many orders: 220, 221 and so on. A page of its list shows five."""
    shop: Boutique = boutique(*shapes, **how)
    for number in range(220, 220 + orders):
        shop.place("Wool throw", number=str(number))
    return shop


@pytest.mark.parametrize(
    ("pager", "recipe"), [("next", None), ("numbers", "pager-numbers"), ("more", "pager-more")]
)
def test_a_wrong_number_is_not_found_without_a_count(
    boutique: Open, pager: str, recipe: str | None
) -> None:
    shop = shop_with(boutique, 12, f"pager={pager}", recipe=recipe, over=COUNTLESS)

    run = shop.follow(order="22")

    assert run.outcome is Outcome.NOT_FOUND, run.reason
    assert run.reason == "12 orders were read; this store states no count; 22 is not among them"


def test_a_list_of_one_page_is_whole_without_a_pager(boutique: Open) -> None:
    run = shop_with(boutique, 3, over=COUNTLESS).follow(order="22")

    assert run.outcome is Outcome.NOT_FOUND, run.reason


def test_an_order_that_the_list_shows_is_never_not_found(boutique: Open) -> None:
    """`rows` finds the first row only, and no count says that there are more."""
    first = {"rows": {"css": "tr.order:first-of-type"}, "stated": None, "empty": None}
    shop = shop_with(boutique, 3, over={"pages": {"orders": first}})

    run = shop.follow(order="220")

    assert run.outcome is Outcome.BROKEN, run.reason
    assert run.reason == (
        "1 order was read, 220 is not among them, yet the list shows `View order 220`"
    )
    assert run.hint == (
        "each order's row is looked for by `orders.rows` (css `tr.order:first-of-type`), "
        "and its number by `orders.number` (css `.number`)"
    )


def read_whole(shop: Boutique, browser: OpenBrowser) -> tuple[str, ...]:
    account = Account(
        "robin", "boutique", Written("robin@varnholt.test"), Written("lantern-oak-42")
    )
    storefront = shop.storefront
    with visiting(browser, storefront, account, Masker(storefront)) as visit:
        return tuple(card.number for card in whole_list(visit).cards)


def test_a_plan_reads_the_whole_list_without_a_count(
    boutique: Open, browser_of_ours: OpenBrowser
) -> None:
    shop = shop_with(boutique, 12, over=COUNTLESS)

    assert sorted(read_whole(shop, browser_of_ours)) == [str(n) for n in range(220, 232)]


def test_where_nothing_leads_on_the_plan_says_which_key_is_missing(
    boutique: Open, browser_of_ours: OpenBrowser
) -> None:
    shop = shop_with(boutique, 3, over=NOTHING_LEADS_ON)

    with pytest.raises(WalkEnded) as ended:
        read_whole(shop, browser_of_ours)

    assert ended.value.verdict.outcome is Outcome.BROKEN
    assert "this store states no count" in ended.value.verdict.reason
    assert "`orders.next`" in (ended.value.hint or "")
    assert "later" not in (ended.value.hint or "")


def test_where_nothing_leads_on_a_wrong_number_stays_broken(boutique: Open) -> None:
    run = shop_with(boutique, 3, over=NOTHING_LEADS_ON).follow(order="22")

    assert run.outcome is Outcome.BROKEN, run.reason
    assert "`orders.next`" in (run.hint or "")


@pytest.mark.parametrize("missed", [
    {"next": {"role": "link", "name": "Nxt"}},
    {"next": {"role": "link", "name": "Next"}, "numbered": None, "rows": {"css": "tr"}},
])  # fmt: skip
def test_half_a_list_is_never_taken_for_whole(boutique: Open, missed: dict[str, Any]) -> None:
    """What leads on is misspelt, or rows hold no number: the rest of the list may be there."""
    over = {"pages": {"orders": {"stated": None, "empty": None, **missed}}}
    run = shop_with(boutique, 12, over=over).follow(order="22")

    assert run.outcome is Outcome.BROKEN, run.reason


def test_the_link_that_a_misspelt_next_does_not_find_is_named(boutique: Open) -> None:
    over = {"pages": {"orders": {"stated": None, "empty": None,
                                 "next": {"role": "link", "name": "Nxt"}}}}  # fmt: skip

    run = shop_with(boutique, 12, over=over).follow(order="22")

    said = run.reason + (run.hint or "")
    assert "`Next`" in said
    assert "`orders.next`" in said


@pytest.mark.parametrize(
    "last",
    [
        r'<a href="#" aria-disabled="true">Next</a>',
        r'<span class="disabled"><a href="?page=3">Next</a></span>',
    ],
)
def test_a_next_that_is_off_ends_the_list(boutique: Open, last: str) -> None:
    ends = replacing(LIST, (r"(3 of 3</span>)", rf"\1{last}"))
    shop = shop_with(boutique, 12, over=COUNTLESS, alter=ends)

    run = shop.follow(order="22")

    assert run.outcome is Outcome.NOT_FOUND, run.reason


def test_a_pager_that_comes_late_is_waited_for(boutique: Open) -> None:
    """It is drawn by a script, a while after the rows."""
    drawn = doing(
        LIST,
        """
        const pager = document.querySelector("nav.pager"), { parentElement } = pager;
        pager.remove();
        setTimeout(() => parentElement.append(pager), 1500);
    """,
    )
    shop = shop_with(boutique, 12, over=COUNTLESS, alter=drawn)
    order = shop.place("Stoneware mug", number="22")
    with shop.store.database.session() as session:
        _make_oldest(session, "22")

    run = shop.follow(order="22")

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert order.submits == 1


def _make_oldest(session: Session, number: str) -> None:
    order = session.scalars(select(Order).where(Order.number == number)).one()
    order.placed -= timedelta(days=900)
    session.commit()


def test_rows_that_are_still_shells_are_no_list(boutique: Open) -> None:
    shells = replacing(LIST, (r'<td class="number">\d+</td>', '<td class="number">…</td>'))
    shop = shop_with(boutique, 3, over=COUNTLESS, alter=shells)

    run = shop.follow(order="22")

    assert run.outcome is Outcome.BROKEN, run.reason
    assert "3 rows, no number in any of them" in run.reason


def test_rows_that_fill_in_late_are_waited_for(boutique: Open) -> None:
    late = doing(
        LIST,
        """
        for (const number of document.querySelectorAll(".number")) {
            const { textContent } = number;
            number.textContent = "…";
            setTimeout(() => { number.textContent = textContent; }, 2000);
        }
    """,
    )
    shop = shop_with(boutique, 3, over=COUNTLESS, alter=late)

    assert shop.follow(order="22").outcome is Outcome.NOT_FOUND
    assert shop.follow(commit=False, order="221").outcome is Outcome.REHEARSED


def test_a_list_that_turns_in_circles_ends_in_a_clear_error(
    boutique: Open, browser_of_ours: OpenBrowser
) -> None:
    """The last page's "Next" leads to the first again."""
    circle = replacing(LIST, (r"(3 of 3</span>)", r'\1<a href="?page=1">Next</a>'))
    shop = shop_with(boutique, 12, over=COUNTLESS, alter=circle)

    run = shop.follow(order="22")

    assert run.outcome is Outcome.BROKEN, run.reason
    assert "repeats" in run.reason
    assert "`orders.next`" in (run.hint or "")
    with pytest.raises(WalkEnded, match="repeats"):
        read_whole(shop, browser_of_ours)


def test_check_says_what_a_profile_cannot_do(tmp_path: Path, command: Command) -> None:
    folder = adapter(tmp_path / "shop", NOTHING_LEADS_ON)

    code, _, err = command("check", "--store", str(folder))

    assert code == 0
    assert "`plan`" in err
    assert "`orders.next`" in err
    assert "`orders.empty`" in err


def test_check_says_nothing_of_what_a_profile_can_do(tmp_path: Path, command: Command) -> None:
    code, _, err = command("check", "--store", str(adapter(tmp_path / "shop", {})))

    assert code == 0
    assert "`plan`" not in err
