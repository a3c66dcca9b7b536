"""The protocol round the click, against a simulated store and a clock that does not wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from orders import NUMBER, WORDS, order

from automation.errors import JournalFault, Stopped
from automation.outcome import Outcome
from automation.pages.opened import OpenedAs
from automation.pages.readings import Line, Order, Selection, State
from automation.run.commit import FRESH, ClickFailed, Request, commit
from automation.run.facts import Answer, Said, Subject, order_as_data, states
from automation.run.intents import ARMING_DEADLINE, armed_today, open_intents
from automation.run.journal import Journal
from automation.run.judgement import Wanted
from automation.run.rules import Keep, Rules
from automation.run.watcher import Watcher

LAMP, CABLE = "Desk lamp", "USB-C cable"
Run = Callable[..., tuple[Outcome, str]]


@dataclass
class FakeClock:
    now: float = 1000.0
    out_of_time: bool = False
    stopped: bool = False

    def monotonic(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds

    def check(self) -> None:
        if self.stopped:
            raise Stopped(15)


@dataclass
class FakeSite:
    """A store in memory. *answers* is what it says, *works* whether a click cancels."""

    clock: FakeClock
    order: Order = field(
        default_factory=lambda: order((LAMP, State.ORDERED), (CABLE, State.ORDERED))
    )
    ticked: tuple[str, ...] = (CABLE,)
    answer: Said = Said.YES
    works: bool = True
    control: str | None = None
    clicks: int = 0
    click_raises: Exception | None = None
    unreadable: bool = False
    lands_after: float = 0.0
    before_last_look: Callable[[FakeSite], None] = lambda _site: None
    landed_at: float | None = None

    def last_look(self) -> Order:
        self.before_last_look(self)
        return self.order

    def selection(self) -> Selection:
        lines = tuple(
            Line(item.title, item.quantity, item.price, item.title in self.ticked)
            for item in self.order.items
        )
        return Selection(self.order.number, lines, None)

    def control_problem(self) -> str | None:
        return self.control

    def click(self, within: float) -> None:
        assert 0 < within <= ARMING_DEADLINE
        self.clicks += 1
        self.landed_at = self.clock.now + self.lands_after
        if self.click_raises:
            raise self.click_raises

    def observe(self) -> Answer:
        return Answer(self.answer, "the store's words")

    def read_back(self) -> Order | None:
        if self.unreadable:
            return None
        if self.works and self.landed_at is not None and self.clock.now >= self.landed_at:
            self.set_state(State.CANCELLED, *self.ticked)
        return self.order

    def set_state(self, state: State, *titles: str) -> None:
        items = tuple(
            replace(item, state=state, said=WORDS[state]) if item.title in titles else item
            for item in self.order.items
        )
        self.order = replace(self.order, items=items)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def site(clock: FakeClock) -> FakeSite:
    return FakeSite(clock)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def run(site: FakeSite, journal: Journal, clock: FakeClock) -> Callable[..., tuple[Outcome, str]]:
    first = site.order

    def run(
        *, rules: Rules | None = None, account: str = "Robin Vale", watcher: Watcher | None = None
    ) -> tuple[Outcome, str]:
        request = Request(
            run="r1",
            subject=Subject("mock", "robin", NUMBER),
            flow="cancel-items",
            store=OpenedAs("mock", "http://127.0.0.1:1", "en"),
            account=account,
            wanted=Wanted((CABLE,), (CABLE,)),
            first=first,
            rules=rules or Rules(),
            settle=120.0,
        )
        done = commit(site, journal, clock, request, watcher or Watcher())
        return done.verdict.outcome, done.verdict.reason

    return run


def kinds(journal: Journal) -> list[str]:
    return [entry.kind for entry in journal.entries()]


def test_one_click_that_is_proved_by_two_reads(run: Run, site: FakeSite, journal: Journal) -> None:
    assert run()[0] is Outcome.CANCELLED
    assert site.clicks == 1
    assert kinds(journal) == ["guards", "intent", "clicked", "answer", "read", "read", "record"]
    assert open_intents(journal) == []


def test_what_is_settled_is_not_read_again_to_find_what_is_open(
    run: Run, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else looking for what is open grows with everything that was ever done."""
    assert run()[0] is Outcome.CANCELLED
    read: list[object] = []
    monkeypatch.setattr(journal, "entries", lambda **of: read.append(of) or [])

    assert open_intents(journal) == []
    assert read == []


def test_the_caps_count_what_was_armed_today(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    lamp, cable = (order((title, State.ORDERED)) for title in (LAMP, CABLE))
    midnight = f"{datetime.now(UTC):%Y-%m-%d}T00:00:00.000+00:00"
    for attempt, (at, about) in enumerate([("2026-11-24T23:59", lamp), (midnight, cable)]):
        monkeypatch.setattr(journal, "_now", lambda at=at: at)
        body = {"before": order_as_data(about)}
        journal.write("r", "intent", body, subject="mock robin 1", attempt=attempt)

    assert [states(one) for one in armed_today(journal)] == [states(cable)]


def test_the_intent_is_on_the_disk_before_the_click(
    run: Run, site: FakeSite, tmp_path: Path
) -> None:
    class Looks(Watcher):
        def armed(self) -> None:
            other = Journal.open(tmp_path)
            assert [intent.run for intent in open_intents(other)] == ["r1"]
            assert site.clicks == 0
            other.close()

    assert run(watcher=Looks())[0] is Outcome.CANCELLED


def test_no_click_without_a_journal(
    run: Run, site: FakeSite, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = journal.write

    def full(run_: str, kind: str, *args: object, **more: object) -> object:
        if kind == "intent":
            raise JournalFault("disk full")
        return write(run_, kind, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "write", full)

    with pytest.raises(JournalFault):
        run()
    assert site.clicks == 0


def test_a_disk_that_fills_after_the_intent_does_not_hide_the_outcome(
    run: Run, site: FakeSite, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = journal.write

    def full(run_: str, kind: str, *args: object, **more: object) -> object:
        if kind in ("clicked", "answer", "read", "record"):
            raise JournalFault("disk full")
        return write(run_, kind, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "write", full)

    assert run()[0] is Outcome.CANCELLED
    assert site.clicks == 1
    assert len(open_intents(journal)) == 1  # so the next run reads it again


@pytest.mark.parametrize("works", [True, False])
def test_a_click_that_raises_is_neither_a_yes_nor_a_no(
    run: Run, site: FakeSite, *, works: bool
) -> None:
    site.works = works
    site.click_raises = ClickFailed("Timeout 10000ms exceeded")

    assert run()[0] is (Outcome.CANCELLED if works else Outcome.NOT_CANCELLED)
    assert site.clicks == 1


def test_a_cancellation_that_lands_late_is_waited_for(run: Run, site: FakeSite) -> None:
    site.lands_after, site.answer = 90.0, Said.SILENCE

    assert run()[0] is Outcome.CANCELLED


def test_a_success_page_without_a_cancellation_is_unknown(
    run: Run, site: FakeSite, journal: Journal
) -> None:
    site.works = False

    outcome, reason = run()

    assert outcome is Outcome.UNKNOWN
    assert "the order says: USB-C cable: Not yet shipped" in reason
    assert len(open_intents(journal)) == 1


def test_what_cannot_be_read_again_is_unknown(
    run: Run, site: FakeSite, journal: Journal, clock: FakeClock
) -> None:
    site.unreadable = True

    assert run()[0] is Outcome.UNKNOWN
    assert clock.now - 1000 < 150
    assert len(open_intents(journal)) == 1


def test_a_stopped_run_does_not_wait_on(run: Run, site: FakeSite, clock: FakeClock) -> None:
    site.unreadable = clock.out_of_time = True

    assert run()[0] is Outcome.UNKNOWN
    assert clock.now == 1000


def test_a_run_that_slept_past_its_deadline_does_not_click(
    run: Run, site: FakeSite, clock: FakeClock
) -> None:
    class Sleeps(Watcher):
        def armed(self) -> None:
            clock.now += ARMING_DEADLINE + 1

    assert run(watcher=Sleeps())[0] is Outcome.NOT_CANCELLED
    assert site.clicks == 0


@pytest.mark.parametrize(
    ("change", "outcome", "reason"),
    [
        (lambda s: s.set_state(State.CANCELLED, CABLE), Outcome.ALREADY_CANCELLED, "Cancelled"),
        (lambda s: s.set_state(State.SHIPPED, CABLE), Outcome.TOO_LATE, "Shipped"),
        (
            lambda s: setattr(s, "order", replace(s.order, total="€ 31.00")),
            Outcome.GUARDED,
            "same_facts: the total was € 30.00 and is now € 31.00",
        ),
        (
            lambda s: setattr(s, "order", replace(s.order, items=s.order.items[:1])),
            Outcome.GUARDED,
            "same_facts: `USB-C cable` has changed",
        ),
        (
            lambda s: setattr(s, "order", replace(s.order, number="112-0000001-0000002")),
            Outcome.GUARDED,
            "same_order",
        ),
        (
            lambda s: setattr(s, "order", replace(s.order, account="Sam Okafor")),
            Outcome.GUARDED,
            "same_account",
        ),
        (lambda s: setattr(s, "ticked", (LAMP, CABLE)), Outcome.GUARDED, "`Desk lamp` is ticked"),
        (lambda s: setattr(s, "ticked", ()), Outcome.GUARDED, "`USB-C cable` was asked for"),
        (
            lambda s: setattr(s, "control", "2 controls match where one was expected"),
            Outcome.GUARDED,
            "2 controls",
        ),
    ],
)
def test_looks_a_last_time_and_does_not_click(
    run: Run,
    site: FakeSite,
    journal: Journal,
    change: Callable[[FakeSite], None],
    outcome: Outcome,
    reason: str,
) -> None:
    site.before_last_look = change

    ended, why = run()

    assert ended is outcome
    assert reason in why
    assert site.clicks == 0
    assert open_intents(journal) == []


def test_the_keep_list_is_asked(run: Run, site: FakeSite) -> None:
    outcome, reason = run(rules=Rules(Keep(items=(CABLE,))))

    assert (outcome, reason) == (
        Outcome.GUARDED,
        "keep_list: `USB-C cable` is on the keep-list",
    )
    assert site.clicks == 0


def test_an_error_in_a_guard_is_a_no(run: Run, site: FakeSite) -> None:
    outcome, reason = run(rules=Rules(Keep(above="dear")))  # type: ignore[arg-type]

    assert outcome is Outcome.GUARDED
    assert reason.startswith("keep_list: this guard failed: TypeError")
    assert site.clicks == 0


def test_an_open_intent_is_never_clicked_again(run: Run, site: FakeSite, journal: Journal) -> None:
    site.works = False
    assert run()[0] is Outcome.UNKNOWN

    outcome, reason = run()

    assert (outcome, reason) == (
        Outcome.UNKNOWN,
        "an earlier click on this order is not settled yet",
    )
    assert site.clicks == 1
    assert len(open_intents(journal)) == 1


def test_who_was_asked_to_stop_does_not_arm(
    run: Run, site: FakeSite, journal: Journal, clock: FakeClock
) -> None:
    clock.stopped = True

    with pytest.raises(Stopped):
        run()
    assert site.clicks == 0
    assert open_intents(journal) == []


def test_a_look_that_is_too_old_is_not_acted_on(
    run: Run, site: FakeSite, journal: Journal, clock: FakeClock
) -> None:
    """The process was stopped between its last look and the intent."""

    def sleeps(_site: FakeSite) -> None:
        clock.now += FRESH + 1

    site.before_last_look = sleeps

    outcome, reason = run()

    assert outcome is Outcome.GUARDED
    assert "too old to act on" in reason
    assert site.clicks == 0
    assert open_intents(journal) == []


def test_the_settling_time_counts_from_the_click(
    run: Run, site: FakeSite, clock: FakeClock
) -> None:
    """A click that took nearly all of its deadline lands as much later."""
    site.lands_after, site.click_raises = 119.0, ClickFailed("Timeout 9000ms exceeded")
    click = site.click

    def slow(within: float) -> None:
        clock.now += ARMING_DEADLINE - 1
        click(within)

    site.click = slow  # type: ignore[method-assign]

    assert run()[0] is Outcome.CANCELLED


def test_a_page_that_was_asked_for_too_early_settles_nothing(
    run: Run, site: FakeSite, clock: FakeClock
) -> None:
    """It comes after the settling time, but tells of the time before."""
    site.lands_after, site.answer = 119.9, Said.SILENCE
    read = site.read_back

    def slow() -> Order | None:
        order = read()
        clock.now += 8.0
        return order

    site.read_back = slow  # type: ignore[method-assign]

    assert run()[0] is not Outcome.NOT_CANCELLED


def test_one_reading_never_agrees_with_itself(run: Run, site: FakeSite, journal: Journal) -> None:
    """A page that says only that all is cancelled lists no items, and still is read twice."""
    read = site.read_back

    def bare() -> Order | None:
        read()
        return replace(site.order, items=(), whole=State.CANCELLED)

    site.read_back = bare  # type: ignore[method-assign]

    assert run()[0] is Outcome.CANCELLED
    assert kinds(journal).count("read") == 2


def test_a_watcher_that_breaks_changes_nothing(run: Run, site: FakeSite, journal: Journal) -> None:
    """The terminal has gone: progress cannot be written any more."""

    class Gone(Watcher):
        def armed(self) -> None:
            raise BrokenPipeError

        def clicked(self) -> None:
            raise BrokenPipeError

        def reading_back(self, answer: Answer) -> None:  # noqa: ARG002 (its name there)
            raise BrokenPipeError

    assert run(watcher=Gone())[0] is Outcome.CANCELLED
    assert site.clicks == 1
    assert kinds(journal)[-1] == "record"


def test_only_one_of_two_that_found_the_same_arms(run: Run, site: FakeSite) -> None:
    """Both looked before either had armed: even without a lock, one click."""

    def another(_site: FakeSite) -> None:
        site.before_last_look = lambda _: None
        assert run()[0] is Outcome.CANCELLED
        site.set_state(State.ORDERED, CABLE)  # what the first had read

    site.before_last_look = another

    outcome, reason = run()

    assert (outcome, reason) == (Outcome.GUARDED, "another run armed this order first")
    assert site.clicks == 1


def test_a_slow_store_is_read_twice_all_the_same(
    run: Run, site: FakeSite, clock: FakeClock
) -> None:
    """One page takes longer than the time that is left for two."""
    read = site.read_back

    def slow() -> Order | None:
        clock.now += 200.0
        return read()

    site.read_back = slow  # type: ignore[method-assign]

    assert run()[0] is Outcome.CANCELLED
