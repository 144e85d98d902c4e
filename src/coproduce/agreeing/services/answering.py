"""Saying of a combined wording: yes, not quite and why, or not sure."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from coproduce.agreeing import access
from coproduce.agreeing.models import LineAnswer
from coproduce.agreeing.queries.asking import own_words_under
from coproduce.agreeing.tasks import move_wordings_if_due
from coproduce.ideas.models import Wording
from coproduce.people.models import Participant
from coproduce.refused import Meanwhile, Refused
from coproduce.responses.services.answering import still_here
from coproduce.words.models import Words
from coproduce.words.services.keeping import keep_words, required


@transaction.atomic
def answer_wording(
    *,
    participant: Participant,
    wording: Wording,
    choice: str,
    why: str = "",
    form_key: str | None = None,
) -> LineAnswer:
    """Keep what one person says of a wording; the one before stays, as ended.

    Whose words rest under it says why it is not quite what they meant; for others a reason is
    their choice. Reasons are looked at like all words. The same again changes nothing. Raises
    Refused, or Meanwhile when the team has changed the wording.
    """
    access.may_confirm(participant)
    if wording.conversation_id != participant.conversation_id:
        raise Refused("This wording cannot be answered now.")
    still_here(participant)
    if not access.wordings(participant.conversation).filter(pk=wording.pk).exists():
        raise Meanwhile(access.CHANGED)
    if choice not in LineAnswer.Choice.values:
        raise Refused("Choose one of the answers.", field="choice")
    as_writer = bool(own_words_under(participant, [wording.pk]))
    before = LineAnswer.objects.held_by(participant).filter(wording=wording).first()
    not_quite = choice == LineAnswer.Choice.NOT_QUITE
    kept: Words | None = None
    if not_quite and (as_writer or why.strip()):
        kept, is_new = keep_words(
            conversation=participant.conversation,
            participant=participant,
            kind=Words.Kind.DISPUTE,
            text=required(why, field="words"),
            how_given=participant.whose_words,
            form_key=form_key,
        )
        if not is_new:
            return kept.line_answer
    elif before is not None and before.choice == choice and before.as_writer == as_writer:
        return before
    if before is not None:
        before.ended_at = timezone.now()
        before.save(update_fields=["ended_at"])
    answer = LineAnswer.objects.create(
        wording=wording, participant=participant, choice=choice, as_writer=as_writer, words=kept
    )
    move_wordings_if_due(participant.conversation)
    return answer
