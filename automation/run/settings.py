"""The configuration file: accounts and where their secrets are, the keep-list, the caps."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

import platformdirs

from automation.errors import InputError
from automation.pages.storefront import Storefront
from automation.run.accounts import (
    GUEST,
    Account,
    FromCommand,
    FromCredential,
    FromEnvironment,
    FromFile,
    Secret,
    Written,
)
from automation.run.limits import limits_in
from automation.run.rules import Rules
from automation.source import Mapping, Node, SourceError, read_file
from automation.source.nodes import mapping, scalar, sequence

_ACCOUNT_KEYS = ("store", "email", "password", "code", "greeted_as", "session_hours")


@dataclass(frozen=True)
class Settings:
    """What the configuration file says; empty without one."""

    accounts: dict[str, Account] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    file: str = "unorder.yaml"  # the name of what it was read from

    def account(self, name: str | None, storefront: Storefront) -> Account:
        """The account of this name, or the first there is. `InputError` for an unknown one.

        Of a store without accounts it is `guest`, which needs no configuration.
        """
        if not storefront.has_accounts:
            return self._guest(name, storefront)
        own = {key: one for key, one in self.accounts.items() if one.storefront == storefront.name}
        for key, demo in storefront.demo_accounts.items():
            own.setdefault(key, Account(key, storefront.name, Written(demo.email),
                                        Written(demo.password)))  # fmt: skip
        if name is None:
            nobody = Account("default", storefront.name)
            if self.accounts:
                nobody = replace(nobody, lacks=self._names_none())
            return next(iter(own.values()), nobody)
        if name not in own:
            close = get_close_matches(name, own, n=1)
            there_are = "there are: " + ", ".join(own) if own else self._names_none()
            raise InputError(
                f"{storefront.title} has no account called `{name}`",
                hint=f"did you mean `{close[0]}`?" if close else there_are,
            )
        return own[name]

    def _names_none(self) -> str:
        """Why no account of a store is known: the file names none, or others' only."""
        stores = sorted({f"`{account.storefront}`" for account in self.accounts.values()})
        if not stores:
            return "the configuration names none"
        return f"`{self.file}` names accounts of {', '.join(stores)} only"

    def _guest(self, name: str | None, storefront: Storefront) -> Account:
        signs_nobody_in = f"the profile of `{storefront.name}` says `sign_in: none`"
        for key, account in self.accounts.items():
            if account.storefront == storefront.name and (account.email or account.password):
                raise InputError(
                    f"{signs_nobody_in}, and the configuration names an e-mail address or a "
                    f"password for `{key}`",
                    hint=f"take `{key}` out of the configuration: an order is opened by --key",
                )
        if name not in (None, GUEST):
            raise InputError(
                f"{signs_nobody_in}: it has no account called `{name}`",
                hint="leave `--account` out: an order is opened by --key",
            )
        return Account(GUEST, storefront.name)


def read_settings() -> Settings:
    """`UNORDER_CONFIG`, else `unorder.yaml` here, else the user's own; errors show the place."""
    path = settings_file()
    if path is None:
        return Settings()
    top = mapping(read_file(path), "the configuration")
    top.only(("accounts", "keep", "caps"), "the configuration")
    return Settings(_accounts(top.get("accounts")), limits_in(top), file=str(path))


def settings_file() -> Path | None:
    """The file that `read_settings` reads, if there is one."""
    named = os.environ.get("UNORDER_CONFIG")
    places = [Path(named)] if named else [
        Path("unorder.yaml"),
        Path(platformdirs.user_config_dir("unorder")) / "config.yaml",
    ]  # fmt: skip
    path = next((place for place in places if place.is_file()), None)
    if path is None and named:
        if Path(named).is_dir():
            raise InputError(
                f"`UNORDER_CONFIG` names `{named}`, which is a folder", hint="name the file in it"
            )
        raise InputError(f"`UNORDER_CONFIG` names `{named}`, which is not there")
    return path


def _accounts(node: Node | None) -> dict[str, Account]:
    if node is None:
        return {}
    return {key.name("an account's name"): _account(key.text, value)
            for key, value in mapping(node, "`accounts`").pairs()}  # fmt: skip


def _account(name: str, node: Node) -> Account:
    what = f"the account `{name}`"
    told = mapping(node, what)
    told.only(_ACCOUNT_KEYS, what)
    hours, greeted = told.get("session_hours"), told.get("greeted_as")
    return Account(
        name=name,
        storefront=scalar(told.required("store", what), "`store`").name("`store`"),
        email=_secret(told, "email"),
        password=_secret(told, "password"),
        code=_secret(told, "code"),
        greeted_as=scalar(greeted, "`greeted_as`").string("it") if greeted else "",
        session_hours=scalar(hours, "`session_hours`").number("`session_hours`") if hours else 12.0,
    )


def _secret(told: Mapping, key: str) -> Secret | None:
    node = told.get(key)
    return None if node is None else secret_at(node, key)


def secret_at(node: Node, key: str) -> Secret:
    """The place of a secret, under this *key*; `SourceError` for a secret itself."""
    if not isinstance(node, Mapping):
        raise SourceError(
            f"`{key}` must say where the secret is, not what it is", node.place,
            hint=f"write `{key}: {{env: NAME}}`, `{{file: PATH}}`, `{{credential: NAME}}` or "
            "`{cmd: [PROGRAM, …]}`",
        )  # fmt: skip
    node.only(("env", "file", "credential", "cmd"), f"`{key}`")
    if len(node.keys) != 1:
        raise SourceError(f"`{key}` names one place", node.place)
    value = node.values[0]
    match node.keys[0].text:
        case "env":
            return FromEnvironment(scalar(value, "`env`").string("`env`"))
        case "file":
            return FromFile(Path(scalar(value, "`file`").string("`file`")))
        case "credential":
            return FromCredential(scalar(value, "`credential`").string("`credential`"))
        case _:
            argv = sequence(value, "`cmd`").strings("`cmd`")
            if not argv:
                raise SourceError("`cmd` names no program", value.place)
            return FromCommand(argv)
