"""Signing in once, for all ways, and telling each what it needs to know."""

from __future__ import annotations

import json
import os
from pathlib import Path
from unittest.mock import patch

from automation.run.browser import open_browser
from automation.run.masking import Masker
from automation.run.settings import Settings
from automation.run.visit import visiting
from automation.storefronts.profile import open_storefront
from benchmarks.speed.browsers import arguments


class Errands:
    """Files that tell a way where the store is, and who is signed in there."""

    def __init__(self, url: str, browser: str, folder: Path) -> None:
        self._folder = folder
        state = folder / "state.json"
        storefront = open_storefront("mock", base_url=url)
        account = Settings().account(None, storefront)
        own = {"UNORDER_BROWSER": browser, "UNORDER_STATE": str(folder / "signing-in")}
        with (
            patch.dict(os.environ, own),
            open_browser(storefront) as opened,
            visiting(opened, storefront, account, Masker(storefront)) as visit,
        ):
            self.browser = opened.name
            state.write_text(json.dumps(visit.context.storage_state()))
            self._told = {"url": url, "browser": browser, "state": str(state),
                          "greeted_as": visit.greeted_as, "arguments": arguments()}  # fmt: skip

    def file(self, name: str) -> Path:
        """An errand for the way of this name, with a folder of its own."""
        own = self._folder / name
        own.mkdir()
        file = self._folder / f"{name}.json"
        file.write_text(json.dumps({**self._told, "folder": str(own)}))
        return file
