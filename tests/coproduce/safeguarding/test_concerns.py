import pytest
from django.core import mail

from coproduce.audit.models import Entry
from coproduce.exchange.statement_export import exported_statements
from coproduce.moderation.services import look_at
from coproduce.people.models import Role
from coproduce.refused import Refused
from coproduce.safeguarding import access, queries
from coproduce.safeguarding.models import Concern, ConcernStep
from coproduce.safeguarding.services import open_words, return_to_queue, take_step
from coproduce.words.models import Standing
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db
TEXT = "He hits me when we get home."


@pytest.fixture
def school():
    return make_conversation()


@pytest.fixture
def farah(school):
    return make_member(school, "Farah", Role.SAFEGUARDING)


@pytest.fixture
def dev(school):
    return make_participant(school, "children")


@pytest.fixture
def concern(school, farah, dev, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_HOST = "mail.example.org"
    hal = make_member(school, "Hal", Role.FACILITATOR)
    statement = make_statement(school, TEXT, by=dev, standing=Standing.WAITING)
    with django_capture_on_commit_callbacks(execute=True):
        look_at(words=statement.words, by=hal, outcome="set_apart", note="Please read this.")
    return Concern.objects.get()


def test_the_named_contact_is_told_without_the_words(concern):
    (message,) = mail.outbox
    assert message.to == ["farah@example.org"]
    assert TEXT not in message.body
    assert "Getting to school" in message.body
    assert concern.kept_text == TEXT
    assert [step.kind for step in concern.steps.all()] == [ConcernStep.Kind.TOLD]


def test_only_the_safeguarding_lead_of_this_conversation_reaches_it(school, concern, farah):
    hal = make_member(school, "Grace", Role.ORGANISER, Role.FACILITATOR)
    olu = make_member(make_conversation("Another one"), "Olu", Role.SAFEGUARDING)
    assert access.concern(farah, concern.pk) == concern
    assert access.concern(hal, concern.pk) is None
    assert access.concern(olu, concern.pk) is None
    with pytest.raises(PermissionError):
        queries.concerns_for(hal)
    with pytest.raises(PermissionError):
        take_step(concern=concern, by=hal, kind="ended", note="Done.")


def test_it_stays_when_the_writer_withdraws(concern, dev, farah):
    withdraw(words=concern.words, participant=dev)
    (row,) = queries.concerns_for(farah)
    assert row.concern.kept_text == TEXT
    with pytest.raises(Refused, match="took them back"):
        return_to_queue(concern=access.concern(farah, concern.pk), by=farah, note="Not one.")


def test_steps_are_kept_and_a_returned_concern_waits_in_the_queue(concern, farah):
    open_words(concern=concern, by=farah)
    open_words(concern=concern, by=farah)
    take_step(concern=concern, by=farah, kind="referred", note="Told children's services.")
    with pytest.raises(Refused, match="Say what you did"):
        take_step(concern=concern, by=farah, kind="ended", note=" ")
    return_to_queue(concern=concern, by=farah, note="It is a line of a song.")
    concern.words.refresh_from_db()
    assert concern.words.standing == Standing.WAITING
    assert [step.kind for step in concern.steps.all()] == ["told", "read", "referred", "returned"]
    (row,) = queries.concerns_for(farah)
    assert not row.is_open
    assert row.read_by == ("Farah",)
    assert set(Entry.objects.filter(for_safeguarding=True).values_list("act", flat=True)) == {
        "set_apart",
        "concern_read",
        "concern_referred",
        "concern_returned",
    }


def test_a_mail_server_that_fails_loses_nothing(
    school, farah, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    hal = make_member(school, "Hal", Role.FACILITATOR)
    statement = make_statement(school, TEXT, standing=Standing.WAITING)
    with django_capture_on_commit_callbacks(execute=True):
        look_at(words=statement.words, by=hal, outcome="set_apart")
    (row,) = queries.concerns_for(farah)
    assert row.state == "Not told yet"
    assert not row.was_told


def test_nobody_was_told_where_no_mail_server_is_set_up(
    client, school, farah, django_capture_on_commit_callbacks
):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    words = make_statement(school, TEXT, standing=Standing.WAITING).words
    client.force_login(hal.account)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            f"/team/c/{school.slug}/new-words/",
            {f"seen-{words.ref}": "0", f"outcome-{words.ref}": "set_apart"},
            follow=True,
        )
    assert "No e-mail could be sent. Please tell" in answer.content.decode()
    (row,) = queries.concerns_for(farah)
    assert not row.was_told


def test_a_reference_to_words_set_apart_reads_like_one_to_words_that_wait(client, concern):
    ref = concern.words.ref
    waiting = make_statement(concern.conversation, "Other words.", standing=Standing.WAITING)
    page = client.get(f"/s/{ref}/").content.decode()
    same = client.get(f"/s/{waiting.ref}/").content.decode()
    assert TEXT not in page
    assert page.replace(ref, "") == same.replace(waiting.ref, "")
    assert ref not in [row.ref for row in exported_statements(concern.conversation)]
