"""`unorder verify`: settling what earlier runs left open."""

from __future__ import annotations

import json
from pathlib import Path

import click

from automation.cli.looking import find_run
from automation.cli.running import tell
from automation.cli.terminal import even_if_nobody_reads
from automation.errors import TryLater
from automation.outcome import gravest
from automation.run.intents import Intent, open_intents
from automation.run.journal import Journal
from automation.run.places import default_runs_folder
from automation.run.record import Run


@click.command()
@click.argument("run_id", metavar="[RUN]", required=False)
@click.option("--base-url", help="Where the store is now, if it has moved.")
@click.option("--runs", "runs_folder", type=click.Path(path_type=Path, file_okay=False),
              help="Where the journal and the evidence are kept.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Close with one line of JSON for each.")
def verify(
    run_id: str | None, base_url: str | None, runs_folder: Path | None, *, as_json: bool
) -> int:
    """Read the orders again whose outcome is not known for good. Nothing is clicked."""
    folder = (runs_folder or default_runs_folder()).resolve()
    journal = Journal.open(folder)
    settled: list[Run] = []
    later: list[TryLater] = []
    try:
        journal.prove()
        for intent in open_intents(journal):
            if run_id is None or intent.run.endswith(run_id):
                try:
                    settled.append(_settle(intent, journal, base_url))
                except TryLater as problem:
                    later.append(problem)
    finally:
        journal.close()
    if not settled and not later and run_id is not None:
        settled = [find_run(folder, run_id)]
    for run in settled:
        with even_if_nobody_reads():
            tell(run, as_json=as_json)
    if later and not settled:
        raise later[0]
    for put_off in later:
        click.echo(f"unorder: {put_off}", err=True)
    if not settled:
        click.echo("nothing is open", err=True)
        if as_json:
            click.echo(json.dumps({"run": None, "outcome": None, "exit": 0, "items": {}}))
    return gravest([run.exit_code for run in settled] + [one.exit_code for one in later])


def _settle(intent: Intent, journal: Journal, base_url: str | None) -> Run:
    from playwright.sync_api import Error  # noqa: PLC0415 (start-up)

    from automation.run.browser import open_browser  # noqa: PLC0415
    from automation.run.endings import WalkEnded  # noqa: PLC0415
    from automation.run.engine import keep  # noqa: PLC0415
    from automation.run.lock import locked  # noqa: PLC0415
    from automation.run.masking import Masker  # noqa: PLC0415
    from automation.run.settings import read_settings  # noqa: PLC0415
    from automation.run.settling import settle_intent  # noqa: PLC0415
    from automation.run.stopping import Stopping  # noqa: PLC0415
    from automation.run.visit import visiting  # noqa: PLC0415
    from automation.storefronts.profile import open_storefront  # noqa: PLC0415

    storefront = open_storefront(
        intent.store.store,
        base_url=base_url or intent.store.base_url,
        language=intent.store.language,
    )
    account = read_settings().account(intent.subject.account, storefront)
    stopping = Stopping()
    try:
        with (
            locked(str(intent.subject)),
            stopping.listening(),
            open_browser(storefront) as browser,
            visiting(browser, storefront, account, Masker(storefront)) as visit,
        ):
            run = settle_intent(intent, visit, journal, stopping)
    except WalkEnded as ending:
        raise TryLater(
            f"order {intent.subject.order} could not be read: {ending.verdict.reason}",
            hint=ending.hint,
        ) from ending
    except Error as problem:
        raise TryLater(
            f"order {intent.subject.order} could not be read: the browser failed",
            hint="`unorder doctor` looks at the machine",
        ) from problem
    return keep(run)
