"""Giving a reason, in whatever way a form takes one."""

from __future__ import annotations

from playwright.sync_api import Locator

from automation.pages.choosing import NotOffered, bring_into_view, choose
from automation.pages.spots import exactly
from automation.pages.values import folded

_TAKEN_BY = """element => {
  const tag = element.tagName.toLowerCase();
  if (tag === "select") return "select";
  const list = element.getAttribute("role") === "combobox" || element.hasAttribute("aria-haspopup");
  if (list) return "list";
  if (tag === "textarea" || (tag === "input" && element.type !== "radio")) return "text";
  return element.querySelector("[role=radio], input[type=radio]") ? "radios" : "text";
}"""


def give(field: Locator, reason: str, *, patience: float) -> None:
    """Choose this *reason*, or write it. `NotOffered` where it is not among the choices.

    A list that the store is asked for has so many seconds to come.
    """
    match field.evaluate(_TAKEN_BY):
        case "select":
            choose(field, reason)
        case "list":
            _from_a_list(field, reason, patience)
        case "radios":
            _one_of(field.get_by_role("radio"), field, reason)
        case _:
            bring_into_view(field)
            field.fill(reason)


def _from_a_list(field: Locator, reason: str, patience: float) -> None:
    """A list of its own making: it is opened, and one of its options pressed."""
    field.click()
    options = field.page.get_by_role("option").filter(visible=True)
    options.first.wait_for(timeout=patience * 1000)
    wanted = field.page.get_by_role("option", name=exactly((reason,))).filter(visible=True)
    if not wanted.count():
        raise NotOffered(reason, tuple(folded(text) for text in options.all_inner_texts()))
    wanted.click()


def _one_of(radios: Locator, group: Locator, reason: str) -> None:
    wanted = group.get_by_role("radio", name=exactly((reason,)))
    if not wanted.count():
        names = radios.evaluate_all(
            "all => all.map(one => one.labels?.[0]?.innerText ?? one.getAttribute('aria-label'))"
        )
        raise NotOffered(reason, tuple(folded(name or "") for name in names))
    wanted.check()
