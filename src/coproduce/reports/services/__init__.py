"""Acts around reports: asking for a file, and the yearly report on the Local Offer."""

from coproduce.reports.services.productions import ask_for

__all__ = ["ask_for"]
