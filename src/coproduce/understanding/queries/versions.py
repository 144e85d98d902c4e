"""A version as it was published, with notes where words were taken back since."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from coproduce.understanding.document import (
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

if TYPE_CHECKING:
    import datetime

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
    lines = {
        passage.position: line_of(passage, version.published_at)
        for passage in with_sources(Passage.objects.filter(version=version))
    }
    return Document(
        title=frozen["title"],
        introduction=frozen["introduction"],
        how_it_was_done=frozen["how_it_was_done"],
        order=frozen["order"],
        rule=Rule(
            frozen["rule"]["enough"],
            frozen["rule"]["one_room"],
            tuple((key, label) for key, label in frozen["rule"]["groups"]),
        ),
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
    )


def with_sources(passages: QuerySet[Passage]) -> QuerySet[Passage]:
    return passages.order_by("position").prefetch_related(
        "sources__words__kept_text", "sources__words__maskings"
    )


def line_of(passage: Passage, published_at: datetime.datetime) -> Line:
    """A passage as it reads today. Needs `with_sources`."""
    figure: dict[str, Any] = passage.figure
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


def published_lines_of(words_id: int) -> dict[int, list[Passage]]:
    """The passages that rest on these words, by version, the latest version first."""
    found: dict[int, list[Passage]] = defaultdict(list)
    for passage in (
        Passage.objects.filter(sources__words=words_id)
        .select_related("version")
        .order_by("-version__number", "position")
    ):
        found[passage.version.number].append(passage)
    return dict(found)
