import pytest

from coproduce.audit.models import Entry
from coproduce.audit.undoing import undo
from coproduce.ideas.models import Wording
from coproduce.ideas.queries import wordings_to_review
from coproduce.ideas.services import keep_wording, make_idea
from coproduce.people.models import Role
from coproduce.refused import Meanwhile, Refused
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db


def test_a_wording_whose_words_were_taken_back_is_looked_at_again(client):
    school = make_conversation()
    hal = make_member(school, "Hal", Role.FACILITATOR)
    amina = make_participant(school, "parent_carers")
    mine = make_statement(school, "The bus is late.", by=amina)
    other = make_statement(school, "The taxi is late.", by=amina)
    idea = make_idea(question=mine.question, name="Journeys", by=hal, statements=[mine, other])
    wording = Wording.objects.create(
        conversation=school, idea=idea, text="Journeys are late.", by=hal.account
    )
    wording.rests_on.set([mine, other])
    assert list(wordings_to_review(school)) == []
    withdraw(words=mine.words, participant=amina)
    assert [(one.pk, one.left) for one in wordings_to_review(school)] == [(wording.pk, 1)]
    client.force_login(hal.account, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/team/c/{school.slug}/ideas/").content.decode()
    assert "1 of its statements is left." in page
    client.post(f"/team/c/{school.slug}/ideas/wordings/{wording.pk}/review/")
    assert list(wordings_to_review(school)) == []
    with pytest.raises(Meanwhile):
        keep_wording(wording=wording, by=hal)
    undo(entry=Entry.objects.get(act="keep_wording"), by=hal)
    assert [one.pk for one in wordings_to_review(school)] == [wording.pk]
    withdraw(words=other.words, participant=amina)
    with pytest.raises(Refused, match="No words are left"):
        keep_wording(wording=wording, by=hal)
