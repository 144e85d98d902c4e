"""Typing in what somebody wrote on a slip of paper."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from coproduce.audit.services import record
from coproduce.conversations.models import PartnerGroup, Question
from coproduce.people.access import require_role
from coproduce.people.models import Role, TeamMember
from coproduce.people.services.slips import writer_of_paper
from coproduce.refused import Refused
from coproduce.statements.models import RoomMark, Statement
from coproduce.statements.services.saying import submit_statement
from coproduce.words.models import Words

TYPISTS = (Role.ORGANISER, Role.FACILITATOR)
MOST_DOTS = 500


@transaction.atomic
def type_in_slip(
    *,
    member: TeamMember,
    question: Question,
    text: str,
    how_given: str,
    groups: Collection[PartnerGroup],
    number: int | None,
    dots: int,
    form_key: str,
) -> tuple[Statement, bool]:
    """Keep the words of one slip, with the dots that people in the room put on it.

    They go the same way in as all words: looked at before others see them. One slip number is
    one person, however many statements it holds. The same form twice is one statement.
    """
    require_role(member, *TYPISTS)
    conversation = member.conversation
    if not 0 <= dots <= MOST_DOTS:
        raise Refused(f"Type a number of dots from 0 to {MOST_DOTS}.", field="dots")
    # The form may come twice, and without a number each time would be another person.
    earlier = (
        Words.objects.filter(
            conversation=conversation, from_paper=True, form_key__endswith=f":{form_key}"
        )
        .select_related("statement")
        .first()
    )
    if earlier is not None:
        return earlier.statement, False
    writer = writer_of_paper(
        conversation=conversation, number=number, groups=groups, whose_words=how_given
    )
    statement, is_new = submit_statement(
        conversation=conversation,
        participant=writer,
        question=question,
        text=text,
        how_given=how_given,
        form_key=form_key,
        from_paper=True,
    )
    if is_new and dots:
        RoomMark.objects.create(
            conversation=conversation,
            statement=statement,
            count=dots,
            source="Dots on a paper slip",
            by=member.account,
        )
    if is_new:
        record(
            conversation=conversation,
            act="type_in_slip",
            by=member.account,
            about=statement.ref,
            details={"dots": dots},
        )
    return statement, is_new
