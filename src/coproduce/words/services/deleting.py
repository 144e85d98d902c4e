"""Deleting what is kept about people on the day that their conversation stated.

What stays, and why, is in docs/decisions/0065-what-goes-on-the-stated-date.md.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation
from coproduce.conversations.queries import DELETED, due_for_deletion
from coproduce.conversations.services.phases import close_by_itself
from coproduce.exchange.models import PendingFile
from coproduce.people.models import JoinSlip, Participant, PrivateCode
from coproduce.reports.models import Production
from coproduce.responses.models import Figure, Response, Skip, Tally
from coproduce.responses.tallies import batched
from coproduce.safeguarding.models import WorrySign
from coproduce.statements.models import Cluster, PairSuggestion, SentenceVector, Statement
from coproduce.telling.models import Address
from coproduce.words.erasures import record_erasure
from coproduce.words.models import Words, WordsText


def delete_what_is_due(today: datetime.date | None = None) -> int:
    """Delete in every conversation whose stated date has come; in how many that was."""
    today = today or timezone.localdate()
    due = due_for_deletion(today).order_by("pk").values_list("pk", flat=True)
    return sum(delete_as_stated(key, today) for key in list(due))


@transaction.atomic
def delete_as_stated(conversation: int, today: datetime.date) -> bool:
    """Delete what one conversation keeps about people, and close it. Whether it was done now.

    Asks no access: the date is the act of those who turned the keys for it. Twice is once.
    """
    # Whoever comes second waits here, and then finds it done.
    Conversation.objects.select_for_update().get(pk=conversation)
    found = due_for_deletion(today).filter(pk=conversation).first()
    if found is None:
        return False
    close_by_itself(found, reason="The day came on which what is kept about people is deleted.")
    codes = list(
        PrivateCode.objects.filter(participant__conversation=found).values_list("digest", flat=True)
    )
    _delete_answers(found)
    Participant.objects.filter(conversation=found).delete()
    refs = _delete_words(found)
    for rows in (JoinSlip, PendingFile, Address):
        rows.objects.filter(conversation=found).delete()
    # Files may hold what nothing published rests on. Those that are public are made again.
    Production.objects.with_words_of([found.pk]).delete()
    record(
        conversation=found,
        act=DELETED,
        about=f"{found.delete_on:%Y-%m-%d}",
        details={"deleted_words": len(refs)},
    )
    record_erasure(words=refs, codes=codes)
    return True


def _delete_answers(conversation: Conversation) -> None:
    Response.objects.filter(participant__conversation=conversation).delete()
    Skip.objects.filter(participant__conversation=conversation).delete()
    Tally.objects.filter(cluster__conversation=conversation).delete()
    Figure.objects.filter(cluster__conversation=conversation).delete()


def _delete_words(conversation: Conversation) -> list[str]:
    """All words but those that something published rests on. Returns their references.

    Of words set apart for somebody's safety, the safeguarding contact's copy stays.
    """
    every = Words.objects.filter(conversation=conversation)
    published = _keys_named_by(every, models.RESTRICT)
    apart = _keys_named_by(every, models.PROTECT)
    gone = dict(every.exclude(pk__in=published).values_list("pk", "ref"))
    for some in batched(gone):
        WordsText.objects.filter(words__in=some).delete()
        SentenceVector.objects.filter(statement__in=some).delete()
        WorrySign.objects.filter(words__in=some).delete()
    PairSuggestion.objects.filter(conversation=conversation).delete()
    for some in batched(gone.keys() - apart):
        Words.objects.filter(pk__in=some).delete()
    _list_what_is_left(conversation)
    return sorted(gone.values())


def _keys_named_by(words: models.QuerySet[Words], how: object) -> set[int]:
    """The keys of words that rows of other models name, so that they cannot go (`on_delete`)."""
    keys: set[int] = set()
    for relation in (*Words._meta.related_objects, *Statement._meta.related_objects):
        if getattr(relation, "on_delete", None) is how and relation.related_model:
            name = relation.field.name
            keys.update(
                relation.related_model._default_manager.filter(
                    **{f"{name}__in": words.values("pk")}
                ).values_list(f"{name}_id", flat=True)
            )
    return keys


def _list_what_is_left(conversation: Conversation) -> None:
    Cluster.objects.filter(conversation=conversation, statements=None).delete()
    unlisted = Cluster.objects.filter(conversation=conversation, listed=None)
    changed: list[Cluster] = []
    firsts: Iterable[tuple[int, int]] = (
        Statement.objects.filter(cluster__in=unlisted)
        .values_list("cluster")
        .annotate(models.Min("pk"))
    )
    for cluster, first in firsts:
        changed.append(Cluster(pk=cluster, listed_id=first))
    Cluster.objects.bulk_update(changed, ["listed"], batch_size=500)
