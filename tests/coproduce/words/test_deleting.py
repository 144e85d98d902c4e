"""On the stated day, what is kept about people goes. Not a day before, and never without a day."""

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.commands.work import look_after_things
from coproduce.conversations.models import Conversation, KeyTurn, Phase
from coproduce.conversations.queries import deletion_near
from coproduce.moderation.services import look_at
from coproduce.people.models import Participant, PrivateCode, Role
from coproduce.people.services import join
from coproduce.people.services.slips import make_join_slips
from coproduce.responses.models import Answer, Figure, Response, Tally
from coproduce.responses.services import answer, bring_figures_up_to_date, give_reason
from coproduce.safeguarding.models import Concern
from coproduce.statements.models import Statement
from coproduce.understanding.models import Version
from coproduce.words.models import Words, WordsText
from coproduce.words.services.deleting import delete_what_is_due
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_idea,
    make_team,
    put_together,
    write_draft,
)

pytestmark = pytest.mark.django_db

DAY = date(2027, 6, 30)
CODE = "river button tulip moon"


@pytest.fixture
def lived_in():
    """A version is published; words came before and after it, answers, a reason, a worry."""
    conversation = agreeing_conversation(delete_on=DAY, opened_at=timezone.now())
    grace, hal = make_team(conversation)
    farah = make_member(conversation, "Farah", Role.SAFEGUARDING, group=None)
    amina, _ = join(
        conversation=conversation,
        code=CODE,
        groups=[conversation.partner_groups.get(key="parent_carers")],
    )
    late = make_statement(conversation, "The taxi is late.", by=amina)
    often = make_statement(conversation, "It is often late.", by=amina)
    put_together(late, often)
    make_idea(conversation, "The journey", late)
    ben = make_participant(conversation, "education")
    for statement in (late, often):
        answer(participant=ben, statement=statement, answer=Answer.AGREE)
    bring_figures_up_to_date(conversation)
    write_draft(grace)
    both_publish(grace, hal)
    make_statement(conversation, "I walk now.", by=amina)
    give_reason(
        participant=ben, statement=late, answer=Answer.DISAGREE, text="Not ours.", form_key="r"
    )
    worry = make_statement(conversation, "My dad hits me.", by=ben, standing="waiting")
    look_at(words=worry.words, by=hal, outcome="set_apart", note="Look at this")
    make_join_slips(member=grace, count=2)
    return conversation, grace, farah


def test_on_the_day_everything_about_people_goes_and_what_is_published_stays(lived_in, client):
    conversation, _, _ = lived_in
    version = client.get(reverse("public:version", args=[conversation.slug, 1])).content.decode()
    for words in ("The taxi is late.", "It is often late."):
        assert words in version
    assert Words.objects.count() == 5
    refs = dict(WordsText.objects.values_list("text", "words__ref"))
    codes = list(PrivateCode.objects.values_list("digest", flat=True))

    assert delete_what_is_due(DAY) == 1

    kept = set(WordsText.objects.values_list("text", flat=True))
    assert kept == {"The taxi is late.", "It is often late."}
    assert not Words.objects.exclude(participant=None).exists()
    for model in (
        "Participant",
        "PrivateCode",
        "Response",
        "Tally",
        "Figure",
        "Reason",
        "JoinSlip",
    ):
        assert not apps.get_model("coproduce", model).objects.exists(), model
    assert Statement.objects.count() == 3, "two that are published, and the one set apart"
    concern = Concern.objects.get()
    assert concern.kept_text == "My dad hits me."
    after = client.get(reverse("public:version", args=[conversation.slug, 1])).content.decode()
    for words in ("The taxi is late.", "It is often late."):
        assert words in after
    conversation.refresh_from_db()
    assert conversation.phases == [Phase.CLOSED]
    entry = Entry.objects.get(act="delete_as_stated")
    assert (entry.by, entry.about, entry.details) == (None, "2027-06-30", {"deleted_words": 3})
    ledger = [json.loads(line) for line in settings.ERASURES.read_text().splitlines()]
    erased = {line["words"] for line in ledger if "words" in line}
    assert erased >= {refs["I walk now."], refs["Not ours."], refs["My dad hits me."]}
    assert not erased & {refs["The taxi is late."], refs["It is often late."]}
    assert codes in [line.get("codes") for line in ledger]


def test_not_a_day_before_and_only_once(lived_in):
    conversation, _, _ = lived_in
    assert delete_what_is_due(DAY - timedelta(days=1)) == 0
    assert Participant.objects.count() == 2
    assert delete_what_is_due(DAY + timedelta(days=3)) == 1
    assert delete_what_is_due(DAY + timedelta(days=4)) == 0
    assert Entry.objects.filter(act="delete_as_stated").count() == 1
    assert conversation.phase_changes.last().phases == ["closed"]


def test_never_without_a_date_nor_in_a_draft_nor_in_another_conversation(lived_in):
    dateless = make_conversation("No day", opened_at=timezone.now())
    draft = make_conversation("A draft", delete_on=DAY, phases=[Phase.DRAFT])
    later = make_conversation("Later", delete_on=DAY + timedelta(days=1), opened_at=timezone.now())
    for other in (dateless, draft, later):
        person = make_participant(other, "education")
        make_statement(other, f"Words of {other}", by=person)
    assert delete_what_is_due(DAY) == 1
    for other in (dateless, draft, later):
        assert other.participants.count() == 1
        assert other.words.get().text == f"Words of {other}"


def test_the_worker_does_it_and_goes_on_when_something_else_fails(lived_in, monkeypatch):
    def fails():
        raise OSError("no disk")

    monkeypatch.setattr("coproduce.commands.work.reap", fails)
    Conversation.objects.update(delete_on=timezone.localdate())
    look_after_things()
    assert not Participant.objects.exists()


def test_a_key_that_waits_ends(lived_in):
    conversation, grace, _ = lived_in
    turn = KeyTurn.objects.create(
        conversation=conversation, act="publish", fingerprint="f", first_by=grace
    )
    delete_what_is_due(DAY)
    turn.refresh_from_db()
    assert not turn.waits_for_second


def test_the_team_is_reminded_sixty_days_before(lived_in, client):
    conversation, grace, _ = lived_in
    assert deletion_near(conversation, DAY - timedelta(days=61)) is None
    near = deletion_near(conversation, DAY - timedelta(days=60))
    assert (near.on, near.is_done) == (DAY, False)
    client.force_login(grace.account, backend="django.contrib.auth.backends.ModelBackend")
    overview = reverse("organising:overview", args=[conversation.slug])
    soon = timezone.localdate() + timedelta(days=10)
    Conversation.objects.update(delete_on=soon)
    page = client.get(overview).content.decode()
    assert "everything that is kept about people here is deleted" in page
    assert "state a later day" in page
    Conversation.objects.update(delete_on=timezone.localdate())
    delete_what_is_due()
    assert "What was kept about people was deleted" in client.get(overview).content.decode()
    assert (
        "deleted what was kept about people, as stated"
        in client.get(reverse("facilitating:log", args=[conversation.slug])).content.decode()
    )


def test_people_are_told_and_a_code_opens_nothing_any_more(lived_in, client):
    conversation, _, _ = lived_in
    Conversation.objects.update(delete_on=timezone.localdate())
    delete_what_is_due()
    page = client.get(reverse("taking_part:welcome", args=[conversation.slug])).content.decode()
    assert "What people said and answered was deleted" in page
    assert "What was published stays." in page
    back = client.post(reverse("taking_part:come_back"), {"code": CODE})
    assert back.status_code != 302
    for name in ("privacy", "stated"):
        assert (
            client.get(reverse(f"taking_part:{name}", args=[conversation.slug])).status_code == 200
        )


def test_the_safeguarding_lead_still_reads_the_worry(lived_in, client):
    conversation, _, farah = lived_in
    delete_what_is_due(DAY)
    client.force_login(farah.account, backend="django.contrib.auth.backends.ModelBackend")
    key = Concern.objects.get().pk
    client.post(reverse("facilitating:open_concern", args=[conversation.slug, key]))
    page = client.get(reverse("facilitating:concern", args=[conversation.slug, key]))
    assert "My dad hits me." in page.content.decode()


def test_counts_of_what_was_published_stay(lived_in):
    delete_what_is_due(DAY)
    assert not Tally.objects.exists()
    assert not Figure.objects.exists()
    assert not Response.objects.exists()
    assert Version.objects.get().passages.count() == 1
