"""One simulated run: it signs in, reads, ticks, and then goes through the real commit protocol.

What it does before the click is what `automation.run.engine` does with a browser, in the same
order; everything from the guards to the record is the code that runs against a real store.
"""

from __future__ import annotations

from collections.abc import Callable

from automation.errors import Stopped, UnorderError
from automation.outcome import Outcome
from automation.pages.readings import Item, Line, Order, Selection, State, Way
from automation.run.commit import ClickFailed
from automation.run.endings import Hiccup, SignedOut
from automation.run.facts import Answer, Said, Subject
from automation.run.intents import Intent, open_intents
from automation.run.judgement import Verdict, Wanted
from automation.run.readback import settle_found
from automation.run.watcher import Watcher
from faults.history import Told
from faults.scene import Desk, Scene
from faults.shop import ORDER, OTHER
from faults.trouble import W1, W5, W6, Trouble, Window
from faults.walk import OWNER, read_back, walk

PATIENCE = 120.0
_STEP, _ANSWER = 15.0, 15.0  # seconds, as in profiles
_NAMES = {"robin": OWNER, "sam": "Sam Okafor"}
_SAID = {"yes": Said.YES, "no": Said.NO, "pending": Said.PENDING, "other": Said.OTHER,
         "silence": Said.SILENCE}  # fmt: skip


class Killed(BaseException):
    """The process is gone. Nothing in it may catch this."""


class BrowserGone(Exception):  # noqa: N818
    """What a dead browser answers to everything."""


class Hand:
    """A run. Its world strikes it at its steps, as its troubles say."""

    def __init__(
        self, scene: Scene, troubles: list[Trouble], strike: Callable[[Hand, Trouble], None],
        *, journal: str = "runs",
    ) -> None:  # fmt: skip
        self.scene, self.world, self.shop = scene, scene.world, scene.shop
        self.run = scene.new_run()
        self.subject = Subject("mock", "robin", ORDER)
        self.asked, self.rules, self.patience = scene.asked, scene.rules, PATIENCE
        self.troubles = troubles
        self.strike = strike
        self.journal_name = journal
        self.journal = Desk(scene, journal, self)
        self.window = W1
        self.steps_in_window = 0
        self.dead = self.offline = self.browser_gone = self.told_to_stop = False
        self.latest = float("inf")
        self.slow = 0.0
        self.next_page: str = ""  # "error", or "another order"
        self.account = "robin"
        self.writes_that_fail = 0
        self.click_goes: str = ""  # "times out", "is lost", "is paused"
        self.ticks_go_wrong = self.signing_in = False
        self.rows: list[Line] = []
        self.form = ""
        self.reply_at, self.reply = 0.0, Said.SILENCE
        self.first: Order | None = None

    # A step is a moment at which the world may strike.

    def step(self, seconds: float | None = None) -> float:
        """Do one thing; how much later than usual it was done."""
        if self.dead:
            raise Killed
        self.steps_in_window += 1
        for trouble in [t for t in self.troubles if t.window is self.window]:
            if trouble.step <= self.steps_in_window:
                self.troubles.remove(trouble)
                self.strike(self, trouble)
        if self.dead:
            raise Killed
        late, self.slow = self.slow, 0.0
        usual = self.world.chance.uniform(0.01, 0.4) if seconds is None else seconds
        self.world.wait(late + usual)
        if self.dead:
            raise Killed
        return late

    def enter(self, window: Window) -> None:
        if window is not self.window:
            self.window, self.steps_in_window = window, 0

    def intent_is_written(self) -> None:
        self.enter(W5)

    # Time, as the protocol sees it.

    def monotonic(self) -> float:
        return self.world.now

    def pause(self, seconds: float) -> None:
        self.step(seconds)

    def check(self) -> None:
        if self.told_to_stop:
            raise Stopped(15)

    @property
    def out_of_time(self) -> bool:
        return self.world.now > self.latest

    # A life.

    def live(self) -> None:
        try:
            outcome, code = self._outcome()
        except Killed:
            return
        finally:
            self.scene.let_go(self)
        self.scene.told.append(Told(self.world.now, self.run, ORDER, outcome, code))

    def _outcome(self) -> tuple[str, int]:
        try:
            verdict = self._follow()
        except UnorderError as problem:
            return "", problem.exit_code
        return verdict.outcome.label, verdict.outcome.exit_code

    def _follow(self) -> Verdict:
        self.journal.see_that_it_is_ready()
        with self.scene.locked(self):
            try:
                self.sign_in()
                self._settle_first()
                verdict = walk(self)
            except BrowserGone:
                verdict = Verdict(Outcome.BROKEN, "the browser is gone")
            except Hiccup:
                verdict = Verdict(Outcome.BROKEN, "the store does not answer")
        return verdict

    def sign_in(self) -> None:
        self.account, self.signing_in = "robin", True
        try:
            self._page()
        finally:
            self.signing_in = False
        self.shop.signed_out.discard(self.run)

    def _settle_first(self) -> None:
        for intent in open_intents(self.journal):  # type: ignore[arg-type]  # a journal's interface
            self.settle(intent)

    def settle(self, intent: Intent) -> Verdict:
        done = settle_found(
            intent, self.read_back, self.journal, self, patience=self.patience  # type: ignore[arg-type]
        )  # fmt: skip
        return done.verdict

    def open_list(self) -> None:
        self._page()

    def watcher(self) -> Watcher:
        return _Armed(self)

    def tick(self, wanted: Wanted) -> None:
        """Open the form and tick what is wanted, by title."""
        self._page()
        things = list(self.shop.things[ORDER])
        self.scene.world.chance.shuffle(things)
        self.form = self.shop.new_form()
        self.rows = [
            Line(one.title, one.quantity, one.price, self.to_be_ticked(number, one.title, wanted))
            for number, one in enumerate(things)
        ]
        self.step()
        if self.ticks_go_wrong:
            at = self.world.chance.randrange(len(self.rows))
            row = self.rows[at]
            self.rows[at] = Line(row.title, row.quantity, row.price, not row.ticked)

    def to_be_ticked(self, number: int, title: str, wanted: Wanted) -> bool:  # noqa: ARG002
        return title in wanted.titles

    # The store through a browser.

    def _page(self) -> None:
        """Load a page, or find out why not."""
        late = self.step()
        broken = self.next_page == "error"
        if broken:
            self.next_page = ""
        if self.browser_gone:
            raise BrowserGone
        if self.offline or broken or late > _STEP:
            raise Hiccup("the page did not come")
        if self.run in self.shop.signed_out and not self.signing_in:
            raise SignedOut

    def look(self) -> Order:
        """The order as its page shows it, at one moment of the time that the page takes."""
        self._page()
        number = OTHER if self.next_page == "another order" else ORDER
        self.next_page = ""
        items = tuple(
            Item(one.title, State(one.state), one.state, one.quantity, one.price, "Varnholt",
                 Way.CANCEL)
            for one in self.shop.things[number]
        )  # fmt: skip
        order = Order(number, "3 November 2026", self.shop.total, items, _NAMES[self.account])
        self.step(self.world.chance.uniform(0, 0.3))
        return order

    def last_look(self) -> Order:
        return self.look()

    def selection(self) -> Selection:
        self.step()
        return Selection(ORDER, tuple(self.rows), None)

    def control_problem(self) -> str | None:
        self.step()
        return None

    def click(self, within: float) -> None:
        started = self.world.now
        self.step()
        goes, excused = self.click_goes, ""
        if self.browser_gone or goes == "is lost" or self.world.now > started + within:
            raise ClickFailed("the click was not made, as far as one can tell")
        if goes == "is paused":
            self.world.wait(600)
            excused = "paused between the last check and the click"
        self.enter(W6)
        self.post(excused)
        if goes == "times out":
            self.world.wait(within)
            raise ClickFailed("Timeout exceeded")

    def post(self, excused: str = "") -> None:
        """Send the form. On its way it is out of this process's hands."""
        click = f"{self.run}-{self.scene.new_click()}"
        titles = tuple(row.title for row in self.rows if row.ticked)
        travel = self.world.chance.uniform(0.01, 0.5)
        self.reply, self.reply_at = Said.SILENCE, float("inf")
        if self.offline or not titles:
            return

        def arrive() -> None:
            told = self.shop.receive(
                ORDER, titles, self.form, click, self.run, self.account, excused
            )
            self.reply, self.reply_at = _SAID[told.words], self.world.now + told.delay

        # The troubles of this window decide how the store treats what comes now.
        for trouble in [t for t in self.troubles if t.window is W6 and len(t.fault.windows) == 1]:
            self.troubles.remove(trouble)
            self.strike(self, trouble)
        self.world.at(self.world.now + travel, arrive)

    def observe(self) -> Answer:
        deadline = self.world.now + _ANSWER
        while self.world.now < min(self.reply_at, deadline) and not self.browser_gone:
            self.step(0.5)
        if self.browser_gone or self.world.now < self.reply_at:
            return Answer(Said.SILENCE, "nothing that is known came")
        return Answer(self.reply, "the store's words")

    def read_back(self) -> Order | None:
        try:
            return read_back(self)
        except BrowserGone:
            return None


class _Armed(Watcher):
    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def armed(self) -> None:
        self._hand.step(0.0)


class Verifying(Hand):
    """`unorder verify`: it lists what is open, opens a browser, and takes each order's lock."""

    def _outcome(self) -> tuple[str, int]:
        try:
            self.journal.prove()
            for intent in open_intents(self.journal):  # type: ignore[arg-type]  # as above
                self.step(self.world.chance.uniform(0.5, 3.0))
                with self.scene.locked(self):
                    self.settle(intent)
        except UnorderError as problem:
            return "", problem.exit_code
        return "", 0
