"""The parts of the kit, one by one; no browser."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Locator

from automation.errors import EnvironmentProblem
from automation.flow.library import Library
from automation.pages.storefront import Patience, Storefront
from automation.run.browser import OpenBrowser
from automation.run.gate import Gate
from automation.run.settings import Settings
from automation.storefronts.profile import open_storefront
from automation.testing.browser import Contexts, launch_arguments_for
from automation.testing.cases.model import Case
from automation.testing.cases.reading import read_cases
from automation.testing.cases.running import _furnish
from automation.testing.following import Follow
from automation.testing.kept import Kept
from automation.testing.outlines import Outlines, outline_of
from automation.testing.patience import OF_TESTS, patience_of
from mock_store.store import Store

ROOT = Path(__file__).parents[2]
SHOP = """\
cases:
  - it: cancels
    given:
      order: {items: [$title, {title: USB-C cable, quantity: 2}], placed: 5h ago, account: sam}
      others: [{items: [Wool throw], state: shipped}]
      quirks: [refuses, {name: slow, times: 1, seconds: 0.5, order: $order}]
      clock: {now: 2026-11-24T10:00Z, advance: 2h}
    follow: {flow: cancel-items, items: [$title], reason: {en: Other, nl: Anders}, account: sam}
    expect: {outcome: [refused, $said], items: {$title: ordered}, submits: 1, reason: unable}
    for:
      layout: [documented, current]
      what: [{title: Desk lamp, said: unknown}, {title: Bedside clock, said: broken}]
      language: nl
"""


def read(tmp_path: Path, text: str) -> list[Case]:
    path = tmp_path / "shop.cases.yaml"
    path.write_text(text)
    return read_cases(path, Library(), name="shop.cases.yaml")


def test_a_case_is_multiplied_and_filled_in(tmp_path: Path) -> None:
    cases = read(tmp_path, SHOP)

    assert [case.name for case in cases] == [
        "cancels (documented-Desk lamp-nl)", "cancels (documented-Bedside clock-nl)",
        "cancels (current-Desk lamp-nl)", "cancels (current-Bedside clock-nl)",
    ]  # fmt: skip
    case = cases[1]
    assert (case.cell.layout, case.cell.language, case.cell.mode) == ("documented", "nl", "strict")
    assert case.given.order is not None
    assert [(line.title, line.quantity) for line in case.given.order.lines] == [
        ("Bedside clock", 1), ("USB-C cable", 2),
    ]  # fmt: skip
    assert case.given.order.account == "sam"
    assert case.given.now == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert [
        (quirk.name, quirk.times, quirk.seconds, quirk.this_order) for quirk in case.given.quirks
    ] == [("refuses", None, None, False), ("slow", 1, 0.5, True)]  # fmt: skip
    assert case.follow.inputs == {
        "items": ("Bedside clock",), "reason": ("Anders",), "order": ("$order",),
    }  # fmt: skip
    expected = {each.what: each.any_of for each in case.expect}
    assert expected["outcome"] == ("refused", "broken")
    assert expected["Bedside clock"] == ("ordered",)
    assert (case.place.line, case.last_line) == (2, 13)


def test_words_are_met_by_a_part_and_all_else_by_the_whole(tmp_path: Path) -> None:
    met = {each.what: each.met_by for each in read(tmp_path, SHOP)[0].expect}

    assert met["reason"]("the store is unable to cancel")
    assert met["outcome"]("unknown")
    assert not met["outcome"]("unknown!")
    assert not met["submits"]("11")


def test_a_case_without_a_name_is_called_what_it_does(tmp_path: Path) -> None:
    (case,) = read(
        tmp_path,
        "cases:\n  - given: {subscription: {name: Ink refills}}\n"
        "    follow: {flow: end-subscription}\n    expect: {outcome: subscription_ended}\n",
    )

    assert case.name == "end-subscription ends subscription_ended"
    assert case.follow.inputs == {"subscription": ("Ink refills",)}


def test_quirks_are_there_before_anything_is_placed(tmp_path: Path, store: Store) -> None:
    (case,) = read(
        tmp_path,
        "cases:\n  - given: {order: {items: [Desk lamp]}, quirks: [same_titles]}\n"
        "    follow: {flow: cancel-items}\n    expect: {outcome: guarded}\n",
    )

    order, _ = _furnish(store, case.given)

    assert order is not None
    assert [title for title, _ in order.lines()].count("Desk lamp") == 2


@pytest.mark.parametrize("path", sorted(ROOT.glob("cases/*.yaml")), ids=lambda path: path.stem)
def test_the_cases_that_come_with_unorder_hold(path: Path) -> None:
    assert read_cases(path, Library(), name=path.name)


def test_every_flow_has_its_cases() -> None:
    path = ROOT / "cases" / "flows.cases.yaml"

    followed = {case.follow.flow for case in read_cases(path, Library(), name=path.name)}

    assert followed == set(Library().paths())


def test_patience_is_changed_where_it_is_said() -> None:
    assert patience_of([]) == OF_TESTS
    assert patience_of(["settle=9", "step=1.5"]) == Patience(
        step=1.5, action=OF_TESTS.action, answer=OF_TESTS.answer, settle=9
    )


@pytest.fixture
def chromium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    path = tmp_path / "chromium"
    path.touch()
    monkeypatch.setenv("UNORDER_BROWSER", str(path))
    return str(path)


def test_a_project_that_names_no_hosts_is_left_as_it_is(chromium: str) -> None:
    given = launch_arguments_for({"slow_mo": 50, "args": ["--own"]}, None)

    assert given == {"executable_path": chromium, "slow_mo": 50, "args": ["--own"]}


def test_hosts_that_are_named_are_a_fence(chromium: str) -> None:
    with Gate(["127.0.0.1"]) as gate:
        given = launch_arguments_for({"headless": False, "args": ["--own"]}, gate)
        assert f"--proxy-server={gate.address}" in given["args"]

    assert given["executable_path"] == chromium
    assert given["headless"] is False
    assert "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1" in given["args"]
    assert given["args"][-1] == "--own"
    assert given["handle_sigint"] is False


def test_a_browser_that_is_named_and_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNORDER_BROWSER", str(tmp_path / "none"))

    with pytest.raises(EnvironmentProblem, match="is not there"):
        launch_arguments_for({}, None)


def test_a_real_store_needs_a_fence(tmp_path: Path) -> None:
    def follow(storefront: Storefront, *hosts: str) -> Follow:
        kept = Kept(tmp_path, tmp_path, always=False)
        return Follow(storefront, Settings(), cast("OpenBrowser", None), kept, hosts=hosts)

    real = open_storefront("amazon")
    with pytest.raises(pytest.UsageError, match="hint: unorder_hosts = "):
        follow(real)
    assert follow(real, *real.hosts)
    assert follow(open_storefront("mock"))


class Given:
    """Keeps what it was asked to open."""

    version = "1"

    class browser_type:  # noqa: N801 (as Playwright has it)
        name = "chromium"

    def __init__(self) -> None:
        self.opened: list[dict[str, Any]] = []

    def new_context(self, **given: Any) -> Any:
        self.opened.append(given)
        return self


def test_signing_in_is_never_recorded_and_a_device_that_was_said_stays() -> None:
    raw, recorded = Given(), Given()
    contexts = Contexts(cast("Any", raw), recorded.new_context, {"viewport"}, None)

    contexts.new_context(storage_state=None, viewport={}, locale="nl-NL")
    contexts.new_context(storage_state={"cookies": []}, viewport={}, locale="nl-NL")

    assert raw.opened == [{"storage_state": None, "viewport": {}, "locale": "nl-NL"}]
    assert recorded.opened == [{"storage_state": {"cookies": []}, "locale": "nl-NL"}]


def left_by_a_run(folder: Path) -> Kept:
    """What a run left: its folder, and a trace."""
    kept = Kept(folder, folder / "kept", always=False)
    run = SimpleNamespace(
        folder=kept.runs_folder / "a-run", report=kept.runs_folder / "a-run/report.html"
    )
    run.folder.mkdir(parents=True)
    for name in ("report.html", "01-orders.open.png"):
        (run.folder / name).touch()
    kept.new_trace().touch()
    kept.runs.append(cast("Any", run))
    return kept


def test_of_a_failed_test_everything_is_kept(tmp_path: Path) -> None:
    kept = left_by_a_run(tmp_path)

    kept.keep()

    assert {str(path.relative_to(tmp_path)) for path in (tmp_path / "kept").rglob("*.*")} == {
        "kept/a-run/report.html", "kept/a-run/01-orders.open.png", "kept/trace-1.zip",
    }  # fmt: skip
    assert kept.place(kept.runs[0].report) == tmp_path / "kept/a-run/report.html"


def test_of_a_passed_test_only_the_report_is_kept(tmp_path: Path) -> None:
    kept = left_by_a_run(tmp_path)

    kept.keep(whole=False)

    assert [path.name for path in (tmp_path / "kept").rglob("*.*")] == ["report.html"]


class Page:
    """A page that says what it is told to."""

    def __init__(self, said: str) -> None:
        self.said = said

    def aria_snapshot(self) -> str:
        return self.said


def seen(said: str) -> Locator:
    return cast("Locator", Page(said))


OUTLINE = '- main:\n  - link "Orders":\n    - /url: /orders?token=1\n  - heading "Hello" [level=1]'
PLAIN = '- main:\n  - link "Orders"\n  - heading "Hello" [level=1]\n'


def test_an_outline_has_no_addresses() -> None:
    assert outline_of(seen(OUTLINE)) == PLAIN


def test_an_outline_is_approved_and_a_change_is_shown(tmp_path: Path) -> None:
    Outlines(tmp_path, approve=True)(seen(OUTLINE), "order")
    outline = Outlines(tmp_path, approve=False)

    outline(seen(OUTLINE.replace("token=1", "token=2")), "order")
    with pytest.raises(pytest.fail.Exception, match="--update-outlines") as changed:
        outline(seen(OUTLINE.replace("Hello", "Good day")), "order")
    with pytest.raises(pytest.fail.Exception, match="no outline is approved as"):
        outline(seen(OUTLINE), "orders")

    assert '-  - heading "Hello" [level=1]\n+  - heading "Good day" [level=1]' in str(changed.value)
