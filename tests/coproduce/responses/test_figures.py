import json

import pytest

from coproduce.responses import figures
from coproduce.responses.models import Answer, Figure
from coproduce.responses.services import answer, bring_figures_up_to_date
from tests.coproduce.cast import make_conversation, make_participant, make_statement

pytestmark = pytest.mark.django_db


def answered_by(conversation, statement, group, agree, disagree=0):
    for given, people in ((Answer.AGREE, agree), (Answer.DISAGREE, disagree)):
        for _ in range(people):
            participant = make_participant(conversation, group)
            answer(participant=participant, statement=statement, answer=given)


def test_nothing_is_shown_below_enough_and_then_it_moves_by_fives(
    django_capture_on_commit_callbacks,
):
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    with django_capture_on_commit_callbacks(execute=True):
        answered_by(conversation, bus, "education", 4)
    assert not Figure.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        answered_by(conversation, bus, "education", 1)
    figure = Figure.objects.get()
    assert figure.people == 5
    assert figures.kept(figure).agreeing == ("education",)
    with django_capture_on_commit_callbacks(execute=True):
        answered_by(conversation, bus, "parent_carers", 4)
    figure.refresh_from_db()
    assert figure.people == 5
    with django_capture_on_commit_callbacks(execute=True):
        answered_by(conversation, bus, "parent_carers", 1)
    figure.refresh_from_db()
    assert figure.people == 10
    assert figures.kept(figure).agreeing == ("parent_carers", "education")


def test_where_many_answered_figures_wait_for_a_tenth_more(django_capture_on_commit_callbacks):
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    answered_by(conversation, bus, "education", 80)
    bring_figures_up_to_date(conversation)
    with django_capture_on_commit_callbacks(execute=True):
        answered_by(conversation, bus, "education", 7)
    assert Figure.objects.get().people == 80
    with django_capture_on_commit_callbacks(execute=True):
        answered_by(conversation, bus, "education", 1)
    assert Figure.objects.get().people == 88
    answered_by(conversation, bus, "education", 5)
    bring_figures_up_to_date(conversation)
    assert Figure.objects.get().people == 93, "before publishing every five count"


def test_what_is_shown_holds_nothing_of_what_is_remembered(django_capture_on_commit_callbacks):
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    with django_capture_on_commit_callbacks(execute=True):
        answered_by(conversation, bus, "education", 6, 1)
    figure = Figure.objects.get()
    assert figure.memory["blocks"]
    assert "blocks" not in json.dumps(figure.shown)
    assert "memory" not in figure.shown
