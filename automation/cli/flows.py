"""`unorder check`, `flows`, `words` and `schema`: what can be followed, and whether it holds."""

from __future__ import annotations

from pathlib import Path

import click

from automation.errors import InputError, UnorderError
from automation.flow.library import Library
from automation.flow.schema import schema_text
from automation.flow.vocabulary import vocabulary_text
from automation.storefronts.profile import known_storefronts, open_storefront


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--store", "store_name", help="Prove this storefront's profile too.")
def check(files: tuple[Path, ...], store_name: str | None) -> int:
    """Prove flows from the types of their steps. No browser starts."""
    library = Library()
    paths = list(_flow_files(files)) if files else list(library.paths().values())
    problems: list[UnorderError] = []
    for path in paths:
        try:
            library.read(path)
        except UnorderError as problem:
            problems.append(problem)
    for name in [store_name] if store_name else [] if files else known_storefronts():
        try:
            _read_each_language(name)
        except UnorderError as problem:
            problems.append(problem)
    for found in problems:
        click.echo(f"{found}\n", err=True)
    if problems:
        click.echo(f"{len(problems)} of {len(paths)} do not hold", err=True)
        return 2
    click.echo(f"{len(paths)} flow{'' if len(paths) == 1 else 's'}: every step connects")
    return 0


def _read_each_language(name: str) -> None:
    for language in open_storefront(name).languages:
        storefront = open_storefront(name, language=language)
        if storefront.labels.unknown:
            unknown = ", ".join(f"`{label}`" for label in storefront.labels.unknown)
            click.echo(f"{name}: no words for {unknown} in `{language}`; ids and addresses decide",
                       err=True)  # fmt: skip


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
def flows() -> None:
    """List the flows that can be followed."""
    library = Library()
    for name in library.paths():
        flow = library.find(name)
        click.echo(f"{click.style(name, bold=True):<32} {flow.summary}")
        for given in flow.inputs.values():
            need = "needed" if given.required else "optional"
            click.echo(f"    {given.name:<10} {given.type:<6} {need:<9} {given.means}")


@click.command()
@click.option("--markdown", is_flag=True, help="As docs/vocabulary.md holds it.")
def words(*, markdown: bool) -> None:
    """Print the vocabulary of the page objects."""
    vocabulary = Library().words
    if markdown:
        click.echo(vocabulary_text(vocabulary), nl=False)
        return
    for name, own in vocabulary.pages.items():
        click.echo(click.style(name, bold=True))
        for word in own.values():
            mark = "!" if word.irreversible else " "
            click.echo(f"  {word.kind.value:<8}{mark}{word!s:<34} {word.sentence}")


@click.command()
def schema() -> None:
    """Print the JSON Schema of flow files."""
    click.echo(schema_text(Library().words), nl=False)
