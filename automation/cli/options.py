"""Options that several commands have, said once."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from automation.cli.outputs import OUTPUT_FOLDER
from automation.errors import InputError

LANGUAGES = ("en", "nl", "de")  # of texts; `flow.model` would cost start-up


class _StoreAddress(click.ParamType[str]):
    """Where a store is. Its pages are addressed from the root, so a path would go unheard."""

    name = "url"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:  # noqa: ARG002 (click's signature)
        address = str(value)
        try:
            parts = urlsplit(address)
        except ValueError:
            return address  # that it is none is for the storefront to say
        if parts.scheme in ("http", "https") and (
            parts.path.strip("/") or parts.query or parts.fragment
        ):
            raise InputError(
                f"`{address}` is a page, not the address of a store",
                hint=f"a store is looked for at its root: --base-url "
                f"{parts.scheme}://{parts.netloc}",
            )
        return address


STORE_ADDRESS = _StoreAddress()
STORE = click.option(
    "--store",
    "store_name",
    default="mock",
    show_default=True,
    help="A storefront's name, or its folder.",
)
BASE_URL = click.option(
    "--base-url", type=STORE_ADDRESS, help="Where the store is, if not where its profile says."
)
LANGUAGE = click.option("--language", default="en", show_default=True, help="The store's language.")
ACCOUNT = click.option("--account", help="An account of the configuration; the first if not given.")


class _KeyPlace(click.ParamType[Any]):
    """Where the key of an order is, never the key."""

    name = "place"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 (click's signature)
        from automation.run.order_keys import KeyPlace  # noqa: PLC0415 (start-up)

        return KeyPlace.parse(str(value))


KEY = click.option(
    "--key",
    type=_KeyPlace(),
    help="Where the key of an order without an account is: env:NAME, file:PATH or cmd:PROGRAM.",
)
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
    type=OUTPUT_FOLDER,
    default=Path("walkthroughs"),
    show_default=True,
)
REAL_COMMIT = click.option(
    "--commit", is_flag=True, help="In a real store: make the last click, too."
)
MASK = click.option(
    "--mask", is_flag=True, help="Cover what is personal in the practice store, too."
)
