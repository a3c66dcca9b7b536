"""`unorder store`: serving a store from the command line. The only module here that prints."""

from __future__ import annotations

import json
import signal
import sys
import threading
from pathlib import Path
from typing import NoReturn

import click

from mock_store.errors import StoreError
from mock_store.quirks import Quirk
from mock_store.rules import Mode
from mock_store.scenario import furnish
from mock_store.server import Serving
from mock_store.store import LAYOUTS, PEOPLE, Store
from mock_store.wishes import GRAMMAR
from mock_store.wording import LANGUAGES


@click.command()
@click.option("--port", default=8712, show_default=True, help="Where to listen; 0 for any.")
@click.option("--database", type=click.Path(path_type=Path), help="A file; memory if not given.")
@click.option("--layout", type=click.Choice(LAYOUTS), default=LAYOUTS[0], show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--mode", type=click.Choice([mode.value for mode in Mode]), default="strict",
              show_default=True, help="How it treats forms that come late or twice.")  # fmt: skip
@click.option("--scenario", default="demo", show_default=True, help="demo, empty, or a file.")
@click.option("--control-token", help="Open the control API to who has this token.")
@click.option("--quirk", "wished", multiple=True, metavar=GRAMMAR,
              help="Misbehave, once, often or always; see --quirks.")  # fmt: skip
@click.option("--seed", default=0, help="Draws the random moments of quirks anew.")
@click.option("--quirks", "list_quirks", is_flag=True, help="List the quirks and leave.")
@click.option("--json", "as_json", is_flag=True, help="Say where it listens in one line of JSON.")
def store(
    port: int,
    database: Path | None,
    layout: str,
    language: str,
    mode: str,
    scenario: str,
    control_token: str | None,
    wished: tuple[str, ...],
    seed: int,
    *,
    list_quirks: bool,
    as_json: bool,
) -> None:
    """Serve the practice store on this machine, until Ctrl-C."""
    if list_quirks:
        for quirk in Quirk:
            hows = f"  ({', '.join(f'={how}' for how in quirk.hows)})" if quirk.hows else ""
            click.echo(f"{quirk:<26} {quirk.nature.sentence}{hows}")
        click.echo(f"\nAsk for one, or for several: --quirk {GRAMMAR}")
        return
    stop = threading.Event()
    try:
        opened = Store(layout=layout, language=language, mode=mode, database=database,
                       control_token=control_token, seed=seed)  # fmt: skip
        for wish in wished:
            opened.quirks.ask(wish)
        if database is None or not opened.has_orders():
            furnish(opened, scenario)
        serving = Serving(opened, port)
    except StoreError as problem:
        _fail(problem)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    _greet(serving.url, as_json=as_json)
    stop.wait()
    serving.stop()
    opened.close()


def _greet(url: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"url": url}))
        return
    click.echo(f"Varnholt is open at {click.style(url, bold=True)}  (Ctrl-C closes it)")
    for person in PEOPLE:
        click.echo(f"  {person.email:<22} {person.password}")


def _fail(problem: StoreError) -> NoReturn:
    # Nothing of it may act on the terminal.
    said = [char if char.isprintable() or char == "\n" else "\ufffd" for char in str(problem)]
    click.echo(f"unorder: {''.join(said)}", err=True)
    sys.exit(2)
