"""`unorder sign-in`: a person signs in, and the signed-in state is kept."""

from __future__ import annotations

import click

from automation.cli.options import ACCOUNT, BASE_URL, LANGUAGE, STORE
from automation.errors import InputError


@click.command("sign-in")
@STORE
@BASE_URL
@ACCOUNT
@LANGUAGE
@click.option("--minutes", default=10, show_default=True, help="How long to wait for you.")
def sign_in(
    store_name: str, base_url: str | None, account: str | None, language: str, minutes: int
) -> int:
    """Sign in by hand, in a browser that you see. Codes, captchas and passkeys are yours.

    The signed-in state is kept, readable by you alone, until it is too old.
    """
    from automation.run.browser import open_browser  # noqa: PLC0415 (start-up)
    from automation.run.settings import read_settings  # noqa: PLC0415
    from automation.run.signing_in import signed_in_by_hand  # noqa: PLC0415
    from automation.storefronts.profile import open_storefront  # noqa: PLC0415

    storefront = open_storefront(store_name, base_url=base_url, language=language)
    if not storefront.has_accounts:
        raise InputError(
            f"nobody signs in to {storefront.title}: its profile says `sign_in: none`",
            hint="an order is opened by its key: unorder cancel ORDER --key env:NAME",
        )
    who = read_settings().account(account, storefront)
    click.echo(f"sign in to {storefront.title} in the window that opens", err=True)
    with open_browser(storefront, headed=True) as browser:
        signed_in_by_hand(browser, storefront, who, within=minutes * 60)
    click.echo(f"the signed-in state of `{who.name}` is kept")
    return 0
