"""The browser's own protocol, without Playwright: it clicks where a thing is, and waits for loads.

It does not look whether a control is visible, steady or covered, as Playwright does. That is what
it saves.
"""

from __future__ import annotations

import json
import sys
from urllib.parse import urljoin

from benchmarks.speed.cdp import Message, Pipe
from benchmarks.speed.turns import ORDERS, Errand, details_link, errand, take_turns

_WHERE = """(() => {
  const it = document.querySelector(%s);
  it.scrollIntoView({block: "center"});
  const box = it.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
})()"""


class Tab:
    """A page in a context of its own, signed in."""

    def __init__(self, pipe: Pipe, told: Errand) -> None:
        self._pipe = pipe
        self._context = pipe.ask("Target.createBrowserContext")["browserContextId"]
        pipe.ask("Storage.setCookies", cookies=told.cookies, browserContextId=self._context)
        target = pipe.ask("Target.createTarget", url="about:blank", browserContextId=self._context)[
            "targetId"
        ]
        attached = pipe.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._ask("Page.enable")

    def go(self, url: str) -> None:
        self._pipe.forget()
        self._ask("Page.navigate", url=url)
        self._loaded()

    def click(self, selector: str) -> None:
        x, y = self._evaluate(_WHERE % json.dumps(selector))
        self._pipe.forget()
        for kind in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def follow(self, selector: str) -> None:
        """Click what leads to another page, and wait for it."""
        self.click(selector)
        self._loaded()

    def has(self, selector: str) -> bool:
        return bool(self._evaluate(f"document.querySelector({json.dumps(selector)}) !== null"))

    def close(self) -> None:
        self._pipe.ask("Target.disposeBrowserContext", browserContextId=self._context)

    def _ask(self, method: str, **parameters: object) -> Message:
        return self._pipe.ask(method, self._session, **parameters)

    def _evaluate(self, script: str) -> list[float]:
        answer = self._ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, script
        value: list[float] = answer["result"]["value"]
        return value

    def _loaded(self) -> None:
        self._pipe.wait_for(
            lambda came: (
                (came.get("method"), came.get("sessionId"))
                == ("Page.loadEventFired", self._session)
            )
        )


def shortest(pipe: Pipe, told: Errand, number: str) -> None:
    tab = Tab(pipe, told)
    tab.go(urljoin(told.url, ORDERS))
    tab.follow(details_link(number))
    tab.follow("#orderDetails a[href*='/cancel-items']")
    tab.click("#cancel-items-form input[type=checkbox]")
    tab.follow("#cancel-items-form button[type=submit]")
    assert tab.has("#cancel-summary")
    tab.close()


def main() -> None:
    told = errand(sys.argv[1])
    pipe = Pipe(told.browser, told.arguments, told.folder / "profile")
    take_turns(lambda number: shortest(pipe, told, number))
    pipe.close()


if __name__ == "__main__":
    main()
