"""Conversations that were published and decided on, as large as an area gets; written in bulk."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from benchmarks.service import world
from coproduce.area.models import IdeaLikeness, Theme, ThemeIdea
from coproduce.conversations.models import Conversation, Phase, PhaseChange
from coproduce.decisions.models import (
    Action,
    ActionStep,
    Decision,
    DecisionStep,
    Outcome,
    Reply,
    RestsOn,
)
from coproduce.ideas.models import Idea, Placement, StatementTag, Tag
from coproduce.people.models import Account, Role, RoleGrant, TeamMember
from coproduce.statements.models import Cluster, Statement
from coproduce.understanding.document import fingerprint
from coproduce.understanding.queries.draft import draft_document
from coproduce.understanding.services import edit_draft, publish
from coproduce.words.models import Standing, Words, WordsText
from coproduce.words.services import salted_digest, unused_ref, unused_refs

OUTCOMES = list(Outcome.values)


def make(
    slug: str,
    *,
    people: int,
    statements: int,
    ideas: int,
    decisions: int,
    answers: int = 0,
    seed: int = 1,
) -> Conversation:
    """One conversation, published with every statement, in the phase `acting`."""
    draw = random.Random(seed)
    conversation = world.make_conversation(slug)
    opened = timezone.now() - timedelta(days=90)
    for place, phase in enumerate((Phase.GATHERING, Phase.LISTENING, Phase.AGREEING)):
        PhaseChange.objects.create(
            conversation=conversation, phases=[phase], at=opened + timedelta(days=20 * place)
        )
    persons = world.add_people(conversation, people, seed)
    keys = _statements(conversation, persons, statements, draw)
    _ideas(conversation, keys, ideas, draw)
    if answers:
        world.add_answers(persons, keys, answers)
        world.count_all(conversation)
        world.move_figures(conversation)
    members = _team(conversation)
    _publish(conversation, *members)
    _decide(conversation, members[0], keys, decisions, draw)
    _note(keys, draw)
    return conversation


def _statements(
    conversation: Conversation, people: list[int], number: int, draw: random.Random
) -> list[int]:
    question = conversation.questions.get()
    texts = [
        f"{draw.choice(world.WHO)} {draw.choice(world.WHAT)} {draw.choice(world.WHERE)} "
        f"{draw.choice(world.WHY)} ({place})."
        for place in range(number)
    ]
    given = timezone.now() - timedelta(days=80)
    words = Words.objects.bulk_create(
        Words(
            conversation=conversation,
            participant_id=draw.choice(people),
            kind=Words.Kind.STATEMENT,
            ref=ref,
            digest=salted_digest(text, "0"),
            given_at=given,
            standing=Standing.SHOWN,
        )
        for text, ref in zip(texts, unused_refs(Words, number), strict=True)
    )
    WordsText.objects.bulk_create(
        WordsText(words=one, text=text, salt="0") for one, text in zip(words, texts, strict=True)
    )
    clusters = Cluster.objects.bulk_create(Cluster(conversation=conversation) for _ in texts)
    # Every tenth statement was put together with the one before it.
    stands_in = [
        clusters[place - 1] if place % 10 == 9 else one for place, one in enumerate(clusters)
    ]
    Statement.objects.bulk_create(
        Statement(words=one, conversation=conversation, question=question, cluster=cluster)
        for one, cluster in zip(words, stands_in, strict=True)
    )
    for one, cluster in zip(words, clusters, strict=True):
        cluster.listed_id = one.pk
    Cluster.objects.bulk_update(clusters, ["listed"])
    empty = [one.pk for place, one in enumerate(clusters) if place % 10 == 9]
    Cluster.objects.filter(pk__in=empty).delete()
    return [one.pk for one in words]


def _ideas(conversation: Conversation, keys: list[int], number: int, draw: random.Random) -> None:
    question = conversation.questions.get()
    ideas = Idea.objects.bulk_create(
        Idea(conversation=conversation, question=question, name=f"Idea {n}", position=n)
        for n in range(number)
    )
    Placement.objects.bulk_create(
        Placement(idea=draw.choice(ideas), statement_id=key, position=place)
        # One in ten stands under no heading.
        for place, key in enumerate(keys)
        if place % 10 not in {5, 9}
    )


def _team(conversation: Conversation) -> tuple[TeamMember, TeamMember]:
    members = []
    for name, group in (("Grace", 1), ("Hal", 2)):
        account, _ = Account.objects.get_or_create(
            email=f"{name.lower()}@example.org",
            defaults={"name": name, "runs_installation": True},
        )
        member = TeamMember.objects.create(
            conversation=conversation,
            account=account,
            partner_group=conversation.partner_groups.get(bit=group),
        )
        for role in Role.values:
            RoleGrant.objects.create(member=member, role=role)
        members.append(member)
    return members[0], members[1]


def _publish(conversation: Conversation, first: TeamMember, second: TeamMember) -> None:
    conversation.phases = [Phase.AGREEING]
    conversation.save()
    for member in (first, second):
        member.conversation = conversation
    edit_draft(
        member=first,
        revision=0,
        title="What we understand together",
        introduction="People told us about getting to school.",
        how_it_was_done="",
        asked=None,
        order="arranged",
        what_changed="",
    )
    saw = fingerprint(draft_document(conversation))
    publish(member=first, saw=saw)
    publish(member=second, saw=saw)
    conversation.phases = [Phase.ACTING]
    conversation.save()
    PhaseChange.objects.create(conversation=conversation, phases=[Phase.ACTING])


def _decide(
    conversation: Conversation,
    member: TeamMember,
    keys: list[int],
    number: int,
    draw: random.Random,
) -> None:
    today = timezone.localdate()
    decisions = Decision.objects.bulk_create(
        Decision(
            conversation=conversation,
            ref=ref,
            what=f"We decided on matter {n}.",
            why="People asked for it, and there is money for it.",
            decided_on=today - timedelta(days=draw.randrange(30)),
            decided_by="The board",
            outcome=draw.choice(OUTCOMES),
            made_by=member,
        )
        for n, ref in enumerate(unused_refs(Decision, number))
    )
    DecisionStep.objects.bulk_create(
        DecisionStep(decision=one, outcome=one.outcome, by=member) for one in decisions
    )
    actions = Action.objects.bulk_create(
        Action(
            conversation=conversation,
            decision=one,
            ref=ref,
            what=f"Do what {one.ref} says",
            owner="The transport team",
            due_on=today + timedelta(days=draw.randrange(-20, 60)),
            standing=draw.choice(Action.Standing.values),
            made_by=member,
        )
        for one, ref in zip(decisions, unused_refs(Action, number), strict=True)
    )
    ActionStep.objects.bulk_create(
        ActionStep(action=one, kind=ActionStep.Kind.PROGRESS, note="It goes on.", by=member)
        for one in actions
    )
    ideas = list(Idea.objects.filter(conversation=conversation).values_list("pk", flat=True))
    lines = list(
        conversation.versions.get().passages.exclude(idea=None).values_list("pk", flat=True)
    )
    kinds: list[tuple[str, list[Any]]] = [
        ("idea_id", ideas), ("words_id", keys), ("passage_id", lines),
    ]  # fmt: skip
    ways = count()
    grounds = [
        RestsOn(conversation=conversation, decision=one, **{name: draw.choice(found)})
        for one in decisions
        for name, found in (kinds[next(ways) % 3], kinds[next(ways) % 3])
    ]
    # Every idea has at least a reply, so that a yearly report can be finished.
    replies = Reply.objects.bulk_create(
        Reply(conversation=conversation, ref=unused_ref(Reply), text="Thank you.", made_by=member)
        for _ in range(20)
    )
    grounds += [
        RestsOn(conversation=conversation, reply=replies[place % 20], idea_id=idea)
        for place, idea in enumerate(ideas)
    ]
    RestsOn.objects.bulk_create(grounds)


def put_beside_each_other(themes: int, draw: random.Random) -> None:
    """Themes with eight ideas each, and as many pairs to look at, over all conversations."""
    ideas = list(Idea.objects.order_by("pk").values_list("pk", flat=True))
    by = Account.objects.get(email="grace@example.org")
    made = Theme.objects.bulk_create(Theme(name=f"Theme {n}", made_by=by) for n in range(themes))
    ThemeIdea.objects.bulk_create(
        ThemeIdea(theme=theme, idea_id=key, by=by)
        for theme in made
        for key in draw.sample(ideas, 8)
    )
    pairs = {tuple(sorted(draw.sample(ideas, 2))) for _ in range(500)}
    IdeaLikeness.objects.bulk_create(
        IdeaLikeness(first_id=first, second_id=second, score=draw.random())
        for first, second in sorted(pairs)
    )


def _note(keys: list[int], draw: random.Random) -> None:
    """One statement in ten is noted as about the Local Offer."""
    tags = sorted(Tag.of_the_local_offer())
    StatementTag.objects.bulk_create(
        StatementTag(statement_id=key, tag=draw.choice(tags)) for key in keys[::10]
    )
