"""Saying something: words in answer to a question, and questions of one's own."""

from __future__ import annotations

from django.db import transaction

from coproduce.conversations.models import Conversation, Doing, Question
from coproduce.moderation.tasks import read_soon
from coproduce.people.models import Participant
from coproduce.refused import Refused
from coproduce.responses.models import Answer, Response
from coproduce.responses.tallies import begin_tally, membership_here
from coproduce.statements.models import Cluster, Statement
from coproduce.words.models import Words
from coproduce.words.services.keeping import keep_words, required

NOT_NOW = (
    "New words are not being collected now. Copy yours if you want to keep them: "
    "they were not sent."
)


def _may_say(conversation: Conversation, participant: Participant, *, from_paper: bool) -> int:
    """Words from paper were said in the room, and may be typed in as long as the team arranges.

    Gives the partner groups that the person, who is locked now, is in.
    """
    allowed = conversation.allows(Doing.SAY) or (from_paper and conversation.allows(Doing.ARRANGE))
    if not allowed:
        raise Refused(NOT_NOW)
    membership = None
    if participant.conversation_id == conversation.pk:
        membership = membership_here(participant.pk)
    if membership is None:
        raise Refused("Join this conversation first. Your words were not sent.")
    return membership


@transaction.atomic
def submit_statement(
    *,
    conversation: Conversation,
    participant: Participant,
    question: Question,
    text: str,
    how_given: str,
    form_key: str,
    from_paper: bool = False,
) -> tuple[Statement, bool]:
    """Keep a statement. Writing it counts as agreeing with it, which its writer can change.

    Returns the statement and whether it is new: the same form twice is one statement. Others see
    it once it has been looked at. Raises Refused where there is nothing, or too much, to keep.
    """
    membership = _may_say(conversation, participant, from_paper=from_paper)
    text = required(text)
    if question.conversation_id != conversation.pk or question.retired_at is not None:
        raise Refused("This question is not asked any more. Choose another one.", field="question")
    words, is_new = keep_words(
        conversation=conversation,
        participant=participant,
        kind=Words.Kind.STATEMENT,
        text=text,
        how_given=how_given,
        from_paper=from_paper,
        form_key=form_key,
    )
    if not is_new:
        return words.statement, False
    cluster = Cluster.objects.create(conversation=conversation)
    statement = Statement.objects.create(
        words=words,
        conversation=conversation,
        question=question,
        cluster=cluster,
        round=conversation.round,
    )
    Cluster.objects.filter(pk=cluster.pk).update(listed=statement)
    Response.objects.create(
        participant=participant,
        statement=statement,
        first_answer=Answer.AGREE,
        answer=Answer.AGREE,
        by_writing=True,
    )
    begin_tally(cluster, membership)
    read_soon(conversation.pk)
    return statement, True


@transaction.atomic
def raise_question(
    *, conversation: Conversation, participant: Participant, text: str, form_key: str
) -> tuple[Words, bool]:
    """Keep a question that somebody asks. It is looked at, and published as a question."""
    _may_say(conversation, participant, from_paper=False)
    return keep_words(
        conversation=conversation,
        participant=participant,
        kind=Words.Kind.QUESTION,
        text=required(text),
        how_given=participant.whose_words,
        form_key=form_key,
    )
