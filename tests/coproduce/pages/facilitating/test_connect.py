import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coproduce.audit.models import Entry
from coproduce.ideas import suggesting
from coproduce.ideas.models import Idea, Placement
from coproduce.ideas.services import make_idea, name_idea, place_in, retire_idea, set_tags
from coproduce.people.models import Role
from coproduce.refused import Meanwhile
from coproduce.statements.models import LikenessAnswer, MergeLink, Statement
from coproduce.statements.services import keep_apart, merge_statements
from coproduce.words.models import Masking, Standing
from tests.coproduce.cast import make_conversation, make_member, make_statement
from tests.coproduce.pages.facilitating.forms import field, pressed, text

pytestmark = pytest.mark.django_db


def test_a_pair_is_suggested_with_why_and_put_together(client, school, hal, to):
    one = make_statement(school, "Train the drivers.")
    two = make_statement(school, "Train drivers!")
    make_statement(school, "Train the drivers well.", standing=Standing.WAITING)
    page = text(client.get(to("connect")))
    assert "May say the same (1)" in page
    assert "same words" in page
    client.post(to("pair"), {"first": one.ref, "second": two.ref, "do": "together"})
    assert MergeLink.objects.get().holds
    assert "May say the same (0)" in text(client.get(to("connect")))


def test_where_nothing_is_left_to_arrange_nothing_is_offered(client, school, hal, to):
    page = text(client.get(to("connect")))
    assert "No statement is shown yet." in page
    assert "Suggest ideas for these" not in page
    statement = make_statement(school, "Train the drivers.")
    assert "Suggest ideas for these" in text(client.get(to("connect")))
    idea = make_idea(by=hal, question=statement.question, name="Drivers")
    place_in(idea=idea, statement=statement, by=hal)
    page = text(client.get(to("connect")))
    assert "Every statement stands in an idea." in page
    assert "Suggest ideas for these" not in page


def test_a_pair_said_to_be_different_is_not_asked_again(client, school, hal, to):
    one = make_statement(school, "Train the drivers.")
    two = make_statement(school, "Train drivers!")
    client.get(to("connect"))
    client.post(to("pair"), {"first": one.ref, "second": two.ref, "do": "different"})
    assert "May say the same (0)" in text(client.get(to("connect")))
    entry = Entry.objects.get(act="keep_apart")
    client.post(to("undo", entry.pk))
    assert "May say the same (1)" in text(client.get(to("connect")))


def test_two_facilitators_do_not_overwrite_what_the_other_said_of_a_pair(client, school, hal, to):
    grace = make_member(school, "Grace", Role.FACILITATOR)
    one = make_statement(school, "Train the drivers.")
    two = make_statement(school, "Train drivers!")
    both = {"first": one.ref, "second": two.ref}
    keep_apart(one=one, other=two, by=grace)  # while Hal's page still offers the pair
    page = text(client.post(to("pair"), {**both, "do": "together"}, follow=True))
    said = (
        f"Grace has said that {one.ref} and {two.ref} are different. Nothing was changed. "
        "To put them together, first undo that in the log."
    )
    assert said in page
    assert not MergeLink.objects.exists()
    client.post(to("undo", Entry.objects.get(act="keep_apart").pk))
    client.post(to("pair"), {**both, "do": "together"})
    page = text(client.post(to("pair"), {**both, "do": "different"}, follow=True))
    assert "Somebody has put these together meanwhile. Nothing was changed." in page
    assert not LikenessAnswer.objects.filter(lifted_at=None).exists()


def test_what_was_said_to_be_different_does_not_come_together_by_way_of_a_third(school, hal):
    one = make_statement(school, "Train the drivers.")
    two = make_statement(school, "Train drivers!")
    three = make_statement(school, "Drivers need training.")
    keep_apart(one=one, other=two, by=hal)
    merge_statements(kept=one, absorbed=three, by=hal)
    with pytest.raises(Meanwhile, match=f"Hal has said that {one.ref} and {two.ref} are different"):
        merge_statements(kept=three, absorbed=two, by=hal)
    assert MergeLink.objects.count() == 1


def test_opposites_stand_side_by_side_and_cannot_be_put_together(client, school, hal, to):
    one = make_statement(school, "I want to get the bus by myself.")
    two = make_statement(school, "I don't want to get the bus by myself.")
    page = text(client.get(to("connect")))
    assert "These may disagree: both stay." in page
    assert "Put together</button>" not in page
    page = text(
        client.post(
            to("pair"), {"first": one.ref, "second": two.ref, "do": "together"}, follow=True
        )
    )
    assert "Statements that take opposite stances are never put together" in page
    assert not MergeLink.objects.exists()


def test_a_statement_moves_between_ideas_and_two_facilitators_do_not_overwrite(
    client, school, hal, to
):
    grace = make_member(school, "Grace", Role.FACILITATOR)
    bus = make_statement(school, "The bus is late.")
    first, second = (
        make_idea(question=bus.question, name=name, by=hal) for name in ["Journeys", "People"]
    )
    client.post(to("move"), {"statement": bus.ref, "idea": first.pk, "seen": ""})
    assert Placement.objects.held().get().idea == first
    place_in(statement=bus, idea=second, by=grace, out_of=first)
    page = text(
        client.post(
            to("move"),
            {"statement": bus.ref, "idea": second.pk, "seen": first.pk, "out_of": first.pk},
            follow=True,
        )
    )
    assert "Somebody has moved this statement meanwhile. It stands in “People” now." in page
    assert Placement.objects.held().get().idea == second


def test_a_name_that_somebody_changed_meanwhile_is_not_overwritten_and_mine_stays_typed(
    client, school, hal, to
):
    grace = make_member(school, "Grace", Role.FACILITATOR)
    idea = make_idea(question=school.questions.first(), name="Journeys", by=hal)
    name_idea(idea=idea, by=grace, name="The journey is school", summary="", revision=0)
    page = text(
        client.post(
            to("idea", idea.pk),
            {"do": "name", "name": "My own name", "summary": "Mine.", "revision": 0},
        )
    )
    assert "It is now called “The journey is school”" in page
    assert 'value="My own name"' in page
    assert Idea.objects.get().name == "The journey is school"


def test_ideas_are_ordered_split_joined_and_taken_away(client, school, hal, to):
    bus, taxi, cab = (make_statement(school, f"The {what} is late.") for what in "abc")
    for name in ["First", "Second"]:
        client.post(to("ideas"), {"name": name})
    first, second = Idea.objects.order_by("position")
    for each in (bus, taxi, cab):
        client.post(to("move"), {"statement": each.ref, "idea": first.pk})
    client.post(to("order", second.pk), {"do": "up", "revision": second.revision})
    assert list(Idea.objects.order_by("position")) == [second, first]
    client.post(to("idea", first.pk), {"do": "split", "new_name": "Taxis", "statement": [taxi.ref]})
    taxis = Idea.objects.get(name="Taxis")
    held = Placement.objects.held()
    assert set(held.values_list("idea__name", "statement__words__ref")) == {
        ("First", bus.ref),
        ("Taxis", taxi.ref),
        ("First", cab.ref),
    }
    client.post(to("idea", second.pk), {"do": "join", "absorbed": first.pk})
    client.post(to("retire", taxis.pk), {"revision": 0})
    assert set(Placement.objects.held().values_list("idea__name", flat=True)) == {"Second"}
    assert [idea.name for idea in Idea.objects.kept()] == ["Second"]
    for act in ["retire_idea", "join_ideas", "split_idea", "move_idea"]:
        client.post(to("undo", Entry.objects.get(act=act).pk))
    assert set(Placement.objects.held().values_list("idea__name", "statement__words__ref")) == {
        ("First", bus.ref),
        ("First", taxi.ref),
        ("First", cab.ref),
    }
    assert [idea.name for idea in Idea.objects.kept().order_by("position")] == ["First", "Second"]


def test_statements_in_none_say_what_is_near_and_suggested_ideas_wait_for_a_person(
    client, school, hal, to
):
    late = make_statement(school, "The school bus is always late.")
    make_statement(school, "The school bus comes late every day.")
    idea = make_idea(question=late.question, name="The bus", by=hal, statements=[late])
    assert "near: The bus" in text(client.get(to("connect")))
    for n in range(4):
        make_statement(school, f"Quiet rooms help at lunch, room {n}.")
        make_statement(school, f"Teachers should know about autism, part {n}.")
    page = text(client.get(to("suggested")))
    assert "Make this idea" in page
    assert list(Idea.objects.all()) == [idea]


def test_the_cluster_page_takes_apart_lists_another_and_keeps_room_marks(client, school, hal, to):
    one = make_statement(school, "Train the drivers.")
    two = make_statement(school, "Train drivers!")
    page = to("cluster", one.ref)
    client.post(page, {"do": "together", "other": two.ref.lower()})
    assert "2 statements put together" in text(client.get(page))
    client.post(page, {"do": "list", "one": two.ref, "listed": one.pk})
    one.refresh_from_db()
    assert one.cluster.listed_id == two.pk
    client.post(page, {"do": "marks", "count": "4", "source": "The event", "seen_marks": "0"})
    assert one.room_marks.get().count == 4
    assert "4 marks meanwhile" in text(
        client.post(
            page, {"do": "marks", "count": "9", "source": "Me", "seen_marks": "0"}, follow=True
        )
    )
    client.post(page, {"do": "take_apart", "one": two.ref})
    one.refresh_from_db()
    two.refresh_from_db()
    assert two.cluster_id != one.cluster_id


def test_a_statement_that_is_not_shown_is_found_by_no_page_of_the_workbench(
    client, school, hal, to
):
    held = make_statement(school, "My dad hits me.", standing=Standing.SET_APART)
    shown = make_statement(school, "My dad hits me!")
    assert client.get(to("cluster", held.ref)).status_code == 404
    assert client.post(to("pair"), {"first": held.ref, "second": shown.ref}).status_code == 404
    page = text(client.get(to("connect")))
    assert held.ref not in page
    assert "1 statement," in page


def test_statements_outside_the_suggestions_are_found_and_put_together(client, school, hal, to):
    rails = make_statement(school, "A ramp at the station.")
    ramp = make_statement(school, "Trains that wheelchairs can board.")
    lift = make_statement(school, "A lift that works.")
    name = make_statement(school, "Mr Ramplin is kind.")
    Masking.objects.create(words=name.words, spans=[[3, 10]])
    elsewhere = make_statement(make_conversation("Elsewhere"), "A ramp at the library.")
    held = make_statement(school, "A ramp for us.", standing=Standing.WAITING)

    page = text(client.get(to("find"), {"words": "RAMP station"}))
    assert rails.ref in page
    page = text(client.get(to("find"), {"words": "ramp"}))
    assert rails.ref in page
    for other in (lift, name, elsewhere, held):
        assert other.ref not in page, "masked, of another conversation, or not shown"
    # What is ticked stays for the next search, without a script.
    page = text(
        client.post(
            to("find"),
            {"do": "find", "words": ramp.ref.lower(), "chosen": [rails.ref]},
            follow=True,
        )
    )
    assert page.count("checked>") == 1
    assert ramp.ref in page
    assert rails.ref in page
    sent = {"do": "together", "words": "", "chosen": [rails.ref, ramp.ref, lift.ref]}
    page = text(client.post(to("find"), sent, follow=True))
    assert "3 statements put together." in page
    for each in (rails, ramp, lift):
        each.refresh_from_db()
    assert rails.cluster_id == ramp.cluster_id == lift.cluster_id
    assert rails.cluster.listed_id == rails.pk
    for entry in Entry.objects.filter(act="merge_statements").order_by("-pk"):
        client.post(to("undo", entry.pk))
    lift.refresh_from_db()
    rails.refresh_from_db()
    assert lift.cluster_id != rails.cluster_id


def test_of_several_chosen_all_are_put_together_or_none(client, school, hal, to):
    one = make_statement(school, "I want to get the bus by myself.")
    two = make_statement(school, "I'd like to travel alone.")
    against = make_statement(school, "I don't want to get the bus by myself.")
    for chosen, told in (
        ([one.ref, two.ref, against.ref], "never put together"),
        ([one.ref], "Choose two statements, or more."),
        ([], "Choose two statements, or more."),
    ):
        page = text(client.post(to("find"), {"do": "together", "chosen": chosen}, follow=True))
        assert told in page
        assert page.count("checked>") == len(chosen), "what was ticked stays"
    assert not MergeLink.objects.exists()


def test_finding_asks_as_much_for_thirty_as_for_one(
    client, school, hal, to, django_assert_num_queries
):
    make_statement(school, "The bus is late.")
    client.get(to("find"), {"words": "bus"})
    with CaptureQueriesContext(connection) as few:
        client.get(to("find"), {"words": "bus"})
    for n in range(30):
        make_statement(school, f"The bus number {n} is late.")
    with django_assert_num_queries(len(few)):
        page = text(client.get(to("find"), {"words": "bus"}))
    assert page.count('name="chosen"') == 30
    assert "There are more." in page


def test_suggestions_are_carried_over_and_no_words_are_kept(client, school, hal, to, monkeypatch):
    rooms = ("Quiet rooms help at lunch.", "A quiet room at lunch.", "Lunch in a quiet room helps.")
    buses = ("The bus came late.", "Our bus is late again.", "A late bus, again.")
    for said in (*rooms, *buses):
        make_statement(school, said)
    given = []
    whole = suggesting.suggest_ideas

    def spied(*args, earlier, **named):
        given.append(earlier)
        return whole(*args, earlier=earlier, **named)

    monkeypatch.setattr(suggesting, "suggest_ideas", spied)
    suggesting.forget_all()

    def suggested():
        found = client.get(to("suggested"), {"detail": "more"}).context["suggestions"]
        return {one.name: {each.pk for each in one.statements} for one in found}

    first = suggested()
    assert len(first) == 2
    assert given == [None]
    assert all(first), "each has a name"
    taken = Statement.objects.filter(pk__in=first.pop(next(iter(first))))
    make_idea(
        question=school.questions.get(), name="Taken", by=hal, statements=list(taken.with_words())
    )
    assert suggested() == first, "the other stands as it stood"
    earlier = given[1]
    assert [one.name + "".join(one.phrases) for one in earlier.levels[0].ideas] == ["", ""]
    assert {key for one in earlier.levels[0].ideas for key in one.members} == set(
        Statement.objects.values_list("pk", flat=True)
    )


def test_the_workbench_asks_as_much_for_thirty_statements_as_for_one(
    client, school, hal, to, django_assert_max_num_queries
):
    def statements(numbers):
        idea = make_idea(question=school.questions.first(), name=f"Idea {numbers}", by=hal)
        for n in numbers:
            placed = make_statement(school, f"The bus number {n} is late.")
            place_in(statement=placed, idea=idea, by=hal)
            make_statement(school, f"Bus {n} is late.")

    statements(range(1))
    client.get(to("connect"))
    with django_assert_max_num_queries(60) as few:
        client.get(to("connect"))
    statements(range(1, 31))
    client.get(to("connect"))
    with django_assert_max_num_queries(60) as many:
        client.get(to("connect"))
    assert len(many) <= len(few) + 1  # the vectors that are still missing are asked for in parts


def test_who_puts_statements_in_ideas_goes_on_where_they_were_and_reads_why_not_at_the_top(
    client, school, hal, to
):
    bus = make_statement(school, "The bus is late.")
    journeys = make_idea(by=hal, question=bus.question, name="Journeys")
    waiting = make_idea(by=hal, question=bus.question, name="Waiting")
    page = text(client.get(to("connect")))
    button = pressed(page, "Put there")
    form = {"back": to("connect")}
    done = client.post(button, {**form, f"idea-{bus.ref}": journeys.pk})
    assert done["Location"] == f"{to('connect')}#in-none"
    late = client.post(button, {**form, f"idea-{bus.ref}": waiting.pk})
    assert late["Location"] == to("connect")


def test_what_could_not_be_split_says_why_at_the_top_and_stays_open(client, school, hal, to):
    bus, taxi = (make_statement(school, f"The {what} is late.") for what in ("bus", "taxi"))
    question = school.questions.get()
    idea = make_idea(question=question, name="Late", by=hal, statements=[bus, taxi])
    here = to("idea", idea.pk)
    page = text(client.post(here, {"do": "split", "new_name": "", "statement": [taxi.ref]}))
    assert "<title>Look again: Late" in page
    assert 'role="alert" tabindex="-1" data-error-summary><p>Give the idea a name.' in page
    assert "<details data-enter open><summary>Split: make a second idea of some of these" in page
    assert page.count(" open><summary>") == 1
    # An address with a part of the page in it (after a move) would hide what is said at the top.
    assert f'<form method="post" id="bench" action="{here}">' in page
    assert '<form method="post">' not in page


def test_what_could_not_be_done_with_a_statement_says_why_and_keeps_what_was_typed(
    client, school, hal, to
):
    grace = make_member(school, "Grace", Role.FACILITATOR)
    one = make_statement(school, "Train the drivers.")
    two = make_statement(school, "Train drivers!")
    page = to("cluster", one.ref)
    for other, told in (
        ("abcd", "No statement that is shown here has the reference “abcd”."),
        (" ", "Type the reference of the other statement."),
        (one.ref, "Choose two statements. This is one and the same."),
    ):
        sent = {"do": "together", "other": other, "reason": "Both train"}
        answer = client.post(page, sent)
        assert answer.status_code == 200
        assert f"{told} What you typed is still here." in text(answer)
        assert field(text(answer), "other") == other
        assert field(text(answer), "reason") == "Both train"
    set_tags(statements=[one], tags=["works_well"], seen=[], by=grace)
    answer = text(client.post(page, {"do": "tags", "tag": "offer_content"}))
    assert "Somebody has changed these notes meanwhile." in answer
    assert re.findall(r'name="tag" value="([a-z_]+)" checked', answer) == ["offer_content"]
    assert 'name="seen_tag" value="works_well"' in answer
    answer = text(client.post(page, {"do": "marks", "count": "many", "source": "The hall"}))
    assert "Write a whole number from 0 to 10,000." in answer
    assert (field(answer, "count"), field(answer, "source")) == ("many", "The hall")
    without_hyphen = two.ref.lower().replace("-", " ")
    client.post(page, {"do": "together", "other": without_hyphen, "reason": "Both train"})
    assert MergeLink.objects.get().reason == "Both train"


def test_who_puts_a_statement_in_an_idea_that_somebody_took_away_stays_and_is_told(
    client, school, hal, to
):
    grace = make_member(school, "Grace", Role.FACILITATOR)
    bus = make_statement(school, "The bus is late.")
    idea, other = (
        make_idea(question=bus.question, name=name, by=hal) for name in ("Journeys", "People")
    )
    retire_idea(idea=idea, by=grace)
    told = "Somebody has taken the idea “Journeys” away. Nothing was changed."
    for way in ({"idea": idea.pk}, {"idea": other.pk, "out_of": idea.pk}):
        sent = {"statement": bus.ref, "back": to("connect"), "seen": "", **way}
        answer = client.post(to("move"), sent, follow=True)
        assert answer.redirect_chain[-1][0] == to("connect")
        assert (told in text(answer)) == ("out_of" not in way)
    assert Placement.objects.held().get().idea == other
    page = client.post(to("order", idea.pk), {"do": "up"}, follow=True)
    assert told in text(page)
    page = client.post(to("idea", other.pk), {"do": "join", "absorbed": idea.pk})
    assert f"{told} What you typed is still here." in text(page)
