"""A process for each account: started, asked one thing at a time, and stopped with care."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from automation.errors import UnorderError
from automation.jobs.channel import Channel
from automation.jobs.reading import Post, RulesFile
from automation.run.browser import find_browser
from automation.run.stopping import Stopping

T = TypeVar("T")
_LISTENS = 0.2  # seconds between looks whether a signal came

_LEAVES = 30  # seconds that a worker may take to leave when nothing is asked of it
_READS_BACK = 90  # and when it was asked to stop right after a click


class WorkerDied(Exception):  # noqa: N818 (a fact: its work may be half done)
    """The worker's process is gone, and did not say why."""


class WorkFailed(UnorderError):  # noqa: N818 (the work did, and it says why)
    """A worker's task ended in a problem, which it told."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["message"], hint=problem["hint"])
        self.exit_code = problem["exit"]
        self.holds = bool(problem.get("holds"))  # nothing else can be done for this account


class Worker:
    """One account's process. It lives in a session of its own: a terminal's Ctrl-C reaches only
    the process that decides, which passes it on once.
    """

    def __init__(self, post: Post, assignment: dict[str, Any]) -> None:
        self.where = post.where
        mine, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 (our own module)
                [sys.executable, "-m", "automation.jobs.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=post.account.environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._asked_to_stop = False
        self._channel = Channel(mine)
        self._channel.send(assignment)

    def ask(
        self, task: dict[str, Any], told: Callable[[dict[str, Any]], None] = lambda _note: None
    ) -> dict[str, Any]:
        """The answer to *task*. *told* hears what the worker says meanwhile.

        Raises `WorkFailed` when the task ended in a problem, `WorkerDied` when there is no answer.
        """
        self._channel.send(task)
        while (message := self._channel.receive()) is not None:
            if "note" in message:
                told(message["note"])
            elif "problem" in message:
                raise WorkFailed(message["problem"])
            else:
                answer: dict[str, Any] = message["answer"]
                return answer
        raise WorkerDied(f"the process that worked for {self.where} is gone")

    def stop(self) -> None:
        """Ask it, once, to stop at the next moment at which that does no harm."""
        if not self._asked_to_stop and self._process.poll() is None:
            self._asked_to_stop = True
            self._process.send_signal(signal.SIGTERM)

    def leave(self) -> None:
        """No more tasks. It leaves by itself; it is ended if it does not."""
        self._channel.close()
        for patience in (_LEAVES, _READS_BACK):
            try:
                self._process.wait(patience)
            except subprocess.TimeoutExpired:
                self.stop()
            else:
                return
        self._process.kill()
        self._process.wait()


class Crew:
    """The workers of one command: so many at once, and all told when a signal comes."""

    def __init__(
        self, runs: Path, stopping: Stopping, *, workers: int, rules: RulesFile | None = None
    ) -> None:
        self._assignment = {
            "runs": str(runs),
            "rules": rules and {"path": str(rules.path), "text": rules.text},
        }
        self.stopping = stopping
        self._workers = workers
        self._working: list[Worker] = []

    @contextmanager
    def worker(self, post: Post) -> Iterator[Worker]:
        """A worker for this account while the block runs."""
        worker = Worker(post, {"where": asdict(post.where), **self._assignment})
        self._working.append(worker)
        try:
            yield worker
        finally:
            self._working.remove(worker)
            worker.leave()

    def each(self, posts: Sequence[Post], work: Callable[[Post], T]) -> list[T]:
        """What *work* gives for each account, in their order, so many side by side.

        When a signal comes it is passed on to each worker, and *work* must not begin anything new.
        """
        with ThreadPoolExecutor(min(self._workers, len(posts)) or 1) as pool:
            futures = [pool.submit(work, post) for post in posts]
            while wait(futures, timeout=_LISTENS).not_done:
                if self.stopping.signal is not None:
                    self.stop()
            return [future.result() for future in futures]

    def stop(self) -> None:
        """Ask each worker, once, to stop at the next moment at which that does no harm."""
        for worker in list(self._working):
            worker.stop()


def default_workers() -> int:
    """As many accounts at once as this machine serves well: flows cost processor time."""
    a_core = 2 if "shell" in find_browser(headed=False).name else 1
    return max(1, a_core * (os.cpu_count() or 1))
