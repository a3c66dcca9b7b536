"""From a rules file to what it says, proved as far as it can be without a store."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from automation.errors import InputError
from automation.jobs.book import ALL, BOOK, Book, Where
from automation.pages.storefront import Storefront
from automation.run.accounts import Account
from automation.run.settings import Settings
from automation.source import Mapping, Node, Problems, SourceError, read_file, read_text
from automation.source.nodes import mapping, scalar, sequence
from automation.storefronts.abilities import see_that_there_is_a_list
from automation.storefronts.profile import open_storefront


@dataclass(frozen=True)
class Post:
    """One account of one storefront, opened: everything that a visit to it needs."""

    where: Where
    storefront: Storefront
    account: Account

    @property
    def key(self) -> str:
        """What locks and the journal know it by."""
        return f"{self.storefront.key} {self.account.name}"


@dataclass(frozen=True)
class RulesFile:
    """A rules file as it was read, and the text that it was read from."""

    path: Path
    text: str
    book: Book
    posts: tuple[Post, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def post(self, where: Where) -> Post:
        return next(post for post in self.posts if post.where == where)


def read_rules(path: Path, settings: Settings) -> RulesFile:
    """The rules in a file; errors show the place. No store is asked, no secret read."""
    top = read_file(path)
    return _read(top, path, path.read_text("utf-8"), settings)


def rules_in(text: str, path: Path, settings: Settings) -> RulesFile:
    """The same rules again, from a *text* that was read from *path* before."""
    return _read(read_text(text, str(path)), path, text, settings)


def _read(top: Node, path: Path, text: str, settings: Settings) -> RulesFile:
    book: Book = BOOK.read(top)
    told = mapping(top, "rules")
    posts = _posts(told, book, settings)
    _see_the_names(told, book)
    _see_the_numbers(told, posts)
    return RulesFile(path, text, book, posts)


def _posts(told: Mapping, book: Book, settings: Settings) -> tuple[Post, ...]:
    problems = Problems()
    posts: dict[str, Post] = {}
    nodes = sequence(told.required("accounts", "rules"), "`accounts`").items
    for node, where in zip(nodes, book.accounts, strict=True):
        one = mapping(node, "an account")
        with problems.noting():
            post = _post(one, where, settings)
            if post.key in posts:
                raise SourceError(f"{where} stands here a second time", one.place)
            posts[post.key] = post
    problems.done()
    return tuple(posts.values())


def post_of(where: Where, settings: Settings) -> Post:
    """The account, opened; `InputError` if there is no such storefront or account."""
    storefront = open_storefront(where.store, base_url=where.base_url, language=where.language)
    return Post(where, storefront, settings.account(where.account, storefront))


def _post(node: Mapping, where: Where, settings: Settings) -> Post:
    place = node.required("store", "an account").place
    try:
        storefront = open_storefront(where.store, base_url=where.base_url, language=where.language)
        see_that_there_is_a_list(storefront)
        place = node.required("account", "an account").place
        return post_of(where, settings)
    except SourceError:
        raise  # in the profile, at a place of its own
    except InputError as problem:
        raise SourceError(problem.message, place, hint=problem.hint) from problem


def _see_the_names(told: Mapping, book: Book) -> None:
    nodes = sequence(told.required("cancel", "rules"), "`cancel`").items
    for number, choice in enumerate(book.choices):
        if any(choice.name == other.name for other in book.choices[:number]):
            place = mapping(nodes[number], "an entry").required("name", "an entry").place
            raise SourceError(f"two entries of `cancel` are called `{choice.name}`", place)


def _see_the_numbers(told: Mapping, posts: tuple[Post, ...]) -> None:
    """A number that no order can have is a slip, and on a keep-list a dangerous one."""
    problems = Problems()
    holders = [
        mapping(node, "an entry")
        for node in sequence(told.required("cancel", "rules"), "`cancel`").items
    ]
    if keep := told.get("keep"):
        holders.append(mapping(keep, "`keep`"))
    for holder in holders:
        listed = holder.get("orders")
        if listed is None or getattr(listed, "text", "") in ALL:
            continue
        for node in sequence(listed, "`orders`").items:
            number = scalar(node, "an order")
            if not any(re.fullmatch(p.storefront.order_number, number.text) for p in posts):
                problems.note(
                    SourceError(
                        f"`{number.text}` is not an order number of {_titles(posts)}", number.place
                    )
                )
    problems.done()


def _titles(posts: tuple[Post, ...]) -> str:
    return " or ".join(dict.fromkeys(post.storefront.title for post in posts))
