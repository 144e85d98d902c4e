import pytest
from django.urls import reverse

from coproduce.audit.models import Entry
from coproduce.audit.undoing import undo
from coproduce.conversations.models import Phase
from coproduce.ideas.models import StatementTag, Tag
from coproduce.ideas.services import lift_tags, set_tags, tag_statements, tags_of
from coproduce.people.models import Role
from coproduce.refused import Meanwhile, Refused
from coproduce.words.models import Standing
from tests.coproduce.cast import make_conversation, make_member, make_statement
from tests.coproduce.understanding.arranging import make_idea

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation():
    return make_conversation(phases=[Phase.ACTING])


@pytest.fixture
def hal(conversation, client):
    member = make_member(conversation, "Hal", Role.FACILITATOR)
    client.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    return member


def held(tag=None):
    found = StatementTag.objects.filter(lifted_at=None)
    return sorted(found.filter(tag=tag).values_list("statement__words__ref", flat=True))


def test_a_tag_is_given_once_and_lifting_it_keeps_the_row(conversation, hal):
    one = make_statement(conversation, "The page is hard to read.")
    assert tag_statements(statements=[one], tag=Tag.OFFER_ACCESS, by=hal) == 1
    assert tag_statements(statements=[one], tag=Tag.OFFER_ACCESS, by=hal) == 0
    assert Entry.objects.filter(act="tag_statements").count() == 1
    assert lift_tags(statements=[one], tag=Tag.OFFER_ACCESS, by=hal) == 1
    assert tags_of([one]) == set()
    assert StatementTag.objects.get().lifted_at is not None


def test_only_facilitators_and_organisers_give_tags_and_only_to_shown_words(conversation, hal):
    olu = make_member(conversation, "Olu", Role.SPECIALIST)
    one = make_statement(conversation, "The page is hard to read.")
    with pytest.raises(PermissionError):
        tag_statements(statements=[one], tag=Tag.WORKS_WELL, by=olu)
    waiting = make_statement(conversation, "Not looked at.", standing=Standing.WAITING)
    assert tag_statements(statements=[waiting], tag=Tag.WORKS_WELL, by=hal) == 0
    elsewhere = make_statement(make_conversation("Elsewhere"), "Other words.")
    with pytest.raises(Refused, match="another conversation"):
        tag_statements(statements=[elsewhere], tag=Tag.WORKS_WELL, by=hal)
    with pytest.raises(Refused, match="Choose what to note"):
        tag_statements(statements=[one], tag="important", by=hal)
    assert StatementTag.objects.count() == 0


def test_giving_and_lifting_can_be_undone_in_the_log(conversation, hal):
    one = make_statement(conversation, "The page is hard to read.")
    two = make_statement(conversation, "The drop-in is good.")
    idea = make_idea(conversation, "Finding out", one, two)
    tag_statements(statements=[one, two], tag=Tag.WORKS_WELL, by=hal, idea=idea)
    undo(entry=Entry.objects.get(act="tag_idea"), by=hal)
    assert held(Tag.WORKS_WELL) == []
    lifted = Entry.objects.get(act="lift_idea_tags")
    assert lifted.details["count"] == 2
    undo(entry=lifted, by=hal)
    assert held(Tag.WORKS_WELL) == sorted([one.ref, two.ref])
    with pytest.raises(Meanwhile):
        undo(entry=lifted, by=hal)


def test_the_page_of_a_statement_keeps_its_notes_and_overwrites_nobodys(conversation, hal, client):
    one = make_statement(conversation, "The page is hard to read.")
    same = make_statement(conversation, "I cannot read the page.", cluster_of=one)
    address = reverse("facilitating:cluster", args=[conversation.slug, one.ref])
    given = {"do": "tags", "tag": [Tag.OFFER_ACCESS, Tag.WORKS_WELL, "nonsense"]}
    page = client.post(address, given, follow=True).content.decode()
    assert "Your notes are kept." in page
    assert held(Tag.OFFER_ACCESS) == sorted([one.ref, same.ref])
    assert '<input type="checkbox" name="tag" value="offer_access" checked>' in page
    late = client.post(address, {"do": "tags", "tag": [Tag.OFFER_MADE]}, follow=True)
    assert "Somebody has changed these notes meanwhile." in late.content.decode()
    assert tags_of([one]) == {Tag.OFFER_ACCESS, Tag.WORKS_WELL}
    set_tags(statements=[one, same], tags=[], seen=[Tag.OFFER_ACCESS, Tag.WORKS_WELL], by=hal)
    assert tags_of([one, same]) == set()


def test_the_page_of_an_idea_notes_some_or_all(conversation, hal, client):
    one = make_statement(conversation, "The page is hard to read.")
    same = make_statement(conversation, "I cannot read the page.", cluster_of=one)
    two = make_statement(conversation, "The drop-in is good.")
    idea = make_idea(conversation, "Finding out", one, two)
    address = reverse("facilitating:idea", args=[conversation.slug, idea.pk])
    client.post(address, {"do": "tag", "tag": Tag.WORKS_WELL, "noted": [two.ref]})
    assert held(Tag.WORKS_WELL) == [two.ref]
    page = client.post(
        address, {"do": "tag", "tag": Tag.OFFER_CONTENT, "which": "all"}, follow=True
    ).content.decode()
    assert "3 statements changed." in page
    assert held(Tag.OFFER_CONTENT) == sorted([one.ref, same.ref, two.ref])
    client.post(address, {"do": "lift_tag", "tag": Tag.OFFER_CONTENT, "which": "all"})
    assert held(Tag.OFFER_CONTENT) == []
    nothing = client.post(address, {"do": "tag", "tag": Tag.WORKS_WELL}).content.decode()
    assert "Choose at least one statement, or all of them." in nothing
    log = client.get(reverse("facilitating:log", args=[conversation.slug])).content.decode()
    assert "noted of 3 statements in the idea “Finding out”" in log
