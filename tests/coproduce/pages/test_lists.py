"""Pages that list things ask the database as often for 30 of them as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import KeyTurn, PhaseChange
from coproduce.exchange.models import ImportFile
from coproduce.ideas.models import Idea, Placement, Wording
from coproduce.people.models import Role
from coproduce.responses.models import Answer, Reason
from coproduce.safeguarding.models import Concern, ConcernStep
from coproduce.understanding.models import RaisedQuestion
from coproduce.words.services import keep_words
from tests.coproduce.cast import make_member, make_statement

pytestmark = pytest.mark.django_db

TEAM = "/team/c/getting-to-school"


@pytest.fixture
def grace(school, client):
    school.opened_at = timezone.now() - timedelta(days=1)
    school.save()
    member = make_member(school, "Grace", Role.ORGANISER, Role.FACILITATOR, Role.SAFEGUARDING)
    client.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    return member


def an_entry(grace, number):
    about = make_statement(grace.conversation, f"Words {number}").words.ref
    record(conversation=grace.conversation, act="mask", by=grace.account, about=about)


def a_change(grace, number):
    details = {"fields": ["thanks"], "before": {"thanks": "a"}, "after": {"thanks": "b"}}
    record(conversation=grace.conversation, act="state", by=grace.account, details=details)


def a_key(grace, number):
    KeyTurn.objects.create(
        conversation=grace.conversation,
        act=KeyTurn.Act.CHANGE_SCOPE,
        details={"before": {"thanks": "a"}, "after": {"thanks": "b"}},
        fingerprint=f"{number}",
        first_by=grace,
    )


def a_phase(grace, number):
    PhaseChange.objects.create(
        conversation=grace.conversation, phases=["gathering"], by=grace.account
    )


def an_idea(grace, number):
    question = grace.conversation.questions.get()
    idea = Idea.objects.create(
        conversation=grace.conversation, question=question, name=f"Idea {number}", position=number
    )
    statement = make_statement(grace.conversation, f"Words {number}")
    Placement.objects.create(idea=idea, statement=statement)
    wording = Wording.objects.create(
        conversation=grace.conversation, idea=idea, text="w", review_since=timezone.now()
    )
    wording.rests_on.set([statement])


def a_file(grace, number):
    ImportFile.objects.create(
        conversation=grace.conversation,
        name=f"{number}.csv",
        digest=str(number),
        kind="statements",
        by=grace.account,
        summary={"statements": 1, "shown": True},
    )


def a_concern(grace, number):
    words = make_statement(grace.conversation, "Words", standing="set_apart").words
    concern = Concern.objects.create(
        conversation=grace.conversation, words=words, kept_text="Words", raised_by=grace.account
    )
    ConcernStep.objects.create(concern=concern, kind=ConcernStep.Kind.READ, by=grace.account)


def a_raised_question(grace, number):
    RaisedQuestion.objects.create(
        conversation=grace.conversation, text=f"Who {number}?", position=number
    )


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("log/", an_entry),
        ("keys/", a_change),
        ("keys/", a_key),
        ("", a_change),
        ("", a_key),
        ("phases/", a_phase),
        ("ideas/", an_idea),
        ("draft/", a_raised_question),
        ("draft/", an_idea),
        ("bring-in/", a_file),
        ("concerns/", a_concern),
    ],
)
def test_a_page_of_the_team(grace, client, path, make):
    make(grace, 0)
    client.get(f"{TEAM}/{path}")
    with CaptureQueriesContext(connection) as one:
        assert client.get(f"{TEAM}/{path}").status_code == 200
    for number in range(1, 30):
        make(grace, number)
    with CaptureQueriesContext(connection) as thirty:
        client.get(f"{TEAM}/{path}")
    assert len(thirty) == len(one)


def test_reasons_and_what_was_put_together_on_a_statements_page(school, client):
    bus = make_statement(school, "The bus is late.")

    def add(number):
        make_statement(school, f"Late again {number}.", cluster_of=bus)
        words, _ = keep_words(
            conversation=school,
            participant=None,
            kind="reason",
            text="Why",
            how_given="own",
            standing="shown",
        )
        Reason.objects.create(words=words, statement=bus, answer=Answer.DISAGREE)

    add(0)
    path = f"/s/{bus.ref}/"
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        assert client.get(path).status_code == 200
    for number in range(1, 30):
        add(number)
    with CaptureQueriesContext(connection) as thirty:
        assert client.get(path).content.decode().count("Late again") == 30
    assert len(thirty) == len(one)
