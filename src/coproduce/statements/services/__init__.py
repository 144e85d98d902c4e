"""What people do about statements: say them, and say that some say the same."""

from coproduce.statements.services.saying import raise_question, submit_statement

__all__ = ["raise_question", "submit_statement"]
