"""A dead man's switch: a healthchecks address that hears of each start and each end."""

from __future__ import annotations

import threading
import time
from http.client import HTTPException
from urllib.request import Request, urlopen

from automation.errors import InputError
from automation.run.accounts import Secret

PATIENCE = 5.0  # seconds
# Nothing is wrong, although a seller may still have to decide.
_SUCCESS = {0, 8}


class Ping:
    """Tells an address that a night begins, and with which exit code it ended.

    An address that is dead or slow delays nothing but the very end, by a few seconds at most.
    """

    def __init__(self, place: Secret | None) -> None:
        self._place = place
        self._sent: list[threading.Thread] = []
        self.problem: str | None = None

    def begins(self) -> None:
        self._send("/start", "")

    def ends(self, exit_code: int, text: str) -> None:
        """Tell how it ended, with counts as the *text*, and wait a little for all that was sent."""
        self._send("" if exit_code in _SUCCESS else f"/{exit_code}", text)
        until = time.monotonic() + PATIENCE
        for thread in self._sent:
            thread.join(max(0.0, until - time.monotonic()))
            if thread.is_alive():
                self.problem = f"the ping was not answered within {PATIENCE:g} s"

    def _send(self, path: str, text: str) -> None:
        if self._place is not None:
            # A daemon, so that one that hangs does not keep the process.
            thread = threading.Thread(
                target=self._post, args=(self._place, path, text), daemon=True
            )
            thread.start()
            self._sent.append(thread)

    def _post(self, place: Secret, path: str, text: str) -> None:
        try:
            address = place.read()
            if not address.startswith(("https://", "http://")):
                raise InputError("the ping's address is not one of the web")  # noqa: TRY301
            request = Request(  # noqa: S310 (seen above)
                address.rstrip("/") + path, data=text.encode(), method="POST"
            )
            with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                answer.read(1)
        except InputError as problem:
            self.problem = problem.message
        except (OSError, HTTPException, ValueError) as problem:
            self.problem = f"the ping failed: {type(problem).__name__}"
