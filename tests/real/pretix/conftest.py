"""One ticket shop for all of its tests; `make test-real` installs it and says where it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from ticket_shops import TicketShop, open_ticket_shop


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TicketShop]:
    python = os.environ.get("UNORDER_PRETIX")
    if not python:
        pytest.skip("`make test-real` installs the shop")
    with open_ticket_shop(Path(python).absolute(), tmp_path_factory.mktemp("pretix")) as shop:
        yield shop
