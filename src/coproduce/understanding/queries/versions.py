"""A version as it was published, with notes where words were taken back since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from coproduce.agreeing.queries.people import WordingsAsked
from coproduce.understanding.document import (
    Dispute,
    Document,
    IdeaPart,
    Line,
    QuestionPart,
    Rule,
    Source,
    TookPart,
)
from coproduce.understanding.figures import ShownFigure
from coproduce.understanding.models import Passage, PassageSource, Version
from coproduce.words.models import Words

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from coproduce.conversations.models import Conversation


def versions_of(conversation: Conversation) -> list[Version]:
    """The published versions, the latest first."""
    return list(
        Version.objects.filter(conversation=conversation)
        .defer("frozen", "counted")
        .order_by("-number")
    )


def latest_versions() -> list[Version]:
    """The latest version of every listed conversation, the newest first."""
    latest: dict[int, Version] = {}
    for version in (
        Version.objects.filter(conversation__listed=True)
        .select_related("conversation")
        .defer("frozen", "counted")
        .order_by("-published_at", "-pk")
    ):
        latest.setdefault(version.conversation_id, version)
    return list(latest.values())


def published_document(version: Version) -> Document:
    """The version as it reads today: frozen text and figures, and people's words or a note."""
    frozen = version.frozen
    disputes = disputes_in([version])
    asked = frozen.get("wordings_asked")
    lines = {
        passage.position: line_of(passage, version.published_at, disputes)
        for passage in with_sources(Passage.objects.filter(version=version))
    }
    return Document(
        title=frozen["title"],
        introduction=frozen["introduction"],
        how_it_was_done=frozen["how_it_was_done"],
        order=frozen["order"],
        rule=rule_of(version),
        asked=frozen["asked"],
        took_part=TookPart(
            frozen["took_part"]["people"],
            tuple((key, people) for key, people in frozen["took_part"]["groups"]),
        ),
        said=frozen["said"],
        questions=tuple(
            QuestionPart(
                question_id=part["question"],
                text=part["text"],
                ideas=tuple(
                    IdeaPart(
                        idea_id=idea["idea"],
                        name=idea["name"],
                        summary=idea["summary"],
                        room_marks=idea["room_marks"],
                        lines=tuple(lines[place] for place in idea["lines"]),
                    )
                    for idea in part["ideas"]
                ),
                others=tuple(lines[place] for place in part["others"]),
            )
            for part in frozen["questions"]
        ),
        raised=tuple(lines[place] for place in frozen["raised"]),
        what_changed=version.what_changed,
        wordings_asked=WordingsAsked(**asked) if asked else None,
    )


def rule_of(version: Version) -> Rule:
    """What held for everybody on the day of the version."""
    kept = version.frozen["rule"]
    groups = tuple((key, label) for key, label in kept["groups"])
    return Rule(kept["enough"], kept["one_room"], groups)


def with_sources(passages: QuerySet[Passage]) -> QuerySet[Passage]:
    # Words come with their sources: asked for by themselves, more than a thousand of them are more
    # than SQLite takes in one question.
    sources = PassageSource.objects.order_by("position").select_related("words__kept_text")
    return passages.order_by("position").prefetch_related(
        Prefetch("sources", queryset=sources), "sources__words__maskings"
    )


Disputes = Mapping[tuple[int, int | None], tuple[Dispute, ...]]


def disputes_in(versions: Sequence[Version]) -> Disputes:
    """The disputes that these versions show, by version and wording, as they read today."""
    named = [
        (version.pk, one) for version in versions for one in version.frozen.get("disputed", [])
    ]
    if not named:
        return {}
    keys = {key for _, one in named for key in one["words"]}
    words = {one.pk: one for one in Words.objects.filter(pk__in=keys).with_text()}
    return {
        (version, one["wording"]): (
            *(
                # Words that are kept no more leave the dispute shown, without its reason.
                Dispute(key, words[key].shown_text if key in words and words[key].is_shown else "")
                for key in one["words"]
            ),
            *([Dispute()] if one["unsaid"] else []),
        )
        for version, one in named
    }


def line_of(
    passage: Passage, published_at: datetime.datetime, disputes: Disputes | None = None
) -> Line:
    """A passage as it reads today. Needs `with_sources`, and `disputes_in` its version."""
    figure: dict[str, Any] = passage.figure
    agreed = figure.get("agreed")
    return Line(
        kind=passage.kind,
        text=passage.text,
        sources=tuple(_source(source, published_at) for source in passage.sources.all()),
        figures=tuple(ShownFigure.from_dict(kept) for kept in figure.get("figures", [])),
        from_people=figure.get("from_people", False),
        question_id=passage.question_id,
        idea_id=passage.idea_id,
        wording_id=passage.wording_id,
        ref=passage.ref,
        agreed=ShownFigure.from_dict(agreed) if agreed else None,
        disputes=(disputes or {}).get((passage.version_id, passage.wording_id), ()),
    )


def _source(source: PassageSource, published_at: datetime.datetime) -> Source:
    words = source.words
    return Source(
        words_id=words.pk,
        ref=words.ref,
        digest=source.digest,
        text=words.shown_text if words.is_shown else "",
        standing=words.standing,
        is_listed=source.is_listed,
        room_marks=source.room_marks,
        masked_later=any(
            masking.is_kept and masking.at > published_at for masking in words.maskings.all()
        ),
    )


def same_line_now(passage: Passage) -> tuple[Version, Passage | None] | None:
    """Where the line of an earlier version stands in the latest one; None if it is the latest.

    The same line rests on some of the same words, or is a raised question in the same words.
    """
    latest = (
        Version.objects.filter(
            conversation_id=passage.version.conversation_id, number__gt=passage.version.number
        )
        .defer("frozen", "counted")
        .order_by("-number")
        .first()
    )
    if latest is None:
        return None
    words = [source.words_id for source in passage.sources.all()]
    found = Passage.objects.filter(version=latest)
    if words:
        near = found.filter(sources__words__in=words).order_by("position").distinct()
        same_idea = [one for one in near if one.idea_id == passage.idea_id]
        return latest, next(iter(same_idea or list(near)), None)
    return latest, found.filter(kind=passage.kind, text=passage.text).first()
