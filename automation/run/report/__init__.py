"""The report of a run: one HTML file that opens from disk."""

from automation.run.report.sentences import summary_line
from automation.run.report.writing import write_report

__all__ = ["summary_line", "write_report"]
