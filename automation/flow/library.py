"""Finding flows: in the current folder's `flows/`, then among those that come with unorder."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from automation.errors import InputError
from automation.flow.check import check
from automation.flow.model import Flow
from automation.flow.reading import read_flow
from automation.flow.words import Vocabulary
from automation.pages.base import PageObject
from automation.pages.known import PAGES
from automation.pages.sign_in import HomePage, SignInPage
from automation.pages.storefront import Storefront
from automation.source import Place

_NOT_WALKED = (SignInPage, HomePage)  # no flow ever signs in
_HERE = Path(__file__).resolve().parents[1]


class Library:
    """Flows by name. What it gives out has been checked."""

    def __init__(
        self,
        folders: tuple[Path, ...] | None = None,
        own: Mapping[str, type[PageObject]] = MappingProxyType({}),
    ) -> None:
        self.folders = folders if folders is not None else _default_folders()
        walked = {name: page for name, page in own.items() if not issubclass(page, _NOT_WALKED)}
        self.words = Vocabulary(({page.name: page for page in PAGES} | walked).values())

    @classmethod
    def of(cls, storefront: Storefront) -> Library:
        """The flows as they are followed on one storefront: its own before all others."""
        own = (storefront.folder / "flows",) if storefront.folder else ()
        return cls((*own, *_default_folders()), storefront.kinds)

    def paths(self) -> dict[str, Path]:
        """Every flow file by its name; a nearer folder goes before a farther one."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            found |= {path.stem: path for path in sorted(folder.glob("*.yaml"))}
        return found

    def find(self, name: str) -> Flow:
        """The flow of this name, or in the file of this name."""
        path = Path(name)
        if path.suffix in (".yaml", ".yml") or "/" in name:
            return self.read(path)
        return self.read(self._path_of(name))

    def read(self, path: Path) -> Flow:
        """The flow in one file, checked."""
        flow = read_flow(path, self.words, name=_shown(path))
        check(flow, self._unchecked)
        return flow

    def _unchecked(self, name: str) -> Flow:
        path = self._path_of(name)
        return read_flow(path, self.words, name=_shown(path))

    def _path_of(self, name: str) -> Path:
        known = self.paths()
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"did you mean `{close[0]}`?" if close else "there are: " + ", ".join(known)
            raise InputError(f"no flow is called `{name}`", hint=hint)
        return known[name]


def _default_folders() -> tuple[Path, ...]:
    return (Path("flows"), *(folder for folder in _bundled() if folder.is_dir()))


def _bundled() -> tuple[Path, ...]:
    return (_HERE / "_flows", _HERE.parent / "flows")


def _shown(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):  # elsewhere, or links that lead in a circle
        return str(path)


def is_ones_own(place: Place) -> bool:
    """Whether this is in a flow of one's own, and not in one that comes with unorder."""
    return Path(place.document.name).resolve().parent not in _bundled()
