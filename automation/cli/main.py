"""The command `unorder`. Only this package prints or exits."""

from __future__ import annotations

import os
import sys
import traceback
from difflib import get_close_matches
from importlib import import_module
from typing import NoReturn

import click

from automation.errors import InputError, UnorderError

# Each command is imported when it is asked for: `unorder --help` must not wait for a browser.
_COMMANDS = {
    "demo": ("automation.cli.demo", "demo"),
    "store": ("mock_store.cli", "store"),
    "run": ("automation.cli.running", "run"),
    "cancel": ("automation.cli.running", "cancel"),
    "plan": ("automation.cli.planning", "plan"),
    "apply": ("automation.cli.applying", "apply_"),
    "nightly": ("automation.cli.nightly", "nightly"),
    "verify": ("automation.cli.verifying", "verify"),
    "release": ("automation.cli.releasing", "release"),
    "scale": ("automation.cli.scaling", "scale"),
    "canary": ("automation.cli.canary", "canary"),
    "schedule": ("automation.cli.scheduling", "schedule"),
    "film": ("automation.cli.film", "film"),
    "guide": ("automation.cli.guide", "guide"),
    "report": ("automation.cli.reporting", "report"),
    "prune": ("automation.cli.reporting", "prune"),
    "runs": ("automation.cli.looking", "runs"),
    "show": ("automation.cli.looking", "show"),
    "check": ("automation.cli.flows", "check"),
    "flows": ("automation.cli.flows", "flows"),
    "words": ("automation.cli.flows", "words"),
    "schema": ("automation.cli.flows", "schema"),
    "matrix": ("automation.cli.matrix", "matrix"),
    "probe": ("automation.cli.probing", "probe"),
    "sign-in": ("automation.cli.signing_in", "sign_in"),
    "new-storefront": ("automation.cli.new_storefront", "new_storefront"),
    "doctor": ("automation.cli.doctor", "doctor"),
}
_SAID = {
    "demo": "See it work: a practice store, an order, a cancellation, a report.",
    "store": "Serve the practice store.",
    "run": "Follow a flow. It rehearses unless told to --commit.",
    "cancel": "Cancel an order, or some of its items.",
    "plan": "Look through accounts, and plan what rules choose. It reads only.",
    "apply": "Apply a plan: exactly its orders. It rehearses unless told to --commit.",
    "nightly": "Settle, plan, apply, tell: one command for a timer.",
    "verify": "Settle what earlier runs left open, by reading the orders again.",
    "scale": "Apply plans with the workers of several machines, on one PostgreSQL.",
    "canary": "Walk paths without clicking, and tell what has moved since the last time.",
    "schedule": "Print what makes systemd, cron or Kubernetes run it each night.",
    "film": "Film a flow, with captions, a cursor and chapters.",
    "guide": "Tell a flow in words and pictures; --all makes a handbook.",
    "report": "Write a page of what was cancelled, the money, and what waits for whom.",
    "prune": "Remove old evidence; the journal stays.",
    "release": "Go on with a held storefront, once its profile is corrected.",
    "runs": "List what was run.",
    "show": "Tell what a run did, and where its report is.",
    "check": "Prove flows before any browser starts.",
    "flows": "List the flows that can be followed.",
    "words": "Print the vocabulary of the page objects.",
    "schema": "Print the JSON Schema of flow files, or of rules.",
    "matrix": "Follow every cell of the test cases, and tell how sure it is.",
    "probe": "Tell which page a saved page is, and what is read from it.",
    "sign-in": "Sign in by hand, in a browser that you see; the state is kept.",
    "new-storefront": "Begin a storefront by pointing at things in a browser.",
    "doctor": "Look at this machine: browser, configuration, folders, journal, disk, clock.",
}


class Commands(click.Group):
    """Commands that are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in _COMMANDS:
            close = get_close_matches(args[0], _COMMANDS, n=1)
            raise InputError(
                f"no command is called `{args[0]}`",
                hint=f"did you mean `{close[0]}`?" if close else "`unorder --help` lists them",
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, _SAID[name]) for name in _COMMANDS])


_LONGEST_WORD = 4_000  # characters
_TRY = """\b
Try:
  unorder demo                      see it work, without any configuration
  unorder store                     serve the practice store
  unorder run cancel-items order=112-4419326-1180247 items="USB-C cable"
                                    rehearse: everything but the last click
  unorder run … --commit            do it, and read the order again

\b
Exit codes:
  0 done or rehearsed     3 a guard said no      4 not done, or only in part
  5 a person is needed    6 unknown: verify      8 asked for, not decided
  9 the path is broken    75 try later           2 bad input
  7 the journal or the disk cannot be trusted
  10 a step changed the order before the click
"""


@click.group(cls=Commands, epilog=_TRY, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="unorder")
def unorder() -> None:
    """Cancel orders by following a store's documented click paths, and prove what happened."""


def main() -> NoReturn:
    """Run the command line and exit."""
    try:
        _see_that_it_is_not_endless(sys.argv)
        result = unorder.main(standalone_mode=False)
    except UnorderError as problem:
        _fail(str(problem), problem.exit_code)
    except click.ClickException as problem:
        _fail_of_click(problem)
    except click.Abort:
        _fail("stopped", 130)
    except BrokenPipeError:
        # The reader has gone, as `head` does. Python would complain again while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception:  # noqa: BLE001 (the last place where our own bug can be told)
        click.echo(_without_secrets(traceback.format_exc()), err=True, nl=False)
        _fail("this is a bug of unorder; nothing else is known", 1)
    sys.exit(result if isinstance(result, int) else 0)


def _see_that_it_is_not_endless(words: list[str]) -> None:
    if any(len(word) > _LONGEST_WORD for word in words):
        raise InputError(
            f"a word of the command line is longer than {_LONGEST_WORD:,} characters",
            hint="a long text is cut short by every store",
        )


def _fail(text: str, exit_code: int) -> NoReturn:
    from automation.run.plain import plain  # noqa: PLC0415 (start-up)

    click.echo(f"unorder: {plain(_without_secrets(text))}", err=True)
    sys.exit(exit_code)


def _without_secrets(text: str) -> str:
    from automation.pages.bearer_secrets import without_secrets  # noqa: PLC0415 (start-up)

    return without_secrets(text)


def _fail_of_click(problem: click.ClickException) -> NoReturn:
    hint = "unorder --help"
    if isinstance(problem, click.UsageError) and problem.ctx is not None:
        hint = f"{problem.ctx.command_path} --help"
    _fail(f"{problem.format_message()}\n\nhint: {hint}", 2)
