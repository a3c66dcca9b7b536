"""A PostgreSQL of one's own, on the loopback interface, for as long as it is needed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PLACES = "/usr/lib/postgresql/*/bin"
_PATIENCE = 60.0  # seconds


class NoPostgres(Exception):  # noqa: N818 (it says why there is none)
    """There is no PostgreSQL to be started here."""


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a new server's first database while the block runs; `NoPostgres` says why not.

    It refuses to run as root, so it is given to a user of its own then.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="unorder-postgres-"))
    user = _user()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data, port = folder / "data", _free_port()
    own = user.pw_uid if user else None
    group, groups = (user.pw_gid, list[int]()) if user else (None, None)
    try:
        subprocess.run(  # noqa: S603 (the system's own program)
            [programs / "initdb", "-D", data, "-U", "unorder", "-A", "trust", "-E", "UTF8",
             "--no-instructions"],
            check=True, capture_output=True, cwd=folder, user=own, group=group, extra_groups=groups,
        )  # fmt: skip
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(  # noqa: S603
                [programs / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1",
                 "-k", "", "-c", "max_connections=60"],
                stdout=log, stderr=log, cwd=folder, user=own, group=group, extra_groups=groups,
            )  # fmt: skip
        try:
            url = f"postgresql://unorder@127.0.0.1:{port}/postgres"
            _wait(server, url, folder / "log")
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # waits for no one: sessions are ended with it
            with suppress(subprocess.TimeoutExpired):
                server.wait(5)
            server.kill()
            server.wait()
    except subprocess.CalledProcessError as problem:
        raise NoPostgres(f"initdb failed: {problem.stderr.decode().strip()}") from problem
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(url: str) -> str:
    """A new, empty database of the same server."""
    import psycopg  # noqa: PLC0415 (an extra)

    name = f"d{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{url.rpartition('/')[0]}/{name}"


def _programs() -> Path:
    found = sorted(Path("/").glob(_PLACES.lstrip("/")))
    named = shutil.which("initdb")
    places = [Path(named).resolve().parent] if named else found[-1:]
    for place in places:
        if (place / "postgres").exists() and (place / "initdb").exists():
            return place
    raise NoPostgres("no PostgreSQL server is installed (apt-get install postgresql)")


def _user() -> pwd.struct_passwd | None:
    if os.getuid():
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgres("it does not run as root, and there is no other user")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    import psycopg  # noqa: PLC0415 (an extra)

    for _ in range(int(_PATIENCE / 0.1)):
        if server.poll() is not None:
            break
        with suppress(psycopg.Error):
            psycopg.connect(url, connect_timeout=2).close()
            return
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.1)
    raise NoPostgres(f"it did not start: {log.read_text()[-500:]}")
