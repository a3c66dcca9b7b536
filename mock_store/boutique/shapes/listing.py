"""How the boutique's visitors sign in, and what its order list looks like."""

from __future__ import annotations

from enum import StrEnum


class SignIn(StrEnum):
    """How a shopper signs in."""

    LABELS = "labels"
    PLACEHOLDERS = "placeholders"
    TWO_BUTTONS = "two_buttons"  # another "Log in" stands in the header
    SHOW_PASSWORD = "show_password"  # noqa: S105 (a button beside the field)
    IN_PLACE = "in_place"  # it succeeds without leading anywhere
    NESTED = "nested"  # the label holds a mark: "Email" and "required"
    NONE = "none"  # there are no accounts; an order's address holds its secret


class SignedOut(StrEnum):
    """What the order list shows to who is not signed in."""

    REDIRECT = "redirect"
    FORM = "form"  # the sign-in form, at the list's own address
    LOOKUP = "lookup"  # a form that finds an order by its number


class Address(StrEnum):
    """What names an order in the addresses of its pages."""

    NUMBER = "number"
    SHIFTED = "shifted"  # another number than the one that is shown
    SECRET = "secret"  # noqa: S105 (the number, then what opens it to anyone)
    KEY = "key"  # the number; `?key=` opens it to anyone


class List(StrEnum):
    TABLE = "table"
    CARDS = "cards"
    ARTICLES = "articles"
    SEARCH = "search"  # a table that a script asks for, by a POST


class Count(StrEnum):
    """How the list says how many orders there are."""

    STATED = "stated"
    SELECT = "select"  # in a bare text, beside a list of how many to show
    NONE = "none"  # neither a count, nor a word that there are none


class Link(StrEnum):
    """What opens an order from the list."""

    NUMBERED = "numbered"  # "View order 22"
    GLYPH = "glyph"  # an icon font's sign and "View"
    BUTTON = "button"  # says that it is a button, and is no link
    TAB = "tab"  # opens in a tab of its own


class Pager(StrEnum):
    NEXT = "next"
    NUMBERS = "numbers"
    MORE = "more"  # a button of a single-page application
    TWICE = "twice"  # above and below
    CAROUSEL = "carousel"  # another "Next" turns a carousel
