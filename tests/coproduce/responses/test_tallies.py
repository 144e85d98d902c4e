"""Tallies always equal a recount from all answers, whatever happened and in whatever order."""

import random
from collections import Counter

import pytest

from coproduce.people.models import Participant
from coproduce.people.services import describe, put_together
from coproduce.refused import Refused
from coproduce.responses.models import Answer, Response, Tally
from coproduce.responses.services import answer, recount
from coproduce.responses.tallies import rebuild
from coproduce.statements.models import Cluster, Statement
from coproduce.statements.services import submit_statement
from coproduce.words.models import Standing, Words
from coproduce.words.services import withdraw, withdraw_everything
from tests.coproduce.cast import make_conversation, make_participant, make_statement

pytestmark = pytest.mark.django_db


def tallies():
    rows = Tally.objects.values_list(
        "cluster", "membership", "agree", "disagree", "not_sure", "mixed"
    )
    return sorted(row for row in rows if any(row[2:]))


def counted_by_hand():
    """The counts, worked out anew without the code that keeps them."""
    given = {}
    for response in Response.objects.select_related("statement__words", "participant"):
        if response.statement.words.standing != Standing.WITHDRAWN:
            person = (response.statement.cluster_id, response.participant)
            given.setdefault(person, []).append(response)
    counts = Counter()
    for (cluster, participant), responses in given.items():
        responses.sort(key=lambda r: (r.answered_at, r.pk))
        settled = max((n for n, r in enumerate(responses) if r.settles), default=0)
        answers = {r.answer for r in responses[settled:]}
        name = {1: 2, -1: 3, 0: 4}[answers.pop()] if len(answers) == 1 else 5
        counts[cluster, participant.membership, name] += 1
    rows = {}
    for (cluster, membership, column), people in counts.items():
        row = rows.setdefault((cluster, membership), [cluster, membership, 0, 0, 0, 0])
        row[column] = people
    return sorted(tuple(row) for row in rows.values())


def merge(kept, other):
    emptied = other.cluster
    if emptied == kept.cluster:
        return
    Statement.objects.filter(cluster=emptied).update(cluster=kept.cluster)
    recount([kept.cluster, emptied])


def cut(statement):
    before = statement.cluster
    if before.statements.count() == 1:
        return
    alone = Cluster.objects.create(conversation=statement.conversation, listed=statement)
    Statement.objects.filter(pk=statement.pk).update(cluster=alone)
    recount([before, alone], was=before)


@pytest.mark.parametrize("seed", range(4))
def test_tallies_equal_a_recount_after_anything(seed):
    draw = random.Random(seed)
    conversation = make_conversation()
    groups = list(conversation.partner_groups.all())
    people = [
        make_participant(conversation, *draw.sample([g.key for g in groups], draw.randrange(3)))
        for _ in range(7)
    ]
    for number in range(5):
        make_statement(conversation, f"Statement {number}.", by=draw.choice(people))
    for step in range(120):
        statement = draw.choice(list(Statement.objects.select_related("cluster", "words")))
        person = draw.choice(list(Participant.objects.all()))
        act = draw.choices(
            ["answer", "say", "merge", "cut", "describe", "withdraw", "leave", "together"],
            [60, 6, 8, 6, 6, 3, 1, 2],
        )[0]
        try:
            if act == "answer":
                answer(
                    participant=person,
                    statement=statement,
                    answer=draw.choice(Answer.values),
                    settles=draw.random() < 0.2,
                )
            elif act == "say":
                submit_statement(
                    conversation=conversation,
                    participant=person,
                    question=conversation.questions.get(),
                    text=f"Said {step}.",
                    how_given="own",
                    form_key=f"form-{step}",
                )
                Words.objects.filter(standing=Standing.WAITING).update(standing=Standing.SHOWN)
            elif act == "merge":
                merge(statement, draw.choice(list(Statement.objects.select_related("cluster"))))
            elif act == "cut":
                cut(statement)
            elif act == "describe":
                describe(
                    participant=person,
                    groups=draw.sample(groups, draw.randrange(3)),
                    form_key=f"who-{step}",
                )
            elif act == "withdraw":
                withdraw(words=statement.words, participant=person)
            elif act == "leave":
                withdraw_everything(participant=person)
            else:
                put_together(kept=person, other=draw.choice(list(Participant.objects.all())))
        except Refused:
            continue
        assert tallies() == counted_by_hand(), (step, act)
    kept = tallies()
    rebuild(Cluster.objects.values_list("pk", flat=True))
    assert tallies() == kept


def test_answers_that_conflict_are_mixed_until_they_are_settled():
    conversation = make_conversation()
    ben = make_participant(conversation, "education")
    first = make_statement(conversation, "The bus is late.")
    second = make_statement(conversation, "Our bus comes late.")
    answer(participant=ben, statement=first, answer=Answer.AGREE)
    answer(participant=ben, statement=second, answer=Answer.DISAGREE)
    merge(first, second)
    second.refresh_from_db()
    row = Tally.objects.get(cluster=first.cluster)
    assert (row.agree, row.disagree, row.mixed) == (0, 0, 1)
    answer(participant=ben, statement=first, answer=Answer.AGREE, settles=True)
    row.refresh_from_db()
    assert (row.agree, row.mixed) == (1, 0)
    cut(second)
    assert Tally.objects.get(cluster=first.cluster).agree == 1
    second.refresh_from_db()
    assert Tally.objects.get(cluster=second.cluster).disagree == 1
