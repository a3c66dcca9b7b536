"""What of an address opens something to whoever has it, and what only looks like that."""

from __future__ import annotations

import pytest

from automation.pages.bearer_secrets import CHIP, BearerSecrets, SecretPlaces, without_secrets

SECRET = "2c9f7hd8s7f6g5h4"
HEX = "b1946ac92492d2347c6235b4d2611184"

MASKED = {
    # WooCommerce: the order's key, and the nonce of its cancelling link.
    "/checkout/order-received/101/?key=wc_order_AbC123": "wc_order_AbC123",
    "/my-account/orders/?cancel_order=true&order=wc_order_Xk2mQ9fLr7TzB&order_id=101"
    "&redirect=/a&_wpnonce=3f9c2a71b0": "wc_order_Xk2mQ9fLr7TzB",
    "https://shop.example/?cancel_order=true&order_id=101&_wpnonce=3f9c2a71b0": "3f9c2a71b0",
    # pretix
    f"https://tickets.example/demo/conf/order/A4X7K/{SECRET}/": SECRET,
    f"https://tickets.example/demo/conf/order/A4X7K/{SECRET}/cancel": SECRET,
    f"/demo/conf/order/A4X7K/{SECRET}": SECRET,
    # Shopify: the page of an order, and how a guest comes there.
    f"https://shop.example/548380009/orders/{HEX}": HEX,
    f"/548380009/orders/x/authenticate?key={HEX}": HEX,
    # Shopware's deep link, Magento's guest view, PrestaShop's guest tracking
    "/account/order/hC9cnVJzYqD4uQm1xkLr8wTsA2bE7gZp": "hC9cnVJzYqD4uQm1xkLr8wTsA2bE7gZp",
    "/sales/guest/view/?protect_code=a1b2c3&token=NzQ5OmZmMDA6": "NzQ5OmZmMDA6",
    "/guest-tracking?id_order=12&secure_key=ab12": "ab12",
    # Sessions, signatures, codes
    "/orders;jsessionid=1A2B3C?page=2": "1A2B3C",
    "/orders?PHPSESSID=abc": "abc",
    "/file?X-Amz-Signature=9f86d081&X-Amz-Date=20261124": "9f86d081",
    "/reset?resetToken=xy": "xy",
    "/go?auth=1f&page=2": "1f",
    "/go?access_token=1f": "1f",
    "/verify?code=918273": "918273",
    "/callback#access_token=ya29.a0AfH6&state=1": "ya29.a0AfH6",
    f"/unsubscribe?h={HEX}": HEX,
    "/o/3f2504e0-4f89-41d3-9a0c-0305e82c3301/edit": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "/i/eyJhbGciOiJIUzI1NiJ9.eyJvcmRlciI6MTIzfQ.c2lnbmF0dXJl": "eyJhbGciOiJIUzI1NiJ9",
    "/pay/cs_live_a1Bz9kQ2LmXr7TfV0pWc": "cs_live_a1Bz9kQ2LmXr7TfV0pWc",
    # Within another address, and as HTML or an outline has it
    f"/login?back=%2Forder%2FA4X7K%2F{SECRET}%2F": SECRET,
    "/login?back=%2Forder%3Fid%3D7%26key%3Dab12%26x%3D1": "ab12",
    '<a href="/o?id=7&amp;key=ab12">': "ab12",
    f"- /url: /order/A4X7K/{SECRET}/": SECRET,
    "it leads to `POST /cart/cancel?_wpnonce=3f9c2a71b0`": "3f9c2a71b0",
}

LEFT_ALONE = [
    "https://shop.example/account/orders/1022",
    "/your-orders/order-details?orderID=112-4419326-1180247",
    "/orders?page=2&sort=placed&country_code=NL&keywords=desk+lamp",
    "/orders?zip_code=1017AB&hashtag=lamps",
    "/products/stoneware-mug-hand-thrown-35cl",
    "/products/iphone-15-pro-max-256gb-natural-titanium",
    "/p/Canon-EOS-R6-Mark-II-RF24-105mm-F4-7-1-IS-STM-Kit",
    "/p/The-North-Face-1996-Retro-Nuptse-Jacket-XXL",
    "/samsungs24ultra256gb",
    "/Herbstdekorationsartikel/Weihnachtsbaumschmuckset",
    "/donaudampfschifffahrtsgesellschaft2026",
    "/dp/B0CHX1W1XY/ref=sr_1_3",
    "/gp/product/0316769487",
    "/isbn/9783161484100",
    "/blog/2026/11/24/what-we-learned-in-2025-and-2026",
    "/runs/2026-11-24T131246Z-cancel-items-e38f/report.html",
    "/export/20261124T131246Z.csv",
    "/v2.14.3/account/orders",
    "/media/catalog/product/cache/b1946ac92492d2347c6235b4d2611184/m/u/mug.jpg",
    "/images/3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "https://cdn.example/3f2504e0-4f89-41d3-9a0c-0305e82c3301.webp?width=600",
    "/static/app.5f4dcc3b5aa765d61d8327deb882cf99.js",
    "Order ORD-2026-A4X7K was placed; what is key to it is the code of conduct",
    "the key = 12 and a token: none",
    "3/4 of 24/7",
]


@pytest.mark.parametrize("said", MASKED)
def test_what_opens_something_is_masked(said: str) -> None:
    shown = BearerSecrets().masked(said)

    assert CHIP in shown
    assert MASKED[said] not in shown
    assert BearerSecrets().masked(shown) == shown


@pytest.mark.parametrize("said", LEFT_ALONE)
def test_what_opens_nothing_is_left_alone(said: str) -> None:
    assert BearerSecrets().masked(said) == said


def test_the_rest_of_an_address_stays() -> None:
    said = f"https://t.example/order/A4X7K/{SECRET}/cancel?step=2&key=ab12&lang=en"

    assert BearerSecrets().masked(said, "*") == (
        "https://t.example/order/A4X7K/*/cancel?step=2&key=*&lang=en"
    )


PROFILE = SecretPlaces(
    addresses=("/order/{any}/{secret}/", "/t/{secret}", "/view?o={order}&s={secret}"),
    parameters=("t", "wish"),
)


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("https://t.example/order/A4X7K/lamp/", "lamp"),
        ("https://t.example/order/A4X7K/lamp", "lamp"),
        ("/order/A4X7K/lamp/cancel/do", "lamp"),
        ("`POST /order/A4X7K/lamp/cancel/do`", "lamp"),
        ("/t/abc-def", "abc-def"),
        ("/view?o=12&s=abc", "abc"),
        ("/orders?t=abc&page=1", "abc"),
        ("/orders?T=abc&page=1", "abc"),
        ("/orders?page=1#wish=abc", "abc"),
    ],
)
def test_what_the_profile_marks_is_masked(said: str, secret: str) -> None:
    shown = BearerSecrets(PROFILE).masked(said)

    assert CHIP in shown
    assert secret not in shown
    assert BearerSecrets().masked(said) == said


@pytest.mark.parametrize(
    "said", ["/orders/A4X7K/lamp/", "/my/order/A4X7K/lamp/", "/list?at=abc", "/tea/abc"]
)
def test_what_the_profile_does_not_mark_stays(said: str) -> None:
    assert BearerSecrets(PROFILE).masked(said) == said


@pytest.mark.parametrize("said", ["GET /order/{order}/{any}/cancel", "POST /t/{key}", "/o?t={any}"])
def test_what_a_profile_writes_in_its_place_is_no_secret(said: str) -> None:
    assert BearerSecrets(PROFILE).masked(said) == said


@pytest.mark.parametrize("number", ["A4X7K", "2c9f7hd8s7f6g5h4", "lamp"])
def test_a_known_order_number_is_never_masked(number: str) -> None:
    secrets = BearerSecrets(PROFILE)
    secrets.spare(number)

    for said in (f"/orders?code={number}", f"/orders/{number}", f"/t/{number}"):
        assert secrets.masked(said) == said


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (f"https://t.example/order/A4X7K/{SECRET}/?code=NL", {SECRET}),
        ("https://t.example/view?o=12&s=abcdef", {"abcdef"}),
        ("https://t.example/?session=12345678", set()),
        ("https://t.example/?token=order-A4X7K", set()),
        ("https://t.example/?key=wc_order_AbC123&page=2", {"wc_order_AbC123"}),
        ("https://t.example/orders/A4X7K", set()),
    ],
)
def test_only_what_can_be_told_from_words_is_hidden_elsewhere_too(
    address: str, found: set[str]
) -> None:
    secrets = BearerSecrets(PROFILE)
    secrets.spare("A4X7K")

    assert set(secrets.found_in(address)) == found


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("_wpnonce", "3f9c2a71b0", {"3f9c2a71b0"}),
        ("csrfmiddlewaretoken", "Ab3Xk9mQ2Zr7", {"Ab3Xk9mQ2Zr7"}),
        ("form_key", "Xk2mQ9fLr7TzB", {"Xk2mQ9fLr7TzB"}),
        ("wish", "blue-lamp", {"blue-lamp"}),
        ("order_id", "wc101lampe2026", set()),
        ("token", "1", set()),
        ("token", "order-A4X7K", set()),
    ],
)
def test_a_hidden_field_is_known_by_its_name(name: str, value: str, found: set[str]) -> None:
    secrets = BearerSecrets(PROFILE)
    secrets.spare("A4X7K")

    assert set(secrets.found_in_field(name, value)) == found


def test_of_words_that_know_no_storefront_only_whole_addresses_are_masked() -> None:
    said = f"cannot open https://t.example/order/A/{SECRET}/?key=ab, see /nix/{SECRET}/report"

    assert without_secrets(said) == (
        f"cannot open https://t.example/order/A/{CHIP}/?key={CHIP} see /nix/{SECRET}/report"
    )
