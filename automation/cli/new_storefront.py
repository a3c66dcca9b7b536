"""`unorder new-storefront`: a storefront is begun by pointing at things in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from automation.errors import InputError, TryLater

if TYPE_CHECKING:  # start-up
    from playwright.sync_api import Locator, Page

    from automation.pages.storefront import Storefront
    from automation.storefronts.starting.guide import Instead


@click.command("new-storefront")
@click.argument("name")
@click.option("--url", required=True, help="The store's front page.")
def new_storefront(name: str, url: str) -> int:
    """Begin the storefront NAME: a browser opens, you point, and a folder is written.

    What you point at is not pressed. At the end the flow cancel-items is rehearsed.
    """
    from automation.run.browser import open_browser  # noqa: PLC0415 (start-up)
    from automation.run.sessions import Session, save  # noqa: PLC0415
    from automation.run.settings import read_settings  # noqa: PLC0415
    from automation.storefronts.profile import open_storefront  # noqa: PLC0415
    from automation.storefronts.starting.found import BEGUN, Found  # noqa: PLC0415
    from automation.storefronts.starting.guide import Guide  # noqa: PLC0415
    from automation.storefronts.starting.writing import write_storefront  # noqa: PLC0415

    folder = Path(name)
    begun = Found.begun(folder)
    if begun is None and folder.exists():
        raise InputError(f"there is a `{folder}` already", hint="name another storefront")
    if begun:
        click.echo(f"going on with what {folder / BEGUN} keeps; remove it to begin anew")
    bare = _bare(name, url)
    account = read_settings().account(None, bare)
    with open_browser(bare, headed=True) as browser, _told(bare):
        context = browser.new_context(language="en", state=None)
        page = context.new_page()
        page.goto(url)
        found = begun or Found(bare.base_url)
        Guide(page, _AtTheTerminal(page), found, lambda found: found.save(folder)).ask()
        path = write_storefront(folder, name, found)
        click.echo(f"{path} is written")
        try:
            storefront = open_storefront(str(folder))
        except InputError as problem:
            click.echo(f"write what it lacks by hand, then `unorder check --store ./{name}`:\n\n"
                       f"{problem}", err=True)  # fmt: skip
            return problem.exit_code
        state = dict(context.storage_state())
        save(storefront, account, Session(state, "", datetime.now(UTC)))
        context.close()
    from automation.cli.running import follow_and_tell  # noqa: PLC0415

    click.echo("rehearsing: everything but the last click")
    return follow_and_tell(
        "cancel-items", {"order": [found.number]}, as_json=False, store_name=name, base_url=None,
        language="en", account=account.name, commit=False, headed=False, runs_folder=None,
    )  # fmt: skip


def _bare(name: str, url: str) -> Storefront:
    """As much of a storefront as it takes to open a browser that reaches one host."""
    from automation.pages.storefront import Labels, Storefront  # noqa: PLC0415 (start-up)

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"`{url}` is not the address of a store",
                         hint="write it like https://shop.example")  # fmt: skip
    return Storefront(
        name=name, title=name, base_url=f"{parts.scheme}://{parts.netloc}", language="en",
        labels=Labels(), addresses={}, hosts=(parts.hostname,),
    )  # fmt: skip


@contextmanager
def _told(storefront: Storefront) -> Iterator[None]:
    """A store that does not answer, and a window that was closed."""
    from playwright.sync_api import Error  # noqa: PLC0415 (start-up)

    from automation.run.arrival import translated  # noqa: PLC0415

    try:
        yield
    except Error as problem:
        told = translated(problem, storefront)
        if isinstance(told, InputError):
            raise told from None
        if isinstance(told, TryLater):
            raise TryLater(told.message, hint="see that it runs and that --url is right") from None
        why = "the window was closed, or its page went away" if told is problem else str(told)
        raise TryLater(
            why, hint="what was answered is kept: call it again, and it goes on from there"
        ) from problem


class _AtTheTerminal:
    """Who sits there: told what to do in the terminal, pointing in the browser."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def does(self, what: str) -> None:
        click.prompt(f"In the browser, {what}; then press Enter", default="", show_default=False,
                     prompt_suffix=" ")  # fmt: skip

    def points_at(self, what: str) -> Locator:
        click.echo(f"Point at {click.style(what, bold=True)}, and click it. It is not pressed.")
        from automation.storefronts.starting.pointing import point  # noqa: PLC0415 (start-up)

        return point(self._page)

    def says(self, what: str, default: str) -> str:
        said: str = click.prompt(what, default=default)
        return said

    def agrees(self, what: str) -> bool:
        return click.confirm(what, default=True)

    def decides(self, what: str) -> bool:
        return click.confirm(what, default=None)

    def instead(self, problem: InputError) -> Instead:
        from automation.storefronts.starting.guide import Instead  # noqa: PLC0415 (start-up)

        click.echo(str(problem), err=True)
        said: str = click.prompt(
            "Press Enter to point again, type a CSS selector, or `-` to leave it out",
            default="", show_default=False, prompt_suffix=" ",
        )  # fmt: skip
        return Instead(selector="" if said == "-" else said, skip=said == "-")
