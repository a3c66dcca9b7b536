"""The flows on real pages, followed from the list to the order read again, with one POST at most.

The pages are captures, which are no part of this project: `pytest --captures=DIR`. Where a folder
has `journey/`, the form and the answer are real pages too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hearing import Heard
from replay import Journey, Replay, replaying

from automation.outcome import Outcome
from automation.pages.storefront import Patience, Storefront
from automation.run import sessions
from automation.run.accounts import Account
from automation.run.browser import OpenBrowser
from automation.run.facts import Said
from automation.run.probe import probe
from automation.run.report import summary_line
from automation.run.sessions import Session
from automation.storefronts.profile import open_storefront
from automation.testing.following import Follow

JOURNEYS = (
    Journey(
        name="de-2026-09",
        language="de",
        orders="order-history/history-transcribed-excerpt.de-2026-09",
        order="order-details/details-cancellable-transcribed-excerpt.de-2026-09",
        cancelled="Storniert",
    ),
    Journey(
        name="us-2026-05",
        language="en",
        orders="journey/list.us-2026-05",
        order="journey/order.us-2026-05",
        form="journey/form.us-2026-05",
        summary="journey/summary.us-2026-05",
        whole="journey/cancelled.us-2026-05",
    ),
)


@pytest.fixture(params=JOURNEYS, ids=lambda journey: journey.name)
def replay(request: pytest.FixtureRequest, captures: Path) -> Replay:
    journey: Journey = request.param
    if not journey.is_in(captures):
        pytest.skip(f"the captures lack a page of {journey.name}")
    return Replay(journey, captures)


@pytest.fixture
def address(replay: Replay) -> Iterator[str]:
    with replaying(replay) as url:
        yield url


@pytest.fixture
def storefront(address: str, replay: Replay, unorder_kept: object) -> Storefront:  # noqa: ARG001 (sessions go to its folder)
    """The real store as its profile has it, at another address, and signed in to."""
    opened = open_storefront("amazon", language=replay.journey.language)
    moved = replace(
        opened,
        base_url=address,
        hosts=(str(urlsplit(address).hostname),),
        patience=Patience(step=10, action=4, answer=5, settle=5),
    )
    state = {"cookies": [], "origins": []}
    sessions.save(moved, Account("default", "amazon"), Session(state, "", datetime.now(UTC)))
    return moved


def test_a_rehearsal_follows_every_page_and_sends_nothing(replay: Replay, follow: Follow) -> None:
    run = follow("cancel-items", commit=False, order=replay.number)

    assert run.outcome is Outcome.REHEARSED, run.reason
    assert [step.word for step in run.steps] == [
        "orders.open",
        "orders.open_order",
        "order.cancel_items",
        "cancel_items.tick",
    ]
    assert replay.posts == []


def test_the_whole_order_is_cancelled_by_one_post(replay: Replay, follow: Follow) -> None:
    heard = Heard()

    run = follow("cancel-items", order=replay.number, watcher=heard)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert [sent["title"] for sent in replay.posts] == [list(replay.titles)]
    assert [answer.said for answer in heard.answers] == [Said.YES]
    assert run.items == dict.fromkeys(replay.titles, "cancelled")
    assert all(f"`{title}`" in summary_line(run) for title in replay.titles)


def test_one_item_is_cancelled_with_a_reason(replay: Replay, follow: Follow) -> None:
    heard, first = Heard(), replay.titles[0]

    run = follow(
        "cancel-items", order=replay.number, items=[first], reason=replay.reason, watcher=heard
    )

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert [sent["title"] for sent in replay.posts] == [[first]]
    assert replay.posts[0]["reason"] == ["OTHER_REASON"]
    assert [answer.said for answer in heard.answers] == [Said.YES]
    assert {title for title, state in run.items.items() if state == "cancelled"} == {first}


def test_an_order_on_the_second_page_is_found_though_the_search_fails(
    replay: Replay, follow: Follow
) -> None:
    replay.on_page = 2

    run = follow("cancel-items", commit=False, order=replay.number)

    assert run.outcome is Outcome.REHEARSED, run.reason
    assert replay.searches == 1
    assert replay.posts == []


def test_a_panel_over_the_link_is_named(replay: Replay, follow: Follow) -> None:
    replay.panel = True

    run = follow("cancel-items", order=replay.number)

    assert (run.outcome, run.reason) == (
        Outcome.BROKEN,
        "`aside#recommended` (“Customers also bought”) lies over what is to be pressed",
    )
    assert replay.posts == []


def test_a_banner_that_stays_after_its_decline_is_named(replay: Replay, follow: Follow) -> None:
    replay.banner = True

    run = follow("cancel-items", order=replay.number)

    assert run.outcome is Outcome.BROKEN
    assert run.reason.endswith(
        " (“Select your cookie preferences”) stays after `#sp-cc-rejectall-link` was pressed"
    ), run.reason
    assert replay.posts == []


def test_the_form_and_the_answer_are_told_with_what_they_hold(
    replay: Replay, browser_of_ours: OpenBrowser, storefront: Storefront, tmp_path: Path
) -> None:
    form, answer = tmp_path / "form.html", tmp_path / "answer.html"
    form.write_text(replay.form())
    answer.write_text(replay.summary())

    asked = probe(form, storefront, browser_of_ours, url=None).form
    told = probe(answer, storefront, browser_of_ours, url=None).answer

    assert asked is not None
    assert told is not None
    assert tuple(line.title for line in asked.selection.lines) == replay.titles
    assert not any(line.ticked for line in asked.selection.lines)
    assert [control.enabled for control in asked.controls] == [False]
    assert [item.title for item in told.items] == list(replay.titles)
    assert {item.said for item in told.items} == {replay.journey.cancelled}
    assert told.words
