"""What people who run conversations, and people who take part, do about being here."""

from coproduce.people.services.accounts import (
    change_password,
    make_first_organiser,
    make_sign_in_link,
    use_sign_in_link,
)
from coproduce.people.services.coming_back import come_back, make_another_code, put_together
from coproduce.people.services.taking_part import describe, finish, join
from coproduce.people.services.team import (
    change_member,
    invite_again,
    invite_member,
    leave_team,
    write_to_invited,
)

__all__ = [
    "change_member",
    "change_password",
    "come_back",
    "describe",
    "finish",
    "invite_again",
    "invite_member",
    "join",
    "leave_team",
    "make_another_code",
    "make_first_organiser",
    "make_sign_in_link",
    "put_together",
    "use_sign_in_link",
    "write_to_invited",
]
