"""What a run saw, told so that one need not open another file."""

from __future__ import annotations

from automation.run.record import Moment, Run, StepTaken
from automation.testing.kept import Kept
from automation.testing.outlines import without_addresses

_LINES = 16


def run_told(run: Run, kept: Kept) -> str:
    """The steps of a run, where it broke or ended, what the page showed, and where the rest is."""
    parts = [_steps(run), _ending(run)]
    broken = next((step.problem for step in run.steps if step.problem), None)
    if broken:
        parts.append(broken)
    elif page := _outline(run):
        parts.append(page)
    return "\n\n".join([*parts, _links(run, kept)])


def _steps(run: Run) -> str:
    lines = [f"{run.flow}, as {run.account}, {'to the end' if run.committed else 'rehearsed'}:"]
    for step in run.steps:
        mark = "✗" if step.problem else "✓"
        given = f" {step.given}" if step.given else ""
        lines.append(f"  {mark} {step.number} of {step.of}  {step.word}{given}")
    return "\n".join(lines)


def _ending(run: Run) -> str:
    said = f"\n  the store said: {run.said}" if run.said else ""
    return f"  it ended {run.outcome.label}: {run.reason}{said}"


def _outline(run: Run) -> str | None:
    moments: list[StepTaken | Moment] = [*run.steps, *run.moments]
    last = next((seen.outline for seen in reversed(moments) if seen.outline), None)
    if last is None or not (run.folder / last).is_file():
        return None
    lines = without_addresses((run.folder / last).read_text("utf-8"))
    shown = lines[_main(lines) :]
    more = [f"    … {len(shown) - _LINES} more"] if len(shown) > _LINES else []
    return "\n".join(
        ["  The last page showed:", *(f"    {line}" for line in shown[:_LINES]), *more]
    )


def _main(lines: list[str]) -> int:
    """Where the page's own content begins, after what stands on every page."""
    return next((at for at, line in enumerate(lines) if line.startswith("- main")), 0)


def _links(run: Run, kept: Kept) -> str:
    moments: list[StepTaken | Moment] = [*run.steps, *run.moments]
    picture = next((seen.picture for seen in reversed(moments) if seen.picture), None)
    links = []
    if picture:
        links.append(f"  screenshot  {kept.place(run.folder / picture)}")
    links += [f"  trace       {kept.place(trace)}" for trace in kept.traces()]
    links.append(f"  report      {kept.place(run.report)}")
    return "\n".join(links)
