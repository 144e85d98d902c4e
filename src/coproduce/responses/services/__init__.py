"""What people do about statements: answer, skip, say why. And counting it."""

from coproduce.responses.services.answering import answer, skip
from coproduce.responses.services.counting import bring_figures_up_to_date, recount
from coproduce.responses.services.reasons import give_reason

__all__ = ["answer", "bring_figures_up_to_date", "give_reason", "recount", "skip"]
