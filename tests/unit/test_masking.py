"""What may not be kept, in each way in which it may be said."""

from __future__ import annotations

import pytest

from automation.run.masking import CHIP, Masker, Told
from automation.storefronts.profile import open_storefront


def masked(text: str, *hidden: str) -> str:
    masker = Masker(open_storefront("mock"))
    masker.hide(*hidden)
    return masker.text(text)


@pytest.mark.parametrize(
    ("hidden", "said"),
    [
        ("Robin Vale", "Hello Robin Vale!"),
        ("Robin Vale", "Hello ROBIN VALE!"),
        ("ROBIN VALE", "Hello Robin Vale!"),
        ("Robin Vale", "Hello Robin  \u00a0Vale!"),
        ("Robin\nVale", "Hello Robin Vale!"),
        ('Robin "Bo" Vale', 'heading "Hello Robin \\"Bo\\" Vale!"'),
        ("Robin Vale", "/orders?to=Robin%20Vale&x"),
        ("Robin Vale", "/orders?to=Robin+Vale&x"),
        ("a/b&c?d=e", "/sign-in?password=a%2Fb%26c%3Fd%3De&x"),
        ("Bo", "Hello Bo!"),
        ("李四", "你好李四先生"),
        ("14 Kiln Lane", "to 14 kiln lane, 1017 AB"),
        ("Siobhan O'Brien", "'heading \"Hello Siobhan O''Brien\"'"),
        ("Siobhan O'Brien", "/orders?to=Siobhan%20O'Brien"),
        ("Robin Vale", "/people/robin-vale/edit"),
        ("Kiln\u00adLane", "to KilnLane"),
        ("Kiln\u00adLane", "to Kiln\u00adLane"),
        ("Kiln\u200bLane", "to KilnLane"),
        ("Kiln\ufeffLane", "to Kiln Lane"),
        ("Robin Vale \ud83d", "Hello Robin Vale \ud83d!"),
        ("Robin Vale \ud83d", "Hello Robin Vale!"),
        ("Robin Vale \ud83d", "Hello Robin Vale \U0001f4a1!"),
        ("(x+y)*[z]", "the password is (x+y)*[z]."),
    ],
)
def test_is_hidden_however_it_is_said(hidden: str, said: str) -> None:
    shown = masked(said, hidden)

    assert CHIP in shown
    assert shown.encode()
    for word in hidden.replace('"', " ").split():
        assert word.lower() not in shown.lower()


@pytest.mark.parametrize(
    "said", ["Booking about a robot", "Bonnet", "an order of a lamp", "USB-C cable (2 m)"]
)
def test_short_names_leave_other_words_alone(said: str) -> None:
    assert masked(said, "Bo", "a", "·", " ", "") == said.replace(" a ", f" {CHIP} ")


def test_a_number_is_not_taken_for_another_that_is_parted_otherwise() -> None:
    assert masked("14.11, 14-11 and 14 11", "14 11") == f"14.11, 14-11 and {CHIP}"


@pytest.mark.parametrize(
    "said",
    [
        "write to robin.vale+x@varnholt.test now",
        "card 4929 1234 5678 8642",
        "card 4929-1234-5678-8642",
        "card 4929123456788642",
    ],
)
def test_addresses_and_card_numbers_are_known_by_their_look(said: str) -> None:
    assert CHIP in masked(said)
    assert "8642" not in masked(said)
    assert "varnholt.test" not in masked(said)


def test_order_numbers_are_not_taken_for_cards() -> None:
    assert masked("order 112-4419326-1180247") == "order 112-4419326-1180247"


def test_the_longest_goes_first() -> None:
    assert masked("Robin Vale", "Robin", "Robin Vale") == CHIP


def test_a_personal_link_is_hidden_whole_though_it_holds_a_key() -> None:
    masker = Masker(open_storefront("mock"))
    masker.note(Told([], ["/people/77/a8c?key=ab12"]))

    assert masker.text('link "Robin": /url: /people/77/a8c?key=ab12') == (
        f'link "Robin": /url: {CHIP}'
    )


@pytest.mark.parametrize("said", ["Nonce: 3F9C2A71B0.", '"3f9c2a71b0"', "/go/3f9c2a71b0/on"])
def test_what_a_hidden_field_held_is_hidden_wherever_it_stands(said: str) -> None:
    masker = Masker(open_storefront("mock"))
    masker.note(Told([], [], [("_wpnonce", "3f9c2a71b0"), ("order", "4b7d1e92c8")]))

    shown = masker.text(f"{said} 4b7d1e92c8")

    assert "3f9c2a71b0" not in shown.lower()
    assert "4b7d1e92c8" in shown


def test_the_orders_own_number_is_never_taken_for_a_secret() -> None:
    masker = Masker(open_storefront("mock"), "A4X7K")
    masker.note(Told([], [], [("token", "order-A4X7K-1")]))

    assert masker.text("/orders?code=A4X7K&key=ab12") == f"/orders?code=A4X7K&key={CHIP}"
    assert masker.text("order-A4X7K-1") == "order-A4X7K-1"
