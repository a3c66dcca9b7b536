"""The report of a run: one HTML file that opens from disk."""

from automation.run.report.sentences import plainly, summary_line
from automation.run.report.writing import write_report

__all__ = ["plainly", "summary_line", "write_report"]
