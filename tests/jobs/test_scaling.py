"""Shares of a plan, the floor on which they are worked on, and the commands' clear errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from commands import Command
from databases import _server, database  # noqa: F401 (fixtures)
from plans import ROBIN, SAM, a_plan, planned, resealed, rules_of

from automation.errors import TryLater
from automation.jobs.crew import WorkFailed
from automation.jobs.plan import Plan, Planned, Source
from automation.jobs.results import Result
from automation.outcome import Outcome
from automation.run.settings import Settings
from automation.run.stopping import Stopping
from automation.scale import station
from automation.scale.engine import Queue
from automation.scale.results import result_as_data, result_from_data
from automation.scale.share import Share, shares_of


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    rules = rules_of(tmp_path / "rules.yaml", "robin", "sam")
    source = Source(str(rules.path), rules.sha256, rules.text)
    return resealed(a_plan(planned(1), planned(2, SAM), planned(3)), source=source)


class Hands:
    """Does what a test says, and remembers what was asked."""

    def __init__(self, *answers: Result | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.left = 0

    def apply(self, order: Planned) -> Result:
        self.asked.append(order.order)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @contextmanager
    def lend(self, _post: Any) -> Iterator[Hands]:
        yield self
        self.left += 1


def floor(hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> station.Floor:
    monkeypatch.setattr(station, "lend_workers", lambda *_, **__: hands.lend)
    monkeypatch.setattr(station, "_BETWEEN", 0.0)
    return station.Floor(tmp_path / "runs", Settings(), Stopping())


def done(share: Share, number: int, outcome: Outcome) -> Result:
    return Result(share.orders[number], outcome, "so it was", outcome.exit_code, "run-1")


def test_a_share_is_json_and_comes_back_the_same(plan: Plan) -> None:
    shares = shares_of(plan, plan.to_do, "now", commit=True)

    assert [(share.where, len(share.orders)) for share in shares] == [(ROBIN, 2), (SAM, 1)]
    for share in shares:
        text = json.dumps(share.as_data())
        assert Share.from_data(json.loads(text)) == share
        assert "password" not in text
        assert "@varnholt" not in text


def test_a_result_comes_back_the_same(plan: Plan) -> None:
    result = Result(plan.orders[0], Outcome.REFUSED, "no", 4, "run-1", "a hint", 1.5)

    assert (
        result_from_data(plan.orders[0], json.loads(json.dumps(result_as_data(result)))) == result
    )


def test_orders_of_a_share_have_one_worker_until_its_end(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    share = shares_of(plan, plan.to_do, "now", commit=True)[0]
    hands = Hands(done(share, 0, Outcome.CANCELLED), done(share, 1, Outcome.REFUSED))
    at = floor(hands, monkeypatch, tmp_path)

    told = [at.do(share.as_data(), order) for order in share.as_data()["orders"]]

    assert [each["outcome"] for each in told] == ["cancelled", "refused"]
    assert hands.left == 0
    at.ended(share.as_data())
    assert hands.left == 1


def test_what_wants_a_person_holds_the_rest_of_its_share(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    share = shares_of(plan, plan.to_do, "now", commit=True)[0]
    hands = Hands(done(share, 0, Outcome.NEEDS_PERSON))
    at = floor(hands, monkeypatch, tmp_path)

    told = [at.do(share.as_data(), order) for order in share.as_data()["orders"]]

    assert [each["exit"] for each in told] == [5, 75]
    assert hands.asked == [share.orders[0].order]


def test_a_lock_that_a_dead_machine_held_is_waited_for(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    share = shares_of(plan, plan.to_do, "now", commit=True)[0]
    held = WorkFailed({"message": "another machine holds robin", "hint": None, "exit": 75,
                       "holds": True})  # fmt: skip
    hands = Hands(held, held, done(share, 0, Outcome.CANCELLED))
    at = floor(hands, monkeypatch, tmp_path)

    told = at.do(share.as_data(), share.as_data()["orders"][0])

    assert told["outcome"] == "cancelled"
    assert len(hands.asked) == 3


def test_a_floor_never_raises(plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    share = shares_of(plan, plan.to_do, "now", commit=True)[0]
    at = floor(Hands(ValueError("odd")), monkeypatch, tmp_path)

    told = at.do(share.as_data(), share.as_data()["orders"][0])

    assert (told["exit"], told["outcome"]) == (1, None)
    assert "a bug of unorder" in told["reason"]


def test_the_stop_file_holds_on_every_machine(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "stop").touch()
    rules = rules_of(tmp_path / "stops.yaml", "robin", more=f"stop_file: {tmp_path / 'stop'}\n")
    source = Source(str(rules.path), rules.sha256, rules.text)
    share = shares_of(resealed(plan, source=source), plan.to_do, "now", commit=True)[0]
    hands = Hands()

    told = floor(hands, monkeypatch, tmp_path).do(share.as_data(), share.as_data()["orders"][0])

    assert (told["exit"], hands.asked) == (75, [])
    assert "the stop file" in told["reason"]


@pytest.mark.parametrize("words", [("serve",), ("apply", "plan.json", "--commit")])
def test_without_a_database_there_is_a_hint(
    words: tuple[str, ...], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UNORDER_DATABASE", raising=False)

    code, _, err = command("scale", *words)

    assert code == 2
    assert "`UNORDER_DATABASE` does not name a database" in err
    assert "one machine needs none" in err


def test_a_queue_that_no_station_has_made_is_tried_later(database: str) -> None:  # noqa: F811
    queue = Queue(database)
    try:
        with pytest.raises(TryLater, match="nothing can be put into the queue"):
            queue.put({"key": "mock robin", "orders": []}, named="one")
    finally:
        queue.close()
