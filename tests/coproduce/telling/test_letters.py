"""Letters: looked at first, sent once, tried again, and nothing lost with a broken mail server."""

import datetime
import smtplib
from unittest import mock

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.people.models import Role
from coproduce.refused import Meanwhile, Refused
from coproduce.telling import sealing
from coproduce.telling.models import Address, Delivery, Letter
from coproduce.telling.queries import how_they_go
from coproduce.telling.services import (
    confirm_letter,
    leave_address,
    send_what_is_due,
    sending,
    stop,
    try_again,
    what_is_confirmed,
    write,
)
from tests.coproduce.cast import make_conversation, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace():
    conversation = make_conversation()
    for name in ("amina", "ben", "dev.s.mother"):
        leave_address(conversation=conversation, address=f"{name}@example.org")
    return make_member(conversation, "Grace")


@pytest.fixture
def not_yet(settings):
    """Work is put down for a worker, as on a server."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def a_letter(grace, text="The bus waits now."):
    return write(by=grace, subject="The bus", text=text, form_key=text)


def confirm(grace, letter):
    return confirm_letter(letter=letter, by=grace, saw=what_is_confirmed(letter))


def going(letter):
    (one,) = how_they_go([Letter.objects.get(pk=letter.pk)])
    return (one.letter.sent, one.waiting, one.given_up, one.stopped, list(one.problems))


def time_passes(minutes):
    wait = datetime.timedelta(minutes=minutes)
    for one in Delivery.objects.all():
        Delivery.objects.filter(pk=one.pk).update(due_at=one.due_at - wait)


def test_everybody_gets_it_once_by_themselves_with_a_way_out(
    grace, django_capture_on_commit_callbacks
):
    letter = a_letter(grace)
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        confirm(grace, letter)
        confirm(grace, letter)
    send_what_is_due()
    assert sorted(one.to for one in mail.outbox) == [
        ["amina@example.org"],
        ["ben@example.org"],
        ["dev.s.mother@example.org"],
    ]
    assert going(letter) == (3, 0, 0, 0, [])
    first = mail.outbox[0]
    (address,) = [one for one in Address.objects.all() if sealing.unseal(one.sealed) == first.to[0]]
    link = f"http://127.0.0.1:8000/stop/{sealing.stop_token(address.pk)}/"
    assert first.extra_headers["List-Unsubscribe"] == f"<{link}>"
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert first.body.startswith("The bus waits now.\n\n")
    assert link in first.body
    entry = Entry.objects.get(act="send_letter")
    assert (entry.about, entry.details) == ("The bus", {"count": 3})


def test_nothing_is_sent_but_what_was_looked_at(grace, not_yet):
    letter = a_letter(grace)
    saw = what_is_confirmed(letter)
    leave_address(conversation=grace.conversation, address="late@example.org")
    with pytest.raises(Meanwhile, match="how many get it"):
        confirm_letter(letter=letter, by=grace, saw=saw)
    saw = what_is_confirmed(letter)
    write(by=grace, letter=letter, subject="The bus", text="Other words.")
    with pytest.raises(Meanwhile):
        confirm_letter(letter=letter, by=grace, saw=saw)
    letter.refresh_from_db()
    confirm(grace, letter)
    with pytest.raises(Refused, match="confirmed"):
        write(by=grace, letter=letter, subject="The bus", text="Too late.")
    assert Letter.objects.get().text == "Other words."


def test_a_letter_needs_a_reader_a_subject_a_text_and_an_organiser(grace):
    with pytest.raises(Refused) as refused:
        write(by=grace, subject=" ", text="Words.")
    assert refused.value.field == "subject"
    with pytest.raises(Refused) as refused:
        write(by=grace, subject="About", text=" ")
    assert refused.value.field == "text"
    hal = make_member(grace.conversation, "Hal", Role.FACILITATOR)
    with pytest.raises(PermissionError):
        write(by=hal, subject="About", text="Words.")
    Address.objects.all().delete()
    with pytest.raises(Refused, match="Nobody has left"):
        confirm(grace, a_letter(grace))


def test_who_stops_meanwhile_gets_nothing(grace, not_yet):
    letter = a_letter(grace)
    confirm(grace, letter)
    one = Address.objects.order_by("pk").first()
    gone = sealing.unseal(one.sealed)
    stop(sealing.stop_token(one.pk))
    assert send_what_is_due() == 2
    assert [gone] not in [sent.to for sent in mail.outbox]
    assert going(letter) == (2, 0, 0, 1, [])


def test_two_workers_send_it_once(grace, not_yet):
    """The second looks while the first has taken one up: it leaves that one alone."""
    letter = a_letter(grace)
    confirm(grace, letter)
    whole, seen = sending.mail_to, []

    def another_worker_comes(letter_, address):
        if not seen:
            seen.append(address.pk)
            assert send_what_is_due() == 2
        return whole(letter_, address)

    with mock.patch.object(sending, "mail_to", another_worker_comes):
        assert send_what_is_due() == 1
    assert len(mail.outbox) == 3
    assert len({one.to[0] for one in mail.outbox}) == 3


def test_a_worker_that_was_killed_is_followed_by_another(grace, not_yet):
    letter = a_letter(grace)
    confirm(grace, letter)
    with (
        mock.patch.object(sending, "mail_to", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        send_what_is_due()
    assert send_what_is_due() == 2
    time_passes(14)
    assert send_what_is_due() == 0
    time_passes(2)
    assert send_what_is_due() == 1
    assert going(letter) == (3, 0, 0, 0, [])


def test_a_broken_mail_server_loses_nothing_and_is_tried_at_growing_waits(grace, not_yet):
    letter = a_letter(grace)
    confirm(grace, letter)
    backend = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    with mock.patch(backend, side_effect=ConnectionRefusedError):
        assert send_what_is_due() == 0
        assert going(letter) == (0, 3, 0, 0, [(sending.NO_SERVER, 3)])
        for wait in (5, 30, 120, 360, 1440, 1440):
            time_passes(wait - 1)
            before = list(Delivery.objects.order_by("pk").values_list("tries", flat=True))
            send_what_is_due()
            assert list(Delivery.objects.order_by("pk").values_list("tries", flat=True)) == before
            time_passes(2)
            send_what_is_due()
        assert going(letter) == (0, 0, 3, 0, [(sending.NO_SERVER, 3)])
    assert try_again(letter=letter, by=grace) == 3
    assert send_what_is_due() == 3
    assert going(letter) == (3, 0, 0, 0, [])


def test_what_waits_after_a_failure_is_tried_at_once_when_somebody_says_so(grace, not_yet):
    letter = a_letter(grace)
    confirm(grace, letter)
    backend = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    with mock.patch(backend, side_effect=ConnectionRefusedError):
        send_what_is_due()
    assert going(letter) == (0, 3, 0, 0, [(sending.NO_SERVER, 3)])
    assert send_what_is_due() == 0, "it waits for five minutes"
    # One of them is in the hands of a worker.
    held = Delivery.objects.order_by("pk")[0]
    Delivery.objects.filter(pk=held.pk).update(problem="")
    assert try_again(letter=letter, by=grace) == 2
    assert send_what_is_due() == 2
    held.refresh_from_db()
    assert (held.sent_at, going(letter)[:2]) == (None, (2, 1))


def test_another_secret_key_is_said_and_not_tried_for_ever(grace, not_yet, settings):
    letter = a_letter(grace)
    confirm(grace, letter)
    settings.SECRET_KEY = "another one"
    assert send_what_is_due() == 0
    assert going(letter) == (0, 0, 3, 0, [(sending.OTHER_KEY, 3)])


class Sink:
    """A mail server that takes mail, refuses one address, or breaks off."""

    def __init__(self):
        self.taken, self.breaks = [], False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address.startswith("ben"):
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.breaks:
            server.transport.abort()
            return "451 Gone"
        self.taken.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 Taken"


class Anywhere(Controller):
    """On whatever port is free."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def sink(settings):
    handler = Sink()
    controller = Anywhere(handler, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_USE_TLS = False
    yield handler
    controller.stop()


def test_over_a_real_mail_server_one_refused_address_stops_nobody_else(grace, not_yet, sink):
    letter = a_letter(grace)
    confirm(grace, letter)
    assert send_what_is_due() == 2
    assert sorted(to for to, _ in sink.taken) == [
        ["amina@example.org"],
        ["dev.s.mother@example.org"],
    ]
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in sink.taken[0][1]
    assert going(letter) == (2, 0, 1, 0, [(sending.NO_SUCH, 1)])


def test_a_mail_server_that_breaks_off_is_tried_again(grace, not_yet, sink):
    letter = a_letter(grace)
    confirm(grace, letter)
    sink.breaks = True
    assert send_what_is_due() == 0
    sent, waiting, given_up, _, _ = going(letter)
    assert (sent, waiting + given_up) == (0, 3)
    sink.breaks = False
    time_passes(6)
    assert send_what_is_due() == 2
    assert going(letter)[:3] == (2, 0, 1)


def test_a_password_that_is_refused_is_said(grace, not_yet):
    letter = a_letter(grace)
    confirm(grace, letter)
    backend = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    refused = smtplib.SMTPAuthenticationError(535, b"wrong")
    with mock.patch(backend, side_effect=refused):
        assert send_what_is_due() == 0
    assert going(letter) == (0, 3, 0, 0, [(sending.NO_SENDER, 3)])
    assert Delivery.objects.filter(due_at__lte=timezone.now()).count() == 0


def test_how_letters_go_takes_the_same_queries_for_30(grace, not_yet, django_assert_num_queries):
    letters = [a_letter(grace, f"Words {number}.") for number in range(30)]
    for one in letters:
        confirm(grace, one)
    with django_assert_num_queries(1):
        how_they_go(letters[:1])
    with django_assert_num_queries(1):
        how_they_go(letters)


@pytest.mark.parametrize("host", ["", "mail.example.org"])
def test_without_a_mail_server_the_page_does_not_say_that_letters_are_on_their_way(
    grace, client, settings, host
):
    settings.EMAIL_HOST = host
    letter = a_letter(grace)
    client.force_login(grace.account, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post(
        reverse("telling:preview", args=[grace.conversation.slug, letter.pk]),
        {"saw": what_is_confirmed(letter)},
        follow=True,
    ).content.decode()
    assert ("The letter is on its way." in page) is bool(host)
    assert ("No mail server is set up here." in page) is not bool(host)
