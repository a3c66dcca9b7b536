"""Runs of which every secret is a canary: then every byte that they left is searched.

An account's secrets are some, and what opens an order to whoever has it: keys, nonces, tokens.

The signed-in state is the one place where the cookie may be. Pictures are searched as bytes here;
that nothing personal can be seen on them is `test_masked_pictures`'s to prove.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import guests
import pytest
from boutiques import adapter
from canaries import contents, hits
from sqlalchemy import select

from mock_store.boutique.app import create_boutique
from mock_store.boutique.shapes import Shapes
from mock_store.lines import Line
from mock_store.people import Person
from mock_store.server import serve
from mock_store.store import Store
from mock_store.subscribing import subscribe
from mock_store.tables import Form, Order, Visitor

# What they look at takes long to make.
pytestmark = pytest.mark.thorough
ROOT = Path(__file__).parents[2]
CANARY = Person(
    "finch",
    name="Zebulon Quillfeather",
    email="zebulon.quill+canary@varnholt.test",
    password="p4ss/Canary&7% wren",
    code="918273645",
    address="Zebulon Quillfeather\n77 Xylophone Mews\n9Q9Q ZZ Wagtailbury",
    payment="Visa 4929 1234 5678 8642, linnet",
)
SECRETS = {
    "password": CANARY.password,
    "code": CANARY.code,
    "e-mail": CANARY.email,
    "name": CANARY.name,
    "first name": "Zebulon",
    "last name": "Quillfeather",
    "street": "77 Xylophone Mews",
    "town": "Wagtailbury",
    "card": "4929 1234 5678 8642",
    "card, end": "5678 8642",
    "card, note": "linnet",
}
# The command, with a look at what its browser was given: kept where it will be searched.
WATCHED = """
import os, sys
from pathlib import Path
from automation.cli import running
from automation.cli.main import main

class Watching(running.Progress):
    def begins(self, *told, **more):
        family, seen = {os.getpid()}, b""
        for _ in range(4):
            for stat in Path("/proc").glob("[0-9]*/stat"):
                try:
                    if int(stat.read_text().rpartition(")")[2].split()[1]) in family:
                        family.add(int(stat.parent.name))
                except OSError:
                    pass
        for child in family - {os.getpid()}:
            try:
                seen += Path(f"/proc/{child}/environ").read_bytes()
                seen += Path(f"/proc/{child}/cmdline").read_bytes()
            except OSError:
                pass
        with Path(os.environ["SEEN"]).open("ab") as file:
            file.write(seen)
        super().begins(*told, **more)

running.Progress = Watching
sys.argv[0] = "unorder"
main()
"""


@dataclass
class Left:
    """What all the runs left behind."""

    root: Path
    planted: dict[str, str] = field(default_factory=dict)  # what the stores made up themselves
    outcomes: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> Path:
        return self.root / "kept"

    def run(self, name: str, *words: str, **more: str) -> None:
        """Run the command; what it says goes by this name."""
        environment = {
            **os.environ, "CI": "1", "UNORDER_RUNS": str(self.kept / "runs"),
            "UNORDER_STATE": str(self.kept / "state"), "UNORDER_CONFIG": str(self.root / "c.yaml"),
            "TMPDIR": str(self.kept / "tmp"), "SEEN": str(self.kept / "seen"),
            "CANARY_EMAIL": CANARY.email, "CANARY_PASSWORD": CANARY.password,
            "CANARY_CODE": CANARY.code, **more,
        }  # fmt: skip
        ended = subprocess.run(
            [sys.executable, "-c", WATCHED, *words], env=environment, cwd=ROOT,
            capture_output=True, text=True, check=False, timeout=300, umask=0o022,
        )  # fmt: skip
        assert ended.returncode not in (1, 2), (words, ended.stderr)
        self.said[name] = ended.stdout + ended.stderr
        if ended.stdout.startswith('{"run"'):
            self.outcomes[name] = json.loads(ended.stdout.splitlines()[-1])["outcome"]

    @property
    def cookies(self) -> dict[str, str]:
        """The session cookies that were kept, by the file that may hold them."""
        return {
            path.name: cookie["value"]
            for path in (self.kept / "state/sessions").iterdir()
            for cookie in json.loads(path.read_text())["state"]["cookies"]
        }

    def plant(self, store: Store) -> None:
        """What this store gave to browsers, and what opens its orders."""
        with store.database.session() as session:
            for number, visitor in enumerate(session.scalars(select(Visitor))):
                self.planted[f"token of visitor {number} of {store.clock}"] = visitor.csrf
            for number, form in enumerate(session.scalars(select(Form))):
                self.planted[f"token of form {number} of {store.clock}"] = form.token
            for order in session.scalars(select(Order)):
                self.planted[f"secret of order {order.number}"] = order.secret


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """Committed runs on each face of the store, and bad days of many kinds."""
    root = tmp_path_factory.mktemp("canaries")
    left = Left(root)
    left.kept.mkdir(mode=0o700)
    (left.kept / "tmp").mkdir(mode=0o700)
    (root / "c.yaml").write_text(
        "accounts:\n"
        "  finch: {store: mock, email: {env: CANARY_EMAIL}, password: {env: CANARY_PASSWORD},\n"
        "    code: {env: CANARY_CODE}}\n"
    )
    with ExitStack() as stack:

        def opened(layout: str, language: str = "en") -> tuple[Store, tuple[str, ...]]:
            store = Store(layout=layout, language=language, people=(CANARY,))
            stack.callback(store.close)
            url = stack.enter_context(serve(store))
            return store, ("--base-url", url, "--language", language, "--account", "finch",
                           "--commit", "--json")  # fmt: skip

        def cancelled(name: str, quirk: str | None = None, times: int | None = None) -> None:
            order = store.place("Desk lamp", "USB-C cable", account="finch")
            if quirk:
                store.quirks.add(quirk, order=order.number, times=times)
            left.run(name, "run", "cancel-items", f"order={order.number}", "items=Desk lamp",
                     *asked)  # fmt: skip

        store, asked = opened("documented")
        cancelled("cancelled")
        cancelled("refused", "refuses")
        cancelled("dropped", "drops_on_commit_done", 1)
        cancelled("broken", "error_before")
        cancelled("unknown", "says_cancelled_but_is_not")
        left.run("not found", "run", "cancel-items", "order=112-0000000-0000000", *asked)
        mug = Line("Stoneware mug", seller="Brightwell Pottery")
        order = store.place(mug, account="finch", placed=store.clock.now() - timedelta(days=3))
        left.run("written", "run", "contact-seller", f"order={order.number}",
                 "message=Please cancel it", *asked)  # fmt: skip
        subscribe(store, "Ink refills", account="finch")
        left.run("ended", "run", "end-subscription", "subscription=Ink refills", *asked)
        store, asked = opened("current", language="nl")
        cancelled("cancelled, current")
        store, asked = opened("mobile")
        order = store.place("Desk lamp", account="finch")
        left.run("cancelled, mobile", "run", "cancel-items-mobile", f"order={order.number}", *asked)
        store, asked = opened("documented")
        order = store.place("Desk lamp", account="finch")
        left.run("wrong password", "run", "cancel-items", f"order={order.number}", *asked,
                 CANARY_PASSWORD=f"{CANARY.password}!")  # fmt: skip
        store.quirks.add("asks_code", times=1)
        cancelled("asked for a code")
        for address in ("secret", "key"):
            _cancelled_by_a_link(left, stack, address)
        left.run("runs", "runs")
        left.run("runs, JSON", "runs", "--json")
        for run in sorted((left.kept / "runs").glob("*/run.json")):
            left.run(f"show {run.parent.name}", "show", run.parent.name)
        left.run("show, JSON", "show", run.parent.name, "--json")
        left.run("verify", "verify", "--json")
        yield left


def _cancelled_by_a_link(left: Left, stack: ExitStack, address: str) -> None:
    """Orders of a shop without accounts, whose links hold what opens them."""
    store = Store(people=(CANARY,))
    stack.callback(store.close)
    shapes = Shapes().with_("sign_in=none", f"address={address}", "confirm=page")
    url = stack.enter_context(serve(store, make=partial(create_boutique, shapes=shapes)))
    link = "/{key}" if address == "secret" else "?key={key}"
    asks = "/account/orders/{order}" + (
        "/{key}/cancel" if address == "secret" else "/cancel?key={key}"
    )
    commit = {"role": "button", "name": "$sure", "goes_to": f"POST {asks}"}
    link_to_it = {"role": "link", "name": "$cancel"}
    opens = [{**link_to_it, "goes_to": f"GET {asks}"}]
    page = {"opens": opens, "here": {"css": "form.call-off"}, "order": None, "commit": commit}
    good = {
        "addresses": {"order": "/account/orders/{order}" + link},
        "pages": {"cancel": page, "order": {"state": [{"css": ".no-such"}, {"css": ".stamp"}]}},
    }
    astray = {"pages": {"cancel": {"commit": {**commit, "goes_to": "POST /elsewhere"}}}}
    undeclared = {"pages": {"cancel": {"opens": [link_to_it]}}}
    lost = {"pages": {"cancel": {"opens": [{"role": "link", "name": "No such link"}]}}}
    homes = {
        name: str(adapter(left.root / f"{address}-{name}", guests.ADAPTER, good, over))
        for name, over in {
            "good": {},
            "astray": astray,
            "undeclared": undeclared,
            "lost": lost,
        }.items()
    }
    number = iter(range(22 if address == "secret" else 62, 99))

    def cancelled(name: str, home: str, quirk: str | None = None, key: str | None = None) -> None:
        order = store.place("Desk lamp", account="finch", number=str(next(number)))
        if quirk:
            store.quirks.add(quirk, order=order.number)
        left.run(f"{name}, by {address}", "cancel", order.number, "--store", homes[home],
                 "--base-url", url, "--key", "env:ORDER_KEY", "--commit", "--json",
                 ORDER_KEY=key or order.secret)  # fmt: skip

    cancelled("cancelled", "good")
    cancelled("refused", "good", "refuses")
    cancelled("dropped", "good", "drops_on_commit_done")
    cancelled("guarded", "astray")
    cancelled("undeclared", "undeclared")
    cancelled("lost", "lost")
    cancelled("wrong key", "good", key="0f1e2d3c4b5a6978")
    left.planted["the wrong key"] = "0f1e2d3c4b5a6978"
    left.plant(store)


def test_the_runs_were_what_they_should_be(left: Left) -> None:
    told = {name: outcome for name, outcome in left.outcomes.items()
            if name not in ("runs, JSON", "show, JSON", "verify")}  # fmt: skip

    assert told == {
        "cancelled": "cancelled", "refused": "refused", "dropped": "cancelled", "broken": "broken",
        "unknown": "unknown", "not found": "not_found", "written": "seller_contacted",
        "ended": "subscription_ended", "cancelled, current": "cancelled",
        "cancelled, mobile": "cancelled", "wrong password": "needs_person",
        "asked for a code": "cancelled",
        **{
            f"{name}, by {address}": outcome
            for address in ("secret", "key")
            for name, outcome in {
                "cancelled": "cancelled", "refused": "refused", "dropped": "cancelled",
                "guarded": "guarded", "undeclared": "guarded",
                "lost": "refused", "wrong key": "broken",
            }.items()
        },
    }  # fmt: skip


def test_the_search_would_find_what_there_is(left: Left) -> None:
    """A search that finds nothing proves nothing, unless it can find."""
    outlines = (left.kept / "runs").rglob("*.yaml")
    assert any("▮▮▮▮" in path.read_text() for path in outlines)
    for name, secret in SECRETS.items():
        plain = secret.encode()
        shifted = (base64.b64encode(before + plain + b"y") for before in (b"", b"x", b"xy"))
        for kept in (plain, plain.upper(), plain.hex().encode(), *shifted):
            assert name in hits(b"x" + kept + b"y", SECRETS), (name, kept)


def test_what_a_store_made_up_was_met(left: Left) -> None:
    """A link that nobody opened, or a place that nobody healed, would prove nothing."""
    runs = [path.read_text() for path in (left.kept / "runs").glob("*/run.json")]
    assert sum("/account/orders/22/▮▮▮▮" in run for run in runs) == 1
    assert sum("/account/orders/62?key=▮▮▮▮" in run for run in runs) == 1
    assert "which is not what the profile says of it" in left.said["guarded, by secret"]
    assert "GET /account/orders/{order}/{any}/cancel" in left.said["undeclared, by secret"]
    assert any((left.kept / "runs").glob("*/profile.patch"))
    assert len(left.planted) > 30


def test_no_byte_of_any_file_is_a_canarys(left: Left) -> None:
    looked_at = 0
    for path in (path for path in left.kept.rglob("*") if path.is_file()):
        is_session = path.parent.name == "sessions"
        # A session tells how the store greets its shopper; that is compared before a click.
        secrets = {name: secret for name, secret in SECRETS.items()
                   if not (is_session and "name" in name)}  # fmt: skip
        cookies = {} if is_session else left.cookies
        for name, content in contents(path):
            looked_at += 1
            assert hits(content, secrets | cookies | left.planted) == [], name
    assert looked_at > 100


def test_nothing_that_was_printed_is_a_canarys(left: Left) -> None:
    for name, said in left.said.items():
        assert hits(said.encode(), SECRETS | left.cookies | left.planted) == [], name


def test_no_name_of_a_file_is_a_canarys(left: Left) -> None:
    names = "\n".join(str(path.relative_to(left.kept)) for path in left.kept.rglob("*"))

    assert hits(names.encode(), SECRETS | left.cookies | left.planted) == []


def test_no_browser_was_given_a_canary(left: Left) -> None:
    seen = (left.kept / "seen").read_bytes()

    assert b"chrom" in seen
    assert hits(seen, SECRETS | left.cookies | left.planted) == []


def test_only_its_owner_can_read_what_is_kept(left: Left) -> None:
    for path in (left.kept / "runs", left.kept / "state"):
        for each in (path, *path.rglob("*")):
            wanted = 0o700 if each.is_dir() else 0o600
            assert each.stat().st_mode & 0o777 == wanted, each
