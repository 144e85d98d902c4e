"""Starting texts, written to be changed: templates, partner groups and areas.

What stands in [square brackets] is a gap. A conversation does not open while one is left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from coproduce.conversations.models import Phase, Rung


@dataclass(frozen=True)
class Invited:
    """A partner group as an installation knows it: the key stays, the label is local."""

    key: str
    label: str
    is_children: bool = False
    at_first: bool = True

    def as_stated(self) -> dict[str, Any]:
        return {"key": self.key, "label": self.label, "is_children": self.is_children}


SEND_GROUPS = (
    Invited("children", "Children and young people", is_children=True),
    Invited("parent_carers", "Parent carers"),
    Invited("education", "Schools and colleges"),
    Invited("health", "Health"),
    Invited("social_care", "Social care"),
    Invited("forum", "Parent carer forum", at_first=False),
    Invited("voluntary", "Voluntary groups", at_first=False),
)

DEVON_DISTRICTS = (
    "East Devon",
    "Exeter",
    "Mid Devon",
    "North Devon",
    "South Hams",
    "Teignbridge",
    "Torridge",
    "West Devon",
)

_PURPOSE = (
    "We want to understand what matters to children, families and the people who work with them "
    "in [what this is about]. What you say becomes a shared understanding that we publish. "
    "[Who decides] will use it to decide [what will be decided]."
)
_CAN = "What can change: [for example how we plan, how we tell you things, what we spend on]."
_CANNOT = "What cannot change: [for example the law, or the money for this year], because [why]."
_DECIDES = "[Name of the person or meeting] decides, on [date or month]."
_RUNS = (
    "[Name of the council] and [name of the partner] run this together. "
    "You can reach us at [email address or phone number]."
)
_READ = (
    "Other people can read your words after someone in our team has looked at them. "
    "Nobody is shown who wrote them. No page shows anybody which answer is yours. "
    "If we think that someone is not safe, our safeguarding contact reads the words."
)
_NOTICE = (
    "What we keep: the words you write, your answers, the partner groups that you pick and, if "
    "you tell us, your area. We do not ask for your name. You need no email address. If you leave "
    "one to be told what happens, it is locked away, apart from what you said, and deleted on the "
    "day that we tell you.\n\n"
    "Why: to work out, with you, what matters in [what this is about]. The law calls our reason "
    "a public task.\n\n"
    "Please leave out names, and anything that shows who someone is.\n\n"
    "Who sees it: our team looks at words without seeing who wrote them. Words and rounded "
    "numbers are published.\n\n"
    "How long: we delete what is not published on the date above.\n\n"
    "Your rights: you can take your words back at any time with your private code. You can ask "
    "us what we keep, and you can complain to us at [email address], or to the Information "
    "Commissioner’s Office on 0303 123 1113."
)
_THANKS = "Everybody who takes part can read what came of it. [How you thank people.]"


@dataclass(frozen=True)
class Template:
    """A way to run a conversation, with what it states to begin with."""

    key: str
    title: str
    about: str
    first_phases: tuple[str, ...]
    fields: dict[str, Any] = field(default_factory=dict)
    question: str = "What is important to you in [what this is about]?"
    material: str = ""


TEMPLATES = (
    Template(
        key="one_event",
        title="One event",
        about=(
            "A morning or an evening in a room. People write, answer and put ideas together on "
            "the same day. When three people of a partner group have answered, we say what the "
            "group thinks."
        ),
        first_phases=(Phase.GATHERING, Phase.LISTENING, Phase.CONNECTING),
        fields={
            "one_room": True,
            "listed": False,
            "enough": 3,
            "purpose": _PURPOSE,
            "can_change": _CAN,
            "cannot_change": _CANNOT,
            "rung": Rung.CO_DESIGN,
            "who_decides": _DECIDES,
            "time_and_money": (
                "The event takes [number] hours. There is [food, travel money, a quiet room]."
            ),
            "thanks": _THANKS,
            "who_runs_it": _RUNS,
            "who_can_read": _READ,
            "privacy_notice": _NOTICE,
        },
        material="Think about a time when this went well. What made it go well?",
    ),
    Template(
        key="over_weeks",
        title="Over some weeks",
        about=(
            "People take part from home, on a phone or on paper, when it suits them. First they "
            "say what matters, then they answer what others said. When five people of a partner "
            "group have answered, we say what the group thinks."
        ),
        first_phases=(Phase.GATHERING,),
        fields={
            "one_room": False,
            "listed": True,
            "enough": 5,
            "purpose": _PURPOSE,
            "can_change": _CAN,
            "cannot_change": _CANNOT,
            "rung": Rung.CO_DESIGN,
            "who_decides": _DECIDES,
            "time_and_money": (
                "Taking part takes about ten minutes. You can come back as often as you like "
                "until [date]. [What money or other help there is.]"
            ),
            "thanks": _THANKS,
            "who_runs_it": _RUNS,
            "who_can_read": _READ,
            "privacy_notice": _NOTICE,
        },
        material="You can write about something that went well, or about something to change.",
    ),
)


def template(key: str) -> Template:
    return next(each for each in TEMPLATES if each.key == key)
