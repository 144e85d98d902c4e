import json
from pathlib import Path

import pytest

from coproduce.audit.models import Entry
from coproduce.ideas.models import Idea, Wording
from coproduce.people.models import Participant
from coproduce.people.services import come_back, join
from coproduce.refused import Refused
from coproduce.responses.models import Answer, Response, Tally
from coproduce.responses.services import answer, recount
from coproduce.safeguarding.models import Concern
from coproduce.statements.models import Statement
from coproduce.words import erasures
from coproduce.words.models import Standing, Words, WordsText
from coproduce.words.services import salted_digest, withdraw, withdraw_everything
from coproduce.words.services.withdrawing import erase_again
from tests.coproduce.cast import make_conversation, make_participant, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures.jsonl"
    return settings.ERASURES


def test_the_text_goes_and_a_tombstone_stays(ledger):
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    bus = make_statement(conversation, "The bus is late.", by=amina)
    salt = bus.words.kept_text.salt
    withdraw(words=bus.words, participant=amina)
    words = Words.objects.get(pk=bus.pk)
    assert words.standing == Standing.WITHDRAWN
    assert (words.text, words.is_erased) == ("", True)
    assert words.withdrawal.erased_at is not None
    assert words.digest == salted_digest("The bus is late.", salt), "the digest stays, unsalted"
    assert not WordsText.objects.exists()
    assert json.loads(Path(ledger).read_text())["words"] == words.ref
    assert "late" not in Path(ledger).read_text()
    entry = Entry.objects.get()
    assert (entry.act, entry.about, entry.by_participant) == ("withdraw_words", words.ref, True)


def test_twice_is_once_and_nobody_takes_back_anothers():
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The bus is late.", by=amina)
    with pytest.raises(Refused):
        withdraw(words=bus.words, participant=ben)
    assert bus.words.text == "The bus is late."
    withdraw(words=bus.words, participant=amina)
    withdraw(words=bus.words, participant=amina)
    assert Entry.objects.count() == 1


def test_a_merge_goes_on_with_the_words_that_are_left():
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The bus is late.", by=amina)
    other = make_statement(conversation, "Our bus comes late.")
    emptied = other.cluster
    Statement.objects.filter(pk=other.pk).update(cluster=bus.cluster)
    recount([bus.cluster, emptied])
    answer(participant=amina, statement=bus, answer=Answer.AGREE)
    answer(participant=ben, statement=bus, answer=Answer.AGREE)
    answer(participant=ben, statement=other, answer=Answer.DISAGREE)
    idea = Idea.objects.create(
        conversation=conversation, question=conversation.questions.get(), name="Buses"
    )
    wording = Wording.objects.create(conversation=conversation, idea=idea, text="Buses are late.")
    wording.rests_on.set([bus, other])
    withdraw(words=bus.words, participant=amina)
    bus.cluster.refresh_from_db()
    assert bus.cluster.listed == other
    rows = list(Tally.objects.values_list("membership", "agree", "disagree", "mixed"))
    assert rows == [(ben.membership, 0, 1, 0)]
    assert Response.objects.filter(statement=bus).count() == 1, "Ben's answer stays his"
    wording.refresh_from_db()
    assert wording.review_since is not None


def test_a_safeguarding_copy_stays():
    conversation = make_conversation()
    dev = make_participant(conversation, "children")
    bus = make_statement(conversation, "He hits me.", by=dev, standing=Standing.SET_APART)
    Concern.objects.create(conversation=conversation, words=bus.words, kept_text=bus.words.text)
    withdraw(words=bus.words, participant=dev)
    assert Concern.objects.get().kept_text == "He hits me."


def test_taking_back_everything_leaves_nothing_of_the_person():
    conversation = make_conversation()
    amina, _ = join(
        conversation=conversation,
        code="river button tulip moon",
        groups=list(conversation.partner_groups.all()[1:3]),
        description="A mum of two",
    )
    bus = make_statement(conversation, "The bus is late.", by=amina)
    answer(participant=amina, statement=bus, answer=Answer.AGREE)
    ramp = make_statement(conversation, "A ramp.")
    answer(participant=amina, statement=ramp, answer=Answer.DISAGREE)
    withdraw_everything(participant=amina)
    amina.refresh_from_db()
    assert (amina.membership, amina.area, amina.codes.count()) == (0, None, 0)
    assert (
        Response.objects.count(),
        WordsText.objects.filter(words__participant=amina).count(),
    ) == (0, 0)
    assert sum(tally.people for tally in Tally.objects.all()) == 0
    with pytest.raises(Refused, match="open nothing"):
        come_back(code="river button tulip moon", address="192.0.2.1")
    with pytest.raises(Refused):
        answer(participant=amina, statement=ramp, answer=Answer.AGREE)


def test_a_restore_takes_back_again_what_was_taken_back():
    conversation = make_conversation()
    amina, _ = join(conversation=conversation, code="river button tulip moon")
    ben, _ = join(conversation=conversation, code="tulip moon river button")
    bus = make_statement(conversation, "The bus is late.", by=ben)
    stays = make_statement(conversation, "A ramp.", by=ben)
    answer(participant=amina, statement=stays, answer=Answer.AGREE)
    amina_code = amina.codes.get().digest
    erasures.record_erasure(words=[bus.ref], codes=[amina_code])
    assert erase_again() == 1
    assert Words.objects.get(pk=bus.pk).is_erased
    assert stays.words.text == "A ramp."
    assert Participant.objects.get(pk=amina.pk).left_at is not None
    assert Response.objects.count() == 0
    assert erase_again() == 0
