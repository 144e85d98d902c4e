"""Deciding, acting, replying, answering: what the team does about what people said."""

from coproduce.decisions.services.acting import add_action, move_action
from coproduce.decisions.services.answering import answer_questions, correct_answer
from coproduce.decisions.services.checking import check_action
from coproduce.decisions.services.correcting_actions import correct_action
from coproduce.decisions.services.deciding import correct_decision, decide, move_decision
from coproduce.decisions.services.replying import correct_reply, reply
from coproduce.decisions.services.reviewing import still_stands

__all__ = [
    "add_action",
    "answer_questions",
    "check_action",
    "correct_action",
    "correct_answer",
    "correct_decision",
    "correct_reply",
    "decide",
    "move_action",
    "move_decision",
    "reply",
    "still_stands",
]
