"""An address is left, kept apart, and deleted; nobody finds it, nor whose words go with it."""

import base64
import datetime
import hashlib
import itertools
import logging
from unittest import mock

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from coproduce.conversations.models import Phase
from coproduce.refused import Refused
from coproduce.telling import sealing
from coproduce.telling.models import Address
from coproduce.telling.queries import kept_until
from coproduce.telling.services import (
    delete_due_addresses,
    leave_address,
    stop,
    stop_by_address,
)
from tests.coproduce.cast import make_conversation, make_participant
from tests.coproduce.decisions.published import DAY, an_action, published

pytestmark = pytest.mark.django_db

AMINA = "Amina.Parent@example.org"


def test_left_twice_it_is_one_and_the_owner_is_told_the_day():
    conversation = make_conversation(
        hear_back_by=timezone.localdate() + 10 * DAY, delete_on=timezone.localdate() + 400 * DAY
    )
    day = leave_address(conversation=conversation, address=AMINA)
    assert day == timezone.localdate() + 38 * DAY
    assert leave_address(conversation=conversation, address=" amina.parent@EXAMPLE.org ") == day
    address = Address.objects.get()
    assert sealing.unseal(address.sealed) == AMINA
    other = make_conversation("Another one")
    leave_address(conversation=other, address=AMINA)
    assert Address.objects.values("digest").distinct().count() == 2


def test_it_is_kept_until_after_the_last_promise_and_no_longer_than_the_conversation():
    today = datetime.date(2027, 3, 10)
    nothing = make_conversation("Nothing promised")
    assert kept_until(nothing, today) == today + 182 * DAY
    past = make_conversation("Long ago", hear_back_by=today - 5 * DAY)
    assert kept_until(past, today) == today + 182 * DAY
    soon = make_conversation("Soon over", hear_back_by=today + DAY, delete_on=today + 3 * DAY)
    assert kept_until(soon, today) == today + 3 * DAY
    world = published(hear_back_by=today)
    an_action(world, world.bus, due_on=today + 90 * DAY)
    assert kept_until(world.conversation, today) == today + 118 * DAY


def test_it_goes_on_its_day_by_its_link_and_by_typing_it():
    conversation = make_conversation()
    for name in ("amina", "ben", "olu"):
        leave_address(conversation=conversation, address=f"{name}@example.org")
    one = Address.objects.order_by("pk").first()
    assert not stop("a-link-that-is-wrong")
    assert stop(sealing.stop_token(one.pk))
    assert not stop(sealing.stop_token(one.pk))
    stop_by_address(conversation=conversation, address="never@example.org")
    assert Address.objects.count() == 2
    left = Address.objects.first()
    stop_by_address(conversation=conversation, address=sealing.unseal(left.sealed).upper())
    last = Address.objects.get()
    assert delete_due_addresses(last.delete_on - DAY) == 0
    assert delete_due_addresses(last.delete_on) == 1
    assert Address.objects.count() == 0


def test_nobody_leaves_one_when_it_is_over():
    conversation = make_conversation(phases=[Phase.CLOSED])
    with pytest.raises(Refused, match="over"):
        leave_address(conversation=conversation, address=AMINA)


def everything_kept():
    """Every value of every row, as somebody reads it who has the database and not the secret."""
    for model in apps.get_app_config("coproduce").get_models():
        for row in model.objects.order_by().values_list():
            for value in row:
                yield bytes(value) if isinstance(value, memoryview) else value


def finds(address):
    """Whether the address, or a digest of it that anybody can work out, stands in the database."""
    guesses = {address, address.casefold()}
    guesses |= {hashlib.sha256(one.encode()).hexdigest() for one in guesses}
    kept = [one if isinstance(one, bytes) else str(one).encode() for one in everything_kept()]
    return any(guess.encode() in one for guess in guesses for one in kept)


def test_with_the_database_alone_nobody_finds_an_address(caplog):
    conversation = make_conversation()
    with mock.patch("coproduce.telling.services.leaving.seal", str.encode):
        leave_address(conversation=conversation, address="leaky@example.org")
    assert finds("leaky@example.org"), "a leak would be seen"
    with caplog.at_level(logging.DEBUG):
        leave_address(conversation=conversation, address=AMINA)
    assert not finds(AMINA)
    assert AMINA.casefold() not in caplog.text.casefold()


def test_under_another_secret_it_cannot_be_read(settings):
    sealed = sealing.seal(AMINA)
    settings.SECRET_KEY = "another one"
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(sealed)


def when_sealed(sealed):
    """A Fernet token tells its second in the open: bytes 1 to 8."""
    return int.from_bytes(base64.urlsafe_b64decode(bytes(sealed))[1:9])


def rows_as_they_lie():
    """Addresses in the order in which the database gives them without being asked for one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, sealed FROM coproduce_address")
        return sorted(cursor.fetchall())


def test_with_the_secret_too_nobody_finds_who_left_it():
    """Participants come in an order that is known. Neither keys, times nor lengths repeat it."""
    conversation = make_conversation()
    people = [make_participant(conversation, "parent_carers") for _ in range(12)]
    names = [f"{'x' * number}person{number}@example.org" for number in range(len(people))]
    with mock.patch(
        "coproduce.telling.services.leaving.random_key", side_effect=itertools.count(1)
    ):
        for name in names:
            leave_address(conversation=conversation, address=name)
    assert [sealing.unseal(sealed) for _, sealed in rows_as_they_lie()] == names, "a leak is seen"
    Address.objects.all().delete()

    for name in names:
        leave_address(conversation=conversation, address=name)
    kept = rows_as_they_lie()
    found = [sealing.unseal(sealed) for _, sealed in kept]
    assert sorted(found) == sorted(names)
    assert found != names
    assert {when_sealed(sealed) for _, sealed in kept} == {0}
    assert len({len(bytes(sealed)) for _, sealed in kept}) == 1
    fields = {field.name for field in Address._meta.get_fields() if field.concrete}
    assert fields == {"id", "conversation", "sealed", "digest", "stop_digest", "delete_on"}
