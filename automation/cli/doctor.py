"""`unorder doctor`."""

from __future__ import annotations

from pathlib import Path

import click

from automation.cli.options import RUNS
from automation.run.doctor import examine
from automation.run.places import default_runs_folder


@click.command()
@RUNS
@click.option("--browser", "browser_only", is_flag=True, help="Only start the browser.")
def doctor(runs_folder: Path | None, *, browser_only: bool) -> int:
    """Look at this machine: browser, versions, configuration, folders, journal."""
    findings = examine((runs_folder or default_runs_folder()).resolve(), browser_only=browser_only)
    for finding in findings:
        mark = click.style("✓", fg="green") if finding.well else click.style("✗", fg="red")
        click.echo(f"{mark} {finding.what:<13} {finding.said}")
    return 0 if all(finding.well for finding in findings) else 2
