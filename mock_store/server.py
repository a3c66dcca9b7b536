"""Serving a store on the loopback interface, with connections that are kept alive."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from cheroot.workers.threadpool import ThreadPool, WorkerThread
from cheroot.wsgi import Gateway_10, Server
from flask import Flask

from mock_store.app import create_app
from mock_store.errors import StoreError
from mock_store.store import Store

HOST = "127.0.0.1"
Make = Callable[[Store], Flask]
_THREADS = 12
_NOTICES_THE_END = 0.01  # seconds that its loop may take to see that it was stopped


class _Gateway(Gateway_10):
    """Puts the connection within reach, for the quirks that close it."""

    def get_environ(self) -> dict[str, Any]:  # type: ignore[override]  # cheroot's stub says None
        environ: dict[str, Any] = super().get_environ()  # type: ignore[no-untyped-call]
        environ["mock_store.socket"] = self.req.conn.socket
        return environ


class _Pool(ThreadPool):
    """Does not wait until each of its threads has begun: what comes meanwhile is queued."""

    def _spawn_worker(self) -> WorkerThread:
        worker: WorkerThread = super()._spawn_worker()  # type: ignore[misc]  # not in cheroot's stub
        worker.ready = True
        return worker


class Serving:
    """A store that listens. `url` is where."""

    def __init__(self, store: Store, port: int = 0, make: Make = create_app) -> None:
        if port:
            _see_that_it_is_free(port)
        self._server = Server((HOST, port), make(store), numthreads=_THREADS)
        self._server.requests = _Pool(self._server, min=_THREADS)
        self._server.gateway = _Gateway
        self._server.shutdown_timeout = 0
        self._server.expiration_interval = _NOTICES_THE_END
        # A dropped connection is no news here.
        self._server.error_log = lambda *_args, **_more: None  # type: ignore[method-assign]
        self._store = store
        self._server.prepare()
        self.url = f"http://{HOST}:{self._server.bind_addr[1]}"
        self._thread = threading.Thread(target=self._server.serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._store.closing.set()
        self._server.stop()
        self._thread.join()


def _see_that_it_is_free(port: int) -> None:
    try:
        # Not `create_server`, which leaves its socket open when the number is too large.
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((HOST, port))
    except (OSError, OverflowError) as problem:
        if isinstance(problem, OSError) and problem.errno == errno.EADDRINUSE:
            raise StoreError(
                f"port {port} is in use", hint="name another one: --port N, or 0 for any"
            ) from problem
        raise StoreError(
            f"cannot listen on port {port}: {problem}", hint="ports go from 1 to 65535"
        ) from problem


@contextmanager
def serve(store: Store, port: int = 0, make: Make = create_app) -> Iterator[str]:
    """The store's address while the block runs. `StoreError` if the port is taken."""
    serving = Serving(store, port, make)
    try:
        yield serving.url
    finally:
        serving.stop()
