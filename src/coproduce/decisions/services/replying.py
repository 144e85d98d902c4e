"""Replying: what people are told, once for many ideas, lines and words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.decisions.access import REPLIES, require_acting
from coproduce.decisions.grounds import Ground, for_replies
from coproduce.decisions.models import Reply
from coproduce.decisions.services.keeping import (
    because,
    end_resting,
    filled,
    key_of,
    keys_of,
    once,
    rest,
)
from coproduce.refused import Meanwhile, Refused
from coproduce.words.services import unused_ref

if TYPE_CHECKING:
    from coproduce.people.models import TeamMember


@transaction.atomic
def reply(*, by: TeamMember, text: str, rests_on: Iterable[Ground], form_key: str) -> Reply:
    """Reply to lines, ideas and words at once. It passes down to every statement under them.

    The same form twice is one reply. Raises Refused.
    """
    require_acting(by, *REPLIES)
    return _keep(by, "reply", None, text, rests_on, form_key)


@transaction.atomic
def correct_reply(
    *,
    reply: Reply,
    by: TeamMember,
    text: str,
    why_corrected: str,
    form_key: str,
    rests_on: Iterable[Ground] | None = None,
) -> Reply:
    """Put a corrected reply in the place of one; both can be read.

    It covers what the earlier one covered, unless `rests_on` says otherwise.
    """
    require_acting(by, *REPLIES)
    if reply.conversation_id != by.conversation_id:
        raise PermissionError(f"{reply} is not of {by}'s conversation.")
    earlier = Reply.objects.filter(
        conversation=by.conversation, form_key=key_of(by, form_key)
    ).first()
    if earlier is not None:
        return earlier
    held = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    if held.ended_at is not None:
        raise Meanwhile("This reply was corrected meanwhile. Look at the one in its place.")
    covered = [
        Ground.of(one)
        for one in held.rests_on.held().select_related("passage__version", "idea", "words")
    ]
    rests_on = covered if rests_on is None else list(rests_on)
    own = [one for one in covered if one.words is not None and not one.words.is_shown]
    if own and {one.key for one in rests_on} - {one.key for one in covered}:
        raise Refused(
            "This reply is for who wrote these words, and they could read the earlier one too. "
            "Write another reply for what else you want to reply to.",
            field="on",
        )
    return _keep(by, "correct_reply", held, text, rests_on, form_key, because(why_corrected))


def _keep(
    by: TeamMember,
    act: str,
    replaces: Reply | None,
    text: str,
    rests_on: Iterable[Ground],
    form_key: str,
    why_corrected: str = "",
) -> Reply:
    kept = Reply(
        conversation=by.conversation,
        ref=unused_ref(Reply),
        text=filled(text, field="text", empty="Write the reply."),
        made_by=by,
        replaces=replaces,
        why_corrected=why_corrected,
        form_key=key_of(by, form_key),
    )
    grounds = for_replies(rests_on, by.conversation)

    def make() -> Reply:
        kept.save()
        return kept

    made, is_new = once(Reply, by.conversation, kept.form_key, make)
    if not is_new:
        return made
    rest(by.conversation, grounds, reply=made)
    if replaces is not None:
        now = timezone.now()
        replaces.ended_at = now
        replaces.save(update_fields=["ended_at"])
        end_resting(now, reply=replaces)
    record(
        conversation=by.conversation,
        act=act,
        by=by.account,
        about=made.ref,
        details={
            "reply": made.pk,
            **keys_of(grounds),
            **({"earlier": replaces.ref} if replaces else {}),
        },
    )
    return made
