from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from coproduce.area.models import Theme
from coproduce.area.queries.asked_before import asked_before
from coproduce.area.queries.proposals import proposals
from coproduce.area.queries.view import area_view
from coproduce.commands.start import links_for
from coproduce.conversations.models import Conversation
from coproduce.conversations.services import make_conversation
from coproduce.decisions.queries import what_became_of_ideas, what_we_owe
from coproduce.example import load_example, loading
from coproduce.genuineness.queries.page import genuineness_of
from coproduce.genuineness.sentences import least_heard
from coproduce.people.models import Account, Participant
from coproduce.people.services import make_first_organiser
from coproduce.reach.models import BenchmarkFile, MapEntry
from coproduce.reach.queries.who import who_took_part
from coproduce.reports.models import AnnualReport
from coproduce.responses.models import Reason, Response
from coproduce.statements.models import MergeLink, Statement
from coproduce.words.models import Words
from tests.coproduce.made_once import until_the_module_ends

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def example(django_db_setup, django_db_blocker):
    """Loaded once for this file: it takes some seconds."""
    with until_the_module_ends(django_db_blocker):
        organiser = make_first_organiser(email="olu@example.org", name="Olu")
        yield load_example(organiser=organiser)


@pytest.fixture
def earlier(example):
    return Conversation.objects.exclude(pk=example.pk).get()


def test_it_is_a_whole_conversation_labelled_as_an_example(example):
    assert example.is_example
    assert example.phases == ["gathering", "listening", "connecting", "acting"]
    assert Participant.objects.filter(conversation=example, came_by="example").count() == 60
    statements = Statement.objects.filter(conversation=example)
    assert statements.shown().count() == 41
    assert statements.awaiting_moderation().count() == 4
    assert statements.filter(round=2).count() == 4
    assert MergeLink.objects.filter(conversation=example).count() == 4
    assert Words.objects.filter(conversation=example, kind="description").count() == 1
    assert Reason.objects.filter(statement__conversation=example).count() == 5
    assert example.ideas.count() == 7


def test_it_is_published_with_two_keys(example):
    (version,) = example.versions.all()
    assert version.first_key.account.name == "Grace (made up)"
    assert version.second_key.account.name == "Hal (made up)"
    assert version.first_key.partner_group_id != version.second_key.partner_group_id


def answers(example, key_words, *groups):
    bits = sum(example.partner_groups.get(key=key).mask for key in groups)
    statement = Statement.objects.get(
        conversation=example, words__kept_text__text__startswith=key_words
    )
    given = Response.objects.filter(statement=statement, participant__membership=bits)
    return [sum(1 for each in given if each.answer == answer) for answer in (1, -1, 0)]


def test_its_answers_have_something_to_show(example):
    """Agreement across groups, one group against, and too few health people to tell."""
    agree, against, _ = answers(example, "I want to know who is coming", "parent_carers")
    assert agree > 2 * (against + 1)
    agree, against, _ = answers(example, "Let short breaks be in school time", "education")
    assert against > 2 * (agree + 1)
    assert sum(answers(example, "I want to know who is coming", "health")) < 5


def test_it_is_loaded_once(example):
    olu = Account.objects.get(email="olu@example.org")
    assert load_example(organiser=olu) == example
    assert Conversation.objects.count() == 2
    assert example.team.filter(account=olu).count() == 1


def test_nobody_made_up_can_sign_in(example):
    for account in Account.objects.filter(email__endswith="@example.invalid"):
        assert not account.has_usable_password()
        assert not account.runs_installation
        assert account.sign_in_links.count() == 0


def test_whoever_runs_the_installation_finds_it_among_their_conversations(example, client):
    client.force_login(Account.objects.get(email="olu@example.org"))
    page = client.get("/team/").content.decode()
    assert "Short breaks (an example)" in page
    shown = client.get(f"/team/c/{example.slug}/").content.decode()
    assert "This is an example." in shown


def test_what_people_said_was_decided_and_partly_done(example):
    today = timezone.localdate()
    assert [
        (action.what.split()[0], action.standing, action.is_overdue(today))
        for action in example.actions.order_by("what")
    ] == [
        ("Ask", "open", False),
        ("Find", "open", True),
        ("Send", "done", False),
        ("Text", "disputed", True),
    ]
    assert Counter(one.latest_step.outcome for one in example.decisions.all()) == {
        "doing": 1,
        "done": 1,
        "try": 1,
        "cannot": 1,
        "not_ours": 1,
        "will": 1,
    }
    assert [
        (one.name, one.lines_waiting, one.is_partly_answered)
        for one in what_became_of_ideas(example)
        if one.is_waiting
    ] == [("What fits a family", 8, True)]
    assert Counter(one.kind for one in what_we_owe(example)) == {
        "idea": 1,
        "line": 2,
        "question": 1,
        "action": 1,
        "dispute": 1,
    }


def test_a_published_line_shows_the_dispute(example, client):
    page = client.get(f"/c/{example.slug}/understanding/1/").content.decode()
    assert "It need not be the same one. I only want to know who is coming." in page


def test_one_partner_group_felt_less_heard(example):
    facts = genuineness_of(example).facts
    assert least_heard(facts).label == "Schools and colleges"
    assert (facts.actions["done"], facts.actions["disputed"], facts.overdue) == (1, 1, 2)


def test_the_four_cornerstones_stand_side_by_side(example, client):
    ((year, rows),) = genuineness_of(example).cornerstones
    assert year == timezone.localdate().year
    assert [row.title for row in rows] == [
        "Welcome and care",
        "Value and include",
        "Communicate",
        "Work in partnership",
    ]
    for row in rows:
        assert [group.label for group in row.said.groups] == [
            "Children, young people and families",
            "People who work with them",
        ]
        assert all(group.people for group in row.said.groups)
    assert "The Four Cornerstones in" in client.get(f"/c/{example.slug}/genuine/").content.decode()


def test_an_earlier_one_is_published_and_decided(earlier):
    assert (earlier.name, earlier.is_example) == ("Leaving school (an example)", True)
    assert earlier.phases == ["acting"]
    assert (earlier.one_room, earlier.enough, earlier.listed) == (True, 3, True)
    assert Participant.objects.filter(conversation=earlier, came_by="example").count() == 29
    assert Statement.objects.filter(conversation=earlier).shown().count() == 14
    assert earlier.versions.count() == 1
    assert Counter(one.latest_step.outcome for one in earlier.decisions.all()) == {
        "done": 1,
        "partly": 1,
        "not_yet": 1,
    }
    assert [action.standing for action in earlier.actions.all()] == ["done"]
    assert [one.name for one in what_became_of_ideas(earlier) if one.is_waiting] == [
        "The same forms again, and long silence"
    ]


def test_the_earlier_one_came_first(example, earlier):
    closed = earlier.versions.get().published_at
    assert example.opened_at - closed >= timedelta(weeks=15)
    assert timezone.localdate() - earlier.hear_back_by == timedelta(weeks=16)
    assert timezone.now() - earlier.opened_at < timedelta(weeks=52)


def test_the_area_says_what_both_have_in_common(example, earlier, client):
    view = area_view()
    assert [one.theme.name for one in view.agreed_everywhere] == ["Somebody we know"]
    assert [(one.theme.name, one.places_differ) for one in view.differ] == [
        ("Told once, and told in time", ("Schools and colleges",))
    ]
    assert [
        (
            one.conversation,
            one.answered,
            one.ideas,
            one.in_words,
            one.done,
            one.actions,
            one.overdue,
        )
        for one in view.promises
    ] == [(earlier, 4, 5, "overdue", 1, 1, 0), (example, 6, 7, "not due yet", 1, 4, 2)]
    assert {one.counted for one in view.districts} == {2}
    assert "Nothing so far" not in client.get("/area/").content.decode()


def test_two_ideas_wait_for_a_person_to_say_if_they_are_about_the_same(example):
    assert [{one.first.name, one.second.name} for one in proposals()] == [
        {"Too far away", "Too far to get there"}
    ]


def test_agreeing_the_wording_took_its_time(example):
    (version,) = example.versions.all()
    began = example.phase_changes.get(phases=["agreeing"]).at
    assert timedelta(days=13) < version.published_at - began < timedelta(days=15)


def test_a_new_conversation_is_told_what_was_asked_before(example, earlier):
    grace = Account.objects.get(email="grace@example.invalid")
    grace.runs_installation = True
    new = make_conversation(
        by=grace, name="Going to college", template_key="one_event"
    ).conversation
    new.questions.update(text="What makes a good start at college after school?")
    told = asked_before(Conversation.objects.get(pk=new.pk))
    assert [one.conversation for one in told] == [earlier]
    assert "Asked first, and tried first" in [name for name, _ in told[0].answers]


def test_who_is_missing_is_told_by_partner_group(earlier):
    assert [(one.key, one.in_words) for one in who_took_part(earlier).groups if one.ratio] == [
        ("children-ehcp-ks4", "0.6: fewer than their share"),
        ("children-ehcp-ks5", "1.6: more than their share"),
        ("children-ehcp-older", "0.9: about their share"),
    ]


def test_the_area_has_something_to_show(example, client):
    benchmark = BenchmarkFile.objects.get()
    assert benchmark.name == "devon-benchmarks.csv"
    assert "Short breaks (an example)" in client.get("/map/").content.decode()
    who = client.get(f"/c/{example.slug}/who/").content.decode()
    assert "130,700" in who
    assert "1.7: more than their share" in who
    assert "unknown: no benchmark" in who
    report = AnnualReport.objects.get()
    assert report.is_final
    page = client.get(f"/reports/{report.pk}/").content.decode()
    assert "Everybody and everything in this report is made up." in page
    gaps = client.get(f"/reports/{report.pk}/part-a/").content.decode()
    assert "too complex" in gaps
    assert "Not told yet" not in gaps
    involved = client.get(f"/reports/{report.pk}/part-c/").content.decode()
    assert "Nobody of my age was asked" in involved
    assert "Not told, so that nobody can be picked out." in involved


def test_the_links_that_are_printed_lead_to_the_main_example(example, earlier):
    """Whichever came first: the earlier one was loaded before it."""
    assert earlier.pk < example.pk
    printed = links_for("olu@example.org")
    assert "/c/short-breaks-an-example/\n" in printed
    assert "/c/leaving-school" not in printed


def test_an_installation_with_the_first_alone_gets_the_earlier_one(example):
    """As an older version left it: one example, without themes."""
    Theme.objects.all().delete()
    earlier = Conversation.objects.get(slug=loading.EARLIER_SLUG)
    MapEntry.objects.filter(conversation=earlier).delete()
    Conversation.objects.filter(pk=earlier.pk).update(is_example=False, slug="hidden")
    renamed = example.ideas.get(name="Forms, lists and silence")
    renamed.name = "Forms and silence"
    renamed.save()
    assert load_example() == example
    added = Conversation.objects.get(slug=loading.EARLIER_SLUG)
    assert (added.is_example, added.versions.count()) == (True, 1)
    assert MapEntry.objects.filter(conversation=added).count() == 1
    assert [one.name for one in Theme.objects.all()] == ["Somebody we know"]
    assert example.ideas.filter(name="Forms and silence").exists()
    assert load_example() == example
    assert Conversation.objects.filter(is_example=True).count() == 2
