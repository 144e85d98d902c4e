import pytest

from coproduce.conversations.queries import opening_fingerprint
from coproduce.conversations.services import open_conversation, state
from tests.coproduce.conversations.drafts import again, make_draft

pytestmark = pytest.mark.django_db


def test_anybody_reads_what_is_stated_and_what_changed_since_it_opened(client):
    grace = make_draft(runs_alone=True)
    page = f"/c/{grace.conversation.slug}/stated/"
    state(member=grace, changes={"thanks": "A card, before it opened."})
    assert client.get(page).status_code == 404
    saw = opening_fingerprint(again(grace.conversation), ["gathering"])
    open_conversation(member=grace, phases=["gathering"], saw=saw)
    shown = client.get(page).content.decode()
    assert "Nothing has changed." in shown
    assert "The transport meeting in March." in shown
    assert "31 March 2027" in shown
    grace.refresh_from_db()
    state(member=grace, changes={"thanks": "Cake."})
    shown = client.get(page).content.decode()
    assert "<strong>Before:</strong> A card, before it opened." in shown
    assert "<strong>After:</strong> Cake." in shown
    assert "Grace" not in shown


def test_the_first_page_says_what_was_asked_once_nobody_can_say_or_answer(client):
    grace = make_draft(runs_alone=True)
    page = f"/c/{grace.conversation.slug}/"
    saw = opening_fingerprint(again(grace.conversation), ["gathering"])
    open_conversation(member=grace, phases=["gathering"], saw=saw)
    assert "<h2>We ask</h2>" in client.get(page).content.decode()
    conversation = again(grace.conversation)
    conversation.phases = ["acting"]
    conversation.save(update_fields=["phases"])
    assert "<h2>We asked</h2>" in client.get(page).content.decode()
