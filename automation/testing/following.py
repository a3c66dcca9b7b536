"""Following flows in tests."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from automation.flow.binding import bind
from automation.flow.library import Library
from automation.pages.storefront import Storefront
from automation.run.browser import LOOPBACK, OpenBrowser
from automation.run.engine import follow
from automation.run.following import Asked
from automation.run.journal import Journal
from automation.run.order_keys import KeyPlace, with_its_key
from automation.run.record import Run
from automation.run.rules import Rules
from automation.run.settings import Settings
from automation.run.stopping import Stopping
from automation.run.watcher import Watcher
from automation.testing.kept import Kept


class Follow:
    """Follows flows on one store, for one test. It commits, unless it is told not to."""

    def __init__(
        self,
        storefront: Storefront,
        settings: Settings,
        browser: OpenBrowser,
        kept: Kept,
        *,
        hosts: tuple[str, ...],
        each_step: bool = True,
    ) -> None:
        if not set(storefront.hosts) <= LOOPBACK | set(hosts):
            raise pytest.UsageError(
                f"the browser of these tests may reach more than the hosts of {storefront.title}\n"
                f"\nhint: unorder_hosts = {' '.join(storefront.hosts)}"
            )
        self._storefront = storefront
        self._settings = settings
        self._browser = browser
        self._kept = kept
        self._each_step = each_step

    def __call__(
        self,
        flow: str,
        *,
        commit: bool = True,
        account: str | None = None,
        rules: Rules | None = None,
        watcher: Watcher | None = None,
        key: str | None = None,
        **given: str | list[str],
    ) -> Run:
        """Follow the flow of this name with these inputs; lists are for items.

        *key* is where the key of an order without an account is: `env:NAME`.
        """
        texts = {name: [value] if isinstance(value, str) else list(value)
                 for name, value in given.items()}  # fmt: skip
        return self.with_inputs(
            flow, texts, commit=commit, account=account, rules=rules, watcher=watcher, key=key
        )

    def with_inputs(
        self,
        flow: str,
        inputs: Mapping[str, list[str]],
        *,
        commit: bool,
        account: str | None = None,
        rules: Rules | None = None,
        watcher: Watcher | None = None,
        key: str | None = None,
    ) -> Run:
        """The same, for a flow whose inputs may be called like one of the options."""
        library = Library.of(self._storefront)
        bound = bind(library.find(flow), inputs, self._storefront, library.find)
        asked = Asked(
            bound,
            with_its_key(self._storefront, bound.order, KeyPlace.parse(key) if key else None),
            self._settings.account(account, self._storefront),
            rules or self._settings.rules,
            commit=commit,
            each_step=self._each_step,
        )
        journal = Journal.open(self._kept.runs_folder)
        try:
            run = follow(
                asked,
                self._browser,
                journal,
                watcher=watcher or Watcher(),
                stopping=Stopping(),
            )
        finally:
            journal.close()
        self._kept.runs.append(run)
        return run
