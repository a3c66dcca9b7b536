"""Runs of an account whose every secret is a canary: then every byte that they left is searched.

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
from pathlib import Path

import pytest
from canaries import contents, hits

from mock_store.lines import Line
from mock_store.people import Person
from mock_store.server import serve
from mock_store.store import Store
from mock_store.subscribing import subscribe

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
    def signed_in(self, account):
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
        super().signed_in(account)

running.Progress = Watching
sys.argv[0] = "unorder"
main()
"""


@dataclass
class Left:
    """What all the runs left behind."""

    root: Path
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
        left.run("runs", "runs")
        left.run("runs, JSON", "runs", "--json")
        for run in sorted((left.kept / "runs").glob("*/run.json")):
            left.run(f"show {run.parent.name}", "show", run.parent.name)
        left.run("show, JSON", "show", run.parent.name, "--json")
        left.run("verify", "verify", "--json")
        yield left


def test_the_runs_were_what_they_should_be(left: Left) -> None:
    told = {name: outcome for name, outcome in left.outcomes.items()
            if name not in ("runs, JSON", "show, JSON", "verify")}  # fmt: skip

    assert told == {
        "cancelled": "cancelled", "refused": "refused", "dropped": "cancelled", "broken": "broken",
        "unknown": "unknown", "not found": "not_found", "written": "seller_contacted",
        "ended": "subscription_ended", "cancelled, current": "cancelled",
        "cancelled, mobile": "cancelled", "wrong password": "needs_person",
        "asked for a code": "cancelled",
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
            assert hits(content, secrets | cookies) == [], name
    assert looked_at > 100


def test_nothing_that_was_printed_is_a_canarys(left: Left) -> None:
    for name, said in left.said.items():
        assert hits(said.encode(), SECRETS | left.cookies) == [], name


def test_no_name_of_a_file_is_a_canarys(left: Left) -> None:
    names = "\n".join(str(path.relative_to(left.kept)) for path in left.kept.rglob("*"))

    assert hits(names.encode(), SECRETS | left.cookies) == []


def test_no_browser_was_given_a_canary(left: Left) -> None:
    seen = (left.kept / "seen").read_bytes()

    assert b"chrom" in seen
    assert hits(seen, SECRETS | left.cookies) == []


def test_only_its_owner_can_read_what_is_kept(left: Left) -> None:
    for path in (left.kept / "runs", left.kept / "state"):
        for each in (path, *path.rglob("*")):
            wanted = 0o700 if each.is_dir() else 0o600
            assert each.stat().st_mode & 0o777 == wanted, each
