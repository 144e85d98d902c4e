"""The pages of running a conversation, as the overview lists them: only those that are there."""

from __future__ import annotations

from dataclasses import dataclass

from coproduce.conversations.models import Conversation
from coproduce.pages.audience import address_for
from coproduce.people.models import TeamMember


@dataclass(frozen=True)
class Room:
    title: str
    about: str
    address: str


_ROOMS = (
    ("organising:ways_in", "Ways in", "The link, the code and the slips that you hand out."),
    ("reach:invite_next", "Whom to invite next", "Who is missing, with a ready invitation."),
    ("organising:type_in", "Type in slips", "Bring in what people wrote on paper."),
    ("facilitating:queue", "New words", "Look at new words before others see them."),
    ("facilitating:connect", "Connect", "Put together what says the same. Make ideas."),
    ("facilitating:ideas", "Ideas", "Connected statements under a heading."),
    ("facilitating:draft", "Draft", "What the shared understanding looks like so far."),
    ("facilitating:publish", "Publish", "Publish what the draft says, as a version."),
    ("deciding:owe", "What we owe", "What people wait for: replies, actions, answers."),
    ("deciding:decisions", "Decisions", "What was decided, and why."),
    ("telling:letters", "Letters", "Write to people who left an address, to be told."),
    ("facilitating:concerns", "Worries about someone’s safety", "For the safeguarding lead."),
    ("facilitating:bring_in", "Bring in a file", "Statements from a spreadsheet."),
    ("organising:copies", "Take a copy", "Statements and ideas as files, and the inspection pack."),
    ("facilitating:log", "Log", "Who did what, when and why."),
    ("organising:team", "Team", "Who runs this, with which role."),
    ("organising:keys", "Keys and changes", "What waits for a second key, what changed."),
    ("organising:phases", "Phases", "Open, close and move on."),
)


def rooms_of(conversation: Conversation, member: TeamMember) -> list[Room]:
    """Pages that exist on this installation and that the member's roles open."""
    found = [
        Room(title, about, address_for(member, name, conversation.slug))
        for name, title, about in _ROOMS
    ]
    return [room for room in found if room.address]
