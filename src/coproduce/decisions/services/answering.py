"""Answering questions that people asked: once, for all, by who knows the subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.decisions.access import require_answering
from coproduce.decisions.models import QuestionAnswer
from coproduce.decisions.services.keeping import LONGEST_NAME, because, filled, key_of, once
from coproduce.refused import Meanwhile, Refused
from coproduce.understanding.models import RaisedQuestion
from coproduce.words.models import Words
from coproduce.words.services import unused_ref

if TYPE_CHECKING:
    from coproduce.people.models import TeamMember

TOO_LONG_FOR_ONE = 6000


@transaction.atomic
def answer_questions(
    *,
    by: TeamMember,
    questions: Iterable[RaisedQuestion | Words],
    text: str,
    answered_by: str,
    form_key: str,
) -> QuestionAnswer:
    """Answer one question or several with one answer. Everybody can read it. Raises Refused.

    `questions`: raised in a room, or words of the kind question that are shown.
    `answered_by`: the post of who answers.
    """
    require_answering(by)
    return _keep(by, "answer_questions", None, questions, text, answered_by, form_key)


@transaction.atomic
def correct_answer(
    *,
    answer: QuestionAnswer,
    by: TeamMember,
    text: str,
    answered_by: str,
    why_corrected: str,
    form_key: str,
) -> QuestionAnswer:
    """Put a corrected answer in the place of one, to the same questions; both can be read."""
    require_answering(by)
    if answer.conversation_id != by.conversation_id:
        raise PermissionError(f"{answer} is not of {by}'s conversation.")
    earlier = QuestionAnswer.objects.filter(
        conversation=by.conversation, form_key=key_of(by, form_key)
    ).first()
    if earlier is not None:
        return earlier
    held = QuestionAnswer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    if held.ended_at is not None:
        raise Meanwhile("This answer was corrected meanwhile. Look at the one in its place.")
    return _keep(
        by,
        "correct_answer",
        held,
        list(held.questions.all()),
        text,
        answered_by,
        form_key,
        because(why_corrected),
    )


def _keep(
    by: TeamMember,
    act: str,
    replaces: QuestionAnswer | None,
    questions: Iterable[RaisedQuestion | Words],
    text: str,
    answered_by: str,
    form_key: str,
    why_corrected: str = "",
) -> QuestionAnswer:
    conversation = by.conversation
    asked = list(questions)
    if not asked:
        raise Refused("Choose the question that you answer.", field="questions")
    if any(one.conversation_id != conversation.pk for one in asked):
        raise PermissionError("This question is of another conversation.")
    kept = QuestionAnswer(
        conversation=conversation,
        ref=unused_ref(QuestionAnswer),
        text=filled(text, field="text", empty="Write the answer.", longest=TOO_LONG_FOR_ONE),
        answered_by=filled(
            answered_by,
            field="answered_by",
            empty="Write who answers: your post, such as “school transport officer”.",
            longest=LONGEST_NAME,
        ),
        made_by=by,
        replaces=replaces,
        why_corrected=why_corrected,
        form_key=key_of(by, form_key),
    )
    raised = _as_raised(asked, still_shown=replaces is None)

    def make() -> QuestionAnswer:
        kept.save()
        return kept

    answer, is_new = once(QuestionAnswer, conversation, kept.form_key, make)
    if not is_new:
        return answer
    answer.questions.set(raised)
    if replaces is not None:
        replaces.ended_at = timezone.now()
        replaces.save(update_fields=["ended_at"])
    record(
        conversation=conversation,
        act=act,
        by=by.account,
        about=answer.ref,
        details={
            "question_answer": answer.pk,
            "raised": [one.pk for one in raised],
            "count": len(raised),
            **({"earlier": replaces.ref} if replaces else {}),
        },
    )
    return answer


def _as_raised(
    asked: Sequence[RaisedQuestion | Words], *, still_shown: bool
) -> list[RaisedQuestion]:
    raised: dict[int, RaisedQuestion] = {}
    for one in asked:
        words = one if isinstance(one, Words) else one.words
        if words is not None and (words.kind != Words.Kind.QUESTION):
            raise PermissionError("These words are not a question.")
        if words is not None and still_shown and not words.is_shown:
            raise Refused(
                "One of these questions was taken back, or is not shown any more. Leave it out.",
                field="questions",
            )
        if isinstance(one, RaisedQuestion):
            if still_shown and one.retired_at is not None:
                raise Refused(
                    "One of these questions was taken out. Leave it out.", field="questions"
                )
            raised[one.pk] = one
            continue
        last = (
            RaisedQuestion.objects.filter(conversation=one.conversation_id)
            .order_by("-position")
            .first()
        )
        row, _ = RaisedQuestion.objects.get_or_create(
            words=one,
            defaults={
                "conversation_id": one.conversation_id,
                "position": last.position + 1 if last else 0,
            },
        )
        raised[row.pk] = row
    return list(raised.values())
