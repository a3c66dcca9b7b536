"""Whatever goes wrong after the click, the run goes on to its record."""

from __future__ import annotations

from typing import Any, NoReturn, cast

import pytest

from automation.pages.base import Effect
from automation.pages.orders import OrderNotListed
from automation.pages.tally import Tally
from automation.run.evidence import Evidence
from automation.run.reader import OrderReader
from automation.run.visit import Visit


@pytest.mark.parametrize(
    "problem", [OrderNotListed("1022", Tally()), RuntimeError("of a pages.py")], ids=str
)
def test_what_a_page_raises_is_an_order_that_could_not_be_read(
    monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def read_and_keep() -> NoReturn:
        raise problem

    nothing: Any = object()
    reader = OrderReader(cast("Visit", nothing), "1022", cast("Evidence", nothing),
                         Effect.CANCELS_ITEMS)  # fmt: skip
    monkeypatch.setattr(reader, "_read_and_keep", read_and_keep)

    assert reader.read_back() is None
