"""Taking part: joining, saying who one is, finishing."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduce.conversations.models import Area, Conversation, Doing, PartnerGroup
from coproduce.people import code_keys
from coproduce.people.models import CameBy, JoinSlip, Participant, PrivateCode, WhoseWords
from coproduce.refused import Refused
from coproduce.responses.tallies import in_step, lock_participants
from coproduce.words.models import Words
from coproduce.words.services.keeping import keep_words, required

NOT_OPEN = "Nobody can join this conversation now. You can read what has become of it."


def membership_of(groups: Collection[PartnerGroup], *, whose_words: str) -> int:
    """The mask of these groups. An adult who speaks for a child is never counted as a child."""
    adult = whose_words in WhoseWords.never_a_childs()
    return sum(group.mask for group in set(groups) if not (adult and group.is_children))


@transaction.atomic
def join(
    *,
    conversation: Conversation,
    code: str,
    whose_words: str = WhoseWords.OWN,
    groups: Collection[PartnerGroup] = (),
    description: str = "",
    area: Area | None = None,
    came_by: str = CameBy.LINK,
    slip_digest: str | None = None,
) -> tuple[Participant, bool]:
    """Take part, with a private code (from `codes.make_code`) of which only a digest is kept.

    Returns the participant and whether they are new: the same code twice (a double click) is one
    participant. A slip works once; a used one is Refused, and joining by link stays possible.
    """
    digest = code_keys.digest(code)
    known = PrivateCode.objects.filter(
        digest=digest, participant__conversation=conversation
    ).first()
    if known is not None:
        return known.participant, False
    if not (conversation.allows(Doing.SAY) or conversation.allows(Doing.ANSWER)):
        raise Refused(NOT_OPEN)
    participant = Participant.objects.create(
        conversation=conversation,
        membership=membership_of(groups, whose_words=whose_words),
        area=area,
        whose_words=whose_words,
        came_by=CameBy.SLIP if slip_digest is not None else came_by,
    )
    try:
        with transaction.atomic():
            PrivateCode.objects.create(participant=participant, digest=digest)
    except IntegrityError:  # the other half of a double click was quicker
        participant.delete()
        return PrivateCode.objects.get(digest=digest).participant, False
    if slip_digest is not None:
        _use_slip(conversation, slip_digest)
    _keep_description(participant, description, form_key="joining")
    return participant, True


def _use_slip(conversation: Conversation, digest: str) -> None:
    used = JoinSlip.objects.filter(conversation=conversation, digest=digest, used_on=None).update(
        used_on=timezone.localdate()
    )
    if not used:
        raise Refused(
            "This slip was used before. Each slip lets one person in. "
            "You can take part without a slip."
        )


def _keep_description(participant: Participant, description: str, *, form_key: str) -> None:
    if description.strip():
        keep_words(
            conversation=participant.conversation,
            participant=participant,
            kind=Words.Kind.DESCRIPTION,
            text=required(description, field="description"),
            how_given=participant.whose_words,
            form_key=form_key,
        )


@transaction.atomic
def describe(
    *,
    participant: Participant,
    groups: Collection[PartnerGroup],
    description: str = "",
    form_key: str,
) -> None:
    """Say again who one is. Answers given before are counted with the new partner groups."""
    lock_participants([participant.pk])
    if participant.left_at is not None:
        raise Refused("You have taken back everything here.")
    with in_step([participant.pk]):
        participant.membership = membership_of(groups, whose_words=participant.whose_words)
        participant.save(update_fields=["membership"])
    _keep_description(participant, description, form_key=form_key)


@transaction.atomic
def finish(*, participant: Participant) -> None:
    """Done for now. A child who has finished may see how others answered when they come back."""
    if participant.finished_at is None:
        participant.finished_at = timezone.now()
        participant.save(update_fields=["finished_at"])
