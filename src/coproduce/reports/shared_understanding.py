"""A published version as a document to print: the same words, lines and marks as its page."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from commonground.rounding import rounded_count
from coproduce.reports.paper import Block, Bullets, Heading, Item, Paper, Paragraph, Sign, Table
from coproduce.reports.paper.blocks import paragraphs
from coproduce.understanding.document import Document, IdeaPart, Line, QuestionPart, Rule
from coproduce.understanding.models import Version
from coproduce.understanding.queries.versions import published_document


def paper_of_version(version: Version) -> Paper:
    """Needs few queries: the version, its lines, and people's words as they may be read today."""
    document = published_document(version)
    conversation = version.conversation
    address = reverse("public:version", args=[conversation.slug, version.number])
    return Paper(
        title=document.title,
        about=f"{conversation.name}. Version {version.number} of the shared understanding.",
        blocks=tuple(_blocks(version, document)),
        address=settings.PUBLIC_URL + address,
    )


def _blocks(version: Version, document: Document) -> Iterator[Block]:
    yield Sign()
    conversation = version.conversation
    day = f"{version.published_at:%-d %B %Y}"
    yield Paragraph(
        f"{conversation.name}. Version {version.number}, published on {day}.", soft=True
    )
    if conversation.is_example:
        yield Paragraph("This is an example. Everybody and everything in it is made up.")
    yield from paragraphs(document.introduction)
    yield from _how(document)
    for part in document.questions:
        yield from _question(part, document.rule)
    if document.raised:
        yield Heading(1, "Questions that people raised")
        yield Bullets(tuple(_line(line, document.rule, plain=True) for line in document.raised))
    yield from _about(version, document)


def _how(document: Document) -> Iterator[Block]:
    yield Heading(1, "How this came about")
    yield from paragraphs(document.how_it_was_done)
    told = []
    if document.asked:
        told.append(f"{document.asked} people were asked.")
    things = "1 thing" if document.said == 1 else f"{document.said} things"
    told.append(
        f"{things} that people said {'is' if document.said == 1 else 'are'} here. "
        "Very similar ones are put down once."
    )
    if document.has_wordings:
        told.append("Where the team put words together, the line says so.")
    told.append(
        "Under each heading, what most partner groups agree with stands first."
        if document.order == "agreement"
        else "The lines stand in the order in which people arranged them, not by numbers."
    )
    if document.has_answers:
        told.append(
            "One ✱ stands for each partner group in which more than half of the people who "
            f"answered agree. A group counts from {document.rule.enough} people on."
        )
    if document.has_room_marks:
        told.append(
            "Room marks were put there by people in a room. Which partner groups they were from "
            "is not known."
        )
    yield Bullets(tuple(Item(one) for one in told))
    people = document.took_part
    if people.people or people.groups:
        labels = dict(document.rule.groups)
        rows = [(labels.get(key, key), rounded_count(number)) for key, number in people.groups]
        if people.total is not None:
            rows.append(("All together", rounded_count(people.total)))
        yield Table(
            "Who took part. Numbers of people are rounded to 5.",
            ("Partner group", "People"),
            tuple(rows),
        )


def _question(part: QuestionPart, rule: Rule) -> Iterator[Block]:
    yield Heading(1, part.text)
    for idea in part.ideas:
        yield from _idea(idea, rule)
    if part.others:
        yield Heading(2, "Said too" if part.ideas else "What people said")
        if part.ideas:
            yield Paragraph("These stand under no heading. They matter as much.", soft=True)
        yield Bullets(tuple(_line(line, rule) for line in part.others))


def _idea(idea: IdeaPart, rule: Rule) -> Iterator[Block]:
    yield Heading(2, idea.name)
    if idea.room_marks:
        yield Paragraph(_marks(idea.room_marks), soft=True)
    yield from paragraphs(idea.summary)
    if idea.lines:
        yield Bullets(tuple(_line(line, rule) for line in idea.lines))


def _line(line: Line, rule: Rule, *, plain: bool = False) -> Item:
    words = [quoted(one.text) if one.text else one.note for one in line.listed]
    text = line.text or " ".join(words)
    notes = ["Combined wording, by the team."] if line.is_wording else []
    if line.text and line.is_wording:
        notes += [f"It rests on: {quoted(one.text)}" for one in line.others if one.text]
    elif line.others:
        notes += [f"Put together with: {quoted(one.text)}" for one in line.others if one.text]
    if line.note:
        notes.append(line.note)
    if not plain:
        notes += _agreement(line, rule)
    address = settings.PUBLIC_URL + reverse("public:line", args=[line.ref])
    return Item(text, tuple(notes), (address, f"About this line: {line.ref}"))


def _agreement(line: Line, rule: Rule) -> Iterator[str]:
    labels = dict(rule.groups)
    if line.room_marks:
        yield _marks(line.room_marks)
    if line.agreeing:
        names = ", ".join(labels.get(key, key) for key in line.agreeing)
        yield f"{'✱' * len(line.agreeing)} Agreed by {names}."
    elif line.fewer_agreed and not line.is_empty:
        yield "Fewer agreed so far."
    for number, figure in enumerate(line.figures, start=1):
        told = figure.in_words(labels)
        yield f"Statement {number}: {told}" if len(line.figures) > 1 else told
        shares = [f"{one.label}: {one.words}" for one in figure.shares(labels)]
        if shares:
            yield "; ".join(shares) + "."


def _marks(count: int) -> str:
    return f"{count} room mark{'' if count == 1 else 's'}."


def _about(version: Version, document: Document) -> Iterator[Block]:
    yield Heading(1, "About this version")
    if document.what_changed:
        yield Heading(2, "What changed")
        yield from paragraphs(document.what_changed)
    keys = (
        "two people of different partner groups"
        if version.second_key_id
        else "one person: one partner runs this conversation alone"
    )
    yield Paragraph(
        f"It was confirmed by {keys}. It is never changed. Every line has an address of its own "
        "that stays."
    )


def quoted(text: str) -> str:
    """Somebody's words in quotation marks, unless they wrote their own around them."""
    if len(text) > 1 and text[0] in "“\"‘'" and text[-1] in "”\"’'":
        return text
    return f"“{text}”"
