"""The shop as a test needs it: started on the loopback interface, seeded, and asked."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
EMAIL, PASSWORD = "robin@varnholt.test", "lantern-oak-42"
_PATIENCE = 600


@dataclass(frozen=True)
class Oscar:
    """One running shop."""

    python: Path
    home: Path
    url: str

    def place(self, number: str, *lines: tuple[str, int], through: tuple[str, ...] = ()) -> None:
        """Place an order of these titles and quantities, and move it through these statuses."""
        order = {"number": number, "lines": lines, "through": through}
        told = {"email": EMAIL, "password": PASSWORD, "orders": [order]}
        run(self.python, self.home, "-m", "shop.seed", said=json.dumps(told))

    def status(self, number: str) -> str:
        """What the shop's database says of an order."""
        (status,) = self._ask("SELECT status FROM order_order WHERE number = ?", number)[0]
        return str(status)

    def changes(self, number: str) -> list[tuple[str, str]]:
        """Every change of an order's status that the shop has noted: from what, to what."""
        return self._ask(
            "SELECT old_status, new_status FROM order_orderstatuschange c"
            " JOIN order_order o ON o.id = c.order_id WHERE o.number = ? ORDER BY c.id",
            number,
        )

    def _ask(self, query: str, number: str) -> list[tuple[str, str]]:
        with closing(sqlite3.connect(self.home / "shop.sqlite3")) as database:
            return list(database.execute(query, (number,)))


def run(python: Path, home: Path, *words: str, said: str = "") -> None:
    """Run the shop's Python with these words."""
    subprocess.run([str(python), *words], env=_environment(home), cwd=HERE, input=said, text=True,
                   check=True, capture_output=True, timeout=_PATIENCE)  # fmt: skip


@contextmanager
def open_oscar(python: Path, home: Path) -> Iterator[Oscar]:
    """A new shop, in a folder of its own."""
    run(python, home, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = ["-m", "django", "runserver", "--noreload", f"127.0.0.1:{port}"]
    log = (home / "server.log").open("w")
    with subprocess.Popen([str(python), *words], env=_environment(home), cwd=HERE,
                          stdout=log, stderr=log) as process:  # fmt: skip
        try:
            _wait_for(port, process)
            yield Oscar(python, home, f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            log.close()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=_PATIENCE)
            return
    raise AssertionError("the shop did not start")


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "SHOP_HOME": str(home), "DJANGO_SETTINGS_MODULE": "shop.settings"}
