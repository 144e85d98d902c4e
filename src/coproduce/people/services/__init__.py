"""What people who run conversations, and people who take part, do about being here."""

from coproduce.people.services.accounts import (
    change_password,
    make_first_organiser,
    make_sign_in_link,
    use_sign_in_link,
)
from coproduce.people.services.team import (
    change_member,
    invite_again,
    invite_member,
    leave_team,
)

__all__ = [
    "change_member",
    "change_password",
    "invite_again",
    "invite_member",
    "leave_team",
    "make_first_organiser",
    "make_sign_in_link",
    "use_sign_in_link",
]
