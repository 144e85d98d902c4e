"""Undoing what stands in the log. An undo is an act of its own, which says what it undoes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction

from coproduce.audit.models import Entry
from coproduce.ideas.models import Idea
from coproduce.ideas.services import (
    bring_back_idea,
    move_idea,
    move_in_idea,
    name_idea,
    retire_idea,
    set_room_marks,
)
from coproduce.ideas.services.placing import put_back
from coproduce.ideas.services.reviewing import review_again
from coproduce.ideas.services.shaping import undo_shape
from coproduce.ideas.services.tagging import undo_tags
from coproduce.moderation.models import Look
from coproduce.moderation.services import lift_mask, mask, undo_look
from coproduce.moderation.services.looking import look_again
from coproduce.refused import Meanwhile, Refused
from coproduce.statements.models import LikenessAnswer, MergeLink, Statement
from coproduce.statements.services import (
    ask_again,
    keep_apart,
    list_statement,
    merge_statements,
    undo_cut,
    undo_merge,
)
from coproduce.understanding.services.wording import undo_wording
from coproduce.words.models import Masking

if TYPE_CHECKING:
    from coproduce.people.models import TeamMember

GONE = "What this act was about is not kept any more. It cannot be undone."


def _look(entry: Entry, by: TeamMember, reason: str) -> None:
    look = Look.objects.select_related("words__conversation").get(pk=entry.details["look"])
    undo_look(look=look, by=by, reason=reason, undoes=entry)


def _look_again(entry: Entry, by: TeamMember, reason: str) -> None:
    look = Look.objects.select_related("words__conversation").get(pk=entry.details["look"])
    look_again(look=look, by=by, reason=reason, undoes=entry)


def _mask(entry: Entry, by: TeamMember, reason: str) -> None:
    masking = Masking.objects.select_related("words").get(pk=entry.details["masking"])
    lift_mask(masking=masking, by=by, reason=reason, undoes=entry)


def _mask_again(entry: Entry, by: TeamMember, reason: str) -> None:
    masking = Masking.objects.select_related("words").get(pk=entry.details["masking"])
    spans = [(start, end) for start, end in masking.spans]
    if mask(words=masking.words, by=by, spans=spans, undoes=entry) is None:
        raise Meanwhile("Somebody has hidden these parts again already.")


def _merge(entry: Entry, by: TeamMember, reason: str) -> None:
    link = MergeLink.objects.get(pk=entry.details["link"])
    undo_merge(link=link, by=by, reason=reason, undoes=entry)


def _merge_again(entry: Entry, by: TeamMember, reason: str) -> None:
    link = MergeLink.objects.get(pk=entry.details["link"])
    merge_statements(
        kept=link.second, absorbed=link.first, by=by, reason=reason or link.reason, undoes=entry
    )


def _listed(entry: Entry, by: TeamMember, reason: str) -> None:
    before = Statement.objects.get(conversation=by.conversation, words__ref=entry.details["before"])
    after = Statement.objects.get(conversation=by.conversation, words__ref=entry.about)
    if before.cluster_id != after.cluster_id:
        raise Meanwhile("These statements are not put together any more. Nothing was changed.")
    list_statement(statement=before, by=by, seen=after.pk, reason=reason, undoes=entry)


def _apart(entry: Entry, by: TeamMember, reason: str) -> None:
    answer = LikenessAnswer.objects.get(pk=entry.details["answer"])
    ask_again(answer=answer, by=by, reason=reason, undoes=entry)


def _asked(entry: Entry, by: TeamMember, reason: str) -> None:
    answer = LikenessAnswer.objects.get(pk=entry.details["answer"])
    keep_apart(one=answer.first, other=answer.second, by=by, reason=reason, undoes=entry)


def _named(entry: Entry, by: TeamMember, reason: str) -> None:
    idea = Idea.objects.get(pk=entry.details["idea"])
    later = Entry.objects.filter(
        conversation=by.conversation,
        act__in=["name_idea", "summarise_idea"],
        about=entry.about,
        pk__gt=entry.pk,
    )
    if later.filter(undone_by=None, undoes=None).exists():
        raise Meanwhile("Somebody has changed this idea's name or summary since. Undo that first.")
    name_idea(
        idea=idea,
        by=by,
        name=entry.details["name_before"],
        summary=entry.details["summary_before"],
        reason=reason,
        undoes=entry,
    )


def _moved(entry: Entry, by: TeamMember, reason: str) -> None:
    idea = Idea.objects.get(pk=entry.details["idea"])
    move_idea(idea=idea, by=by, steps=-entry.details["steps"], reason=reason, undoes=entry)


def _moved_in(entry: Entry, by: TeamMember, reason: str) -> None:
    details = entry.details
    move_in_idea(
        statement=Statement.objects.get(pk=details["statement"]),
        idea=Idea.objects.get(pk=details["idea"]),
        by=by,
        up=details["way"] == "down",
        past=Statement.objects.select_related("words").get(pk=details["past"]).ref,
        reason=reason,
        undoes=entry,
    )


def _brought_back(entry: Entry, by: TeamMember, reason: str) -> None:
    idea = Idea.objects.get(pk=entry.details["idea"])
    retire_idea(idea=idea, by=by, reason=reason, undoes=entry)


def _marked(entry: Entry, by: TeamMember, reason: str) -> None:
    details = entry.details
    on: Statement | Idea = (
        Statement.objects.get(pk=details["statement"])
        if "statement" in details
        else Idea.objects.get(pk=details["idea"])
    )
    set_room_marks(
        on=on,
        count=details["before"],
        source=details["source_before"],
        by=by,
        seen=details["count"],
        reason=reason,
        undoes=entry,
    )


def _whole(act: Callable[..., None]) -> Callable[[Entry, TeamMember, str], None]:
    return lambda entry, by, reason: act(entry=entry, by=by, reason=reason)


UNDO: dict[str, Callable[[Entry, TeamMember, str], None]] = {
    "look_at": _look,
    "undo_look": _look_again,
    "mask": _mask,
    "lift_mask": _mask_again,
    "merge_statements": _merge,
    "link_as_same": _merge,
    "undo_merge": _whole(undo_cut),
    "take_apart": _whole(undo_cut),
    "list_statement": _listed,
    "keep_apart": _apart,
    "ask_again": _asked,
    "make_idea": _whole(undo_shape),
    "split_idea": _whole(undo_shape),
    "join_ideas": _whole(undo_shape),
    "name_idea": _named,
    "summarise_idea": _named,
    "move_idea": _moved,
    "move_in_idea": _moved_in,
    "retire_idea": _whole(bring_back_idea),
    "bring_back_idea": _brought_back,
    "place_in": _whole(put_back),
    "remove_from": _whole(put_back),
    "set_room_marks": _marked,
    "tag_statements": _whole(undo_tags),
    "lift_tags": _whole(undo_tags),
    "tag_idea": _whole(undo_tags),
    "lift_idea_tags": _whole(undo_tags),
    "keep_wording": _whole(review_again),
    "word_together": _whole(undo_wording),
    "end_wording": _whole(undo_wording),
}


@transaction.atomic
def undo(*, entry: Entry, by: TeamMember, reason: str = "") -> None:
    """Undo one act. Raises Refused or Meanwhile with a sentence where that cannot be done."""
    if entry.conversation_id != by.conversation_id or entry.for_safeguarding:
        raise Refused("This belongs to another conversation.")
    if Entry.objects.filter(undoes=entry).exists():
        raise Meanwhile("Somebody has undone this already.")
    if entry.act not in UNDO:
        raise Refused("This act cannot be undone here.")
    try:
        UNDO[entry.act](entry, by, reason.strip()[:300])
    except (
        Look.DoesNotExist,
        Masking.DoesNotExist,
        MergeLink.DoesNotExist,
        LikenessAnswer.DoesNotExist,
        Idea.DoesNotExist,
        Statement.DoesNotExist,
    ):
        raise Refused(GONE) from None
    if not Entry.objects.filter(undoes=entry).exists():
        raise Meanwhile("It stands as it did before already. Nothing was changed.")
