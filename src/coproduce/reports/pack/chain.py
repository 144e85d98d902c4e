"""The chain: statement, idea, line, decision, action, outcome; a row for each way through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from coproduce.conversations.models import ALLOWED, Doing
from coproduce.decisions.models import Action, Decision, Reply
from coproduce.decisions.queries import Reached, decisions_under
from coproduce.decisions.queries.review import ToLookAtAgain, to_look_at_again
from coproduce.ideas.models import Placement
from coproduce.reports.open_data.rows import latest_version
from coproduce.reports.open_data.rows import lines as published_lines
from coproduce.reports.queries.writers import NOT_YET, from_whom, told_groups
from coproduce.statements.models import Source, Statement
from coproduce.understanding.models import PassageSource, Version
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation

TAKEN_BACK = "(The person who wrote these words took them back.)"


@dataclass(frozen=True)
class Column:
    name: str
    meaning: str


COLUMNS = (
    Column("statement", "The lasting reference of the statement."),
    Column("words", "What was said, names hidden."),
    Column("said between", "The days in which people could say something. Not the day itself."),
    Column("how it arrived", "Own words, a helper typed, symbols, an adult for a child, paper."),
    Column("from whom", "The partner group, where nobody can be picked out by it."),
    Column("put together with", "Statements that say the same, listed once."),
    Column("ideas", "The headings under which it stands now."),
    Column("line", "The line of the latest version that rests on it."),
    Column("line published on", "The day of that version."),
    Column("agreement", "How the partner groups answered, as it may be told."),
    Column("response", "The decision or the reply that reaches it; empty: it waits."),
    Column("response kind", "decision, reply, or action by itself."),
    Column("response date", "The day on which it was decided or told."),
    Column("why", "The reason for the decision."),
    Column("decided by", "Who decided."),
    Column("decision outcome", "Where the decision stands."),
    Column("action", "What is done about it."),
    Column("owner", "Who does it."),
    Column("due date", "By when."),
    Column("where the action stands", "Done counts when people whose words it rests on confirm."),
    Column("last step of the action", "The day on which its owner last said how it goes."),
    Column("to look at again", "Response, action: words that it rested on were taken back since."),
)
_NO_ACTION = ("", "", "", "", "")
_NO_RESPONSE = ("", "", "", "", "", "")


def chain_of(conversation: Conversation, partner_group: str = "") -> Iterator[tuple[str, ...]]:
    """Rows of the chain by reference, which chance drew. A bounded number of queries.

    `partner_group`: only statements that may be told to be of that group, by its key.
    """
    statements = list(
        Statement.objects.filter(
            conversation=conversation,
            words__standing__in=[Standing.SHOWN, Standing.WITHDRAWN],
        )
        .with_words()
        .order_by("words__ref")
    )
    whom = from_whom(conversation)
    if partner_group:
        told = told_groups(conversation)
        statements = [one for one in statements if partner_group in told.get(one.ref, [])]
    around = _Around(conversation)
    between = said_between(conversation)
    reached = decisions_under(statements)
    again = to_look_at_again(
        decisions={one.pk for found in reached.values() for one in found.decisions},
        replies={one.pk for found in reached.values() for one in found.replies},
        actions={one.pk for found in reached.values() for one in found.actions},
    )
    for one in statements:
        line, published, agreement = around.line_of(one)
        said = (
            one.ref,
            one.text if one.words.is_shown else TAKEN_BACK,
            between,
            str(one.words.get_how_given_display()),
            _from_whom(one, whom),
            ", ".join(ref for ref in around.together[one.cluster_id] if ref != one.ref),
            "; ".join(around.ideas.get(one.cluster_id, [])),
            line,
            published,
            agreement,
        )
        for did in _responses(reached[one.pk], again):
            yield (*said, *did)


class _Around:
    """What stands around the statements of a conversation, read once."""

    def __init__(self, conversation: Conversation) -> None:
        self.together: dict[int, list[str]] = defaultdict(list)
        for cluster, ref in (
            Statement.objects.filter(conversation=conversation)
            .shown()
            .order_by("words__ref")
            .values_list("cluster_id", "words__ref")
        ):
            self.together[cluster].append(ref)
        self.ideas: dict[int, list[str]] = defaultdict(list)
        for cluster, name in (
            Placement.objects.held()
            .filter(idea__conversation=conversation, idea__retired_at=None)
            .order_by("idea__position", "idea_id")
            .values_list("statement__cluster_id", "idea__name")
            .distinct()
        ):
            self.ideas[cluster].append(name)
        latest = latest_version(conversation)
        self.published = _day(latest) if latest else ""
        self.agreement: Mapping[str, str] = {
            row["reference"]: row["agreement"] for row in published_lines(conversation, False)
        }
        self.lines: dict[int, str] = dict(
            PassageSource.objects.filter(passage__version=latest)
            .order_by("-passage__position")
            .values_list("words_id", "passage__ref")
            if latest
            else []
        )

    def line_of(self, statement: Statement) -> tuple[str, str, str]:
        ref = self.lines.get(statement.pk, "")
        return (ref, self.published, self.agreement.get(ref, "")) if ref else ("", "", "")


def _day(version: Version) -> str:
    return timezone.localdate(version.published_at).isoformat()


def _from_whom(statement: Statement, whom: Mapping[str, str]) -> str:
    if statement.source != Source.PERSON:
        return str(statement.get_source_display())
    return whom.get(statement.ref, NOT_YET)


def said_between(conversation: Conversation) -> str:
    """The days in which words could be given, such as "2026-03-01 to 2026-04-30"."""
    changes = list(conversation.phase_changes.order_by("at", "pk").values_list("at", "phases"))
    may_say = ALLOWED[Doing.SAY]
    began = [at for at, phases in changes if not may_say.isdisjoint(phases)]
    if not began:
        return ""
    ended = [at for at, phases in changes if at > began[-1] and may_say.isdisjoint(phases)]
    last = f"to {timezone.localdate(ended[0]).isoformat()}" if ended else "until now"
    return f"{timezone.localdate(began[0]).isoformat()} {last}"


def _responses(reached: Reached, again: ToLookAtAgain) -> Iterator[tuple[str, ...]]:
    under: dict[int, list[Action]] = defaultdict(list)
    decided = {one.pk for one in reached.decisions}
    alone = []
    for action in reached.actions:
        if action.decision_id in decided:
            under[action.decision_id or 0].append(action)
        else:
            alone.append(action)
    if reached.is_empty:
        yield (*_NO_RESPONSE, *_NO_ACTION, "")
    for one in reached.decisions:
        yield from _with(_decision(one), one.pk in again.decisions, under[one.pk], again)
    for reply in reached.replies:
        yield from _with(_reply(reply), reply.pk in again.replies, [], again)
    for action in alone:
        made = timezone.localdate(action.made_at).isoformat()
        response = (action.ref, "action", made, "", action.owner, "")
        yield from _with(response, False, [action], again)


def _with(
    response: tuple[str, ...], is_again: bool, actions: Sequence[Action], again: ToLookAtAgain
) -> Iterator[tuple[str, ...]]:
    if not actions:
        yield (*response, *_NO_ACTION, "response" if is_again else "")
    for action in actions:
        flagged = (("response", is_again), ("action", action.pk in again.actions))
        yield (*response, *_action(action), ", ".join(name for name, is_so in flagged if is_so))


def _decision(one: Decision) -> tuple[str, ...]:
    return (
        f"{one.what} ({one.ref})",
        "decision",
        one.decided_on.isoformat(),
        one.why,
        one.decided_by,
        str(one.get_outcome_display()),
    )


def _reply(one: Reply) -> tuple[str, ...]:
    told = timezone.localdate(one.made_at).isoformat()
    return (f"{one.text} ({one.ref})", "reply", told, "", "", "")


def _action(one: Action) -> tuple[str, ...]:
    told = one.told
    standing = str(one.get_standing_display())
    return (
        f"{one.what} ({one.ref})",
        one.owner,
        one.due_on.isoformat(),
        f"{standing}. Overdue" if one.is_overdue(timezone.localdate()) else standing,
        timezone.localdate(told[0].at).isoformat() if told else "",
    )
