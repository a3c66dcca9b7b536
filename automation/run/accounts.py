"""Accounts: who signs in, and where the secrets are. The secrets themselves are never kept here."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from automation.errors import InputError

_PATIENCE = 30  # seconds for a password manager to answer
_LARGEST = 16 * 1024  # bytes of a secret
GUEST = "guest"  # whoever has the key of an order, in a store without accounts


class Secret(Protocol):
    """Where a secret is. Asking for it may fail with `InputError`, which never shows it."""

    def read(self) -> str: ...


@dataclass(frozen=True)
class Written:
    """A secret of a practice store, which protects nothing."""

    value: str

    def read(self) -> str:
        return self.value


@dataclass(frozen=True)
class FromEnvironment:
    """Taken out of the environment as soon as it is named: a browser must not inherit it."""

    name: str

    def __post_init__(self) -> None:
        if self.name in os.environ:
            _TAKEN[self.name] = os.environ.pop(self.name)

    def read(self) -> str:
        if not _TAKEN.get(self.name):
            raise InputError(
                f"the environment variable `{self.name}` is not set",
                hint="the configuration names it as the place of a secret",
            )
        return _TAKEN[self.name]


_TAKEN: dict[str, str] = {}


@dataclass(frozen=True)
class FromFile:
    path: Path

    def read(self) -> str:
        hint = "the configuration names that file as the place of a secret"
        path = self.path.expanduser()
        try:
            if path.exists() and not path.is_file():
                raise InputError(f"the secret in `{self.path}` is not in a file", hint=hint)
            with path.open("rb") as file:
                content = file.read(_LARGEST + 1)
            if len(content) > _LARGEST:
                raise InputError(f"`{self.path}` is too large for a secret", hint=hint)
            return content.decode("utf-8").strip()
        except UnicodeDecodeError:
            raise InputError(f"the secret in `{self.path}` is not text", hint=hint) from None
        except OSError as problem:
            raise InputError(
                f"cannot read the secret in `{self.path}`: {problem.strerror}", hint=hint
            ) from problem


@dataclass(frozen=True)
class FromCredential:
    """A credential that systemd loaded for this service alone: `LoadCredential=NAME:PATH`."""

    name: str

    def read(self) -> str:
        folder = os.environ.get("CREDENTIALS_DIRECTORY")
        if not folder:
            raise InputError(
                f"there is no credential `{self.name}` outside a systemd service",
                hint="`unorder schedule print --systemd` shows the unit that loads it",
            )
        return FromFile(Path(folder) / self.name).read()


@dataclass(frozen=True)
class FromCommand:
    argv: tuple[str, ...]

    def read(self) -> str:
        try:
            done = subprocess.run(  # noqa: S603 (the user's own argv, without a shell)
                self.argv, capture_output=True, text=True, timeout=_PATIENCE, check=True
            )
        except (OSError, subprocess.SubprocessError) as problem:
            raise InputError(
                f"`{self.argv[0]}` did not give the secret: {type(problem).__name__}",
                hint="run the configured command by hand to see why",
            ) from None
        return done.stdout.strip()


@dataclass(frozen=True)
class Account:
    """One account of one storefront. Without credentials a person signs in by hand."""

    name: str
    storefront: str
    email: Secret | None = None
    password: Secret | None = None
    code: Secret | None = None  # where a one-time code comes from, if it may be given
    greeted_as: str = ""
    session_hours: float = 12.0
    lacks: str = "the configuration names no password"  # said where a password is needed

    def environment(self) -> dict[str, str]:
        """The environment for a process of ours that signs in as this account.

        With what was taken out of it for this account; it takes it out again.
        """
        places = (self.email, self.password, self.code)
        names = [place.name for place in places if isinstance(place, FromEnvironment)]
        return {**os.environ, **{name: _TAKEN[name] for name in names if name in _TAKEN}}
