"""A store whose pages are changed on their way: by other styles, by scripts, by other words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Error, Page
from werkzeug.wrappers import Response

from automation.outcome import Outcome
from automation.pages.memberships import EndSubscriptionPage
from automation.pages.order import OrderPage
from automation.pages.regions import Field, read_rows
from automation.run.journal import Journal
from automation.run.record import Run
from automation.run.visit import Visit
from mock_store.app import create_app
from mock_store.rules import State
from mock_store.server import serve
from mock_store.store import Store
from mock_store.subscribing import subscribe

Follow = Callable[..., Run]
LAMP, MUG = "Desk lamp", "Stoneware mug"
NAME = "Robin Vale"
PERSON = f'<span class="recipient">{NAME}</span>'


class Changing:
    """What stands before the end of each page of the store whose address holds *where*."""

    def __init__(self) -> None:
        self.where = ""
        self.added = ""

    def before(self, store: Store) -> Flask:
        app = create_app(store)
        inner = app.wsgi_app

        def changed(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            answer = Response.from_app(inner, environ)
            if answer.mimetype == "text/html" and self.where in environ["PATH_INFO"]:
                text = answer.get_data(as_text=True)
                answer.set_data(text.replace("</body>", f"{self.added}</body>"))
                answer.headers.pop("Content-Security-Policy", None)
            return answer(environ, start)

        app.wsgi_app = changed  # type: ignore[method-assign]  # as Flask has it
        return app


@pytest.fixture
def changing() -> Changing:
    return Changing()


@pytest.fixture
def address(store: Store, changing: Changing) -> Iterator[str]:
    with serve(store, make=changing.before) as url:
        yield url


@pytest.mark.parametrize("boxless", ["#orderDetails", "li.od-item", "li.od-item:nth-of-type(2)"])
def test_what_has_no_box_of_its_own_is_read(
    store: Store, follow: Follow, changing: Changing, boxless: str
) -> None:
    changing.where = "order-details"
    changing.added = f"<style>{boxless} {{ display: contents }}</style>"
    order = store.place(LAMP, MUG)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert run.items == {LAMP: "cancelled", MUG: "cancelled"}
    assert order.states() == {LAMP: State.CANCELLED, MUG: State.CANCELLED}


def test_a_subscription_without_a_box_of_its_own_is_read(
    store: Store, follow: Follow, changing: Changing
) -> None:
    changing.added = "<style>main { display: contents }</style>"
    subscribe(store, "Ink refills")

    run = follow("end-subscription", subscription="Ink refills")

    assert run.outcome is Outcome.SUBSCRIPTION_ENDED, run.reason


def test_nothing_is_read_where_nothing_is(visit: Visit) -> None:
    visit.page.set_content("<p>Something else")

    with pytest.raises(Error, match="is not seen there any more"):
        OrderPage(visit.page, visit.storefront).read()
    assert EndSubscriptionPage(visit.page, visit.storefront).selection().lines == ()


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("<li style='display: contents'><b>lamp</b>", ["lamp"]),
        ("<li style='display: contents'><b style='display: contents'>lamp</b>", ["lamp"]),
        ("<li style='display: contents'><b hidden>lamp</b>", []),
        ("<div hidden><li style='display: contents'><b>lamp</b></div>", []),
        ("<div hidden><li><b style='display: contents'>lamp</b></div>", []),
        ("<details><li style='display: contents'><b>lamp</b></details>", []),
        ("<li style='display: contents'> ", []),
    ],
)
def test_a_row_is_read_where_something_in_it_is_seen(page: Page, row: str, read: list[str]) -> None:
    page.set_content(row)

    assert [one["title"] for one in read_rows(page.locator("li"), title=Field("b"))] == read


def test_a_title_that_was_cut_within_a_character_is_one_like_others(
    store: Store, follow: Follow, changing: Changing
) -> None:
    changing.added = r"""<script>
      for (const title of document.querySelectorAll(".item-title"))
        title.textContent = "Lamp \u{1f4a1}".slice(0, 6)
    </script>"""
    order = store.place(LAMP)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert run.items == {"Lamp \ufffd": "cancelled"}
    assert order.submits == 1


@pytest.mark.parametrize(
    ("where", "added"),
    [
        (
            "cancel-items",
            f"""<script>document.querySelector("main").outerHTML =
              `<main id=message><h1>Sorry</h1><p>We cannot show this, {PERSON}</p></main>`
            </script>""",
        ),
        (
            "order-details",
            f"""<script>for (const status of document.querySelectorAll(".od-status-message"))
              status.insertAdjacentHTML("beforeend", ` for {PERSON}`)</script>""",
        ),
        (
            "order-details",
            f"""<script>document.querySelector("#orderDetails").insertAdjacentHTML(
              "beforeend", `<p class=refund>A refund to {PERSON} is on its way</p>`)</script>""",
        ),
    ],
    ids=["a message", "a state", "a refund"],
)
@pytest.mark.parametrize("commit", [True, False])
def test_what_a_run_leaves_names_nobody(
    store: Store, follow: Follow, changing: Changing, where: str, added: str, *, commit: bool
) -> None:
    changing.where, changing.added = where, added
    order = store.place(LAMP)

    run = follow("cancel-items", order=order.number, commit=commit)

    for name in ("run.json", "report.html"):
        assert NAME not in (run.folder / name).read_text()
    assert "▮" in (run.folder / "run.json").read_text()
    journal = Journal.open(run.folder.parent)
    for entry in journal.of_kind("facts", "intent", "guards", "answer", "read", "record", "ended"):
        assert NAME not in json.dumps(entry.body), entry.kind
    journal.close()


def test_a_line_that_comes_late_is_not_overlooked(
    store: Store, follow: Follow, changing: Changing
) -> None:
    changing.where = "order-details"
    changing.added = """<script>
      const late = document.querySelector("li.od-item:last-of-type"), list = late.parentElement;
      late.remove();
      setTimeout(() => list.append(late), 1500);
    </script>"""
    order = store.place(LAMP, MUG)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.GUARDED
    assert run.reason == (
        f"form_agrees_with_the_order: the form lists `{MUG}`, the order's page does not"
    )
    assert order.submits == 0
