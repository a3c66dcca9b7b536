"""Which requests may leave, by what a profile declares."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from boutiques import adapter

from automation.pages.cancel_words import looks_like_a_cancellation, stems_of
from automation.pages.description import Opener
from automation.pages.pressing import Press
from automation.pages.readings import State
from automation.pages.request_patterns import RequestPattern
from automation.pages.spots import By, Look, Spot
from automation.run.network.paused import PausedRequest
from automation.run.network.press_check import objection_to
from automation.run.network.rulings import Phase, Ruling, Rulings
from automation.storefronts.profile import open_storefront

STEMS = stems_of({"gewist": State.CANCELLED})
CANCEL = "/account/orders/22/cancel"
MULTIPART = '--b\r\nContent-Disposition: form-data; name="operationName"\r\n\r\norders\r\n--b--\r\n'
SPOT = Spot("cancel.opens", (Look(By.CSS, words=(".go",)),))


@pytest.fixture
def rulings(tmp_path: Path) -> Rulings:
    return Rulings.of(open_storefront(str(adapter(tmp_path / "shop"))))


def paused(
    method: str,
    address: str,
    kind: str = "Fetch",
    body: str | None = None,
    content_type: str = "application/x-www-form-urlencoded",
    **headers: str,
) -> PausedRequest:
    request: dict[str, Any] = {
        "method": method,
        "url": f"http://127.0.0.1:8713{address}",
        "headers": {"Content-Type": content_type, **headers},
    }
    if body is not None:
        encoded = base64.b64encode(body.encode()).decode()
        request |= {"hasPostData": True, "postDataEntries": [{"bytes": encoded}]}
    return PausedRequest.read({"requestId": "1", "resourceType": kind, "request": request})


def ruling(
    rulings: Rulings,
    request: PausedRequest,
    phase: Phase = Phase.BEFORE,
    pressing: Opener | None = None,
) -> Ruling:
    return rulings.on(request, phase, order="22", number="", pressing=pressing)


@pytest.mark.parametrize(
    ("method", "address", "kind", "expected"),
    [
        ("GET", "/account/orders", "Document", Ruling.ADMIT),
        ("GET", "/account/orders/22", "Document", Ruling.ADMIT),
        ("HEAD", "/account/orders/22", "Fetch", Ruling.ADMIT),
        ("POST", "/statistics", "Ping", Ruling.BLOCK),
        ("DELETE", "/basket", "Fetch", Ruling.BLOCK),
        # What the last control asks for, whatever the method, and for whichever order.
        ("POST", CANCEL, "Document", Ruling.CANCELS),
        ("GET", CANCEL, "Document", Ruling.CANCELS),
        ("GET", CANCEL, "Image", Ruling.CANCELS),
        ("POST", "/account/orders/23/cancel", "Fetch", Ruling.CANCELS),
        ("OPTIONS", CANCEL, "Preflight", Ruling.ADMIT),
        # What only looks so.
        ("GET", "/account/orders/22/cancel-now", "Document", Ruling.CANCELS),
        ("GET", "/index.php?route=CancelOrder&id=101", "Document", Ruling.CANCELS),
        ("GET", "/account/orders?cancel=22", "Document", Ruling.CANCELS),
        ("POST", "/orders/22/annuleren", "Fetch", Ruling.CANCELS),
        ("GET", "/api/orders/22/storno", "XHR", Ruling.CANCELS),
        ("GET", "/api/cancel-reasons", "Fetch", Ruling.ADMIT),
        ("GET", "/cancel-order.js", "Script", Ruling.ADMIT),
        ("GET", "/account/orders?state=cancelled", "Document", Ruling.ADMIT),
    ],
)
def test_before_the_click(
    rulings: Rulings, method: str, address: str, kind: str, expected: Ruling
) -> None:
    assert ruling(rulings, paused(method, address, kind)) is expected


def test_what_the_browser_asks_for_ahead_ends_nothing(rulings: Rulings) -> None:
    request = paused("GET", "/orders/22/cancel-now", "Document", **{"Sec-Purpose": "prefetch"})

    assert ruling(rulings, request) is Ruling.ADMIT


@pytest.mark.parametrize(
    ("method", "address", "phase", "expected"),
    [
        ("POST", CANCEL, Phase.CLICK, Ruling.COMMIT),
        ("POST", "/account/orders/23/cancel", Phase.CLICK, Ruling.CANCELS),
        ("POST", "/statistics", Phase.CLICK, Ruling.BLOCK),
        ("GET", CANCEL, Phase.CLICK, Ruling.ADMIT),  # the page of the answer
        ("POST", CANCEL, Phase.AFTER, Ruling.CANCELS),
        ("GET", CANCEL, Phase.AFTER, Ruling.ADMIT),
        ("POST", "/statistics", Phase.AFTER, Ruling.BLOCK),
    ],
)
def test_at_the_click_and_after_it(
    rulings: Rulings, method: str, address: str, phase: Phase, expected: Ruling
) -> None:
    assert ruling(rulings, paused(method, address, "Document"), phase) is expected


def test_what_the_profile_declares_leaves(rulings: Rulings) -> None:
    opener = Opener(
        SPOT,
        goes_to=RequestPattern("GET", CANCEL.replace("22", "{order}")),
        sends=(RequestPattern("POST", "/check/{order}"),),
    )
    declared = replace(
        rulings,
        openers=(opener,),
        storefront=replace(rulings.storefront, reads=(RequestPattern("POST", "/search"),)),
    )

    assert ruling(declared, paused("GET", CANCEL, "Document")) is Ruling.ADMIT
    assert ruling(declared, paused("POST", "/search")) is Ruling.ADMIT
    assert ruling(declared, paused("POST", "/search?cancel=1")) is Ruling.CANCELS
    assert ruling(declared, paused("POST", "/check/22"), pressing=opener) is Ruling.ADMIT
    assert ruling(declared, paused("POST", "/check/22")) is Ruling.BLOCK
    assert ruling(declared, paused("POST", CANCEL), pressing=opener) is Ruling.CANCELS


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ("operationName=orders", "application/x-www-form-urlencoded", Ruling.ADMIT),
        ('{"operationName": "orders"}', "application/json", Ruling.ADMIT),
        ('{"operationName": "cancelOrder"}', "application/json", Ruling.CANCELS),
        ('{"operationName": "other"}', "application/json", Ruling.BLOCK),
        ('[{"operationName": "orders"}]', "application/json", Ruling.CANCELS),  # not readable
        ("\x00", "application/octet-stream", Ruling.CANCELS),
        (None, "", Ruling.BLOCK),
        (
            MULTIPART,
            "multipart/form-data; boundary=b",
            Ruling.ADMIT,
        ),
    ],
)
def test_fields_tell_reading_from_cancelling_at_one_address(
    rulings: Rulings, body: str | None, content_type: str, expected: Ruling
) -> None:
    named = (("operationName", "orders"),)
    shop = replace(rulings.storefront, reads=(RequestPattern("POST", "/graphql", named),))
    commit = RequestPattern("POST", "/graphql", (("operationName", "cancelOrder"),))
    both = replace(rulings, storefront=shop, commit=commit)

    request = paused("POST", "/graphql", body=body, content_type=content_type)

    assert ruling(both, request) is expected


@pytest.mark.parametrize(
    ("address", "looks_so"),
    [
        ("/orders/22/cancel", True),
        ("/orders/22/Cancel", True),
        ("/index.php?route=account/order/CancelOrder", True),
        ("/mijn/bestelling/22/annuleren", True),
        ("/bestellung/22/stornieren", True),
        ("/widerruf?order=22", True),
        ("/k%C3%BCndigen", True),
        ("/orders/22/gewist", True),  # by the store's own word
        ("/orders/22/gewissen", False),
        ("/orders?state=cancelled", False),
        ("/orders/22", False),
        ("/noise-uncancelling", False),
    ],
)
def test_addresses_that_look_like_a_cancellation(address: str, looks_so: bool) -> None:
    assert looks_like_a_cancellation(address, STEMS) is looks_so


@pytest.mark.parametrize(
    ("aim", "opener", "objects"),
    [
        ("", Opener(SPOT), False),
        ("GET /account/orders/22/edit", Opener(SPOT), False),
        ("GET /account/orders/22/cancel", Opener(SPOT), True),
        ("POST /account/orders/22/edit", Opener(SPOT), True),
        ("POST /check", Opener(SPOT, sends=(RequestPattern("POST", "/check"),)), False),
        (f"GET {CANCEL}", Opener(SPOT, RequestPattern("GET", CANCEL)), False),
        (f"GET {CANCEL}-now", Opener(SPOT, RequestPattern("GET", CANCEL)), True),
        ("GET /elsewhere", Opener(SPOT, RequestPattern("GET", CANCEL)), True),
    ],
)
def test_a_control_is_looked_at_before_it_is_pressed(
    rulings: Rulings, aim: str, opener: Opener, objects: bool
) -> None:
    objection = objection_to(Press(opener, "22", aim), rulings)

    assert (objection is not None) is objects
    if objection:
        assert objection.hint.startswith("does pressing it cancel? then it is `commit`")
