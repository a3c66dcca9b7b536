"""A summary as files: JSON for programs, CSV for a spreadsheet, a page for people."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from automation.jobs.pages import write_summary_page
from automation.jobs.results import Result, Summary
from automation.run.places import private_folder, write_private

_COLUMNS = ("order", "store", "account", "items", "total", "route", "outcome", "exit", "reason",
            "why", "run")  # fmt: skip


@dataclass(frozen=True)
class Written:
    """Where a summary lies."""

    json: Path
    csv: Path
    page: Path


def write_summary(summary: Summary, folder: Path) -> Written:
    """Write all three; readable by their owner only."""
    name = "summary" if summary.commit else "rehearsal"
    private_folder(folder)
    written = Written(*(folder / f"{name}.{kind}" for kind in ("json", "csv", "html")))
    text = json.dumps(_as_data(summary), ensure_ascii=False, indent=2) + "\n"
    write_private(written.json, text.encode())
    write_private(written.csv, _as_csv(summary).encode("utf-8-sig"))
    write_summary_page(summary, folder, written.page)
    return written


def _as_data(summary: Summary) -> dict[str, Any]:
    return {
        **summary.line(),
        "started": summary.started.isoformat(timespec="seconds"),
        "ended": summary.ended.isoformat(timespec="seconds"),
        "held": [
            {"account": str(held.where), "exit": held.exit_code, "reason": held.reason,
             "hint": held.hint}
            for held in summary.held
        ],
        "settled": [
            {"order": each.order, "account": each.account, "outcome": each.outcome.label,
             "reason": each.reason, "run": each.run}
            for each in summary.settled
        ],
        "refunds": [
            {"order": each.order, "account": each.account, "said": list(each.said),
             "overdue": each.overdue}
            for each in summary.refunds if each.said
        ],
        "results": [_row(result) for result in summary.results],
    }  # fmt: skip


def _row(result: Result) -> dict[str, Any]:
    order = result.order
    return {
        "order": order.order,
        "store": order.where.store,
        "account": order.where.account,
        "items": list(order.titles),
        "total": order.facts.total,
        "route": order.route.value,
        "outcome": result.word,
        "exit": result.exit_code,
        "reason": result.reason,
        "why": list(order.why),
        "run": result.run,
    }


def _as_csv(summary: Summary) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS)
    writer.writeheader()
    for result in summary.results:
        writer.writerow({key: _cell(value) for key, value in _row(result).items()})
    return text.getvalue()


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula: titles are whatever a seller wrote."""
    told = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{told}" if told.startswith(("=", "+", "-", "@", "\t", "\r")) else told
