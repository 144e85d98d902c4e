"""Looking at words: show, hold, do not show and say why, or set apart for someone's safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.moderation.access import LOOKERS, require_looking
from coproduce.moderation.models import Look
from coproduce.moderation.tasks import move_rates_soon
from coproduce.people.access import require_role
from coproduce.people.models import TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.safeguarding.models import WorrySign
from coproduce.safeguarding.services import set_apart
from coproduce.statements.clusters import arrangement_changed
from coproduce.statements.models import Cluster, SentenceVector, Statement
from coproduce.words.models import Standing, Words

if TYPE_CHECKING:
    from coproduce.audit.models import Entry


def standing_look(words: Words) -> Look | None:
    """The look that stands: the latest that was not undone."""
    return words.looks.filter(undone_at=None).order_by("pk").last()


def lock_words(words: Words, *, seen: int | None, also_set_apart: bool = False) -> Words:
    """The words as they stand now. Raises Meanwhile when somebody looked since `seen`.

    `seen`: the key of the look that stood on the person's page, 0 where there was none.
    """
    now = Words.objects.select_for_update().get(pk=words.pk)
    if now.is_withdrawn:
        raise Meanwhile("The person who wrote these words took them back.")
    if now.standing == Standing.SET_APART and not also_set_apart:
        # Said to nobody but the lead: to others it reads like any words looked at meanwhile.
        raise Meanwhile("Somebody has looked at these words meanwhile.")
    latest = standing_look(now)
    if seen is not None and (latest.pk if latest else 0) != seen:
        raise Meanwhile(
            f"{latest.by} has looked at these words meanwhile: {latest.get_outcome_display()}. "
            "To look again, undo that in the log."
            if latest and latest.by
            else "Somebody has looked at these words meanwhile."
        )
    return now


@transaction.atomic
def look_at(
    *,
    words: Words,
    by: TeamMember,
    outcome: str,
    ground: str = "",
    note: str = "",
    seen: int | None = None,
) -> Look:
    """Say what happens to words. Nothing appears to others before somebody has said "show".

    Raises Meanwhile where somebody else looked after `seen`: nothing is done twice. Words can be
    set apart for safety in any phase, whatever others have said of them meanwhile; a second worry
    about the same words is kept beside the first.
    """
    worried = outcome == Look.Outcome.SET_APART
    if worried:
        require_role(by, *LOOKERS)
    else:
        require_looking(by, words)
    if words.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    if outcome not in Look.Outcome.values:
        raise Refused("Choose what happens to these words.", field="outcome")
    if outcome == Look.Outcome.NOT_SHOWN and ground not in Look.Ground.values:
        raise Refused("Say why these words are not shown. Their writer reads it.", field="ground")
    if outcome == Look.Outcome.NOT_SHOWN and ground == Look.Ground.OTHER and not note.strip():
        raise Refused("Write to the writer why these words are not shown.", field="note")
    if len(note) > 500:
        raise Refused("This note is too long. There is room for 500 characters.", field="note")
    words = lock_words(words, seen=None if worried else seen, also_set_apart=worried)
    before = words.standing
    if worried:
        look = _keep(words, by, outcome, "", "")
        set_apart(words=words, by=by, note=note)
        # What machines made of the words tells something of them too.
        SentenceVector.objects.filter(statement=words.pk).delete()
        WorrySign.objects.filter(words=words).delete()
    else:
        look = _keep(words, by, outcome, ground if outcome == "not_shown" else "", note.strip())
        record(
            conversation=by.conversation,
            act="look_at",
            by=by.account,
            about=words.ref,
            reason=look.note,
            details={"look": look.pk, "outcome": outcome, "ground": look.ground, "before": before},
        )
    _what_follows(words)
    return look


def _keep(words: Words, by: TeamMember, outcome: str, ground: str, note: str) -> Look:
    look = Look.objects.create(
        words=words, outcome=outcome, ground=ground, note=note, by=by.account
    )
    words.standing = Standing(outcome)
    words.save(update_fields=["standing"])
    return look


@transaction.atomic
def undo_look(*, look: Look, by: TeamMember, reason: str = "", undoes: Entry | None = None) -> None:
    """Take a look back: the words stand where the look before it put them, or wait again."""
    require_looking(by, look.words)
    if look.words.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    if look.outcome == Look.Outcome.SET_APART:
        raise PermissionError("Only the safeguarding lead can return words that were set apart.")
    words = lock_words(look.words, seen=look.pk)
    Look.objects.filter(pk=look.pk).update(undone_at=timezone.now())
    latest = standing_look(words)
    words.standing = Standing(latest.outcome) if latest else Standing.WAITING
    words.save(update_fields=["standing"])
    record(
        conversation=by.conversation,
        act="undo_look",
        by=by.account,
        about=words.ref,
        reason=reason,
        details={"look": look.pk},
        undoes=undoes,
    )
    _what_follows(words)


@transaction.atomic
def look_again(
    *, look: Look, by: TeamMember, reason: str = "", undoes: Entry | None = None
) -> None:
    """Let a look that was taken back stand again, as a look of its own."""
    require_looking(by, look.words)
    if look.words.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    words = lock_words(look.words, seen=None)
    latest = standing_look(words)
    if latest is not None and latest.pk > look.pk:
        raise Meanwhile("Somebody has looked at these words since. Nothing was changed.")
    before = words.standing
    again = _keep(words, by, look.outcome, look.ground, look.note)
    record(
        conversation=by.conversation,
        act="look_at",
        by=by.account,
        about=words.ref,
        reason=reason or look.note,
        details={
            "look": again.pk,
            "outcome": look.outcome,
            "ground": look.ground,
            "before": before,
        },
        undoes=undoes,
    )
    _what_follows(words)


def _what_follows(words: Words) -> None:
    """A cluster is listed by a statement that can be read, where it has one; rates may move."""
    move_rates_soon(words.conversation_id)
    if words.kind != Words.Kind.STATEMENT:
        return
    cluster = Cluster.objects.select_related("listed__words").get(statements=words.pk)
    if cluster.listed is None or not cluster.listed.words.is_shown:
        readable = Statement.objects.filter(cluster=cluster).shown().order_by("pk").first()
        if readable is not None:
            cluster.listed = readable
            cluster.save(update_fields=["listed"])
    arrangement_changed(words.conversation)
