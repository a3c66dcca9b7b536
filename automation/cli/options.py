"""Options that several commands have, said once."""

from __future__ import annotations

from pathlib import Path

import click

LANGUAGES = ("en", "nl", "de")  # of texts; `flow.model` would cost start-up

STORE = click.option(
    "--store",
    "store_name",
    default="mock",
    show_default=True,
    help="A storefront's name, or its folder.",
)
BASE_URL = click.option("--base-url", help="Where the store is, if not where its profile says.")
LANGUAGE = click.option("--language", default="en", show_default=True, help="The store's language.")
ACCOUNT = click.option("--account", help="An account of the configuration; the first if not given.")
JSON = click.option("--json", "as_json", is_flag=True, help="Close with one line of JSON.")
RUNS = click.option(
    "--runs",
    "runs_folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the journal and the evidence are kept.",
)

# Of what is drawn from a recorded run.
TEXT_LANGUAGE = click.option(
    "--language",
    default="en",
    show_default=True,
    type=click.Choice([*LANGUAGES, "all"]),
    help="Of the text and of the store.",
)
STORE_LANGUAGE = click.option(
    "--store-language",
    type=click.Choice(LANGUAGES),
    help="The store's language, if it is not the text's.",
)
LAYOUT = click.option("--layout", help="A face of the practice store: documented, current, mobile.")
OUT = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("walkthroughs"),
    show_default=True,
)
REAL_COMMIT = click.option(
    "--commit", is_flag=True, help="In a real store: make the last click, too."
)
MASK = click.option(
    "--mask", is_flag=True, help="Cover what is personal in the practice store, too."
)
