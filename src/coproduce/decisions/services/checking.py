"""People whose words an action rests on say that it is done, or that it is not."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.decisions.access import require_phase
from coproduce.decisions.models import Action, ActionCheck
from coproduce.decisions.queries.checking import words_under
from coproduce.decisions.standing import counts_for, settle
from coproduce.moderation.tasks import read_soon
from coproduce.people.models import Participant, WhoseWords
from coproduce.refused import Meanwhile, Refused
from coproduce.responses.tallies import lock_participants
from coproduce.words.models import Words
from coproduce.words.services.keeping import keep_words, required

NOT_YOURS = "Only people whose words this rests on can say if it is done."
NOT_YET = "Nobody says that this is done now. You are asked when somebody does."


@transaction.atomic
def check_action(
    *,
    participant: Participant,
    action: Action,
    confirms: bool,
    why: str = "",
    form_key: str = "",
) -> ActionCheck:
    """Say that an action is done, or that it is not and why. Changed later, it is a new row.

    Why not is kept as words, looked at like all words. The same form twice is one check.
    """
    lock_participants([participant.pk])
    here = Participant.objects.filter(pk=participant.pk, left_at=None)
    if participant.conversation_id != action.conversation_id or not here.exists():
        raise PermissionError("This action is of another conversation.")
    require_phase(participant.conversation)
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related("owner_group")
        .get(pk=action.pk)
    )
    if not action.is_asked_about:
        raise Meanwhile(NOT_YET)
    under = words_under(participant, action)
    if not under:
        raise Refused(NOT_YOURS)
    before = action.checks.filter(participant=participant, ended_at=None).first()
    if confirms and before is not None and before.confirms:
        return before
    words = None
    if not confirms:
        words, is_new = keep_words(
            conversation=participant.conversation,
            participant=participant,
            kind=Words.Kind.DISPUTE,
            text=required(why, field="why", write="Write why it is not done."),
            how_given=participant.whose_words,
            form_key=form_key or None,
        )
        if not is_new:
            return words.action_check
        read_soon(participant.conversation_id)
    if before is not None:
        before.ended_at = timezone.now()
        before.save(update_fields=["ended_at"])
    check = ActionCheck.objects.create(
        action=action,
        participant=participant,
        confirms=confirms,
        words=words,
        counts_for=counts_for(
            participant,
            action,
            as_child=any(how not in WhoseWords.never_a_childs() for how in under),
        ),
    )
    if settle(action):
        # Which person it was, and how many did the same, the log does not say.
        record(
            conversation=action.conversation,
            act="check_action",
            by_participant=True,
            about=action.ref,
            details={"action": action.pk, "to": Action.Standing(action.standing).label},
        )
    return check
