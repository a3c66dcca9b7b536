"""Which part of a page's outline matters, and what it names."""

from __future__ import annotations

from automation.run.outline import FIELDS, named, what_matters

PAGE = """\
- banner:
  - navigation "Main":
    - link "Shop"
- text: Free returns
- main:
  - navigation "Account":
    - link "Orders"
  - heading "Log in" [level=1]
  - textbox "Email required": someone
  - textbox "Password"
  - button "Log \\"me\\" in"
- contentinfo:
  - link "Imprint"
"""


def test_what_matters_is_the_page_s_own_content_without_menus() -> None:
    assert what_matters(PAGE) == [
        "- main:",
        '  - heading "Log in" [level=1]',
        '  - textbox "Email required": someone',
        '  - textbox "Password"',
        '  - button "Log \\"me\\" in"',
    ]


def test_an_open_dialog_matters_more() -> None:
    dialog = '- dialog "Sure?":\n  - button "Yes"\n'

    assert what_matters(PAGE + dialog) == ['- dialog "Sure?":', '  - button "Yes"']


def test_a_main_within_something_else_is_found() -> None:
    assert what_matters('- list:\n  - link "A"\n- region:\n  - main:\n    - text: Hello') == [
        "- main:",
        "  - text: Hello",
    ]


def test_without_landmarks_the_links_above_the_heading_are_left_out() -> None:
    page = '- list:\n  - listitem:\n    - link "Shop"\n- heading "Orders"\n- text: None yet'

    assert what_matters(page) == ['- heading "Orders"', "- text: None yet"]


def test_a_page_that_is_a_menu_only_is_shown_as_it_is() -> None:
    assert what_matters('- navigation:\n  - link "A"') == ["- navigation:", '  - link "A"']


def test_names_are_given_once_in_the_page_s_order() -> None:
    lines = ['- button "B"', '- link "L"', '- button "A"', '- button "B"', "- button"]

    assert named(lines, "button") == ["B", "A"]
    assert named(PAGE.splitlines(), *FIELDS) == ["Email required", "Password"]
    assert named(PAGE.splitlines(), "button") == ['Log "me" in']
