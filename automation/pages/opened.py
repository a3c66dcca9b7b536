"""How a storefront was opened, in words that a journal can keep."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class OrderKey:
    """What opens one order of a shop without accounts, and where it can be read again."""

    order: str
    value: str = field(repr=False)
    kept_in: str  # as `--key` names the place: `env:NAME`


@dataclass(frozen=True)
class OpenedAs:
    """How to open the same storefront again, after a crash too: *store* is a name or a folder.

    *key* says where the key of the order is; what it is stands nowhere.
    """

    store: str
    base_url: str
    language: str
    key: str = ""

    def as_data(self) -> dict[str, str]:
        """As JSON can hold it. Versions that know of no keys read it, where there is none."""
        return {name: value for name, value in asdict(self).items() if name != "key" or value}
