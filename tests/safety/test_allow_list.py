"""A page may reach the hosts that its profile names, and by no way any other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright
from strangers import Stranger, page_with, stranger

from automation.run.browser import OpenBrowser, find_browser

# What a page may try; {there} is the stranger's host and port.
WAYS = {
    "an image": "<img src='http://{there}/'>",
    "a style sheet": "<link rel=stylesheet href='http://{there}/'>",
    "a script": "<script src='http://{there}/'></script>",
    "a frame": "<iframe src='http://{there}/'></iframe>",
    "a frame that is redirected": "<iframe src='/redirect?http://{there}/'></iframe>",
    "an image that is redirected": "<img src='/redirect?http://{there}/'>",
    "a preconnection": "<link rel=preconnect href='http://{there}/'>",
    "a prefetch": "<link rel=prefetch href='http://{there}/'>",
    "an icon": "<link rel=icon href='http://{there}/'>",
    "a fetch": "<script>fetch('http://{there}/', {{mode: 'no-cors'}})</script>",
    "a fetch that is redirected":
        "<script>fetch('/redirect?http://{there}/', {{mode: 'no-cors'}})</script>",
    "a form": "<form action='http://{there}/' method=post><input name=a></form>"
              "<script>document.forms[0].submit()</script>",
    "a beacon": "<script>navigator.sendBeacon('http://{there}/', 'x')</script>",
    "a ping": "<a href='#x' ping='http://{there}/' id=a>a</a>"
              "<script>document.querySelector('#a').click()</script>",
    "a WebSocket": "<script>new WebSocket('ws://{there}/')</script>",
    "an event source": "<script>new EventSource('http://{there}/')</script>",
    "a worker": "<script>new Worker(URL.createObjectURL(new Blob([\"fetch('http://{there}/')\"])))"
                "</script>",
    "a popup": "<script>open('http://{there}/')</script>",
    "a navigation": "<script>location = 'http://{there}/'</script>",
    "a refresh": "<meta http-equiv=refresh content='0; url=http://{there}/'>",
    "WebRTC": "<script>const p = new RTCPeerConnection("
              "{{iceServers: [{{urls: 'stun:{there}'}}]}}); p.createDataChannel('x');"
              "p.createOffer().then(o => p.setLocalDescription(o))</script>",
    "WebRTC over TCP": "<script>const p = new RTCPeerConnection({{iceServers: [{{urls: "
                       "'turn:{there}?transport=tcp', username: 'a', credential: 'b'}}]}});"
                       "p.createDataChannel('x');"
                       "p.createOffer().then(o => p.setLocalDescription(o))</script>",
}  # fmt: skip
NOT_WITHOUT_A_WINDOW = ("a preconnection", "an icon")  # a browser that shows nothing does neither
LOOKED_FOR = 1.0  # seconds in which whoever means to reach it has


@pytest.fixture
def there() -> Iterator[Stranger]:
    with stranger() as opened:
        yield opened


@pytest.fixture(scope="module")
def unguarded(playwright: Playwright) -> Iterator[Browser]:
    """The same browser without a gate: what reaches the stranger in this one must be stopped."""
    browser = playwright.chromium.launch(executable_path=find_browser(headed=False).path)
    yield browser
    browser.close()


def visit(page: Page, way: str, there: Stranger) -> None:
    with page_with(WAYS[way].format(there=there.host)) as url, suppress(Error):
        page.goto(url)
        page.wait_for_function(f"performance.now() > {LOOKED_FOR * 1000}")


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_a_host_that_the_profile_does_not_name(
    browser_of_ours: OpenBrowser, there: Stranger, way: str
) -> None:
    context = browser_of_ours.new_context(language="en", state=None)

    visit(context.new_page(), way, there)
    context.close()

    assert there.reached == []


@pytest.mark.thorough
@pytest.mark.parametrize("way", [way for way in WAYS if way not in NOT_WITHOUT_A_WINDOW])
def test_it_would_be_seen_if_one_did(unguarded: Browser, there: Stranger, way: str) -> None:
    context = unguarded.new_context()

    visit(context.new_page(), way, there)
    context.close()

    assert there.reached


@pytest.mark.parametrize("phone", [False, True], ids=["computer", "phone"])
def test_an_address_by_number_is_an_address(
    browser_of_ours: OpenBrowser, there: Stranger, phone: bool
) -> None:
    context = browser_of_ours.new_context(language="en", state=None, phone=phone)
    page = context.new_page()

    for host in ("127.0.0.2", "2130706434", "0x7f000002", "127.0.2", "[::ffff:127.0.0.2]"):
        with pytest.raises(Error, match="ERR_SOCKS_CONNECTION_FAILED"):
            page.goto(f"http://{host}:{there.port}/")
    context.close()

    assert there.reached == []
