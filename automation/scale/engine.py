"""DBOS under the conditions that were measured: it resumes work, and never decides on a click.

A share is a workflow and each of its orders a step, whose result is kept. A step that was cut short
is taken again, as with every such engine; so what a step does must look into the journal first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from automation.errors import InputError, TryLater
from automation.scale.share import Data

if TYPE_CHECKING:
    from dbos import DBOSClient, EnqueueOptions

_NAME, _SHARE, _ORDER, _QUEUE = "unorder", "share", "order", "accounts"
_VERSION = (
    "1"  # of what is in the queue; else DBOS takes a hash of the code, and recovers its own only
)
_RECOVERIES = 5  # a share that costs its process's life again and again must not go on for ever
_POLLS = 1.0  # seconds


@dataclass(frozen=True)
class Station:
    """One process that takes from the queue. Its name is its own, and the same after a restart."""

    url: str
    name: str
    at_once: int = 1


@contextmanager
def at_work(
    station: Station,
    do: Callable[[Data, Any], Data],
    ended: Callable[[Data], None] = lambda _share: None,
) -> Iterator[None]:
    """Take shares while the block runs: *do* is given a share and one of its orders at a time.

    What *do* returns is kept, so it must not raise. What this station itself left is gone on with.
    """
    dbos = _dbos()
    # One way of writing for all; the default would pickle, and so would load what others wrote.
    dbos.DBOS(
        config={
            "name": _NAME,
            "system_database_url": station.url,
            "executor_id": station.name,
            "application_version": _VERSION,
            "serializer": dbos.DBOSPortableJSONSerializer(),
            "notification_listener_polling_interval_sec": _POLLS,
            "log_level": "ERROR",
            "run_migrations": True,
        }
    )

    @dbos.DBOS.step(name=_ORDER, retries_allowed=False)  # type: ignore[untyped-decorator]
    def order(share: Data, number: int) -> Data:
        return do(share, share["orders"][number])

    @dbos.DBOS.workflow(name=_SHARE, max_recovery_attempts=_RECOVERIES)  # type: ignore[untyped-decorator]
    def take(share: Data) -> list[Data]:
        try:
            return [order(share, number) for number in range(len(share["orders"]))]
        finally:
            ended(share)

    try:
        dbos.DBOS.launch()
        dbos.DBOS.register_queue(
            _QUEUE,
            worker_concurrency=station.at_once,
            partition_concurrency=1,  # an account is worked for by one station at a time
            polling_interval_sec=_POLLS,
            on_conflict="always_update",
        )
        yield
    finally:
        dbos.DBOS.destroy(destroy_registry=True)


def adopt(names: Sequence[str]) -> int:
    """Put back into the queue what these dead stations left; how many shares that were.

    Whoever calls this knows that they are dead: nothing else can tell.
    """
    found = _dbos().DBOS._recover_pending_workflows(list(names))  # noqa: SLF001 (an operator's)
    return len(found)


class Queue:
    """The queue, for who puts in and waits."""

    def __init__(self, url: str) -> None:
        dbos = _dbos()
        self._client: DBOSClient = dbos.DBOSClient(
            system_database_url=url, serializer=dbos.DBOSPortableJSONSerializer()
        )

    def put(self, share: Data, *, named: str) -> Any:
        """Put a share in, once: under the same name it is found, not put in again."""
        from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 (start-up)

        options: EnqueueOptions = {
            "workflow_name": _SHARE,
            "queue_name": _QUEUE,
            "workflow_id": named,
            "queue_partition_key": share["key"],
            "app_version": _VERSION,
        }
        try:
            return self._client.enqueue(options, share)
        except SQLAlchemyError as problem:
            first = str(getattr(problem, "orig", problem)).partition("\n")[0]
            raise TryLater(
                f"nothing can be put into the queue: {first}",
                hint="the first station makes it: unorder scale serve",
            ) from problem

    def close(self) -> None:
        self._client.destroy()


def _dbos() -> Any:
    try:
        import dbos  # noqa: PLC0415 (an extra)
    except ImportError:
        raise InputError(
            "what takes shares from a queue is not installed",
            hint="pip install 'unorder[dbos]'",
        ) from None
    return dbos
