"""`unorder demo`: everything at once, on a practice store of its own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from automation.cli.practice import practice_store
from automation.cli.running import follow_and_tell

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
    with tempfile.TemporaryDirectory() as state, practice_store() as store:
        # The demo's store is gone afterwards, so what it signed in to is kept nowhere.
        os.environ["UNORDER_STATE"] = state
        click.echo(
            f"A practice store is open at {store.url}. Order {_ORDER} has three items:", err=True
        )
        click.echo("a desk lamp and two cables of nearly the same name. Two are cancelled.\n",
                   err=True)  # fmt: skip
        return follow_and_tell(
            "cancel-items",
            {"order": [_ORDER], "items": ["Desk lamp", "USB-C cable"]},
            store_name="mock",
            base_url=store.url,
            language="en",
            account="robin",
            commit=True,
            headed=headed,
            as_json=False,
            runs_folder=runs_folder,
        )
