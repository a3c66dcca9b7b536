"""The ticket shop as a test needs it: started on the loopback interface, worked in, and asked."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
EMAIL, PASSWORD = "robin@varnholt.test", "lantern-oak-42"
_PATIENCE = 120


class Event(StrEnum):
    """What a shopper may do to an order; each is an event of the shop."""

    FREE = "free"  # to cancel, at once
    KEEPS = "keeps"  # to cancel at once; the shop keeps a fee
    ASKS = "asks"  # to ask, once the order is paid
    FIRM = "firm"  # nothing


@dataclass(frozen=True)
class Truth:
    """What the shop's database holds of an order."""

    status: str  # pretix's own letter: n(ew), p(aid), e(xpired), c(ancelled)
    total: str
    tickets: int  # that are still valid
    fee: str  # that is kept of a cancellation
    asked: int  # requests to cancel that are open
    changes: tuple[str, ...]  # what the shop's log has of cancelling, oldest first


@dataclass(frozen=True)
class TicketShop:
    """One running shop."""

    home: Path
    url: str
    process: subprocess.Popen[str]

    def place(self, code: str, event: Event, status: str, *lines: tuple[str, int],
              customer: bool = True) -> str:  # fmt: skip
        """Place an order of these titles and quantities; what makes its address secret."""
        return str(self.ask("place", code=code, event=event, status=status, lines=lines,
                            customer=customer))  # fmt: skip

    def approve(self, code: str) -> None:
        """Grant the request to cancel this order."""
        self.ask("approve", code=code)

    def deny(self, code: str) -> None:
        """Deny the request to cancel this order."""
        self.ask("deny", code=code)

    @contextmanager
    def busy(self, seconds: float) -> Iterator[None]:
        """Each cancellation waits this long in the shop's queue, and its page with it."""
        self.ask("be_busy", seconds=seconds)
        try:
            yield
        finally:
            self.ask("be_busy", seconds=0)

    def ask(self, what: str, **with_these: Any) -> Any:
        """Have the shop's own process do something; what it answers."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": what, **with_these}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"the shop could not {what}: see {self.home / 'server.log'}"
        return json.loads(answer)

    def truth(self, code: str) -> Truth:
        """What the shop's database says of an order."""
        ((key, status, total),) = self._query(
            "SELECT id, status, total FROM pretixbase_order WHERE code = ?", code
        )
        ((tickets,),) = self._query(
            "SELECT count(*) FROM pretixbase_orderposition WHERE order_id = ? AND NOT canceled", key
        )
        ((fee,),) = self._query(
            "SELECT coalesce(sum(value), 0) FROM pretixbase_orderfee"
            " WHERE order_id = ? AND NOT canceled AND fee_type = 'cancellation'",
            key,
        )
        ((asked,),) = self._query(
            "SELECT count(*) FROM pretixbase_cancellationrequest WHERE order_id = ?", key
        )
        changes = self._query(
            "SELECT action_type FROM pretixbase_logentry l"
            " JOIN django_content_type t ON t.id = l.content_type_id"
            " WHERE t.model = 'order' AND l.object_id = ? ORDER BY l.id",
            key,
        )
        named = tuple(action.removeprefix("pretix.event.order.") for (action,) in changes)
        return Truth(status, f"{total:.2f}", tickets, f"{fee:.2f}", asked,
                     tuple(each for each in named if each in CHANGES))  # fmt: skip

    def _query(self, query: str, key: str | int) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.home / "db.sqlite3")) as database:
            return list(database.execute(query, (key,)))


# What the log holds of one cancellation: whoever has paid is owed a refund, which a person sends.
UNPAID, PAID = ("canceled",), ("canceled", "refund.requested")
ASKED, DENIED = ("refund.requested",), ("refund.requested", "cancellationrequest.deleted")
CHANGES = {*PAID, *DENIED}


@contextmanager
def open_ticket_shop(python: Path, home: Path) -> Iterator[TicketShop]:
    """A new shop, in a folder of its own, with one customer and no orders."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, "SHOP_HOME": str(home), "SHOP_URL": url}
    with (
        (home / "server.log").open("w") as log,
        subprocess.Popen(
            [str(python), "-m", "tickets.serve"], env=environment, cwd=HERE, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
        ) as process,
    ):  # fmt: skip
        try:
            shop = TicketShop(home, url, process)
            shop.ask("found", email=EMAIL, password=PASSWORD)
            urllib.request.urlopen(f"{url}/hall/account/login", timeout=_PATIENCE)
            yield shop
        finally:
            process.terminate()
