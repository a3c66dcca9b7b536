"""`unorder schedule`: what makes a system run a night each night."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from automation.cli.outputs import OUTPUT_FOLDER
from automation.errors import EnvironmentProblem, InputError

_ENDED_BY_ITSELF = {"0", "3", "4", "5", "6", "8", "9"}  # then the night has told of it


@click.group()
def schedule() -> None:
    """Print what makes a system run `unorder nightly` each night. Nothing is installed."""


@schedule.command("print")
@click.argument("rules", type=click.Path(path_type=Path))
@click.option("--systemd", "system", flag_value="systemd", help="A service, a timer, a notifier.")
@click.option("--cron", "system", flag_value="cron", help="A line of a crontab.")
@click.option("--kubernetes", "system", flag_value="kubernetes", help="A CronJob and its volume.")
@click.option("--at", metavar="HH:MM", help="When; the beginning of the rules' hours, if not said.")
@click.option("--user", help="Who runs it; you, if not said.")
@click.option("--image", default="unorder:latest", show_default=True, help="For Kubernetes.")
@click.option("-o", "output", type=OUTPUT_FOLDER, help="Write each file into this folder.")
def print_(
    rules: Path, system: str | None, at: str | None, user: str | None, image: str,
    output: Path | None,
) -> None:  # fmt: skip
    """Print what runs a night by RULES each night."""
    from automation.jobs.reading import read_rules  # noqa: PLC0415 (start-up)
    from automation.jobs.schedule import System, schedule_of, units  # noqa: PLC0415
    from automation.run.places import state_folder  # noqa: PLC0415
    from automation.run.settings import read_settings  # noqa: PLC0415

    if system is None:
        raise InputError(
            "for which system is not said", hint="add --systemd, --cron or --kubernetes"
        )
    if at is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at):
        raise InputError(f"`{at}` is not a time of day", hint="write it like --at 02:30")
    made = schedule_of(
        read_rules(rules, read_settings()),
        _command(),
        user=user or _not_root(),
        at=at,
        image=image,
        state=state_folder("locks"),
        variables=dict(_variables()),
    )
    for unit in units(made, System(system)):
        if output is None:
            click.echo(unit.text)
            continue
        output.mkdir(parents=True, exist_ok=True)
        (output / unit.name).write_text(unit.text, "utf-8")
        click.echo(output / unit.name)


@schedule.command("failed", hidden=True)
@click.argument("rules", type=click.Path(path_type=Path))
@click.argument("unit")
def failed(rules: Path, unit: str) -> None:
    """Tell that UNIT failed in a way in which the night could not tell itself."""
    from automation.jobs.notify import by_apprise, send_failure  # noqa: PLC0415 (start-up)
    from automation.jobs.reading import read_rules  # noqa: PLC0415
    from automation.run.settings import read_settings  # noqa: PLC0415

    if os.environ.get("MONITOR_EXIT_STATUS") in _ENDED_BY_ITSELF:
        return
    book = read_rules(rules, read_settings()).book
    for said in send_failure(book.notify, book.name, unit, by_apprise):
        click.echo(f"note: {said}", err=True)


def _variables() -> Iterator[tuple[str, str]]:
    """By what unorder goes here: else a timer would read another file, or write another journal."""
    for name in ("UNORDER_CONFIG", "UNORDER_STATE", "UNORDER_RUNS"):
        if value := os.environ.get(name):
            yield name, str(Path(value).expanduser().resolve())
    if value := os.environ.get("UNORDER_DATABASE"):
        yield "UNORDER_DATABASE", value


def _command() -> tuple[str, ...]:
    """The unorder that is at work, by its full path: timers have no PATH of yours."""
    beside = Path(sys.executable).with_name("unorder")
    installed = str(beside) if beside.is_file() else shutil.which("unorder")
    if installed is None:
        raise EnvironmentProblem("the command `unorder` is not installed", hint="pip install it")
    return (installed,)


def _not_root() -> str:
    """Who you are; as root a browser runs without its sandbox, so never that."""
    you = getpass.getuser()
    return "unorder" if you == "root" else you
