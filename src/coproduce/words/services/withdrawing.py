"""Taking words back: the text is erased, and a note that something was withdrawn stays."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coproduce.agreeing.models import LineAnswer
from coproduce.audit.services import record
from coproduce.conversations.models import Conversation
from coproduce.decisions.withdrawn import end_checks_of, flag_what_rested_on
from coproduce.genuineness.models import CheckIn
from coproduce.ideas.models import Wording
from coproduce.people.models import Participant, PrivateCode
from coproduce.refused import Refused
from coproduce.reports.models import Production
from coproduce.responses.models import Response, Skip
from coproduce.responses.services.counting import recount
from coproduce.responses.tallies import batched, in_step, lock_participants
from coproduce.statements.models import Cluster, SentenceVector, Statement
from coproduce.words.erasures import erased, record_erasure
from coproduce.words.models import Masking, Standing, Withdrawal, Words, WordsText

NOT_YOURS = "Only the person who wrote these words can take them back."


@transaction.atomic
def withdraw(*, words: Words, participant: Participant) -> None:
    """The author takes words back, in any phase. Twice is the same as once.

    What was published keeps its counts and says that something was withdrawn. Counts that still
    move no longer hold answers to these words. A copy set apart for somebody's safety stays with
    the safeguarding contact.
    """
    lock_participants([participant.pk])
    if words.participant_id != participant.pk:
        raise Refused(NOT_YOURS)
    if Words.objects.filter(pk=words.pk, standing=Standing.WITHDRAWN).exists():
        return
    _erase([words])
    record(
        conversation=words.conversation, act="withdraw_words", by_participant=True, about=words.ref
    )
    record_erasure(words=[words.ref])


@transaction.atomic
def withdraw_everything(*, participant: Participant) -> None:
    """All words, all answers, the private codes and who the person said they are."""
    lock_participants([participant.pk])
    codes = list(participant.codes.values_list("digest", flat=True))
    words = list(participant.words.exclude(standing=Standing.WITHDRAWN))
    _leave(participant)
    _erase(words)
    record(conversation=participant.conversation, act="withdraw_everything", by_participant=True)
    record_erasure(words=[one.ref for one in words], codes=codes)


@transaction.atomic
def erase_again() -> int:
    """What the ledger of erasures names and a restore brought back; how many words that was."""
    words, codes = erased()
    for participant in Participant.objects.filter(
        pk__in=PrivateCode.objects.filter(digest__in=codes).values("participant")
    ):
        _leave(participant)
    brought_back = list(Words.objects.filter(ref__in=words, kept_text__isnull=False))
    _erase(brought_back)
    return len(brought_back)


def _leave(participant: Participant) -> None:
    with in_step([participant.pk]):
        Response.objects.filter(participant=participant).delete()
        Skip.objects.filter(participant=participant).delete()
        LineAnswer.objects.filter(participant=participant).delete()
        end_checks_of(participant)
        CheckIn.objects.filter(participant=participant).delete()
        participant.codes.all().delete()
        participant.membership = 0
        participant.area = None
        participant.left_at = timezone.now()
        participant.save(update_fields=["membership", "area", "left_at"])


def _erase(words: list[Words]) -> None:
    keys = [one.pk for one in words]
    now = timezone.now()
    for some in batched(keys):
        Withdrawal.objects.bulk_create(
            [Withdrawal(words_id=key, at=now, erased_at=now) for key in some],
            update_conflicts=True,
            unique_fields=["words"],
            update_fields=["erased_at"],
        )
        Words.objects.filter(pk__in=some).update(standing=Standing.WITHDRAWN)
        WordsText.objects.filter(words__in=some).delete()
        Masking.objects.filter(words__in=some).delete()
        SentenceVector.objects.filter(statement__in=some).delete()
        # The author's own answer went with the words; others' answers stay, and no longer count.
        Response.objects.filter(
            statement__in=some, participant=F("statement__words__participant")
        ).delete()
        flag_what_rested_on(some)
        Wording.objects.filter(rests_on__in=some, review_since=None, ended_at=None).update(
            review_since=now
        )
        clusters = list(Cluster.objects.filter(statements__in=some).distinct())
        _list_another(clusters)
        recount(clusters)
        Conversation.objects.filter(statements__in=some).update(
            arrangement_revision=F("arrangement_revision") + 1
        )
    # Files that were made from them hold them too. They are made again without.
    Production.objects.with_words_of({one.conversation_id for one in words}).delete()
    for one in words:
        one.standing = Standing.WITHDRAWN


def _list_another(clusters: list[Cluster]) -> None:
    """A merge is listed by words that can be read, where it still has any."""
    for cluster in clusters:
        listed = cluster.listed
        if listed is not None and listed.words.is_shown:
            continue
        other = Statement.objects.filter(cluster=cluster).shown().order_by("pk").first()
        if other is not None:
            cluster.listed = other
            cluster.save(update_fields=["listed"])
