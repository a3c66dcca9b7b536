"""`unorder check`, `flows`, `words` and `schema`: what can be followed, and whether it holds."""

from __future__ import annotations

from pathlib import Path

import click

from automation.cli.options import STORE
from automation.errors import InputError, UnorderError
from automation.flow.library import Library
from automation.flow.model import Flow
from automation.flow.proof import (
    followed_flows,
    problems_of,
    see_that_its_numbers_fit,
)
from automation.flow.schema import schema_text
from automation.flow.vocabulary import vocabulary_text
from automation.pages.storefront import Storefront
from automation.run.completeness import UNPROVED
from automation.source import Mapping, SourceError, read_file
from automation.storefronts.abilities import what_it_cannot_do
from automation.storefronts.profile import known_storefronts, open_storefront


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--store", "store_name", help="Prove this storefront's profile too.")
def check(files: tuple[Path, ...], store_name: str | None) -> int:
    """Prove flows from the types of their steps, and rules files. No browser starts."""
    library = Library()
    paths = list(_flow_files(files)) if files else list(library.paths().values())
    rules = [path for path in paths if files and _holds_rules(path)]
    problems: list[UnorderError] = []
    for path in paths:
        try:
            if path in rules:
                _read_rules(path)
            else:
                _see_its_own(library.read(path), store_name)
        except UnorderError as problem:
            problems.append(problem)
    for name in [store_name] if store_name else [] if files else known_storefronts():
        try:
            problems += _prove(name)
        except UnorderError as problem:
            problems.append(problem)
    for found in problems:
        click.echo(f"{found}\n", err=True)
    if problems:
        click.echo(_what_does_not_hold(len(problems), files, paths, store_name), err=True)
        return 2
    flows = len(paths) - len(rules)
    if flows:
        click.echo(f"{flows} flow{'' if flows == 1 else 's'}: every step connects")
    for path in rules:
        click.echo(f"{path}: these rules can be followed")
    return 0


def _see_its_own(flow: Flow, store_name: str | None) -> None:
    """What only shows beside its file's name and the stores that it may be followed on."""
    if flow.name != flow.path.stem:
        raise SourceError(
            f"this flow is called `{flow.name}`, and its file `{flow.path.stem}`",
            flow.place,
            hint="a flow is found by the name of its file: call both the same",
        )
    names = [store_name] if store_name else known_storefronts()
    see_that_its_numbers_fit(flow, lambda: [open_storefront(name) for name in names])


def _what_does_not_hold(
    problems: int, files: tuple[Path, ...], paths: list[Path], store_name: str | None
) -> str:
    if store_name:
        return f"{problems} of what `{store_name}` has do not hold"
    if len(paths) == 1:
        return f"`{paths[0]}` does not hold"
    return f"{problems} of {len(paths)} {'files' if files else 'flows and profiles'} do not hold"


def _holds_rules(path: Path) -> bool:
    try:
        top = read_file(path)
    except UnorderError:
        return False
    return isinstance(top, Mapping) and top.get("rules") is not None


def _read_rules(path: Path) -> None:
    from automation.jobs.reading import read_rules  # noqa: PLC0415 (start-up)
    from automation.run.settings import read_settings  # noqa: PLC0415

    read_rules(path, read_settings())


def _prove(name: str) -> list[UnorderError]:
    """Read a storefront in each of its languages, and prove its flows. What does not hold."""
    languages = open_storefront(name).languages
    for language in languages:
        storefront = open_storefront(name, language=language)
        if storefront.description:
            for label in storefront.description.unused:
                click.echo(f"{name}: nothing is looked for by the label `{label}`", err=True)
            lines = storefront.description.order.lines
            if lines and not lines.can_be_proved and not lines.complete:
                click.echo(f"{name}: {UNPROVED}; a keep-list by item or seller holds every order "
                           "back", err=True)  # fmt: skip
        elif storefront.labels.unknown:
            unknown = ", ".join(f"`{label}`" for label in storefront.labels.unknown)
            click.echo(f"{name}: no words for {unknown} in `{language}`; ids and addresses decide",
                       err=True)  # fmt: skip
    if storefront.description:
        for lack in what_it_cannot_do(storefront.description):
            click.echo(f"{name}: {lack}", err=True)
    library = Library.of(storefront)
    found = problems_of(storefront, library)
    if not found and storefront.description:
        click.echo(_told(storefront, followed_flows(storefront, library)))
    return found


def _told(storefront: Storefront, flows: list[str]) -> str:
    proof = storefront.proof
    sure = f"{proof.how_sure.value} on {proof.on}, {proof.against}" if proof else "never proved"
    followed = f"{storefront.name}: {sure}; it can follow " + ", ".join(flows)
    if storefront.description and storefront.description.cancel.choice is None:
        followed += "\nthis shop cancels whole orders only: its profile names no `cancel.choice`"
    # Who wants to change one that came with unorder copies it, and has to find it first.
    return f"{followed}\nits folder: {storefront.folder}"


def _flow_files(files: tuple[Path, ...]) -> list[Path]:
    found = []
    for path in files:
        if path.is_dir():
            found += sorted(path.glob("*.yaml"))
        elif path.is_file():
            found.append(path)
        else:
            raise InputError(
                f"there is no file or folder `{path}`", hint="name flow files, or folders of them"
            )
    if not found:
        raise InputError("no flow was found", hint="a flow is a file that ends in .yaml")
    return found


@click.command()
@STORE
def flows(store_name: str) -> None:
    """List the flows that can be followed on a store: its own, and those of every store."""
    storefront = open_storefront(store_name)
    library = Library.of(storefront)
    for name in followed_flows(storefront, library):
        flow = library.find(name)
        click.echo(f"{click.style(name, bold=True):<32} {flow.summary}")
        for given in flow.inputs.values():
            need = "needed" if given.required else "optional"
            click.echo(f"    {given.name:<10} {given.type:<6} {need:<9} {given.means}")


@click.command()
@STORE
@click.option("--markdown", is_flag=True, help="As docs/vocabulary.md holds it.")
def words(store_name: str, *, markdown: bool) -> None:
    """Print the vocabulary of a store's page objects."""
    vocabulary = Library.of(open_storefront(store_name)).words
    if markdown:
        click.echo(vocabulary_text(vocabulary), nl=False)
        return
    for name, own in vocabulary.pages.items():
        click.echo(click.style(name, bold=True))
        for word in own.values():
            mark = "!" if word.irreversible else " "
            click.echo(f"  {word.kind.value:<8}{mark}{word!s:<34} {word.sentence}")


@click.command()
@click.argument("of", type=click.Choice(["flow", "rules"]), default="flow")
@STORE
def schema(of: str, store_name: str) -> None:
    """Print the JSON Schema of a store's flow files, or of rules."""
    if of == "rules":
        from automation.jobs.schema import rules_schema_text  # noqa: PLC0415 (start-up)

        click.echo(rules_schema_text(), nl=False)
        return
    click.echo(schema_text(Library.of(open_storefront(store_name)).words), nl=False)
