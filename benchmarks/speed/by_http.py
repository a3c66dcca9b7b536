"""No browser at all: the same pages by HTTP, on one kept-alive connection for each order.

It loads no style, script or picture, and sees nothing that a script does: what the store's pages
are worth without a browser, and no way to cancel where a store needs one.
"""

from __future__ import annotations

import html
import re
import sys
from http.client import HTTPConnection
from urllib.parse import urlencode, urljoin, urlsplit

from benchmarks.speed.turns import ORDERS, errand, take_turns


class Shopper:
    """Asks for one page after the other, with the cookies of who is signed in."""

    def __init__(self, url: str, cookies: str) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc)
        self._cookies = cookies

    def leave(self) -> None:
        """Close the connection; the store would, before the next order comes."""
        self._connection.close()

    def get(self, path: str) -> str:
        return self._ask("GET", path)[0]

    def post(self, path: str, fields: dict[str, str]) -> str:
        """What the answer leads to."""
        return self._ask("POST", path, urlencode(fields))[1]

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[str, str]:
        headers = {"Cookie": self._cookies}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        return answer.read().decode(), answer.getheader("Location") or ""


def found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    assert match, pattern
    return html.unescape(match[1])


def shortest(shopper: Shopper, number: str) -> None:
    listed = shopper.get(ORDERS)
    order = shopper.get(found(rf'href="([^"]*order-details\?orderID={number})"', listed))
    where = found(r'href="([^"]*/cancel-items\?[^"]*)"', order)
    form = shopper.get(where)
    leads_to = shopper.post(
        where,
        {
            "csrf": found(r'name="csrf" value="([^"]*)"', form.partition("cancel-items-form")[2]),
            "form_token": found(r'name="form_token" value="([^"]*)"', form),
            "item": found(r'name="item" value="([^"]*)"', form),
        },
    )
    parts = urlsplit(urljoin(where, leads_to))
    assert 'id="cancel-summary"' in shopper.get(f"{parts.path}?{parts.query}")
    shopper.leave()


def main() -> None:
    told = errand(sys.argv[1])
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in told.cookies)
    shopper = Shopper(told.url, cookies)
    take_turns(lambda number: shortest(shopper, number))


if __name__ == "__main__":
    main()
