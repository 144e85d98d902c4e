"""Acts around being told: leaving and deleting an address, writing, confirming, sending."""

from coproduce.telling.services.leaving import (
    delete_due_addresses,
    leave_address,
    stop,
    stop_by_address,
)
from coproduce.telling.services.sending import send_what_is_due
from coproduce.telling.services.writing import confirm_letter, try_again, what_is_confirmed, write

__all__ = [
    "confirm_letter",
    "delete_due_addresses",
    "leave_address",
    "send_what_is_due",
    "stop",
    "stop_by_address",
    "try_again",
    "what_is_confirmed",
    "write",
]
