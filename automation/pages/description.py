"""A store's pages as its profile describes them: where everything is, and what can be undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from automation.pages.readings import Counted, Priced, State
from automation.pages.request_patterns import RequestPattern
from automation.pages.spots import Fallbacks, Look, Spot


@dataclass(frozen=True)
class SignInPart:
    """The form on which a shopper signs in, on one page or on two."""

    email: Spot
    password: Spot
    submit: Spot
    next: Spot | None = None  # what leads from the address to the password, where that is a step
    refuses: Spot | None = None
    signed_out: Spot | None = None  # what else stands there for who is not signed in


@dataclass(frozen=True)
class HomePart:
    """What every page shows to who is signed in."""

    signed_in: Spot
    account: Spot | None = None  # the name by which the store greets


@dataclass(frozen=True)
class OrdersPart:
    """The order list: its rows, what leads to an order, and what leads on."""

    here: Spot
    rows: Spot
    link: Spot  # in a row
    number: Spot | None = None  # in a row; the whole row if not given
    placed: Spot | None = None
    total: Spot | None = None
    state: Spot | None = None
    new_tab: bool = False  # an order opens in a tab of its own
    next: Spot | None = None  # a link or button that leads on, or that loads more
    numbered: Spot | None = None  # a pager that has numbers only
    stated: Spot | None = None  # how many orders the store says there are
    empty: Spot | None = None  # what the store says when there are none


@dataclass(frozen=True)
class LinesPart:
    """The lines of an order."""

    rows: Spot
    title: Spot
    quantity: Spot | None = None
    price: Spot | None = None
    state: Spot | None = None
    seller: Spot | None = None
    subtotal: Spot | None = None  # on the page: what all lines cost together
    count: Spot | None = None  # on the page: how many there are
    priced: Priced | None = None  # of what `price` is, where lines may hold several pieces
    counted: Counted | None = None  # what `count` counts
    complete: bool = False  # its author says that every line is read

    @property
    def can_be_proved(self) -> bool:
        """Whether the page shows by what to see that every line is read."""
        return self.subtotal is not None or self.count is not None


@dataclass(frozen=True)
class OrderPart:
    """An order's own page."""

    here: Spot
    number: Spot
    state: Spot
    id: Spot | None = None  # the store's own number of it, where addresses hold another one
    placed: Spot | None = None
    total: Spot | None = None
    fee: Spot | None = None  # what the store keeps, or would keep, of a cancellation
    refund: Spot | None = None  # what it pays back, or would
    lines: LinesPart | None = None


@dataclass(frozen=True)
class ShownState:
    """A state that an order's page tells by showing something, whatever its words for it say."""

    state: State
    spot: Spot


class Begins(Enum):
    """Where a cancellation begins."""

    ORDER = "order"
    ROW = "row"


class Ticked(Enum):
    """What the box of a line says when it is ticked."""

    CANCELS = "cancel"
    KEEPS = "keep"


@dataclass(frozen=True)
class ChoicePart:
    """The lines of a form on which a shopper chooses: by a box, or by a number."""

    rows: Spot
    title: Spot
    box: Spot | None = None
    ticked: Ticked = Ticked.CANCELS
    count: Spot | None = None  # how many of a line are to be cancelled
    quantity: Spot | None = None
    price: Spot | None = None


@dataclass(frozen=True)
class Control:
    """The one element whose click cannot be undone: one look, and what it asks for."""

    look: Look
    request: RequestPattern  # of its form, its link or its script
    by_script: bool = False  # then no form and no link says where it leads
    asks: tuple[str, ...] = ()  # what the browser's own question says, the only one answered yes
    line: int = 0  # where the profile says so


@dataclass(frozen=True)
class Opener:
    """What leads to the last control, and what pressing it asks for, where the profile says so."""

    spot: Spot
    goes_to: RequestPattern | None = None  # its link or its form
    sends: tuple[RequestPattern, ...] = ()  # its script
    line: int = 0  # where the profile says so

    def __str__(self) -> str:
        return str(self.spot)


@dataclass(frozen=True)
class CancelPart:
    """How a cancellation is come to, what is chosen on the way, and what makes it happen."""

    commit: Control
    begins: Begins = Begins.ORDER
    opens: tuple[Opener, ...] = ()  # pressed one after the other; none of them cancels
    here: Spot | None = None  # the dialog, the form or the page that holds the last control
    order: Spot | None = None  # where that says which order it is about
    choice: ChoicePart | None = None  # none: the whole order
    reason: Spot | None = None
    fee: Spot | None = None  # what the store would keep, as the confirmation says
    asks_when: Spot | None = None  # what is seen where the store will decide

    @property
    def first(self) -> Spot:
        """What is pressed first; the last control itself, where nothing leads to it."""
        if self.opens:
            return self.opens[0].spot
        return Spot("cancel.commit", (self.commit.look,))


@dataclass(frozen=True)
class AnswerPart:
    """What the store says afterwards. Where it says nothing, the order read again says all."""

    where: Spot | None = None
    confirms: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()


@dataclass(frozen=True)
class Description:
    """All of it. *fallbacks* collects what was not found where it was looked for first."""

    signing_in: SignInPart | None  # none: orders have no account
    order: OrderPart
    cancel: CancelPart
    greeting: HomePart | None = None
    listing: OrdersPart | None = None  # none: an order is opened by its address alone
    answer: AnswerPart = AnswerPart()
    shown: tuple[ShownState, ...] = ()
    unused: tuple[str, ...] = ()  # labels that nothing is looked for by
    fallbacks: Fallbacks = field(default_factory=Fallbacks, compare=False)

    @property
    def tells_fees(self) -> bool:
        """Whether it says where the store shows what it keeps of a cancellation."""
        return bool(self.order.fee or self.cancel.fee)

    @property
    def sign_in(self) -> SignInPart:
        """For who knows that there is one; likewise the next two."""
        assert self.signing_in
        return self.signing_in

    @property
    def home(self) -> HomePart:
        assert self.greeting
        return self.greeting

    @property
    def account(self) -> Spot | None:
        """Where the store greets the shopper by name, if it does."""
        return self.greeting.account if self.greeting else None

    @property
    def orders(self) -> OrdersPart:
        assert self.listing
        return self.listing
