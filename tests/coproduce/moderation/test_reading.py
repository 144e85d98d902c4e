import pytest

from commonground.vectors import available
from coproduce.moderation import tasks
from coproduce.moderation.services import look_at
from coproduce.people.models import Role
from coproduce.safeguarding.models import WorrySign
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
    gone = make_statement(school, "Taken back.", standing=Standing.WITHDRAWN)
    apart = make_statement(school, "My dad hits me.", standing=Standing.SET_APART)
    for _ in range(2):
        tasks.read_words.call([here.pk, gone.pk, apart.pk])
    assert list(SentenceVector.objects.values_list("statement_id", flat=True)) == [here.pk]
    assert list(WorrySign.objects.values_list("words_id", "worries")) == [(here.pk, False)]


def test_setting_words_apart_removes_what_machines_made_of_them():
    school = make_conversation()
    hal = make_member(school, "Hal", Role.FACILITATOR)
    worry = make_statement(school, "My dad hits me.", standing=Standing.WAITING)
    tasks.read_words.call([worry.pk])
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
