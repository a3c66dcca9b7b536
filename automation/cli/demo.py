"""`unorder demo`: everything at once, on a practice store of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from automation.cli.running import follow_and_tell
from automation.errors import EnvironmentProblem

_ORDER = "112-4419326-1180247"


@click.command()
@click.option(
    "--runs",
    "runs_folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("runs"),
    show_default=True,
    help="Where the report is kept.",
)
@click.option("--headed/--headless", default=None, help="Show the browser; if there is a screen.")
def demo(runs_folder: Path, *, headed: bool | None) -> int:
    """Cancel two of an order's three items in a practice store, and prove it."""
    if headed is None:
        headed = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    with tempfile.TemporaryDirectory() as state, _practice_store() as url:
        # The demo's store is gone afterwards, so what it signed in to is kept nowhere.
        os.environ["UNORDER_STATE"] = state
        click.echo(f"A practice store is open at {url}. Order {_ORDER} has three items:", err=True)
        click.echo("a desk lamp and two cables of nearly the same name. Two are cancelled.\n",
                   err=True)  # fmt: skip
        return follow_and_tell(
            "cancel-items",
            {"order": [_ORDER], "items": ["Desk lamp", "USB-C cable"]},
            store_name="mock",
            base_url=url,
            language="en",
            account="robin",
            commit=True,
            headed=headed,
            as_json=False,
            runs_folder=runs_folder,
        )


@contextmanager
def _practice_store() -> Iterator[str]:
    command = [sys.executable, "-m", "mock_store", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise EnvironmentProblem(
                    "the practice store did not start", hint="`unorder store` says why"
                )
            yield json.loads(line)["url"]
        finally:
            process.terminate()
