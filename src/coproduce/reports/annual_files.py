"""The yearly report as a document to print, and as a table."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from coproduce.exchange.statement_export import safe_cell
from coproduce.reports.annual import (
    LETTERS,
    LOOK_AGAIN,
    PARTS,
    Annual,
    Comment,
    Part,
    Response,
    about,
)
from coproduce.reports.models import AnnualReport
from coproduce.reports.paper import Block, Bullets, Heading, Item, Paper, Paragraph, Sign, Table
from coproduce.reports.paper.blocks import paragraphs
from coproduce.reports.queries.annual import day
from coproduce.reports.shared_understanding import quoted

DRAFT = "This is a draft. It is not published."
LAW = (
    "This report is made under regulation 56 of the Special Educational Needs and Disability "
    "(SEND) Regulations 2014. It says what children and young people with special educational "
    "needs or a disability, and their parents, said about the Local Offer (the list of all local "
    "help), and what is done about it."
)
HOW_TO_READ = (
    "People’s words stand as they gave them; names are hidden. A partner group is named only where "
    "nobody can be picked out by it. One response can be for many comments."
)


def paper_of_report(report: AnnualReport, annual: Annual) -> Paper:
    return Paper(
        title=annual.title,
        about="Yearly report on comments about the Local Offer, SEND Regulations 2014, reg 56.",
        blocks=tuple(_blocks(report, annual)),
        address=settings.PUBLIC_URL + reverse("reporting:annual", args=[report.pk]),
    )


def _blocks(report: AnnualReport, annual: Annual) -> Iterator[Block]:
    yield Sign()
    period = f"Comments given from {day(annual.first_day)} to {day(annual.last_day)}."
    yield Paragraph(period, soft=True)
    if report.final_at is None:
        yield Paragraph(DRAFT)
    else:
        yield Paragraph(f"Published on {day(timezone.localdate(report.final_at))}.", soft=True)
    yield from paragraphs(annual.introduction)
    yield Heading(1, "About this report")
    yield Paragraph(LAW)
    yield Paragraph(HOW_TO_READ)
    yield Paragraph(in_short(annual))
    yield Table(
        "Where the comments come from",
        ("Conversation", "Comments", "Without a response", "Not printed", "Who took part"),
        tuple(
            (
                part.name,
                str(len(part.comments)),
                str(len(part.unanswered)),
                str(len(part.not_printed)),
                part.took_part or "Not published yet",
            )
            for part in annual.parts
        ),
    )
    for tag, title in PARTS.items():
        yield Heading(1, f"({LETTERS[tag]}) {title}")
        parts = [part for part in annual.parts if any(tag in c.tags for c in part.comments)]
        if not parts:
            yield Paragraph("Nobody said anything about this.")
        for part in parts:
            yield Heading(2, part.name)
            for number, group in enumerate(about(part, tag), start=1):
                yield Heading(3, f"You said ({LETTERS[tag]}{number})")
                yield Bullets(tuple(_comment(comment) for comment in group.comments))
                yield Heading(3, f"We did, or why not ({LETTERS[tag]}{number})")
                yield from _responses(group.responses)
    yield from _not_printed(annual)


def in_short(annual: Annual) -> str:
    """How many comments there are, how many are answered, and how many are not printed."""
    answered = annual.comments - annual.unanswered
    told = [
        f"{annual.comments} comment{'' if annual.comments == 1 else 's'} printed",
        f"{answered} with a response",
    ]
    if annual.unanswered:
        told.append(f"{annual.unanswered} without one so far")
    told.append(f"{len(annual.not_printed)} not printed, with the ground for each")
    return f"In short: {'; '.join(told)}."


def _comment(comment: Comment) -> Item:
    link = (
        settings.PUBLIC_URL + reverse("public:statement", args=[comment.ref]),
        f"What became of it: {comment.ref}",
    )
    if not comment.text:
        return Item(comment.note, (), link)
    return Item(quoted(comment.text), (f"From: {comment.from_whom}.",), link)


def _responses(responses: tuple[Response, ...]) -> Iterator[Block]:
    if not responses:
        yield Paragraph("There is no response yet.")
        return
    yield Bullets(tuple(_response(response) for response in responses))
    actions = [action for response in responses for action in response.actions]
    if actions:
        yield Table(
            "Intended actions",
            ("Action", "Who does it", "By when", "Where it stands"),
            tuple((one.what, one.owner, day(one.due_on), one.status) for one in actions),
        )


def _response(response: Response) -> Item:
    notes = []
    if response.outcome:
        notes.append(f"{response.outcome}.")
    if response.why:
        notes.append(f"Why: {response.why}")
    if response.look_again:
        notes.append(LOOK_AGAIN)
    told = ", ".join(
        part for part in (response.by, day(response.day) if response.day else "") if part
    )
    return Item(response.what, (*notes, f"{told} ({response.ref})."))


def _not_printed(annual: Annual) -> Iterator[Block]:
    yield Heading(1, "What is not printed")
    if not annual.not_printed:
        yield Paragraph("Every comment is printed.")
        return
    yield Paragraph(
        "A council need not publish comments that are vexatious, or that are about services to one "
        "particular person; and nobody may be identified."
    )
    grounds = Counter(one.ground for one in annual.not_printed)
    yield Table(
        "Comments that are not printed, by ground",
        ("Ground", "Comments"),
        tuple((ground, str(count)) for ground, count in sorted(grounds.items())),
    )
    yield Table(
        "Each comment that is not printed",
        ("Reference", "Part", "Ground", "More about it"),
        tuple(
            (one.ref, ", ".join(LETTERS[tag] for tag in PARTS if tag in one.tags), one.ground,
             one.reason)
            for one in annual.not_printed
        ),
    )  # fmt: skip


HEAD = (
    "reference", "conversation", "part of regulation 56", "comment", "from whom", "how given",
    "response", "why", "outcome", "response by", "response date", "response reference",
    "intended action", "owner", "due date", "status", "not printed because", "to look at again",
)  # fmt: skip


def table_of_report(annual: Annual) -> str:
    """One row for each comment and response and action; a formula is never worked out."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEAD)
    for part in annual.parts:
        for comment in part.comments:
            for row in _rows(part, comment):
                writer.writerow([safe_cell(cell) for cell in row])
        for one in part.not_printed:
            letters = ", ".join(LETTERS[tag] for tag in PARTS if tag in one.tags)
            row = [one.ref, part.name, letters, *[""] * 13]
            why = f"{one.ground}: {one.reason}" if one.reason else one.ground
            writer.writerow([safe_cell(cell) for cell in (*row, why, "")])
    return file.getvalue()


def _rows(part: Part, comment: Comment) -> Iterator[list[str]]:
    letters = ", ".join(LETTERS[tag] for tag in PARTS if tag in comment.tags)
    said = [
        comment.ref, part.name, letters, comment.text or comment.note, comment.from_whom,
        comment.how_given,
    ]  # fmt: skip
    if not comment.responses:
        yield [*said, *[""] * 12]
    for ref in comment.responses:
        one = part.responses[ref]
        date = one.day.isoformat() if one.day else ""
        did = [one.what, one.why, one.outcome, one.by, date, one.ref]
        again = LOOK_AGAIN if one.look_again else ""
        if not one.actions:
            yield [*said, *did, *[""] * 5, again]
        for action in one.actions:
            due = action.due_on.isoformat()
            yield [*said, *did, action.what, action.owner, due, action.status, "", again]
