"""Publishing: two keys, and then a version that is never edited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coproduce.agreeing import counts as wording_counts
from coproduce.agreeing.queries.disputes import open_disputes
from coproduce.audit.services import record
from coproduce.conversations.models import Conversation, Doing, KeyTurn
from coproduce.conversations.services import turn_key
from coproduce.conversations.services.phases import move_on_when_published
from coproduce.people.access import require_role
from coproduce.people.models import Role
from coproduce.refused import Refused
from coproduce.responses.figures import move_due
from coproduce.understanding.document import Changes, Document, IdeaPart, Line, fingerprint
from coproduce.understanding.models import Draft, Passage, PassageSource, Version
from coproduce.understanding.queries.changes import compare, frozen_changes
from coproduce.understanding.queries.draft import draft_document, wordings_to_look_at_again
from coproduce.understanding.queries.people import took_part, were_asked_of_wordings
from coproduce.understanding.queries.versions import published_document
from coproduce.words.services import unused_refs

if TYPE_CHECKING:
    from coproduce.people.models import TeamMember


def key_that_waits(conversation: Conversation, saw: str) -> KeyTurn | None:
    """The first key for the draft with this fingerprint, while it waits for its second."""
    return (
        conversation.key_turns.filter(
            act=KeyTurn.Act.PUBLISH,
            second_at=None,
            ended_at=None,
            fingerprint=saw,
        )
        .select_related("first_by__account", "first_by__partner_group")
        .first()
    )


def publish(*, member: TeamMember, saw: str) -> tuple[KeyTurn, Version | None]:
    """Turn a key for the draft that the member saw; with the second one it becomes a version.

    `saw` is the fingerprint that the page carried. Returns the key, and the version once it is
    published. Raises PermissionError, or Refused with what must be done first.
    """
    require_role(member, Role.ORGANISER)
    clusters = member.conversation.clusters.values_list("pk", flat=True)
    # Figures move in the background. What is published is what the rules allow on the day; it is
    # worked out before anything is locked, since it may take a while.
    move_due(clusters, widely=False)
    wording_counts.move_due(member.conversation, widely=False)
    return _publish(member, saw)


@transaction.atomic
def _publish(member: TeamMember, saw: str) -> tuple[KeyTurn, Version | None]:
    conversation = Conversation.objects.select_for_update().get(pk=member.conversation_id)
    if not conversation.allows(Doing.PUBLISH):
        raise Refused("A version can be published from the agreeing phase on. Open it first.")
    document = draft_document(conversation)
    last = Last.of(conversation, document)
    for sentence in what_is_missing(conversation, document, last):
        raise Refused(sentence)
    turn = turn_key(member=member, act=KeyTurn.Act.PUBLISH, saw=saw, stands=fingerprint(document))
    if not turn.is_turned:
        return turn, None
    version = _freeze(conversation, document, turn, last)
    # The note was about this version. The next one starts without.
    Draft.objects.filter(conversation=conversation).update(
        what_changed="", revision=F("revision") + 1
    )
    record(
        conversation=conversation,
        act="publish",
        by=member.account,
        about=f"version {version.number}",
        details={
            "version": version.pk,
            "turn": turn.pk,
            "fingerprint": turn.fingerprint,
            "lines": len(document.lines),
        },
    )
    move_on_when_published(by=member, number=version.number)
    return turn, version


@dataclass(frozen=True)
class Last:
    """The version before this draft, as it reads today, and what the draft changes in it."""

    version: Version
    document: Document
    changes: Changes

    @classmethod
    def of(cls, conversation: Conversation, draft: Document) -> Last | None:
        version = conversation.versions.order_by("-number").first()
        if version is None:
            return None
        document = published_document(version)
        return cls(version, document, compare(document, draft, draft.what_changed))


def what_is_missing(conversation: Conversation, document: Document, last: Last | None) -> list[str]:
    """What must be done before this draft can be published, a sentence each."""
    missing = []
    if not document.title:
        missing.append("Write a title first.")
    if not document.introduction:
        missing.append("Write an introduction first.")
    if not document.questions:
        missing.append("Nothing that people said is shown yet. There is nothing to publish.")
    for wording in wordings_to_look_at_again(conversation):
        missing.append(
            f"Look at a wording under “{wording.idea.name}” again: words that it rests on were "
            "taken back, or are not shown any more."
        )
    missing += [
        f"Answer the dispute about a wording under “{name}”: word it again, split it, or let it "
        "stand with the dispute shown."
        for name in dict.fromkeys(
            open_disputes(conversation)
            .order_by("wording__idea__position", "wording")
            .values_list("wording__idea__name", flat=True)
        )
    ]
    if last is not None and replace(last.changes, note="").is_empty:
        missing.append(f"Nothing changed since version {last.version.number}.")
    return missing


def _freeze(
    conversation: Conversation, document: Document, turn: KeyTurn, last: Last | None
) -> Version:
    asked = document.wordings_asked is not None
    places = {id(line): place for place, line in enumerate(document.lines)}
    version = Version.objects.create(
        conversation=conversation,
        number=last.version.number + 1 if last else 1,
        published_at=timezone.now(),
        first_key=turn.first_by,
        second_key=turn.second_by,
        what_changed=document.what_changed,
        frozen={
            **_frozen(document, places),
            **({"changes": frozen_changes(last.changes, last.document, document)} if last else {}),
        },
        counted={
            **took_part(conversation).exact,
            **({"wordings": were_asked_of_wordings(conversation)} if asked else {}),
        },
    )
    ideas = {idea.idea_id: idea.name for part in document.questions for idea in part.ideas}
    questions = {part.question_id: part.text for part in document.questions}
    refs = unused_refs(Passage, len(document.lines))
    passages = Passage.objects.bulk_create(
        [
            _passage(version, place, ref, line, questions, ideas)
            for place, (ref, line) in enumerate(zip(refs, document.lines, strict=True))
        ],
        batch_size=500,
    )
    PassageSource.objects.bulk_create(
        [
            PassageSource(
                passage=passage,
                words_id=source.words_id,
                digest=source.digest,
                position=position,
                is_listed=source.is_listed,
                room_marks=source.room_marks,
            )
            for passage, line in zip(passages, document.lines, strict=True)
            for position, source in enumerate(line.sources)
        ],
        batch_size=500,
    )
    return version


def _passage(
    version: Version,
    place: int,
    ref: str,
    line: Line,
    questions: dict[int, str],
    ideas: dict[int, str],
) -> Passage:
    return Passage(
        version=version,
        ref=ref,
        kind=line.kind,
        question_id=line.question_id,
        question_text=questions.get(line.question_id or 0, ""),
        idea_id=line.idea_id,
        idea_name=ideas.get(line.idea_id or 0, ""),
        wording_id=line.wording_id,
        position=place,
        text=line.text,
        figure={
            "figures": [figure.to_dict() for figure in line.figures],
            "from_people": line.from_people,
            **({"agreed": line.agreed.to_dict()} if line.agreed else {}),
        },
        room_marks=line.room_marks,
    )


def _frozen(document: Document, places: dict[int, int]) -> dict[str, Any]:
    def where(lines: tuple[Line, ...]) -> list[int]:
        return [places[id(line)] for line in lines]

    def idea(part: IdeaPart) -> dict[str, Any]:
        return {
            "idea": part.idea_id,
            "name": part.name,
            "summary": part.summary,
            "room_marks": part.room_marks,
            "lines": where(part.lines),
        }

    return {
        "title": document.title,
        "introduction": document.introduction,
        "how_it_was_done": document.how_it_was_done,
        "order": document.order,
        "rule": {
            "enough": document.rule.enough,
            "one_room": document.rule.one_room,
            "groups": [list(group) for group in document.rule.groups],
        },
        "asked": document.asked,
        "took_part": {
            "people": document.took_part.people,
            "groups": [list(group) for group in document.took_part.groups],
        },
        "said": document.said,
        "questions": [
            {
                "question": part.question_id,
                "text": part.text,
                "ideas": [idea(one) for one in part.ideas],
                "others": where(part.others),
            }
            for part in document.questions
        ],
        "raised": where(document.raised),
        "wordings_asked": document.wordings_asked.to_dict() if document.wordings_asked else None,
        "disputed": [
            {
                "wording": line.wording_id,
                "words": [one.words_id for one in line.disputes if one.words_id is not None],
                "unsaid": any(one.words_id is None for one in line.disputes),
            }
            for line in document.lines
            if line.disputes
        ],
    }
