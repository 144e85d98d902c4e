"""The yearly report on the Local Offer as frozen values: what people said, and what came of it.

SEND Regulations 2014, regulation 56: comments on (a) its content, quality and gaps, (b) how
accessible the information is, (c) how it was developed or reviewed and how people were involved;
the response, with intended action; nobody identifiable.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from coproduce.ideas.models import Tag
from coproduce.reports.models import AnnualReport

# The parts of the report, in the order of the regulation.
PARTS = {
    Tag.OFFER_CONTENT: "What is in the Local Offer, how good it is, and gaps",
    Tag.OFFER_ACCESS: "How easy the information is to get and to read",
    Tag.OFFER_MADE: "How the Local Offer was made, and how people were involved",
}
LETTERS = {Tag.OFFER_CONTENT: "a", Tag.OFFER_ACCESS: "b", Tag.OFFER_MADE: "c"}
LOOK_AGAIN = "Words that this rested on were taken back. The team looks at it again."
TAKEN_BACK = "Words stood here. The person who wrote them took them back."
NOT_SHOWN = "Words stood here. They are not shown any more."


@dataclass(frozen=True)
class ActionTold:
    """An intended action: who does it, by when, where it stands on the day of the report."""

    ref: str
    what: str
    owner: str
    due_on: datetime.date
    status: str


@dataclass(frozen=True)
class Response:
    """What was said or decided about comments: a decision, a reply, or an action by itself.

    `look_again`: words that it, or an action of it, rested on were taken back, and the team has not
    looked at it since. That is of today, and not kept with a final report.
    """

    ref: str
    kind: str
    what: str
    why: str = ""
    outcome: str = ""
    by: str = ""
    day: datetime.date | None = None
    actions: tuple[ActionTold, ...] = ()
    look_again: bool = False

    @property
    def refs(self) -> set[str]:
        return {self.ref, *(action.ref for action in self.actions)}


@dataclass(frozen=True)
class Comment:
    """What somebody said. `text` is empty where a note stands in its place.

    `responses` are references. `from_whom`: the partner group, where it may be told.
    """

    statement: int
    ref: str
    tags: tuple[str, ...]
    how_given: str
    from_whom: str
    responses: tuple[str, ...]
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class NotPrinted:
    """A comment that the report does not print, by its reference, and the ground."""

    ref: str
    tags: tuple[str, ...]
    ground: str
    reason: str = ""


@dataclass(frozen=True)
class Part:
    """What one conversation brings to the report."""

    conversation: int
    slug: str
    name: str
    took_part: str
    comments: tuple[Comment, ...]
    not_printed: tuple[NotPrinted, ...]
    responses: Mapping[str, Response] = field(default_factory=dict)

    @property
    def unanswered(self) -> tuple[Comment, ...]:
        return tuple(comment for comment in self.comments if not comment.responses)


@dataclass(frozen=True)
class Together:
    """Comments that got the same responses: "you said, we did"."""

    comments: tuple[Comment, ...]
    responses: tuple[Response, ...]


@dataclass(frozen=True)
class Annual:
    title: str
    first_day: datetime.date
    last_day: datetime.date
    introduction: str
    parts: tuple[Part, ...]

    @property
    def comments(self) -> int:
        return sum(len(part.comments) for part in self.parts)

    @property
    def unanswered(self) -> int:
        return sum(len(part.unanswered) for part in self.parts)

    @property
    def not_printed(self) -> tuple[NotPrinted, ...]:
        return tuple(one for part in self.parts for one in part.not_printed)


def about(part: Part, tag: str) -> Iterator[Together]:
    """The comments of one part of the regulation, those with the same responses together.

    The groups stand in the order of their first comment; comments stand by reference, which
    chance drew: what one person wrote one after another does not stand together.
    """
    groups: dict[tuple[str, ...], list[Comment]] = {}
    for comment in part.comments:
        if tag in comment.tags:
            groups.setdefault(comment.responses, []).append(comment)
    for refs, comments in groups.items():
        yield Together(tuple(comments), tuple(part.responses[ref] for ref in refs))


def frozen(annual: Annual) -> dict[str, Any]:
    """As it is kept: without anybody's words, which stand by key."""
    kept = asdict(annual)
    for part in kept["parts"]:
        for comment in part["comments"]:
            del comment["text"], comment["note"]
        for response in part["responses"].values():
            del response["look_again"]
    return {"parts": _plain(kept["parts"])}


def flagged(annual: Annual, again: Collection[str]) -> Annual:
    """With `look_again` where these references say so: decisions, replies and actions."""
    if not again:
        return annual
    return replace(annual, parts=tuple(flagged_part(part, again) for part in annual.parts))


def flagged_part(part: Part, again: Collection[str]) -> Part:
    responses = {
        ref: replace(one, look_again=not one.refs.isdisjoint(again))
        for ref, one in part.responses.items()
    }
    return replace(part, responses=responses)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def thawed(report: AnnualReport, words: Mapping[int, tuple[str, str]]) -> Annual:
    """The final report as it reads today. `words`: by statement, the text and the note."""
    return Annual(
        title=report.title,
        first_day=report.first_day,
        last_day=report.last_day,
        introduction=report.introduction,
        parts=tuple(_part(part, words) for part in report.frozen["parts"]),
    )


def _part(kept: dict[str, Any], words: Mapping[int, tuple[str, str]]) -> Part:
    return Part(
        conversation=kept["conversation"],
        slug=kept["slug"],
        name=kept["name"],
        took_part=kept["took_part"],
        comments=tuple(
            Comment(
                **{
                    **comment,
                    "tags": tuple(comment["tags"]),
                    "responses": tuple(comment["responses"]),
                },
                text=words.get(comment["statement"], ("", NOT_SHOWN))[0],
                note=words.get(comment["statement"], ("", NOT_SHOWN))[1],
            )
            for comment in kept["comments"]
        ),
        not_printed=tuple(
            NotPrinted(**{**one, "tags": tuple(one["tags"])}) for one in kept["not_printed"]
        ),
        responses={ref: _response(one) for ref, one in kept["responses"].items()},
    )


def _response(kept: dict[str, Any]) -> Response:
    return Response(
        **{
            **kept,
            "day": datetime.date.fromisoformat(kept["day"]) if kept["day"] else None,
            "actions": tuple(
                ActionTold(**{**one, "due_on": datetime.date.fromisoformat(one["due_on"])})
                for one in kept["actions"]
            ),
        }
    )
