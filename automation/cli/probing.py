"""`unorder probe`: what is known of a saved page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from automation.cli.options import STORE

if TYPE_CHECKING:
    from automation.run.probe import AnswerSeen, FormSeen, Probe


@click.command()
@click.argument("path", metavar="PAGE.html", type=click.Path(path_type=Path))
@STORE
@click.option("--url", help="Where the page was saved from.")
@click.option("--language", default="en", show_default=True, help="The language of the page.")
@click.option("--json", "as_json", is_flag=True, help="As one line of JSON.")
def probe(path: Path, store_name: str, url: str | None, language: str, *, as_json: bool) -> int:
    """Tell which page a saved PAGE.html is, and what is read from it.

    Nothing of it runs, and nothing is fetched: this is how to report a page that has changed.
    """
    from automation.run.browser import open_browser  # noqa: PLC0415 (start-up)
    from automation.run.plain import json_text, plain  # noqa: PLC0415
    from automation.run.probe import probe as look  # noqa: PLC0415
    from automation.storefronts.profile import open_storefront  # noqa: PLC0415

    storefront = open_storefront(store_name, language=language)
    with open_browser(None) as browser:
        seen = look(path, storefront, browser, url=url)
    click.echo(json_text(seen.as_data()) if as_json else plain(as_text(seen)))
    return 0 if seen.page else 4


def as_text(seen: Probe) -> str:
    """What was seen, for a terminal."""
    lines = [f"page    {seen.page or 'unknown page'}", f"title   {seen.title}"]
    if seen.asks:
        lines.append(f"asks    {seen.asks}")
    lines += [f"sign    {sign}" for sign in seen.signs]
    if seen.orders:
        stated = "not stated" if seen.orders.stated is None else seen.orders.stated
        lines.append(f"orders  {len(seen.orders.cards)} on this page of {stated}"
                     f"{', more on the next page' if seen.orders.more else ''}")  # fmt: skip
        for card in seen.orders.cards:
            lines.append(f"  {card.number}  {card.placed}  {card.total}")
            lines += [f"      {said}" for said in card.said]
            lines += [f"      - {title}" for title in card.items]
            lines += [f"      [{'] ['.join(card.offers)}]"] if card.offers else []
    if seen.order:
        order = seen.order
        lines.append(f"order   {order.number or 'no number'}  {order.placed}  {order.total}")
        if order.whole:
            lines.append(f"  {order.whole.value}, all of it")
        for item in order.items:
            lines.append(f"  {item.quantity} x {item.title}  {item.price}  {item.seller}")
            lines.append(f"      {item.state.value}: {item.said}")
    lines += _form(seen.form) if seen.form else []
    lines += _answer(seen.answer) if seen.answer else []
    return "\n".join(lines)


def _form(form: FormSeen) -> list[str]:
    chosen = form.selection
    lines = [f"form    of order {chosen.order or 'not named'}"]
    for line in chosen.lines:
        box = "[x]" if line.ticked else "[ ]"
        lines.append(f"  {box} {line.quantity} x {line.title}  {line.price}".rstrip())
    lines += [] if chosen.lines else ["  no items to choose from"]
    lines.append(f"reason  {chosen.reason or 'none'}")
    for control in form.controls:
        enabled = "enabled" if control.enabled else "disabled"
        lines.append(f"control {control.wording or 'without words'} ({enabled})")
    return lines if form.controls else [*lines, "control none is seen"]


def _answer(answer: AnswerSeen) -> list[str]:
    lines = [f"answer  {answer.words or 'no words are seen'}"]
    return lines + [f"  {item.title}: {item.said}" for item in answer.items]
