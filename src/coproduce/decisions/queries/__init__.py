"""Reading what was decided, done and told, and what is still owed."""

from coproduce.decisions.queries.ideas import IdeaOutcome, what_became_of_ideas, with_steps
from coproduce.decisions.queries.journey import Journey, journey_of, journeys_of
from coproduce.decisions.queries.owing import Owed, overdue, what_we_owe
from coproduce.decisions.queries.questions import AskedQuestion, questions_of
from coproduce.decisions.queries.under import Reached, decisions_under

__all__ = [
    "AskedQuestion",
    "IdeaOutcome",
    "Journey",
    "Owed",
    "Reached",
    "decisions_under",
    "journey_of",
    "journeys_of",
    "overdue",
    "questions_of",
    "what_became_of_ideas",
    "what_we_owe",
    "with_steps",
]
