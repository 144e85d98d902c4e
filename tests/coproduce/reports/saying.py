"""A conversation with people who said something about the Local Offer, and what came of it."""

from __future__ import annotations

import datetime
import secrets

from django.utils import timezone

from coproduce.conversations.models import Conversation, Phase
from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import Action, Decision, Outcome, Reply
from coproduce.decisions.services import add_action, decide, reply
from coproduce.ideas.models import StatementTag, Tag
from coproduce.people.models import Account, Participant, Role, TeamMember
from coproduce.statements.models import Statement
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement


def acting(name: str = "The Local Offer", **fields: object) -> Conversation:
    return make_conversation(name, phases=[Phase.ACTING], **fields)


def who_runs_it() -> Account:
    account = Account.objects.create_account(
        email="ines@example.org", name="Ines", password="four round stones"
    )
    account.runs_installation = True
    account.save()
    return account


def decision_maker(conversation: Conversation, name: str = "Dora") -> TeamMember:
    return make_member(conversation, name, Role.DECISION_MAKER, Role.FACILITATOR, group="education")


def people(conversation: Conversation, count: int, *groups: str) -> list[Participant]:
    return [make_participant(conversation, *groups) for _ in range(count)]


def say(
    conversation: Conversation,
    text: str,
    *tags: str,
    by: Participant | None = None,
    **fields: object,
) -> Statement:
    """Words that are shown, with these tags; given today unless `given_at` says otherwise."""
    given_at = fields.pop("given_at", None)
    statement = make_statement(conversation, text, by=by, **fields)
    if given_at is not None:
        statement.words.given_at = given_at
        statement.words.save(update_fields=["given_at"])
    for tag in tags or (Tag.OFFER_CONTENT,):
        StatementTag.objects.create(statement=statement, tag=tag)
    return statement


def decided(
    by: TeamMember, *on: Statement, what: str = "We mend the page.", **fields: object
) -> Decision:
    return decide(
        by=by,
        what=what,
        why=str(fields.get("why", "People cannot read it.")),
        decided_on=timezone.localdate(),
        decided_by="The Local Offer board",
        outcome=str(fields.get("outcome", Outcome.WILL)),
        rests_on=[Ground.of(one) for one in on],
        form_key=secrets.token_hex(8),
    )


def acted(by: TeamMember, decision: Decision, what: str = "Write it again") -> Action:
    return add_action(
        by=by,
        what=what,
        owner="The web team",
        owner_group=None,
        due_on=timezone.localdate() + datetime.timedelta(days=30),
        form_key=secrets.token_hex(8),
        decision=decision,
    )


def replied(by: TeamMember, *to: object, text: str = "Thank you. We keep it.") -> Reply:
    return reply(
        by=by,
        text=text,
        rests_on=[Ground.of(one) for one in to],  # type: ignore[arg-type]
        form_key=secrets.token_hex(8),
    )


def this_year() -> tuple[datetime.date, datetime.date]:
    """Days around today, so that nothing turns on the day on which the tests are run."""
    today = timezone.localdate()
    return today - datetime.timedelta(days=180), today + datetime.timedelta(days=180)
