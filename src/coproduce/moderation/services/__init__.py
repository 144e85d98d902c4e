"""What a facilitator does with new words: look at them, and mask what says who somebody is."""

from coproduce.moderation.services.looking import look_at, undo_look
from coproduce.moderation.services.masking import lift_mask, mask

__all__ = ["lift_mask", "look_at", "mask", "undo_look"]
