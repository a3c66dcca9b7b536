"""What is said of a page that is not as its profile says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, TimeoutError  # noqa: A004

from automation.pages.absent import NoTab, NotThere, SeveralThere
from automation.pages.spots import By, Look, Spot, labelled
from automation.run.diagnosis import Instead, in_words, plainly

BUTTON = Spot("cancel.opens", (Look(By.ROLE, "button", ("Cancel the order",)),))
EMAIL = Spot("sign_in.email", (Look(By.LABEL, words=("E-mial",)),))
ROWS = Spot("orders.rows", (Look(By.CSS, words=("tr.ordr",)),))
LINK = Spot("orders.link", (Look(By.ROLE, "link", ("Show",)),))
ORDER = Spot("order.here", (Look(By.CSS, words=(".details",)),))
OUTLINE = """\
- banner:
  - button "Menu"
- main:
  - heading "Order 22"
  - textbox "E-mail"
  - textbox "Password"
  - button "Cancel order"
  - button "Print"
"""


def said(spot: Spot, **instead: object) -> str:
    return in_words(NotThere(spot, ""), spot, Instead(OUTLINE, **instead))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        (BUTTON, "the buttons there are `Cancel order`, `Print`"),
        (EMAIL, "the labels there are `E-mail`, `Password`"),
        (LINK, "the page has no link with a name"),
        (ROWS, ""),
    ],
)
def test_what_the_page_has_of_the_kind_is_named(spot: Spot, words: str) -> None:
    assert said(spot) == words


def test_of_many_names_the_closest_are_named() -> None:
    names = [f"Thing {number}" for number in range(30)] + ["Cancel an order"]
    outline = "\n".join(f'- button "{name}"' for name in names)

    words = in_words(NotThere(BUTTON, ""), BUTTON, Instead(outline))

    assert words.endswith("`Cancel an order` and 23 more")


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({"hidden": 1}, "1 matches, and is hidden"),
        ({"hidden": 3}, "3 match, all hidden"),
        ({"outside": 2, "hidden": 1}, "2 match outside of what `in:` says"),
        ({"blocked": ("cdn.example",)},
         "`cdn.example` was blocked: name it in `hosts` if the page needs it"),
        ({"blocked": ("a.example", "b.example", "c.example", "d.example")},
         ("`a.example`, `b.example`, `c.example` and 1 more were blocked: "
          "name them in `hosts` if the page needs them")),
    ],
)  # fmt: skip
def test_what_is_in_the_way_is_said(instead: dict[str, object], words: str) -> None:
    assert said(ROWS, **instead) == words


def test_a_tab_that_opened_is_said_with_its_key() -> None:
    assert said(ORDER, tabs=1) == "a new tab opened: say `new_tab: true`"
    assert said(ROWS, tabs=1) == "a new tab opened"


def test_of_several_the_key_that_tells_them_apart_is_named() -> None:
    problem = SeveralThere(LINK, 2)

    assert plainly(problem) == "2 match `orders.link` (link `Show`) where one is expected"
    assert in_words(problem, LINK, Instead(OUTLINE)) == (
        "add `in:` to say in which part of the page it is"
    )


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (NotThere(ROWS, "in the list"), "there is no `orders.rows` (css `tr.ordr`) in the list"),
        (NoTab(), "no new tab opened, though the profile says `new_tab: true`"),
        (TimeoutError('Locator.click: Timeout 5000ms exceeded.\nCall log:\n'
                      '  - waiting for locator("#a .b").first'), "waited 5 s for `#a .b`"),
        (TimeoutError("Locator.fill: Timeout 5000ms exceeded.\nCall log:\n  - waiting for "
                      'get_by_label(re.compile(r"^x$"))'), "waited 5 s for what comes next"),
        (TimeoutError("Locator.click: Timeout 5000ms exceeded.\nCall log:\n  - <div> from <body> "
                      "subtree intercepts pointer events"),
         "something lies over what was to be pressed"),
        (Error('Locator.click: Error: strict mode violation: get_by_role("link") resolved to 2 '
               "elements:\n 1)"), "2 elements match where one is expected"),
        (Error("Page.goto: Target page, context or browser has been closed\nCall log:"),
         "Target page, context or browser has been closed"),
    ],
)  # fmt: skip
def test_the_browser_s_own_words_are_never_shown(problem: Error, words: str) -> None:
    assert plainly(problem) == words


@pytest.mark.parametrize("label", ["Email", "Email required", "email"])
@pytest.mark.parametrize("text", ["Emailrequired", "Email required", "Email *", "Email"])
def test_a_label_is_matched_as_a_person_reads_it(label: str, text: str) -> None:
    matches = bool(labelled((label,)).search(text))

    assert matches is ("required" in text or label != "Email required")


@pytest.mark.parametrize("text", ["Confirm email", "Email address", "Emails", "New email required"])
def test_another_label_is_not_taken_for_it(text: str) -> None:
    assert not labelled(("Email",)).search(text)
