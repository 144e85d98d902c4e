"""Acts around reports: asking for a file, and the yearly report on the Local Offer."""

from coproduce.reports.services.annual import (
    edit_report,
    finish_report,
    leave_out,
    make_report,
    take_in_again,
)
from coproduce.reports.services.productions import ask_for, make_ready_again, ready
from coproduce.reports.services.whose_words import settle_whose_words

__all__ = [
    "ask_for",
    "edit_report",
    "finish_report",
    "leave_out",
    "make_ready_again",
    "make_report",
    "ready",
    "settle_whose_words",
    "take_in_again",
]
