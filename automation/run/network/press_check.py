"""Looking at a control before it is pressed: does it lead on, or may it cancel? Pure."""

from __future__ import annotations

from dataclasses import dataclass

from automation.pages.bearer_secrets import BearerSecrets, SecretPlaces
from automation.pages.pressing import Press
from automation.pages.request_patterns import RequestPattern
from automation.run.network.rulings import Rulings

_IS_IT_COMMIT = "does pressing it cancel? then it is `commit`, and no part of `opens`"


@dataclass(frozen=True)
class Objection:
    """Why a control is not pressed, and what its profile may say instead."""

    reason: str
    hint: str


def objection_to(press: Press, rulings: Rulings) -> Objection | None:
    """Why this is not to be pressed on the way; `None` where nothing speaks against it."""
    if not press.aim:
        return None  # only its script knows: what it asks for is looked at as it leaves
    opener = press.opener
    method, _, address = press.aim.partition(" ")
    declared = [*opener.sends, *([opener.goes_to] if opener.goes_to else [])]
    if any(_is(each, method, address, press.order) for each in declared):
        return None
    if opener.goes_to:
        reason = f"leads to `{press.aim}`, and its profile says `{opener.goes_to}`"
        return Objection(f"{opener} {reason}", f"{_IS_IT_COMMIT}; else correct its `goes_to`")
    if method != "GET":
        reason = f"sends a form to `{press.aim}`"
    elif rulings.commit.is_sent_to(address) and not rulings.is_a_page(method, address):
        reason = f"leads to `{press.aim}`, where `commit` goes"
    elif rulings.looks_like_one(address):
        reason = f"leads to `{press.aim}`, which looks like a cancellation"
    else:
        return None
    return Objection(
        f"{opener} {reason}; it was not pressed",
        how_to_declare(press.aim, press.order, rulings.storefront.secrets),
    )


def how_to_declare(request: str, order: str, places: SecretPlaces) -> str:
    """What to write into `opens` so that it may ask for this *request*, without its secrets."""
    method, _, address = request.partition(" ")
    secrets = BearerSecrets(places)
    secrets.spare(order)
    address = secrets.masked(address, "{any}")
    named = address.replace(order, "{order}") if order else address
    key = f"goes_to: 'GET {named}'" if method == "GET" else f"sends: ['{method} {named}']"
    return f"{_IS_IT_COMMIT}; if it only leads on, say where to: `opens: [{{…, {key}}}]`"


def _is(declared: RequestPattern, method: str, address: str, order: str) -> bool:
    # The form's fields are compared when it is sent.
    return declared.method == method and declared.is_sent_to(address, order=order)
