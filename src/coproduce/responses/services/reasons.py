"""Saying why: a reason to any answer. Against the statement, it is a challenge."""

from __future__ import annotations

from django.db import transaction

from coproduce.people.models import Participant
from coproduce.responses.models import Reason
from coproduce.responses.services.answering import answer as keep_answer
from coproduce.responses.services.answering import may_answer
from coproduce.statements.models import Statement
from coproduce.words.models import Words
from coproduce.words.services.keeping import keep_words, required


@transaction.atomic
def give_reason(
    *,
    participant: Participant,
    statement: Statement,
    answer: int,
    text: str,
    form_key: str,
    settles: bool = False,
    how_given: str | None = None,
) -> tuple[Reason, bool]:
    """Keep a reason with the answer that it is for. Others see it once it has been looked at.

    Returns the reason and whether it is new; the same form twice is one reason.
    """
    may_answer(participant, statement)
    text = required(text)
    response = keep_answer(
        participant=participant, statement=statement, answer=answer, settles=settles
    )
    words, is_new = keep_words(
        conversation=participant.conversation,
        participant=participant,
        kind=Words.Kind.REASON,
        text=text,
        how_given=how_given or participant.whose_words,
        form_key=form_key,
    )
    if not is_new:
        return words.reason, False
    reason = Reason.objects.create(words=words, statement=statement, answer=response.answer)
    return reason, True
