"""How each fault strikes a simulated run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults.hand import Hand, Verifying
from faults.shop import ORDER
from faults.trouble import Fault, Trouble, draw

if TYPE_CHECKING:
    from faults.simulation import Drama

_DAY = 86_400.0
_SAYS = {Fault.REFUSED: "no", Fault.LIES: "lie", Fault.TRUNCATED: "nothing"}
_BREAKS = {
    Fault.ERROR_NOT_DONE: ("error", "before"),
    Fault.ERROR_DONE: ("error", "after"),
    Fault.DROP_NOT_DONE: ("drop", "before"),
    Fault.DROP_DONE: ("drop", "after"),
    Fault.DROPS_TWICE_NOT_DONE: ("drop", "before"),
    Fault.DROPS_TWICE_DONE: ("drop", "after"),
}
_CLICK = {
    Fault.CLICK_TIMES_OUT: "times out",
    Fault.CLICK_IS_LOST: "is lost",
    Fault.PAUSED_AT_CLICK: "is paused",
}


def strike(drama: Drama, hand: Hand, trouble: Trouble) -> None:
    """Let one trouble happen to this run, now."""
    fault, shop, chance = trouble.fault, hand.shop, hand.world.chance
    drama.fired[fault, trouble.window] += 1
    if fault in _SAYS:
        shop.next.says = _SAYS[fault]
    elif fault in _BREAKS:
        setattr(shop.next, *_BREAKS[fault])
        shop.next.drops_again = fault in (Fault.DROPS_TWICE_DONE, Fault.DROPS_TWICE_NOT_DONE)
    elif fault in _CLICK:
        hand.click_goes = _CLICK[fault]
    elif not (
        _to_the_page(hand, fault)
        or _to_the_order(hand, fault)
        or _to_the_process(drama, hand, fault)
    ):
        _others(drama, hand, fault)
    if fault is Fault.SLOW_ANSWER:
        shop.next.slow = chance.uniform(5, 60)
    elif fault is Fault.LATE:
        shop.next.lands_after = chance.uniform(1, 110)


def _to_the_page(hand: Hand, fault: Fault) -> bool:
    match fault:
        case Fault.SLOW:
            hand.slow = hand.world.chance.uniform(1, 60)
        case Fault.ERROR | Fault.DROP:
            hand.next_page = "error"
        case Fault.OFFLINE:
            hand.offline = True
        case Fault.SIGNED_OUT:
            hand.shop.signed_out.add(hand.run)
        case Fault.OTHER_ACCOUNT:
            hand.account = "sam"
        case Fault.WRONG_ORDER:
            hand.next_page = "another order"
        case Fault.TICKS_WRONG:
            hand.ticks_go_wrong = True
        case Fault.UNREADABLE_TOTAL:
            hand.shop.total = "—"
        case _:
            return False
    return True


def _to_the_order(hand: Hand, fault: Fault) -> bool:
    shop = hand.shop
    match fault:
        case Fault.SHIPS:
            shop.set_state(ORDER, "shipped")
        case Fault.CANCELLED:
            shop.set_state(ORDER, "cancelled")
        case Fault.CHANGES:
            shop.add_one(ORDER)
        case Fault.PARTLY:
            shop.next.partly = True
        case Fault.SHIPS_FIRST:
            shop.next.ships_first = True
        case Fault.CANCELLED_FIRST:
            shop.next.cancelled_first = True
        case Fault.SIGNED_OUT_AT_SUBMIT:
            shop.next.signs_out = True
        case Fault.PENDING:
            shop.next.says = "pending"
            answer = hand.world.chance.choice(("cancelled", "ordered"))
            after = hand.world.chance.uniform(5, 3000)
            hand.world.at(hand.world.now + after, lambda: shop.decide(ORDER, answer))
        case _:
            return False
    return True


def _to_the_process(drama: Drama, hand: Hand, fault: Fault) -> bool:
    world = hand.world
    match fault:
        case Fault.KILL | Fault.TERM_TWICE:
            hand.dead = True
            drama.again_later(hand)
        case Fault.BROWSER_DIES:
            hand.browser_gone = True
        case Fault.TERM:
            hand.told_to_stop, hand.latest = True, world.now + 60
        case Fault.STOPPED:
            world.wait(600)
        case Fault.CLOCK:
            world.wall += world.chance.choice((-_DAY, _DAY))
        case Fault.DISK_FULL:
            hand.writes_that_fail = world.chance.choice((1, 2, 1000))
        case _:
            return False
    return True


def _others(drama: Drama, hand: Hand, fault: Fault) -> None:
    chance = hand.world.chance
    soon = chance.uniform(0, 20)
    match fault:
        case Fault.RIVAL:
            for _ in range(chance.choice((1, 1, 1, 2, 3, 7))):
                drama.enter(Hand, hand.journal_name, after=chance.uniform(0, 20))
        case Fault.RIVAL_ELSEWHERE:
            elsewhere = "elsewhere" if hand.journal_name == "runs" else "runs"
            drama.enter(Hand, elsewhere, after=soon)
        case Fault.VERIFY:
            drama.enter(Verifying, hand.journal_name, after=soon)
        case Fault.JOURNAL_LOST:
            if drama.lose(hand):
                hand.dead = True
                drama.again_later(hand)


def more(drama: Drama) -> list[Trouble]:
    """The troubles of a run that comes later: fewer, and none that begins others."""
    chance = drama.scene.world.chance
    begins_others = {Fault.RIVAL, Fault.RIVAL_ELSEWHERE, Fault.VERIFY}
    drawn = draw(chance) if chance.random() < 0.4 else []
    return [trouble for trouble in drawn if trouble.fault not in begins_others]
