"""The shop's queue: a worker in a thread, which can be made as slow as a busy one."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from celery.contrib.testing.worker import start_worker
from celery.signals import task_prerun
from pretix.base.services.orders import cancel_order
from pretix.celery_app import app

_never = Event()
_pause = 0.0


@contextmanager
def working() -> Iterator[None]:
    """The queue is worked off while this lasts."""
    task_prerun.connect(_wait, sender=cancel_order)
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="warning"):
        yield


def be_busy(*, seconds: float) -> None:
    """Let each cancellation wait this long in the queue."""
    global _pause  # noqa: PLW0603 (there is one queue)
    _pause = seconds


def _wait(**_: object) -> None:
    _never.wait(_pause)
