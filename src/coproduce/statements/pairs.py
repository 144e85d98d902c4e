"""Looking for pairs that may say the same, and for pairs that may disagree.

Small conversations are searched when somebody opens the workbench; larger ones in the background.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django_tasks import task

from commonground.duplicates import AnsweredBoth, DuplicateIndex, Proposal
from coproduce.conversations.models import Conversation
from coproduce.responses.models import Response
from coproduce.statements.likeness import index_of, stamp_of
from coproduce.statements.models import (
    LikenessAnswer,
    PairSearch,
    PairSuggestion,
    SentenceVector,
    Statement,
)
from coproduce.words.models import Standing

SEARCHED_AT_ONCE = 300
MOST_PAIRS = 2000
ASK_AGAIN_AFTER = datetime.timedelta(minutes=2)


def keep_current(conversation: Conversation) -> bool:
    """Search again where words changed since the last time. False while that is under way."""
    among = _among(conversation)
    search, _ = PairSearch.objects.get_or_create(conversation=conversation)
    if search.among == among:
        return True
    if Statement.objects.filter(conversation=conversation).shown().count() <= SEARCHED_AT_ONCE:
        find_pairs(conversation.pk)
        return True
    now = timezone.now()
    if search.asked_at is None or search.asked_at < now - ASK_AGAIN_AFTER:
        PairSearch.objects.filter(pk=search.pk).update(asked_at=now)
        transaction.on_commit(partial(search_in_background.enqueue, conversation.pk))
    return False


def _among(conversation: Conversation) -> str:
    vectors = SentenceVector.objects.filter(statement__conversation=conversation).count()
    return f"{stamp_of(conversation.pk)} {vectors}"[:300]


@task()
def search_in_background(conversation: int) -> None:
    find_pairs(conversation)


def find_pairs(conversation: int) -> None:
    """Search all shown statements and keep what was found. Twice is the same as once."""
    about = Conversation.objects.get(pk=conversation)
    among = _among(about)
    index = index_of(conversation)
    questions = dict(
        Statement.objects.filter(conversation=conversation).values_list("pk", "question_id")
    )
    found = index.pairs()
    alike = _with_answers(index, found.alike[:MOST_PAIRS])
    rows = {}
    for pair, may_disagree in [
        *((pair, False) for pair in alike),
        *((pair, True) for pair in found.may_disagree[:MOST_PAIRS]),
    ]:
        low, high = sorted((int(str(pair.first)), int(str(pair.second))))
        if questions.get(low) is not None and questions.get(low) == questions.get(high):
            rows[low, high] = PairSuggestion(
                conversation=about,
                first_id=low,
                second_id=high,
                may_disagree=may_disagree,
                score=pair.score,
                reasons=list(pair.reasons),
            )
    with transaction.atomic():
        PairSearch.objects.update_or_create(
            conversation=about, defaults={"among": among, "asked_at": None}
        )
        PairSuggestion.objects.filter(conversation=about).delete()
        PairSuggestion.objects.bulk_create(rows.values(), batch_size=500, ignore_conflicts=True)


def _with_answers(index: DuplicateIndex, alike: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """The pairs again, told how people who answered both of each answered them."""
    pairs = {frozenset((pair.first, pair.second)) for pair in alike}
    statements = {int(str(key)) for pair in pairs for key in pair}
    given: dict[int, dict[int, int]] = {key: {} for key in statements}
    rows = (
        Response.objects.filter(statement__in=statements)
        .exclude(answer=0)
        .values_list("statement_id", "participant_id", "answer")
    )
    any_given = False
    for statement, participant, answer in rows.iterator(chunk_size=5000):
        given[statement][participant] = answer
        any_given = True
    if not any_given:
        return alike

    def answers(first: Hashable, second: Hashable) -> AnsweredBoth:
        if frozenset((first, second)) not in pairs:
            return AnsweredBoth(0, 0)
        one, other = given[int(str(first))], given[int(str(second))]
        both = one.keys() & other.keys()
        return AnsweredBoth(len(both), sum(one[who] == other[who] for who in both))

    return index.pairs(answers=answers).alike[:MOST_PAIRS]


def open_pairs(
    conversation: Conversation, *, question: int, may_disagree: bool
) -> QuerySet[PairSuggestion]:
    """Pairs to look at: both shown, not together, and nobody in the team has said "different"."""
    kept_apart = LikenessAnswer.objects.filter(
        first=OuterRef("first"), second=OuterRef("second"), by_writer=False, lifted_at=None
    )
    return (
        PairSuggestion.objects.filter(
            conversation=conversation,
            may_disagree=may_disagree,
            first__question=question,
            first__words__standing=Standing.SHOWN,
            second__words__standing=Standing.SHOWN,
        )
        .exclude(first__cluster=F("second__cluster"))
        .exclude(Exists(kept_apart))
        .select_related("first__words__kept_text", "second__words__kept_text")
        .prefetch_related("first__words__maskings", "second__words__maskings")
        .order_by("-score", "pk")
    )
