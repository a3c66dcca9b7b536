"""`unorder plan`: which orders would be cancelled how. It reads only."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from automation.cli.batch import WORKERS, Status, at_work, columns
from automation.cli.options import JSON, RUNS
from automation.cli.outputs import OUTPUT_FILE
from automation.outcome import gravest
from automation.run.plain import json_text, plain

if TYPE_CHECKING:
    from automation.jobs.plan import Plan, Planned

_COLOURS = {"cancel": "green", "request": "cyan", "contact seller": "cyan", "over a cap": "yellow",
            "kept": "yellow", "tried before": "magenta"}  # fmt: skip
_WIDTHS = (22, 14, 34, 14, 10)


@click.command()
@click.argument("rules", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "output",
    type=OUTPUT_FILE,
    default=Path("plan.json"),
    show_default=True,
    help="Where to write the plan.",
)
@click.option("--html", "as_page", is_flag=True, help="Write it as a page too, beside it.")
@JSON
@WORKERS
@RUNS
def plan(
    rules: Path,
    output: Path,
    workers: int | None,
    runs_folder: Path | None,
    *,
    as_page: bool,
    as_json: bool,
) -> int:
    """Look through the accounts of RULES, and plan what they choose. Nothing is clicked."""
    from automation.jobs.pages import write_plan_page  # noqa: PLC0415 (start-up)
    from automation.jobs.planfile import write_plan  # noqa: PLC0415
    from automation.jobs.planning import make_plan  # noqa: PLC0415
    from automation.jobs.reading import read_rules  # noqa: PLC0415
    from automation.run.settings import read_settings  # noqa: PLC0415

    settings = read_settings()
    read = read_rules(rules, settings)
    status = Status()
    with at_work(runs_folder, workers, read) as work:
        limits = read.book.limits.and_also(settings.rules)
        try:
            made = make_plan(read, limits, work.crew, work.journal, status.opened)
        finally:
            status.done()
    write_plan(made, output)
    stream = sys.stderr if as_json else sys.stdout
    tell_plan(made, stream)
    click.echo(f"plan: {output}", file=stream)
    if as_page:
        page = output.with_suffix(".html")
        write_plan_page(made, page)
        click.echo(f"page: {page}", file=stream)
    if made.to_do:
        click.echo(f"next: unorder apply {output} --commit", file=stream)
    if as_json:
        click.echo(json_text(_line(made, output)))
    return gravest([held.exit_code for held in made.held])


def tell_plan(plan: Plan, stream: TextIO) -> None:
    """A plan as a table: what would be done, then what would not, and why."""
    from automation.jobs.money import Part, worth  # noqa: PLC0415 (start-up)

    if plan.orders:
        names = ("order", "account", "items", "route", "closes", "why")
        head = tuple(click.style(name, dim=True) for name in names)
        rows = [head, *(_row(order) for order in plan.orders)]
        for line in columns(rows, _WIDTHS):
            click.echo(line, file=stream)
        click.echo(file=stream)
    for held in plan.held:
        held_told = plain(f"{held.where}: {held.reason}")
        click.echo(f"{click.style('held', fg='magenta')} {held_told}", file=stream)
        if held.hint:
            click.echo(plain(f"hint: {held.hint}"), file=stream)
    for note in plan.notes:
        click.echo(plain(f"note: {note}"), file=stream)
    read = sum(listed.orders for listed in plan.lists)
    over = sum(listed.over for listed in plan.lists)
    money = worth(Part(order.facts, order.titles) for order in plan.to_do)
    told = f"{len(plan.to_do)} to act on{', ' + money if money else ''}"
    told = told if plan.to_do else "nothing to do"
    click.echo(
        f"{click.style(told, bold=True)}; {read} orders read, {over} of them over already; "
        f"nothing was clicked",
        file=stream,
    )
    if plan.to_do:
        click.echo(f"it may be applied until {plan.expires.astimezone():%Y-%m-%d %H:%M %Z}",
                   file=stream)  # fmt: skip


def _row(order: Planned) -> tuple[str, ...]:
    titles = ", ".join(dict.fromkeys(order.titles)) or "the whole order"
    route = order.route.value
    closes = f"{order.closes.astimezone():%Y-%m-%d}" if order.closes else "-"
    fee = f"the store keeps a fee of {order.facts.fee}" if order.facts.fee else ""
    why = "; ".join(filter(None, [*order.why, order.words, fee]))
    colour = _COLOURS.get(route)
    shown = click.style(route, fg=colour)
    return (plain(order.order), order.where.account, plain(titles), shown, closes, plain(why))


def _line(plan: Plan, output: Path) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "rules": plan.rules,
        "file": str(output),
        "to_do": len(plan.to_do),
        "routes": {
            route: sum(order.route.value == route for order in plan.orders)
            for route in dict.fromkeys(order.route.value for order in plan.orders)
        },
        "read": sum(listed.orders for listed in plan.lists),
        "held": [str(held.where) for held in plan.held],
        "expires": plan.expires.isoformat(),
        "exit": gravest([held.exit_code for held in plan.held]),
    }
