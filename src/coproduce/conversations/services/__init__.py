"""What is done with a conversation: make it, state what it is, open it, move its phases."""

from coproduce.conversations.services.keys import take_back_key, turn_key
from coproduce.conversations.services.making import make_conversation
from coproduce.conversations.services.opening import open_conversation
from coproduce.conversations.services.phases import change_phases
from coproduce.conversations.services.stating import confirm_change, state

__all__ = [
    "change_phases",
    "confirm_change",
    "make_conversation",
    "open_conversation",
    "state",
    "take_back_key",
    "turn_key",
]
