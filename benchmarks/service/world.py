"""A conversation as large as an area gets, made up: people, statements, answers.

Everything is drawn with a fixed seed, so that two databases hold the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from coproduce.conversations.models import Area, Conversation, PartnerGroup, Phase, Question
from coproduce.ideas.models import Idea, Placement
from coproduce.people.models import Participant
from coproduce.responses.figures import move_due
from coproduce.responses.models import Figure, Response
from coproduce.responses.tallies import batched, rebuild
from coproduce.statements.models import Cluster, Statement
from coproduce.words.models import Standing, Words, WordsText
from coproduce.words.services import salted_digest, unused_ref

GROUPS = (
    "Children and young people",
    "Parent carers",
    "Schools",
    "Health",
    "Social care",
    "Parent carer forum",
    "Voluntary groups",
)
WHO = ("The driver", "My school", "The nurse", "The council", "Our club", "The bus", "My teacher")
WHAT = ("should ask me first", "comes too late", "listens well", "needs more time", "is kind")
WHERE = ("in the morning", "after school", "at home", "on the way", "in the holidays")
WHY = ("so I feel safe", "because I get tired", "and it helps", "when plans change", "every day")


def make_conversation(slug: str, *, one_room: bool = False) -> Conversation:
    conversation = Conversation.objects.create(
        slug=slug,
        name="Getting to school",
        purpose="A made-up conversation, for measuring.",
        phases=[Phase.GATHERING, Phase.LISTENING, Phase.CONNECTING],
        one_room=one_room,
        enough=3 if one_room else 5,
        safeguarding_name="Farah",
        safeguarding_contact="farah@example.org",
    )
    Question.objects.create(conversation=conversation, text="What is important to you?")
    for bit, label in enumerate(GROUPS):
        PartnerGroup.objects.create(
            conversation=conversation,
            key=f"group-{bit}",
            label=label,
            position=bit,
            bit=bit,
            is_children=bit == 0,
        )
    Area.objects.create(conversation=conversation, key="exeter", label="Exeter")
    return conversation


def _in_batches(model: type[models.Model], rows: Iterator[Any], size: int = 5000) -> list[Any]:
    made: list[Any] = []
    while batch := list(islice(rows, size)):
        made += model._default_manager.bulk_create(batch)  # type: ignore[attr-defined]
    return made


def add_people(conversation: Conversation, count: int, seed: int = 1) -> list[int]:
    draw = random.Random(seed)
    masks = [1 << bit for bit in range(len(GROUPS))] + [0, 0b110, 0b11000, 0b100010]
    weights = [8, 30, 15, 10, 6, 3, 4, 12, 6, 3, 3]
    people = _in_batches(
        Participant,
        (
            Participant(conversation=conversation, membership=draw.choices(masks, weights)[0])
            for _ in range(count)
        ),
    )
    return [person.pk for person in people]


def add_statements(conversation: Conversation, people: list[int], count: int) -> list[int]:
    """Statements that have been looked at, four in five of them in ideas."""
    draw = random.Random(2)
    question = conversation.questions.get()
    keys = []
    for number in range(count):
        text = (
            f"{draw.choice(WHO)} {draw.choice(WHAT)} {draw.choice(WHERE)} "
            f"{draw.choice(WHY)} ({number})."
        )
        salt = f"{number:032}"
        words = Words.objects.create(
            conversation=conversation,
            participant_id=draw.choice(people) if people else None,
            kind=Words.Kind.STATEMENT,
            ref=unused_ref(Words),
            digest=salted_digest(text, salt),
            standing=Standing.SHOWN,
        )
        WordsText.objects.create(words=words, text=text, salt=salt)
        cluster = Cluster.objects.create(conversation=conversation)
        statement = Statement.objects.create(
            words=words, conversation=conversation, question=question, cluster=cluster
        )
        cluster.listed = statement
        cluster.save(update_fields=["listed"])
        keys.append(statement.pk)
    ideas = [
        Idea.objects.create(
            conversation=conversation, question=question, name=f"Idea {n}", position=n
        )
        for n in range(max(1, count // 40))
    ]
    Placement.objects.bulk_create(
        Placement(idea=draw.choice(ideas), statement_id=key) for key in keys if draw.random() < 0.8
    )
    return keys


def add_answers(people: list[int], statements: list[int], count: int) -> None:
    """`count` answers, spread over people; then the tallies and figures that follow from them."""
    draw = random.Random(3)
    leaning = {key: draw.choice([0.2, 0.5, 0.7, 0.9]) for key in statements}
    started = timezone.now() - timedelta(days=20)
    each = max(1, count // len(people))

    def rows() -> Iterator[Response]:
        for person in people:
            for key in draw.sample(statements, min(each, len(statements))):
                chance = draw.random()
                given = 1 if chance < leaning[key] else (-1 if chance < 0.93 else 0)
                yield Response(
                    participant_id=person,
                    statement_id=key,
                    first_answer=given,
                    answer=given,
                    first_at=started,
                    answered_at=started,
                )

    waiting = rows()
    while batch := list(islice(waiting, 5000)):
        Response.objects.bulk_create(batch)


def count_all(conversation: Conversation) -> None:
    clusters = Cluster.objects.filter(conversation=conversation).values_list("pk", flat=True)
    for some in batched(clusters, 50):
        with transaction.atomic():
            rebuild(some)


def move_figures(conversation: Conversation, worked_out: int = 24) -> None:
    """Public figures, worked out for some clusters and copied to the others.

    Working them out is the background worker's, and takes it a while; pages only read them.
    """
    clusters = list(Cluster.objects.filter(conversation=conversation).order_by("pk"))
    for cluster in clusters[:worked_out]:
        move_due([cluster.pk])
    made = list(Figure.objects.filter(cluster__in=clusters[:worked_out]))
    Figure.objects.bulk_create(
        Figure(
            cluster=cluster,
            people=made[place % len(made)].people,
            shown=made[place % len(made)].shown,
            memory=made[place % len(made)].memory,
        )
        for place, cluster in enumerate(clusters[worked_out:])
    )


def know_the_tables() -> None:
    """What PostgreSQL does by itself within minutes of so many new rows. Until then it takes the
    tables for nearly empty, and plans its questions for that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
