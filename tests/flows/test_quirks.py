"""Every quirk of the store ends as its row says, on the faces where it makes a difference.

In every row: no item is cancelled but the one that was asked for, nothing is submitted twice, and
the journal holds it all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from looking import verified

from automation.outcome import Outcome
from automation.pages.storefront import Patience, Storefront
from automation.run import sessions
from automation.run.browser import OpenBrowser
from automation.run.journal import Journal
from automation.run.record import Run
from automation.run.sessions import Session
from automation.run.settings import Settings
from mock_store.quirks import Quirk
from mock_store.rules import Plan, State
from mock_store.store import LAYOUTS, Store
from mock_store.subscribing import MEMBERSHIP, subscribe
from mock_store.tables import Visitor

pytestmark = pytest.mark.thorough

Follow = Callable[..., Run]
LAMP, CABLE = "Desk lamp", "USB-C cable"
Lines = tuple[tuple[str, State], ...]
UNCHANGED: Lines = ((LAMP, State.ORDERED), (CABLE, State.ORDERED))
CANCELLED: Lines = ((LAMP, State.CANCELLED), (CABLE, State.ORDERED))
FLOWS = {"mobile": "cancel-items-mobile"}
PATIENT = Patience(step=15, action=5, answer=3, settle=20)
SOON = Patience(step=15, action=5, answer=3, settle=2)  # where nothing is to come any more
IMPATIENT = Patience(step=4, action=5, answer=1, settle=20)


@dataclass(frozen=True)
class Row:
    """A quirk, how the run of one item ends, and what the store knows then."""

    quirk: Quirk
    end: Outcome = Outcome.CANCELLED
    truth: Lines = CANCELLED
    submits: int | None = 1  # None: as often as the browser by itself sends one click
    executions: int = 1
    how: str | None = None
    times: int | None = None
    seconds: float | None = None
    items: str | None = LAMP
    patience: Patience = PATIENT
    everywhere: bool = False  # on each face, since they differ in what is tried
    signs_in: bool = False  # the run signs in itself

    def __str__(self) -> str:
        how = f"={self.how}" if self.how else ""
        return f"{self.quirk}{how}" + (f"*{self.times}" if self.times else "")


def stopped(quirk: Quirk, end: Outcome, **more: object) -> Row:
    """Nothing was clicked."""
    told: dict[str, object] = {"truth": UNCHANGED, "submits": 0, "executions": 0, **more}
    return Row(quirk, end, **told)  # type: ignore[arg-type]


def refused(quirk: Quirk, end: Outcome, **more: object) -> Row:
    """It was clicked, and nothing was carried out: the store is soon taken at its word."""
    told: dict[str, object] = {"truth": UNCHANGED, "executions": 0, "patience": SOON, **more}
    return Row(quirk, end, **told)  # type: ignore[arg-type]


ROWS = [
    Row(Quirk.SLOW, seconds=0.3),
    Row(Quirk.SLOW_COMMIT, seconds=1),
    Row(Quirk.SLOW_COMMIT, seconds=2.5, patience=IMPATIENT),
    Row(Quirk.ERROR_BEFORE, times=1),
    Row(Quirk.ERROR_BEFORE, how="500", times=1),
    stopped(Quirk.ERROR_BEFORE, Outcome.BROKEN),
    refused(Quirk.ERROR_ON_COMMIT_NOT_DONE, Outcome.NOT_CANCELLED),
    Row(Quirk.ERROR_ON_COMMIT_DONE),
    refused(Quirk.DROPS_ON_COMMIT_NOT_DONE, Outcome.NOT_CANCELLED, submits=None),
    Row(Quirk.DROPS_ON_COMMIT_DONE, submits=None),
    Row(Quirk.NEVER_ANSWERS),
    Row(Quirk.SAYS_NOTHING, how="done"),
    refused(Quirk.SAYS_NOTHING, Outcome.NOT_CANCELLED, how="not_done"),
    refused(Quirk.SAYS_CANCELLED_BUT_IS_NOT, Outcome.UNKNOWN),
    refused(Quirk.REFUSES, Outcome.REFUSED),
    Row(Quirk.PARTLY, Outcome.PARTLY_CANCELLED, items=None),
    refused(Quirk.BUNDLE, Outcome.REFUSED),
    Row(
        Quirk.SHIPS_MEANWHILE,
        Outcome.TOO_LATE,
        ((LAMP, State.SHIPPED), (CABLE, State.SHIPPED)),
        executions=0,
    ),
    Row(
        Quirk.CANCELLED_MEANWHILE,
        Outcome.CANCELLED,
        ((LAMP, State.CANCELLED), (CABLE, State.CANCELLED)),
        executions=0,
    ),
    stopped(Quirk.ITEMS_CHANGE_MEANWHILE, Outcome.GUARDED, how="quantity"),
    stopped(Quirk.ITEMS_CHANGE_MEANWHILE, Outcome.GUARDED, how="price"),
    stopped(
        Quirk.ITEMS_CHANGE_MEANWHILE,
        Outcome.GUARDED,
        how="item",
        times=1,
        truth=((f"{LAMP}, another make", State.ORDERED), (CABLE, State.ORDERED)),
    ),
    Row(Quirk.SESSION_EXPIRES, how="list", times=1),
    Row(Quirk.SESSION_EXPIRES, how="order", times=1),
    Row(Quirk.SESSION_EXPIRES, how="cancel_page", times=1),
    stopped(Quirk.SESSION_EXPIRES, Outcome.NOT_CANCELLED, how="submit", times=1, patience=SOON),
    stopped(Quirk.SESSION_EXPIRES, Outcome.NEEDS_PERSON),
    Row(Quirk.ASKS_PASSWORD_AGAIN, times=1, everywhere=True),
    stopped(Quirk.ASKS_PASSWORD_AGAIN, Outcome.NEEDS_PERSON),
    stopped(Quirk.ASKS_CODE, Outcome.NEEDS_PERSON, how="sign_in", signs_in=True),
    stopped(Quirk.ASKS_CODE, Outcome.NEEDS_PERSON, how="page"),
    Row(Quirk.ASKS_CODE, how="page", times=1),
    stopped(Quirk.CAPTCHA, Outcome.NEEDS_PERSON, how="sign_in", signs_in=True),
    stopped(Quirk.CAPTCHA, Outcome.NEEDS_PERSON, how="page"),
    Row(Quirk.CONTINUE_SHOPPING, how="sign_in", signs_in=True),
    Row(Quirk.CONTINUE_SHOPPING, how="page", everywhere=True),
    stopped(Quirk.CONTINUE_SHOPPING, Outcome.NEEDS_PERSON, times=2),
    stopped(Quirk.PASSKEY, Outcome.NEEDS_PERSON, how="sign_in", signs_in=True),
    stopped(Quirk.PASSKEY, Outcome.NEEDS_PERSON, how="page"),
    Row(Quirk.COOKIE_BANNER, seconds=0.25, everywhere=True),
    Row(Quirk.POPUP, seconds=0.25, everywhere=True),
    Row(Quirk.SURVEY, seconds=0.25, everywhere=True),
    stopped(Quirk.EMPTY_LIST, Outcome.BROKEN),
    Row(Quirk.ENCRYPTED_CARDS, how="late", seconds=0.5, everywhere=True),
    stopped(Quirk.ENCRYPTED_CARDS, Outcome.BROKEN, how="never", patience=IMPATIENT),
    stopped(Quirk.SKELETON, Outcome.BROKEN, patience=IMPATIENT),
    Row(Quirk.HIDDEN_TEXTS, everywhere=True),
    Row(Quirk.BOUNCES_DIRECT_URL, everywhere=True),
    Row(
        Quirk.SAME_TITLES,
        items=f"{LAMP} (2 m)",
        truth=(*UNCHANGED, (LAMP, State.ORDERED), (f"{LAMP} (2 m)", State.CANCELLED)),
        everywhere=True,
    ),
    stopped(
        Quirk.SAME_TITLES,
        Outcome.GUARDED,
        truth=(*UNCHANGED, (LAMP, State.ORDERED), (f"{LAMP} (2 m)", State.ORDERED)),
    ),
    stopped(Quirk.WRONG_ORDER_OPENS, Outcome.GUARDED),
    Row(Quirk.TICKS_EVERYTHING, everywhere=True),
    stopped(Quirk.TICKS_RESET, Outcome.GUARDED, everywhere=True),
    Row(Quirk.BUTTON_MOVES, everywhere=True),
    Row(Quirk.DOUBLE_CLICK_COUNTS),
    stopped(Quirk.WALL, Outcome.NEEDS_PERSON),
    stopped(Quirk.TWO_ACCOUNTS, Outcome.GUARDED),
]
PENDING = {"cancelled": Outcome.CANCELLED, "refused": Outcome.REFUSED,
           "undecided": Outcome.REQUESTED}  # fmt: skip
RETENTION = [
    ("end-prime", "known", Outcome.SUBSCRIPTION_ENDED),
    ("end-prime", "unknown", Outcome.NEEDS_PERSON),
    ("end-subscription", "known", Outcome.NEEDS_PERSON),
]
CASES = [
    pytest.param(row, layout, row.patience, id=f"{row}-{layout}")
    for number, row in enumerate(ROWS)
    for layout in (LAYOUTS if row.everywhere else [LAYOUTS[number % len(LAYOUTS)]])
]


@pytest.fixture
def signed_in() -> bool:
    return False


@pytest.fixture
def patience() -> Patience:
    return PATIENT


@pytest.fixture
def storefront(storefront: Storefront, patience: Patience) -> Storefront:
    """As the profile says, but with a store that settles soon."""
    return replace(storefront, patience=patience)


def kept_session(store: Store, storefront: Storefront) -> None:
    """What an earlier run left behind: so that this one need not sign in."""
    with store.database.session() as session:
        session.add(
            Visitor(token="known", csrf="known", account_id=1, held="", passed="")  # robin
        )
    cookie = {"name": "varnholt_session", "value": "known", "domain": "127.0.0.1", "path": "/"}
    state = {"cookies": [cookie], "origins": []}
    account = Settings().account(None, storefront)
    sessions.save(storefront, account, Session(state, "Robin Vale", datetime.now(UTC)))


def journalled(runs: Path) -> list[str]:
    """The kinds of the journal's entries, after its chain was proved."""
    journal = Journal.open(runs)
    try:
        journal.prove()
        return [entry.kind for entry in journal.entries()]
    finally:
        journal.close()


@pytest.mark.parametrize("quirk", Quirk)
def test_every_quirk_has_its_row(quirk: Quirk) -> None:
    """In whatever manner, and with the end that the documentation tells."""
    rows = [(row.how, row.end) for row in ROWS if row.quirk is quirk]
    if quirk is Quirk.PENDING:
        rows = [(how, Outcome.REQUESTED) for how in PENDING]
    if quirk is Quirk.RETENTION_OFFER:
        rows = [(how, end) for _, how, end in RETENTION]

    assert rows
    assert not quirk.hows or {how or quirk.hows[0] for how, _ in rows} == set(quirk.hows)
    assert {end.label for _, end in rows} == documented_ends()[quirk.value]


def documented_ends() -> dict[str, set[str]]:
    rows = [
        line.strip("| ").split(" | ")
        for line in Path("docs/practice-store.md").read_text().splitlines()
        if line.startswith("| `")
    ]
    return {
        row[0].strip("`"): {end.strip("` ") for end in row[3].split(",")}
        for row in rows
        if len(row) == 4
    }


@pytest.mark.parametrize(("row", "layout", "patience"), CASES)
def test_ends_as_its_row_says(
    store: Store, storefront: Storefront, follow: Follow, tmp_path: Path, row: Row, layout: str
) -> None:
    if not row.signs_in:
        kept_session(store, storefront)
    other = store.place(CABLE)
    store.quirks.add(row.quirk, how=row.how, times=row.times, seconds=row.seconds)
    order = store.place(LAMP, CABLE)
    given = {} if row.items is None else {"items": row.items}

    run = follow(FLOWS.get(layout, "cancel-items"), order=order.number, **given)

    assert run.outcome is row.end, run.reason
    assert tuple(order.lines()) == row.truth
    assert order.executions == row.executions
    if row.submits is None:
        assert order.submits >= 1
    else:
        assert order.submits == row.submits
    assert (other.state, other.submits) == (State.ORDERED, 0)
    kinds = journalled(tmp_path / "runs")
    assert (kinds[0], kinds[-1]) == ("asked", "ended")
    assert kinds.count("intent") == kinds.count("record") <= 1
    assert kinds.count("intent") >= min(order.submits, 1)


@pytest.mark.parametrize("how", PENDING)
def test_what_is_pending_is_verified_later(
    store: Store,
    storefront: Storefront,
    browser_of_ours: OpenBrowser,
    follow: Follow,
    tmp_path: Path,
    how: str,
) -> None:
    order = store.place(LAMP, CABLE)
    store.quirks.add(Quirk.PENDING, how=how)

    run = follow("cancel-items", order=order.number, items=LAMP)
    assert run.outcome is Outcome.REQUESTED
    assert "Attempting to cancel" in run.reason
    store.clock.advance("2m")

    later = verified(browser_of_ours, storefront, tmp_path / "runs")
    assert later == {run.id: PENDING[how]}
    assert order.submits == 1


@pytest.mark.parametrize(("flow", "how", "end"), RETENTION)
def test_an_offer_to_stay_is_declined_or_left_to_a_person(
    store: Store, follow: Follow, flow: str, how: str, end: Outcome
) -> None:
    name = {"end-prime": MEMBERSHIP, "end-subscription": "Ink refills"}[flow]
    given = {"end-prime": "membership", "end-subscription": "subscription"}[flow]
    subscription = subscribe(store, name)
    store.quirks.add(Quirk.RETENTION_OFFER, how=how)

    run = follow(flow, **{given: name})

    assert run.outcome is end, run.reason
    ended = end is Outcome.SUBSCRIPTION_ENDED
    assert subscription.plan is (Plan.ENDING if ended else Plan.RENEWING)
    assert subscription.submits == int(ended)
