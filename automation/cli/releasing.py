"""`unorder release`: going on with a storefront that changed an order before its click."""

from __future__ import annotations

from pathlib import Path

import click

from automation.cli.looking import folder_to_look_in
from automation.cli.options import RUNS, STORE
from automation.storefronts.profile import open_storefront


@click.command()
@STORE
@click.option("--base-url", help="Where the store is, if not where its profile says.")
@click.option("--by", required=True, metavar="NAME", help="Who looked at it.")
@click.option("--note", required=True, metavar="TEXT", help="What was wrong, and was corrected.")
@RUNS
def release(
    store_name: str, base_url: str | None, by: str, note: str, runs_folder: Path | None
) -> None:
    """Go on with a held storefront, once its profile is corrected."""
    from automation.run.journal import Journal  # noqa: PLC0415 (start-up)
    from automation.run.storefront_holds import release as released  # noqa: PLC0415

    storefront = open_storefront(store_name, base_url=base_url)
    journal = Journal.open(folder_to_look_in(runs_folder))
    try:
        released(journal, storefront, by=by, note=note)
    finally:
        journal.close()
    click.echo(f"{storefront.title} can be followed again; rehearse first")
