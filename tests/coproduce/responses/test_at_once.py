"""Two tabs, double clicks, a full room, and a facilitator who merges meanwhile."""

import random
from functools import partial

import pytest
from django.db import transaction

from coproduce.people.models import Participant
from coproduce.people.services import join
from coproduce.responses.models import Answer, Response, Tally
from coproduce.responses.services import answer
from coproduce.responses.tallies import rebuild
from coproduce.statements.models import Cluster, MergeLink, Statement
from coproduce.statements.services import merge_statements, submit_statement, undo_merge
from tests.coproduce.cast import (
    make_conversation,
    make_member,
    make_participant,
    make_statement,
)
from tests.coproduce.several_connections import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def tallies():
    rows = Tally.objects.values_list(
        "cluster", "membership", "agree", "disagree", "not_sure", "mixed"
    )
    return sorted(row for row in rows if any(row[2:]))


def test_one_answer_a_person_and_statement_however_many_tabs(several_connections):
    conversation = make_conversation()
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The bus is late.")
    at_once(
        partial(answer, participant=ben, statement=bus, answer=given) for given in Answer.values * 8
    )
    response = Response.objects.get()
    row = Tally.objects.get()
    assert row.people == 1
    counted = {1: row.agree, -1: row.disagree, 0: row.not_sure}
    assert counted[response.answer] == 1


def test_one_statement_a_form_however_often_it_is_sent(several_connections):
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    question = conversation.questions.get()
    kept = at_once(
        partial(
            submit_statement,
            conversation=conversation,
            participant=amina,
            question=question,
            text="A ramp.",
            how_given="own",
            form_key="form-1",
        )
        for _ in range(16)
    )
    assert sum(is_new for _, is_new in kept) == 1
    assert Statement.objects.count() == Response.objects.count() == 1
    assert Tally.objects.get().agree == 1


def test_one_participant_a_code_however_often_the_last_step_is_sent(
    several_connections,
):
    conversation = make_conversation()
    at_once(
        partial(join, conversation=conversation, code="river button tulip moon") for _ in range(12)
    )
    assert Participant.objects.count() == 1


def test_tallies_hold_while_a_room_answers_and_a_facilitator_merges(
    several_connections,
):
    draw = random.Random(5)
    conversation = make_conversation()
    hal = make_member(conversation, "Hal", "facilitator")
    groups = ["children", "parent_carers", "education", "health"]
    people = [make_participant(conversation, draw.choice(groups)) for _ in range(10)]
    statements = [make_statement(conversation, f"Thing number {n} helps.") for n in range(6)]

    def merge_and_cut(first, second):
        link = merge_statements(kept=first, absorbed=second, by=hal)
        undo_merge(link=MergeLink.objects.get(pk=link.pk), by=hal)
        merge_statements(
            kept=Statement.objects.get(pk=first.pk),
            absorbed=Statement.objects.get(pk=second.pk),
            by=hal,
        )

    acts = [
        partial(
            answer,
            participant=draw.choice(people),
            statement=draw.choice(statements),
            answer=draw.choice(Answer.values),
        )
        for _ in range(160)
    ]
    acts.insert(40, partial(merge_and_cut, statements[0], statements[1]))
    acts.insert(90, partial(merge_and_cut, statements[2], statements[3]))
    at_once(acts)
    kept = tallies()
    with transaction.atomic():
        rebuild(Cluster.objects.values_list("pk", flat=True))
    assert tallies() == kept
    assert sum(sum(row[2:]) for row in kept) > 20
