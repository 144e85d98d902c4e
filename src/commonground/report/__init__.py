"""A report on a conversation: one page that needs nothing else, to read, share and print."""

from commonground.report.contents import Report, prepare_report
from commonground.report.page import report_page

__all__ = ["Report", "prepare_report", "report_page"]
