"""Slips: printed ways in, and paper that people wrote on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation, PartnerGroup
from coproduce.people.access import require_role
from coproduce.people.models import (
    CameBy,
    JoinSlip,
    PaperSlip,
    Participant,
    Role,
    TeamMember,
)
from coproduce.people.services.taking_part import membership_of
from coproduce.people.slips import make_slip_token, slip_digest
from coproduce.refused import Refused

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class PrintedSlip:
    """What is printed on one slip. The token stands nowhere else."""

    number: int
    token: str


@transaction.atomic
def make_join_slips(*, member: TeamMember, count: int) -> list[PrintedSlip]:
    """New single-use ways in, numbered on from the last. Only digests of the tokens are kept."""
    require_role(member, Role.ORGANISER, Role.FACILITATOR)
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused(f"Print 1 to {MOST_AT_ONCE} slips at a time.", field="count")
    conversation = Conversation.objects.select_for_update().get(pk=member.conversation_id)
    last = conversation.join_slips.aggregate(last=Max("number"))["last"] or 0
    slips = [PrintedSlip(last + place, make_slip_token()) for place in range(1, count + 1)]
    JoinSlip.objects.bulk_create(
        JoinSlip(conversation=conversation, number=slip.number, digest=slip_digest(slip.token))
        for slip in slips
    )
    record(
        conversation=conversation,
        act="make_join_slips",
        by=member.account,
        details={"first": slips[0].number, "last": slips[-1].number},
    )
    return slips


def writer_of_paper(
    *,
    conversation: Conversation,
    number: int | None,
    groups: Collection[PartnerGroup],
    whose_words: str,
) -> Participant:
    """Who wrote on a slip: one participant a number. Without a number, each slip is its own.

    For services: asks no access. Raises Refused when the slip is there with other partner groups.
    """
    membership = membership_of(groups, whose_words=whose_words)
    known = (
        None
        if number is None
        else PaperSlip.objects.filter(conversation=conversation, number=number)
        .select_related("participant")
        .first()
    )
    if known is not None:
        if known.participant.membership != membership:
            picked = [
                group.label
                for group in conversation.partner_groups.all()
                if known.participant.membership & group.mask
            ]
            raise Refused(
                f"Slip {number} is here already, with: {', '.join(picked) or 'no group given'}. "
                "Pick the same, or look at the number again.",
                field="number",
            )
        known.participant.conversation = conversation
        return known.participant
    participant = Participant.objects.create(
        conversation=conversation,
        membership=membership,
        whose_words=whose_words,
        came_by=CameBy.PAPER,
    )
    if number is not None:
        PaperSlip.objects.create(conversation=conversation, number=number, participant=participant)
    return participant


def last_paper_number(conversation: Conversation) -> int:
    return conversation.paper_slips.aggregate(last=Max("number"))["last"] or 0
