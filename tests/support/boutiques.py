"""A boutique for one test, in the shapes that it asks for, and the adapter that goes with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from flask import Flask

from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser
from automation.run.record import Run
from automation.run.settings import Settings
from automation.storefronts.profile import open_storefront
from automation.testing.following import Follow
from automation.testing.kept import Kept
from automation.testing.patience import OF_TESTS
from mock_store.boutique.app import create_boutique
from mock_store.boutique.shapes import Shapes
from mock_store.lines import Line
from mock_store.server import serve
from mock_store.store import PlacedOrder, Store

LOOKS = {"role", "label", "placeholder", "text", "css"}
ADAPTER = Path(__file__).parents[2] / "storefronts/boutique"


def merged(base: Any, over: Any) -> Any:
    """*base* with what *over* says instead, key by key; a null takes a key away."""
    another = isinstance(over, dict) and LOOKS & over.keys()  # a look is replaced as a whole
    if another or not isinstance(base, dict) or not isinstance(over, dict):
        return over
    keys = {**base, **over}
    made = {key: merged(base.get(key), over[key]) if key in over else base[key] for key in keys}
    return {key: value for key, value in made.items() if value is not None}


def adapter(folder: Path, *recipes: str | dict[str, Any]) -> Path:
    """The boutique's adapter, with these recipes of its `shapes/` or these parts instead."""
    profile = yaml.safe_load((ADAPTER / "profile.yaml").read_text())
    for recipe in recipes:
        over = recipe
        if isinstance(recipe, str):
            over = yaml.safe_load((ADAPTER / f"shapes/{recipe}.yaml").read_text())
        profile = merged(profile, over)
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(profile, sort_keys=False, allow_unicode=True)
    (folder / "profile.yaml").write_text(text)
    return folder


class Boutique:
    """The store, where it is, and flows that are followed on it."""

    def __init__(
        self, store: Store, url: str, opened: Callable[[], Storefront], tools: Tools
    ) -> None:
        self.store = store
        self.url = url
        self._opened = opened
        self._tools = tools
        self._numbers = iter(range(22, 400, 200))

    @property
    def storefront(self) -> Storefront:
        return self._opened()

    @property
    def runs(self) -> Path:
        """The folder of its runs and their journal."""
        return self._tools[1].runs_folder

    def on(self, storefront: Storefront) -> Boutique:
        """The same store, by another adapter."""
        return Boutique(self.store, self.url, lambda: storefront, self._tools)

    def place(self, *lines: str | Line, number: str | None = None, **how: Any) -> PlacedOrder:
        """Place an order. The numbers of the first two begin alike: 22 and 222."""
        return self.store.place(*lines, number=number or str(next(self._numbers)), **how)

    def follow(self, flow: str = "cancel-items", *, commit: bool = True, **given: Any) -> Run:
        browser, kept = self._tools
        hosts = ("127.0.0.1", "localhost")
        follow = Follow(self.storefront, Settings(), browser, kept, hosts=hosts)
        return follow(flow, commit=commit, **given)


Tools = tuple[OpenBrowser, Kept]
Open = Callable[..., Boutique]


@contextmanager
def boutiques(folder: Path, tools: Tools) -> Iterator[Open]:
    """Opens boutiques: `boutique("confirm=native", recipe="confirm-native")`."""
    with ExitStack() as stack:

        def opened(
            *shapes: str,
            recipe: str | None = None,
            over: dict[str, Any] | None = None,
            alter: Callable[[Flask], None] = lambda _app: None,
        ) -> Boutique:
            store = Store()
            stack.callback(store.close)

            def made(store: Store) -> Flask:
                app = create_boutique(store, Shapes().with_(*shapes))
                alter(app)
                return app

            url = stack.enter_context(serve(store, make=made))
            recipes = [part for part in (recipe, over) if part]
            home = adapter(folder / "adapter", *recipes) if recipes else ADAPTER

            def storefront() -> Storefront:
                return replace(open_storefront(str(home), base_url=url), patience=OF_TESTS)

            return Boutique(store, url, storefront, tools)

        yield opened
