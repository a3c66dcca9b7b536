"""`unorder store`: serving a store from the command line. The only module here that prints."""

from __future__ import annotations

import json
import signal
import sys
import threading
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from mock_store.app import create_app
from mock_store.boutique.app import create_boutique
from mock_store.boutique.shapes import SHAPES, Shapes
from mock_store.errors import StoreError
from mock_store.people import PEOPLE
from mock_store.quirks import Quirk
from mock_store.rules import Mode
from mock_store.scenario import furnish
from mock_store.server import Serving
from mock_store.store import LAYOUTS, Store
from mock_store.wishes import GRAMMAR
from mock_store.wording import LANGUAGES

NAMES = {"varnholt": "Varnholt", "boutique": "Linden & Ochre"}
FRONTS = tuple(NAMES)


@click.command()
@click.option("--port", type=int, show_default="8712, or 8713 for the boutique",
              help="Where to listen; 0 for any.")  # fmt: skip
@click.option("--database", type=click.Path(path_type=Path), help="A file; memory if not given.")
@click.option(
    "--front",
    type=click.Choice(FRONTS),
    default=FRONTS[0],
    show_default=True,
    help="Which of the two stores: they share rules and truth, and nothing else.",
)
@click.option("--shape", "shapes", multiple=True, metavar="PART=SHAPE",
              help="What the boutique's pages look like; see --shapes.")  # fmt: skip
@click.option("--shapes", "list_shapes", is_flag=True, help="List the shapes and leave.")
@click.option("--layout", type=click.Choice(LAYOUTS), show_default=LAYOUTS[0])
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
    port: int | None,
    database: Path | None,
    front: str,
    shapes: tuple[str, ...],
    layout: str | None,
    language: str,
    mode: str,
    scenario: str,
    control_token: str | None,
    wished: tuple[str, ...],
    seed: int,
    *,
    list_quirks: bool,
    list_shapes: bool,
    as_json: bool,
) -> None:
    """Serve the practice store on this machine, until Ctrl-C."""
    if list_quirks:
        for quirk in Quirk:
            hows = f"  ({', '.join(f'={how}' for how in quirk.hows)})" if quirk.hows else ""
            click.echo(f"{quirk:<26} {quirk.nature.sentence}{hows}")
        click.echo(f"\nAsk for one, or for several: --quirk {GRAMMAR}")
        return
    if list_shapes:
        for part, known in SHAPES.items():
            click.echo(f"{part:<12} {', '.join(known)}")
        return
    stop = threading.Event()
    try:
        boutique = Shapes().with_(*shapes) if front == "boutique" else None
        _see_that_the_front_has_them(boutique, shapes, layout)
        opened = Store(layout=layout or LAYOUTS[0], language=language, mode=mode, database=database,
                       control_token=control_token, seed=seed)  # fmt: skip
        for wish in wished:
            opened.quirks.ask(wish)
        if database is None or not opened.has_orders():
            furnish(opened, _scenario_of(front, scenario))
        port = 8713 if port is None and boutique else 8712 if port is None else port
        serving = Serving(opened, port, partial(create_boutique, shapes=boutique)
                          if boutique else create_app)  # fmt: skip
    except StoreError as problem:
        _fail(problem)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    _greet(NAMES[front], serving.url, as_json=as_json)
    stop.wait()
    serving.stop()
    opened.close()


def _see_that_the_front_has_them(
    boutique: Shapes | None, shapes: tuple[str, ...], layout: str | None
) -> None:
    if shapes and boutique is None:
        raise StoreError("only the boutique has shapes", hint="add --front boutique")
    if layout and boutique is not None:
        raise StoreError("the boutique has no layouts", hint="leave out --layout, or --front")


def _scenario_of(front: str, scenario: str) -> str:
    return "boutique" if front == "boutique" and scenario == "demo" else scenario


def _greet(name: str, url: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"url": url}))
        return
    click.echo(f"{name} is open at {click.style(url, bold=True)}  (Ctrl-C closes it)")
    for person in PEOPLE:
        click.echo(f"  {person.email:<22} {person.password}")


def _fail(problem: StoreError) -> NoReturn:
    # Nothing of it may act on the terminal.
    said = [char if char.isprintable() or char == "\n" else "\ufffd" for char in str(problem)]
    click.echo(f"unorder: {''.join(said)}", err=True)
    sys.exit(2)
