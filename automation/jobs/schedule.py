"""What makes a system run a night each night: units, a cron line, a manifest. No scheduler here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from automation.errors import InputError
from automation.jobs.reading import RulesFile
from automation.run.accounts import FromCredential, FromEnvironment, Secret

_READING_BACK, _MARGIN = 60, 60  # seconds that a stopped run reads on, and to leave after it
_SHORTEST_STOP = 180
_AN_HOUR, _MOST_DELAY = 60, 15  # minutes
_BASE, _AN_ACCOUNT = 512, 768  # MiB: the deciding process, and one account's browser and driver
_USUAL = "03:10"


class System(Enum):
    """Which system runs it; each prints so many files."""

    SYSTEMD = "systemd"
    CRON = "cron"
    KUBERNETES = "kubernetes"


@dataclass(frozen=True)
class Unit:
    """One file to install."""

    name: str
    text: str


@dataclass(frozen=True)
class Schedule:
    """Everything that the files are made from."""

    name: str
    slug: str
    rules: str
    folder: str
    command: tuple[str, ...]
    user: str
    at: str
    zone: str
    delay: str
    settles: int
    stops_within: int
    mebibytes: int
    lock: str
    image: str
    credentials: tuple[str, ...]
    environment: tuple[str, ...]
    variables: Mapping[str, str]  # by which unorder goes here, and must go there

    @property
    def service(self) -> str:
        return f"{self.slug}.service"

    @property
    def timer(self) -> str:
        return f"{self.slug}.timer"

    @property
    def notifier_template(self) -> str:
        return f"{self.slug}-failed@.service"

    @property
    def notifier(self) -> str:
        """The notifier for this unit, as systemd spells it."""
        return f"{self.slug}-failed@%n.service"

    def told(self, *names: str) -> dict[str, str]:
        """Those of the variables that are set."""
        return {name: self.variables[name] for name in names if name in self.variables}

    @property
    def hour(self) -> int:
        return int(self.at[:2])

    @property
    def minute(self) -> int:
        return int(self.at[3:])


def schedule_of(
    rules: RulesFile,
    command: tuple[str, ...],
    *,
    user: str,
    at: str | None,
    image: str,
    state: Path,
    variables: Mapping[str, str],
) -> Schedule:
    """When and how a night by these rules would run on this machine, by these *variables*."""
    book = rules.book
    path = rules.path.resolve()
    slug = f"unorder-{re.sub(r'[^a-z0-9]+', '-', book.name.lower()).strip('-') or 'rules'}"
    settles = round(max(post.storefront.patience.settle for post in rules.posts))
    places = list(_secrets(rules))
    return Schedule(
        name=book.name,
        slug=slug,
        rules=_plain(str(path)),
        folder=_plain(str(path.parent)),
        command=tuple(map(_plain, command)),
        user=user,
        at=at or _begins(rules, slug),
        zone=getattr(book.zone, "key", ""),
        delay=f"{_delay(rules)}min",
        settles=settles,
        stops_within=max(_SHORTEST_STOP, max(settles, _READING_BACK) + _MARGIN),
        mebibytes=_BASE + _AN_ACCOUNT * len(rules.posts),
        lock=_plain(str(state / f"{slug}.lock")),
        image=image,
        credentials=_names(places, FromCredential),
        environment=_names(places, FromEnvironment),
        variables={name: _plain(value) for name, value in variables.items()},
    )


def units(schedule: Schedule, system: System) -> tuple[Unit, ...]:
    """The files for this system."""
    match system:
        case System.SYSTEMD:
            return (
                Unit(schedule.service, _text("service", schedule)),
                Unit(schedule.timer, _text("timer", schedule)),
                Unit(schedule.notifier_template, _text("notifier", schedule)),
            )
        case System.CRON:
            return (Unit(f"{schedule.slug}.cron", _text("cron", schedule)),)
        case System.KUBERNETES:
            return (Unit(f"{schedule.slug}.yaml", _text("kubernetes", schedule)),)


def _text(template: str, schedule: Schedule) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 (start-up)

    environment = Environment(  # noqa: S701 (no page: units, which know no markup)
        loader=PackageLoader("automation.jobs"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["unit"] = lambda text: text.replace("%", "%%")
    return environment.get_template(f"schedule/{template}").render(s=schedule)


def _begins(rules: RulesFile, slug: str) -> str:
    """The beginning of the hours, or some minute of a quiet hour."""
    hours = rules.book.hours
    if hours is not None:
        return f"{hours.opens:%H:%M}"
    drawn = int(hashlib.sha256(slug.encode()).hexdigest(), 16) % _AN_HOUR
    return f"{_USUAL[:3]}{drawn:02d}"


def _delay(rules: RulesFile) -> int:
    """Minutes of random delay: a quarter of the hours at most, so that a night fits into them."""
    hours = rules.book.hours
    if hours is None:
        return _MOST_DELAY
    opens = hours.opens.hour * _AN_HOUR + hours.opens.minute
    closes = hours.closes.hour * _AN_HOUR + hours.closes.minute
    return max(1, min(_MOST_DELAY, (closes - opens) % (24 * _AN_HOUR) // 4))


def _secrets(rules: RulesFile) -> Iterator[Secret | None]:
    for post in rules.posts:
        yield from (post.account.email, post.account.password, post.account.code)
    yield rules.book.ping
    yield from (notice.to for notice in rules.book.notify)


def _names(
    places: list[Secret | None], kind: type[FromCredential | FromEnvironment]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.name for place in places if isinstance(place, kind)))


def _plain(path: str) -> str:
    """A path that a unit, a shell and cron read alike; `InputError` for one that they would not."""
    if not re.fullmatch(r"[\w/.@+,:=-]+", path):
        raise InputError(
            f"`{path}` cannot stand in a unit or a crontab as it is",
            hint="move it to a path of letters, digits, and ./_-",
        )
    return path
