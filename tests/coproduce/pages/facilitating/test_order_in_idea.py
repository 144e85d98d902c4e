from urllib.parse import urlencode

import pytest
from django.urls import reverse

from coproduce.audit.models import Entry
from coproduce.audit.undoing import undo
from coproduce.ideas.models import Idea
from coproduce.ideas.queries import slips_in_idea
from coproduce.ideas.services import make_idea, move_in_idea, remove_from
from coproduce.moderation.services import look_at
from coproduce.people.models import Role
from coproduce.refused import Meanwhile, Refused
from coproduce.statements.services import merge_statements
from coproduce.understanding.queries.draft import draft_document
from tests.coproduce.cast import make_conversation, make_member, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(school):
    return make_member(school, "Grace", Role.FACILITATOR)


@pytest.fixture
def arranged(school, hal):
    """Makes the idea “Journeys” with a statement for each of these texts, in this order."""

    def make(*texts):
        statements = [make_statement(school, text) for text in texts]
        question = school.questions.first()
        idea = make_idea(question=question, name="Journeys", by=hal, statements=statements)
        return idea, statements

    return make


@pytest.fixture
def move(client, school):
    """Sends the form that stands on the page for a statement, as it stands there now."""

    def send(idea, statement, do, *, typed=None, **changed):
        idea.refresh_from_db()
        slips = [slip for n in (1, 2) for slip in slips_in_idea(idea, n)]
        slip = next(one for one in slips if one.statement == statement)
        past = slip.above if do == "up" else slip.below
        button = {"statement": statement.ref, "revision": idea.revision, "past": past} | changed
        to = reverse("facilitating:place", args=[school.slug, idea.pk])
        return client.post(f"{to}?{urlencode(button)}", {"do": do, **(typed or {})})

    return send


def order(idea):
    return [slip.statement.text for slip in slips_in_idea(idea, 1)]


def in_draft(school):
    (part,) = draft_document(school).questions
    (idea,) = part.ideas
    return [line.text or line.listed[0].text for line in idea.lines]


def test_a_statement_moves_up_and_down_and_the_draft_follows(client, school, arranged, move):
    idea, (bus, _taxi, walk) = arranged("Bus.", "Taxi.", "Walk.")
    answer = move(idea, walk, "up")
    page = reverse("facilitating:idea", args=[school.slug, idea.pk])
    assert answer["Location"] == f"{page}?page=1#slip-{walk.ref}"
    assert order(idea) == in_draft(school) == ["Bus.", "Walk.", "Taxi."]
    move(idea, bus, "down")
    assert order(idea) == in_draft(school) == ["Walk.", "Bus.", "Taxi."]
    move(idea, walk, "up", past="")
    assert order(idea) == ["Walk.", "Bus.", "Taxi."]
    assert "This statement is the first one already." in client.get(page).content.decode()
    assert Entry.objects.filter(act="move_in_idea").count() == 2


def test_each_button_says_what_it_moves_and_the_ends_have_one(client, school, arranged):
    idea, (_bus, taxi, _walk) = arranged("Bus.", "Taxi.", "Walk.")
    for name in ("idea", "connect"):
        args = [school.slug, idea.pk] if name == "idea" else [school.slug]
        page = client.get(reverse(f"facilitating:{name}", args=args)).content.decode()
        for text, buttons in (("Bus.", (0, 1)), ("Taxi.", (1, 1)), ("Walk.", (1, 0))):
            named = f'<span class="hidden-text">: “{text}”</span></button>'
            assert (page.count(f"Move up{named}"), page.count(f"Move down{named}")) == buttons
    # On the workbench they go on at the slip; on the page of the idea the view finds its place.
    assert page.count(f"&amp;at=slip-{taxi.ref}") == 2


def test_a_move_is_in_the_log_and_undone_there_and_the_undo_too(client, school, hal, arranged):
    idea, (_bus, _taxi, walk) = arranged("Bus.", "Taxi.", "Walk.")
    move_in_idea(statement=walk, idea=idea, by=hal, up=True)
    log = client.get(reverse("facilitating:log", args=[school.slug])).content.decode()
    assert f"Hal moved “Walk.” ({walk.ref}) up in the idea “Journeys”" in log
    first = Entry.objects.get(act="move_in_idea")
    client.post(reverse("facilitating:undo", args=[school.slug, first.pk]))
    assert order(idea) == in_draft(school) == ["Bus.", "Taxi.", "Walk."]
    undo(entry=Entry.objects.get(undoes=first), by=hal)
    assert order(idea) == ["Bus.", "Walk.", "Taxi."]


def test_moves_are_undone_from_the_last_and_nothing_done_since_is_overwritten(hal, arranged):
    idea, (_bus, _taxi, walk) = arranged("Bus.", "Taxi.", "Walk.")
    for _ in range(2):
        move_in_idea(statement=walk, idea=idea, by=hal, up=True)
    first, second = Entry.objects.filter(act="move_in_idea").order_by("pk")
    with pytest.raises(Meanwhile, match="changed the order in “Journeys” meanwhile"):
        undo(entry=first, by=hal)
    assert order(idea) == ["Walk.", "Bus.", "Taxi."]
    undo(entry=second, by=hal)
    undo(entry=first, by=hal)
    assert order(idea) == ["Bus.", "Taxi.", "Walk."]


def test_two_facilitators_do_not_overwrite_each_others_order(
    client, school, hal, grace, arranged, move
):
    idea, (bus, taxi, walk) = arranged("Bus.", "Taxi.", "Walk.")
    page = reverse("facilitating:idea", args=[school.slug, idea.pk])
    before = Idea.objects.get().revision
    school.refresh_from_db()
    arrangement = school.arrangement_revision
    move_in_idea(statement=taxi, idea=idea, by=grace, up=True)
    school.refresh_from_db()
    assert Idea.objects.get().revision == before + 1
    assert school.arrangement_revision == arrangement + 1
    move(idea, walk, "up", revision=before)
    assert order(idea) == ["Taxi.", "Bus.", "Walk."]
    assert "Somebody has changed this idea meanwhile." in client.get(page).content.decode()
    # The idea is as it was for its name; the neighbour is another one.
    remove_from(statement=bus, idea=idea, by=grace)
    move(idea, walk, "up", past=bus.ref)
    assert order(idea) == ["Taxi.", "Walk."]
    told = client.get(page).content.decode()
    assert (
        "Somebody has changed the order in “Journeys” meanwhile. Nothing was overwritten." in told
    )
    assert Entry.objects.filter(act="move_in_idea").count() == 1


def test_words_put_together_move_as_one_and_hidden_ones_keep_their_place(school, hal, arranged):
    idea, (_bus, hidden, taxi, coach) = arranged("Bus.", "Hidden.", "Taxi.", "Taxi!")
    merge_statements(kept=taxi, absorbed=coach, by=hal)
    look_at(words=hidden.words, by=hal, outcome="not_shown", ground="hurtful")
    taxi.refresh_from_db()
    move_in_idea(statement=taxi, idea=idea, by=hal, up=True)
    assert order(idea) == in_draft(school) == ["Taxi.", "Bus."]
    look_at(words=hidden.words, by=hal, outcome="shown")
    assert order(idea) == in_draft(school) == ["Taxi.", "Hidden.", "Bus."]
    with pytest.raises(Meanwhile, match="changed the order"):
        undo(entry=Entry.objects.get(act="move_in_idea"), by=hal)


def test_only_statements_of_the_idea_and_of_this_conversation_are_moved(school, hal, arranged):
    idea, (_bus, taxi) = arranged("Bus.", "Taxi.")
    with pytest.raises(Meanwhile, match="does not stand in “Journeys” any more"):
        move_in_idea(statement=make_statement(school, "I walk."), idea=idea, by=hal, up=True)
    other = make_member(make_conversation("Lunch"), "Ben", Role.FACILITATOR)
    with pytest.raises(Refused, match="another conversation"):
        move_in_idea(statement=taxi, idea=idea, by=other, up=True)
    farah = make_member(school, "Farah", Role.SAFEGUARDING)
    with pytest.raises(PermissionError):
        move_in_idea(statement=taxi, idea=idea, by=farah, up=True)
    assert order(idea) == ["Bus.", "Taxi."]


def test_a_statement_moves_over_the_border_of_a_page(client, school, arranged, move):
    idea, statements = arranged(*(f"Bus {n}." for n in range(12)))
    answer = move(idea, statements[10], "up")
    assert answer["Location"].endswith(f"?page=1#slip-{statements[10].ref}")
    assert order(idea)[8:] == ["Bus 8.", "Bus 10."]
    assert [slip.statement.text for slip in slips_in_idea(idea, 2)] == ["Bus 9.", "Bus 11."]


def test_page_and_move_ask_as_much_for_thirty_statements_as_for_three(
    client, school, arranged, move, django_assert_max_num_queries
):
    asked = []
    for texts in (["Bus.", "Taxi.", "Walk."], [f"Bus {n}." for n in range(30)]):
        idea, statements = arranged(*texts)
        page = reverse("facilitating:idea", args=[school.slug, idea.pk])
        move(idea, statements[1], "up")
        client.get(page)
        with django_assert_max_num_queries(60) as read:
            client.get(page)
        with django_assert_max_num_queries(60) as moved:
            move(idea, statements[2], "up")
        asked.append((len(read), len(moved)))
    assert asked[0] == asked[1]


def test_a_name_that_is_not_kept_yet_stays_when_a_statement_is_moved(
    client, school, arranged, move
):
    idea, (bus, _) = arranged("The bus is late.", "The driver is kind.")
    page = reverse("facilitating:idea", args=[school.slug, idea.pk])
    typed = {"naming": idea.pk, "name": "Getting there", "summary": "On time.\r\nWith a smile."}
    move(idea, bus, "down", typed=typed)
    told = client.get(page).content.decode()
    assert 'name="name" maxlength="200" value="Getting there"' in told
    assert "On time.\r\nWith a smile.</textarea>" in told
    assert "What you typed is still here. It is not kept yet." in told
    assert "Kept now: “Journeys”." in told
    idea.refresh_from_db()
    assert idea.name == "Journeys"
    # The next visit shows what is kept, and perhaps was changed by somebody else.
    assert 'value="Journeys"' in client.get(page).content.decode()
    # What stood there as it is kept is nothing typed.
    move(idea, bus, "up", typed={"naming": idea.pk, "name": "Journeys", "summary": ""})
    assert "not kept yet" not in client.get(page).content.decode()


def test_a_name_that_is_not_kept_yet_stays_when_a_statement_is_put_elsewhere(
    client, school, arranged
):
    idea, (bus, _) = arranged("The bus is late.", "The driver is kind.")
    page = reverse("facilitating:idea", args=[school.slug, idea.pk])
    typed = {"naming": idea.pk, "name": "Getting there", "summary": "", "out_of": idea.pk}
    where = urlencode({"statement": bus.ref, "seen": idea.pk})
    move = reverse("facilitating:move", args=[school.slug])
    client.post(f"{move}?{where}", {**typed, "back": page, f"idea-{bus.ref}": ""})
    assert [slip.statement.text for slip in slips_in_idea(idea, 1)] == ["The driver is kind."]
    assert 'value="Getting there"' in client.get(page).content.decode()
