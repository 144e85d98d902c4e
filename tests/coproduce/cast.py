"""The people and things that the tests are about, made one at a time."""

from __future__ import annotations

import secrets
from typing import Any

from coproduce.conversations.models import Area, Conversation, PartnerGroup, Phase, Question
from coproduce.people.models import Account, Participant, Role, RoleGrant, TeamMember
from coproduce.statements.models import Cluster, Statement
from coproduce.words.models import Standing, Words
from coproduce.words.services import keep_words

PARTNER_GROUPS = {
    "children": "Children and young people",
    "parent_carers": "Parent carers",
    "education": "Schools",
    "health": "Health",
}


def make_conversation(name: str = "Getting to school", **fields: Any) -> Conversation:
    """An open conversation with one question, four partner groups and two areas."""
    fields.setdefault("slug", name.lower().replace(" ", "-"))
    fields.setdefault("phases", [Phase.GATHERING, Phase.LISTENING, Phase.CONNECTING])
    fields.setdefault("safeguarding_name", "Farah")
    fields.setdefault("safeguarding_contact", "farah@example.org")
    conversation = Conversation.objects.create(name=name, **fields)
    Question.objects.create(
        conversation=conversation, text="What is important to you in getting to school?"
    )
    for bit, (key, label) in enumerate(PARTNER_GROUPS.items()):
        PartnerGroup.objects.create(
            conversation=conversation,
            key=key,
            label=label,
            position=bit,
            bit=bit,
            is_children=key == "children",
        )
    for position, label in enumerate(["Exeter", "North Devon"]):
        Area.objects.create(
            conversation=conversation,
            key=label.lower().replace(" ", "-"),
            label=label,
            position=position,
        )
    return conversation


def partner_group(conversation: Conversation, key: str) -> PartnerGroup:
    return conversation.partner_groups.get(key=key)


def make_participant(conversation: Conversation, *groups: str, **fields: Any) -> Participant:
    """Somebody who takes part; `groups` are keys of partner groups, none for no group given."""
    membership = sum(partner_group(conversation, key).mask for key in groups)
    return Participant.objects.create(conversation=conversation, membership=membership, **fields)


def make_member(
    conversation: Conversation,
    name: str,
    *roles: str,
    group: str | None = "parent_carers",
    password: str = "four round stones",
) -> TeamMember:
    """A team member with roles; the account's address is name@example.org."""
    email = f"{name.lower()}@example.org"
    account = Account.objects.filter(email=email).first() or Account.objects.create_account(
        email=email, name=name, password=password
    )
    member = TeamMember.objects.create(
        conversation=conversation,
        account=account,
        partner_group=partner_group(conversation, group) if group else None,
    )
    for role in roles or (Role.ORGANISER,):
        RoleGrant.objects.create(member=member, role=role)
    return member


def make_statement(
    conversation: Conversation,
    text: str,
    *,
    by: Participant | None = None,
    standing: str = Standing.SHOWN,
    cluster_of: Statement | None = None,
    **fields: Any,
) -> Statement:
    """A statement as it stands in the database, without answers and without the way in.

    `cluster_of` puts it into another statement's cluster, without the link that would do so.
    """
    words, _ = keep_words(
        conversation=conversation,
        participant=by,
        kind=Words.Kind.STATEMENT,
        text=text,
        how_given=by.whose_words if by else "own",
        form_key=secrets.token_hex(8),
        standing=standing,
    )
    cluster = (
        cluster_of.cluster if cluster_of else Cluster.objects.create(conversation=conversation)
    )
    statement = Statement.objects.create(
        words=words,
        conversation=conversation,
        question=fields.pop("question", None) or conversation.questions.first(),
        cluster=cluster,
        **fields,
    )
    if cluster_of is None:
        cluster.listed = statement
        cluster.save(update_fields=["listed"])
    return statement
