"""A version as it was published, with notes where words were taken back since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from coproduce.agreeing.queries.people import WordingsAsked
from coproduce.understanding.contents import Contents, Heading, Part
from coproduce.understanding.document import (
    RAISED,
    SAID_TOO,
    WHAT_PEOPLE_SAID,
    Dispute,
    Document,
    Facts,
    IdeaPart,
    Line,
    QuestionPart,
    Rule,
    Source,
    TookPart,
)
from coproduce.understanding.figures import ShownFigure
from coproduce.understanding.models import Passage, PassageSource, Version
from coproduce.words.models import Masking, Standing, Words, masked

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


def contents_of(version: Version) -> Contents:
    """What stands in the version: frozen, so that no line is read for it."""
    return _in_order(version)[0]


def _in_order(version: Version) -> tuple[Contents, list[list[int]]]:
    """The contents, and the positions of the lines under each heading."""
    frozen = version.frozen
    under = []
    for part in frozen["questions"]:
        for idea in part["ideas"]:
            under.append((part["question"], idea["idea"], idea["name"], idea["lines"]))
        name = SAID_TOO if part["ideas"] else WHAT_PEOPLE_SAID
        under.append((part["question"], None, name, part["others"]))
    under.append((None, None, RAISED, frozen["raised"]))
    under = [one for one in under if one[-1]]
    contents = Contents(
        tuple((part["question"], part["text"]) for part in frozen["questions"]),
        tuple(Heading(question, idea, name, len(at)) for question, idea, name, at in under),
    )
    return contents, [at for *_, at in under]


def front_of(version: Version) -> Document:
    """The version without its lines: what stands before them."""
    answers = Passage.objects.filter(version=version).exclude(kind=Passage.Kind.RAISED)
    facts = Facts(
        has_room_marks=any(
            idea["room_marks"] for part in version.frozen["questions"] for idea in part["ideas"]
        )
        or PassageSource.objects.filter(passage__version=version, room_marks__gt=0).exists(),
        has_answers=answers.filter(figure__from_people=True).exists(),
        has_wordings=answers.filter(kind=Passage.Kind.WORDING).exists(),
    )
    return _document(version, {}, facts)


def part_of(version: Version, part: Part) -> Document:
    """Only the lines of one part, and their headings."""
    _, positions = _in_order(version)
    wanted = {at for one in part.pieces for at in positions[one.place][one.start : one.stop]}
    return _document(version, lines_at(version, wanted))


def published_document(version: Version) -> Document:
    """The version as it reads today: frozen text and figures, and people's words or a note."""
    return _document(version, lines_at(version))


def lines_at(version: Version, positions: Collection[int] | None = None) -> dict[int, Line]:
    """The lines at these positions, or all, as they read today. Nothing of it is kept.

    Rows without records: a version has thousands of lines, and records would be most of the time.
    """
    passages = Passage.objects.filter(version=version)
    sources = PassageSource.objects.filter(passage__version=version)
    masks = Masking.objects.filter(lifted_at=None, words__passages__passage__version=version)
    if positions is not None:
        passages = passages.filter(position__in=positions)
        sources = sources.filter(passage__position__in=positions)
        masks = masks.filter(words__passages__passage__position__in=positions)
    hidden: dict[int, dict[int, tuple[list[list[int]], bool]]] = defaultdict(dict)
    for key, words, spans, at in masks.values_list("pk", "words_id", "spans", "at"):
        hidden[words][key] = (spans, at > version.published_at)
    under: dict[int, list[Source]] = defaultdict(list)
    rows = sources.order_by("position", "pk").values_list(
        "passage_id",
        *("digest", "is_listed", "room_marks"),
        *("words_id", "words__ref", "words__standing", "words__kept_text__text"),
    )
    for passage, digest, is_listed, room_marks, words, ref, standing, text in rows:
        own = hidden[words].values() if words in hidden else ()
        under[passage].append(
            Source(
                words_id=words,
                ref=ref,
                digest=digest,
                text=masked(text or "", [span for spans, _ in own for span in spans])
                if standing == Standing.SHOWN
                else "",
                standing=standing,
                is_listed=is_listed,
                room_marks=room_marks,
                masked_later=any(later for _, later in own),
            )
        )
    disputes = disputes_in([version])
    return {
        position: _line(
            *(kind, text, ref, figure, question, idea, wording),
            sources=tuple(under[passage]),
            disputes=disputes.get((version.pk, wording), ()),
        )
        for passage, position, kind, text, ref, figure, question, idea, wording in (
            passages.order_by("position").values_list(
                *("pk", "position", "kind", "text", "ref", "figure"),
                *("question_id", "idea_id", "wording_id"),
            )
        )
    }


def _document(version: Version, lines: Mapping[int, Line], whole: Facts | None = None) -> Document:
    """The version with these of its lines, by their positions, and the headings over them."""
    frozen = version.frozen
    asked = frozen.get("wordings_asked")

    def those(positions: list[int]) -> tuple[Line, ...]:
        return tuple(lines[place] for place in positions if place in lines)

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
                        lines=those(idea["lines"]),
                    )
                    for idea in part["ideas"]
                    if any(place in lines for place in idea["lines"])
                ),
                others=those(part["others"]),
            )
            for part in frozen["questions"]
            if any(
                place in lines
                for places in (*(idea["lines"] for idea in part["ideas"]), part["others"])
                for place in places
            )
        ),
        raised=those(frozen["raised"]),
        what_changed=version.what_changed,
        wordings_asked=WordingsAsked(**asked) if asked else None,
        whole=whole,
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
    return _line(
        passage.kind,
        passage.text,
        passage.ref,
        passage.figure,
        passage.question_id,
        passage.idea_id,
        passage.wording_id,
        sources=tuple(_source(source, published_at) for source in passage.sources.all()),
        disputes=(disputes or {}).get((passage.version_id, passage.wording_id), ()),
    )


def _line(
    kind: str,
    text: str,
    ref: str,
    figure: Mapping[str, Any],
    question: int | None,
    idea: int | None,
    wording: int | None,
    *,
    sources: tuple[Source, ...],
    disputes: tuple[Dispute, ...],
) -> Line:
    agreed = figure.get("agreed")
    return Line(
        kind=kind,
        text=text,
        sources=sources,
        figures=tuple(ShownFigure.from_dict(kept) for kept in figure.get("figures", [])),
        from_people=figure.get("from_people", False),
        question_id=question,
        idea_id=idea,
        wording_id=wording,
        ref=ref,
        agreed=ShownFigure.from_dict(agreed) if agreed else None,
        disputes=disputes,
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
