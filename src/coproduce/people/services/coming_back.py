"""Coming back with a private code, and putting two codes of one person together."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from coproduce.agreeing.models import LineAnswer
from coproduce.audit.services import record
from coproduce.genuineness.models import CheckIn
from coproduce.people import code_keys, codes, guesses
from coproduce.people.models import Participant, PrivateCode, WhoseWords
from coproduce.refused import Refused
from coproduce.responses.models import Response, Skip
from coproduce.responses.tallies import in_step, lock_participants
from coproduce.words.models import Words

TOO_MANY = (
    "Too many codes were tried from here. Wait an hour, then try again. "
    "Nothing that you said is lost."
)
NOT_KNOWN = "These words open nothing. Check each word, and the order of the words."


def come_back(*, code: str, address: str) -> Participant:
    """The participant whom a private code belongs to. Raises Refused with what to do.

    `address`: where the request came from, for the limit on guesses.
    """
    if guesses.too_many(address):
        raise Refused(TOO_MANY, field="code")
    wrong = codes.what_is_wrong(code)
    if wrong:
        raise Refused(wrong, field="code")
    found = (
        PrivateCode.objects.filter(
            digest__in=code_keys.digests(codes.tidy_code(code)), participant__left_at=None
        )
        .select_related("participant__conversation")
        .first()
    )
    if found is None:
        guesses.count_wrong(address)
        raise Refused(NOT_KNOWN, field="code")
    return found.participant


@transaction.atomic
def make_another_code(*, participant: Participant, code: str) -> None:
    """A further code for the same participant: for somebody who has lost theirs but is here."""
    lock_participants([participant.pk])
    digest = code_keys.digest(code)
    if not PrivateCode.objects.filter(digest=digest).exists():
        PrivateCode.objects.create(participant=participant, digest=digest)


@transaction.atomic
def put_together(*, kept: Participant, other: Participant) -> Participant:
    """Two codes of one person lead to one participant from now on. Both codes go on working.

    Of two answers to one statement the earlier stays the first and the later one counts. Partner
    groups and area stay those of `kept`, or come from `other` where `kept` gave none.
    """
    lock_participants(sorted([kept.pk, other.pk]))
    kept.refresh_from_db()
    other.refresh_from_db()
    if kept.pk == other.pk:
        return kept
    if kept.conversation_id != other.conversation_id:
        raise Refused("These two codes belong to two conversations. They stay apart.")
    if kept.left_at is not None or other.left_at is not None:
        raise Refused("One of the two has taken back everything. There is nothing to put together.")
    if kept.is_child != other.is_child or _about_a_child(kept) != _about_a_child(other):
        raise Refused(
            "These two codes stay apart. One was made by a child and one by an adult, or one is "
            "for words about a child. A child’s words stay the child’s."
        )
    with in_step([kept.pk, other.pk]):
        _answers(kept, other)
        if kept.membership == 0:
            kept.membership = other.membership
        kept.area = kept.area or other.area
        kept.finished_at = kept.finished_at or other.finished_at
        kept.save(update_fields=["membership", "area", "finished_at"])
    have = Skip.objects.filter(participant=kept).values("statement")
    Skip.objects.filter(participant=other).exclude(statement__in=have).update(participant=kept)
    _said_of_wordings(kept, other)
    Words.objects.filter(participant=other).update(participant=kept)
    CheckIn.objects.filter(participant=other).update(participant=kept)
    other.codes.update(participant=kept)
    other.delete()
    record(conversation=kept.conversation, act="put_codes_together", by_participant=True)
    return kept


def _said_of_wordings(kept: Participant, other: Participant) -> None:
    """Of two answers to one wording the later one stands; all of them stay."""
    own = {answer.wording_id: answer for answer in LineAnswer.objects.held_by(kept)}
    for theirs in LineAnswer.objects.held_by(other):
        mine = own.get(theirs.wording_id)
        if mine is not None:
            earlier = min(mine, theirs, key=lambda answer: (answer.at, answer.pk))
            earlier.ended_at = timezone.now()
            earlier.save(update_fields=["ended_at"])
    LineAnswer.objects.filter(participant=other).update(participant=kept)


def _about_a_child(participant: Participant) -> bool:
    return participant.whose_words in WhoseWords.never_a_childs()


def _answers(kept: Participant, other: Participant) -> None:
    own = {response.statement_id: response for response in kept.responses.all()}
    for theirs in Response.objects.filter(participant=other):
        mine = own.get(theirs.statement_id)
        if mine is None:
            theirs.participant = kept
            theirs.save(update_fields=["participant"])
            continue
        if theirs.first_at < mine.first_at:
            mine.first_at, mine.first_answer = theirs.first_at, theirs.first_answer
        if theirs.answered_at > mine.answered_at:
            mine.answered_at, mine.answer = theirs.answered_at, theirs.answer
            mine.settles = theirs.settles
        mine.by_writing = mine.by_writing or theirs.by_writing
        theirs.delete()
        mine.save()
