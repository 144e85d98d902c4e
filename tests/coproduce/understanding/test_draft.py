import pytest

from coproduce.conversations.models import Question
from coproduce.decisions.queries.journey import journey_of
from coproduce.ideas.models import Placement, Wording
from coproduce.ideas.queries import ideas_of, slips_in_idea
from coproduce.statements.everything import Everything
from coproduce.statements.models import RoomMark, Source
from coproduce.understanding.models import RaisedQuestion
from coproduce.understanding.queries.draft import draft_document, wordings_to_look_at_again
from coproduce.words.models import Standing, Words
from coproduce.words.services import keep_words
from tests.coproduce.cast import make_member, make_participant, make_statement
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    make_idea,
    put_together,
    show_figure,
    write_draft,
)

pytestmark = pytest.mark.django_db


def reads(lines):
    return [line.text or line.listed[0].text for line in lines]


def test_lines_stand_as_people_arranged_them_and_the_rest_at_the_end():
    conversation = agreeing_conversation()
    late, calm, alone = (
        make_statement(conversation, text)
        for text in ("The taxi is late.", "She needs to calm down.", "I walk.")
    )
    make_idea(conversation, "The journey", calm, late)
    (part,) = draft_document(conversation).questions
    assert part.text == "What is important to you in getting to school?"
    assert [(idea.name, reads(idea.lines)) for idea in part.ideas] == [
        ("The journey", ["She needs to calm down.", "The taxi is late."])
    ]
    assert reads(part.others) == ["I walk."]
    assert part.others[0].sources[0].ref == alone.ref


def test_only_words_that_are_shown_are_in_the_draft():
    conversation = agreeing_conversation()
    texts = {}
    for standing in Standing:
        texts[standing] = make_statement(conversation, f"It is {standing}.", standing=standing)
    make_idea(conversation, "Everything", *texts.values())
    document = draft_document(conversation)
    assert reads(document.lines) == ["It is shown."]
    assert document.said == 1


def test_what_was_put_together_is_one_line_with_the_others_under_it():
    conversation = agreeing_conversation()
    first = make_statement(conversation, "The taxi is late.")
    second = make_statement(conversation, "Taxis come late.")
    put_together(second, first)
    make_idea(conversation, "The journey", first, second)
    (line,) = draft_document(conversation).lines
    assert [source.text for source in line.listed] == ["Taxis come late."]
    assert [source.text for source in line.others] == ["The taxi is late."]


def test_where_the_listed_words_are_gone_the_next_stand_for_all():
    conversation = agreeing_conversation()
    listed = make_statement(conversation, "Taxis come late.", standing=Standing.WITHDRAWN)
    other = make_statement(conversation, "The taxi is late.")
    put_together(listed, other)
    (line,) = draft_document(conversation).lines
    assert [source.text for source in line.sources] == ["The taxi is late."]
    assert line.listed[0].ref == other.ref


def test_a_statement_in_two_ideas_stands_in_both():
    conversation = agreeing_conversation()
    late = make_statement(conversation, "The taxi is late.")
    make_idea(conversation, "The journey", late)
    make_idea(conversation, "Time", late)
    (part,) = draft_document(conversation).questions
    assert [reads(idea.lines) for idea in part.ideas] == [["The taxi is late."]] * 2
    assert part.others == ()


def test_a_wording_is_shown_as_such_with_the_words_under_it():
    conversation = agreeing_conversation()
    first, late, last = (
        make_statement(conversation, text)
        for text in ("I walk.", "The taxi is late.", "It is often late.")
    )
    idea = make_idea(conversation, "The journey", first, late, last)
    wording = Wording.objects.create(
        conversation=conversation, idea=idea, text="A late taxi costs the first lesson."
    )
    wording.rests_on.set([late, last])
    lines = draft_document(conversation).lines
    assert reads(lines) == ["I walk.", "A late taxi costs the first lesson."]
    assert lines[1].is_wording
    assert lines[1].listed == ()
    assert [source.text for source in lines[1].others] == [
        "The taxi is late.",
        "It is often late.",
    ]


def test_a_wording_has_marks_only_where_everything_it_rests_on_is_agreed():
    conversation = agreeing_conversation()
    late = make_statement(conversation, "The taxi is late.")
    often = make_statement(conversation, "It is often late.")
    idea = make_idea(conversation, "The journey", late, often)
    wording = Wording.objects.create(conversation=conversation, idea=idea, text="Late taxis.")
    wording.rests_on.set([late, often])
    show_figure(late, {"parent_carers": (40, 2, 3), "education": (12, 0, 0)})
    assert draft_document(conversation).lines[0].figures == ()
    show_figure(often, {"parent_carers": (30, 1, 0), "education": (1, 12, 0)})
    assert draft_document(conversation).lines[0].agreeing == ("parent_carers",)


def test_wordings_whose_words_went_come_up_again():
    conversation = agreeing_conversation()
    late = make_statement(conversation, "The taxi is late.")
    often = make_statement(conversation, "It is often late.")
    idea = make_idea(conversation, "The journey", late, often)
    wording = Wording.objects.create(conversation=conversation, idea=idea, text="Late taxis.")
    wording.rests_on.set([late, often])
    assert wordings_to_look_at_again(conversation) == []
    Words.objects.filter(pk=often.pk).update(standing=Standing.WITHDRAWN)
    assert wordings_to_look_at_again(conversation) == [wording]
    (line,) = draft_document(conversation).lines
    assert [source.text for source in line.sources] == ["The taxi is late."]


def test_room_marks_stand_where_they_stood():
    conversation = agreeing_conversation()
    late = make_statement(conversation, "The taxi is late.", source=Source.COLLECTIVE)
    idea = make_idea(conversation, "The journey", late)
    RoomMark.objects.create(conversation=conversation, statement=late, count=11, source="room")
    RoomMark.objects.create(conversation=conversation, idea=idea, count=3, source="room")
    document = draft_document(conversation)
    (part,) = document.questions
    assert part.ideas[0].room_marks == 3
    assert part.ideas[0].lines[0].room_marks == 11
    assert part.ideas[0].lines[0].agreeing == ()
    assert document.has_room_marks
    assert not document.has_answers


def test_fewer_agreed_so_far_is_said_of_peoples_words_only():
    conversation = agreeing_conversation()
    agreed = make_statement(conversation, "Ask me.")
    make_statement(conversation, "I walk.")
    make_statement(conversation, "From the room.", source=Source.COLLECTIVE)
    show_figure(agreed, {"parent_carers": (12, 0, 0)})
    lines = draft_document(conversation).lines
    assert {reads([line])[0]: line.fewer_agreed for line in lines} == {
        "Ask me.": False,
        "I walk.": True,
        "From the room.": False,
    }


def test_by_the_rule_breadth_stands_before_volume():
    conversation = agreeing_conversation()
    volume = make_statement(conversation, "Many parents.")
    breadth = make_statement(conversation, "Two partners.")
    make_idea(conversation, "The journey", volume, breadth)
    show_figure(volume, {"parent_carers": (40, 0, 0)})
    show_figure(breadth, {"parent_carers": (6, 0, 0), "education": (6, 0, 0)})
    assert reads(draft_document(conversation).lines) == ["Many parents.", "Two partners."]
    grace = make_member(conversation, "Grace")
    write_draft(grace, order="agreement")
    assert reads(draft_document(conversation).lines) == ["Two partners.", "Many parents."]


def test_words_in_no_idea_do_not_stand_in_the_order_in_which_one_person_wrote_them():
    conversation = agreeing_conversation()
    amina = make_participant(conversation, "parent_carers")
    said = [make_statement(conversation, f"Thing {n}", by=amina) for n in range(8)]
    lines = draft_document(conversation).lines
    assert [line.listed[0].ref for line in lines] == sorted(s.ref for s in said)


def test_words_of_a_room_in_no_idea_keep_the_order_of_their_file():
    conversation = agreeing_conversation()
    for n in range(8):
        make_statement(conversation, f"Thing {n}", source=Source.COLLECTIVE)
    assert reads(draft_document(conversation).lines) == [f"Thing {n}" for n in range(8)]


def test_questions_raised_in_the_room_and_asked_in_words():
    conversation = agreeing_conversation()
    RaisedQuestion.objects.create(conversation=conversation, text="Is it genuine?", position=1)
    RaisedQuestion.objects.create(conversation=conversation, text="Who decides?", position=0)
    amina = make_participant(conversation)
    asked = []
    for text, standing in (("When?", Standing.SHOWN), ("Waiting?", Standing.WAITING)):
        words, _ = keep_words(
            conversation=conversation,
            participant=amina,
            kind=Words.Kind.QUESTION,
            text=text,
            how_given="own",
            standing=standing,
        )
        asked.append(words)
    assert reads(draft_document(conversation).raised) == ["Who decides?", "Is it genuine?", "When?"]


def test_each_question_has_its_own_part():
    conversation = agreeing_conversation()
    second = Question.objects.create(conversation=conversation, text="What helps?", position=1)
    make_statement(conversation, "A friend.", question=second)
    make_statement(conversation, "A bus.")
    parts = draft_document(conversation).questions
    assert [(part.text, reads(part.others)) for part in parts] == [
        ("What is important to you in getting to school?", ["A bus."]),
        ("What helps?", ["A friend."]),
    ]


def test_the_draft_takes_as_many_queries_for_30_statements_as_for_1(django_assert_num_queries):
    conversation = agreeing_conversation()
    first = make_statement(conversation, "One")
    one_wording = Wording.objects.create(
        conversation=conversation, idea=make_idea(conversation, "One", first), text="One"
    )
    one_wording.rests_on.set([first])
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as one:
        draft_document(conversation)
    for n in range(30):
        idea = make_idea(conversation, f"Idea {n}", make_statement(conversation, f"Statement {n}"))
        wording = Wording.objects.create(conversation=conversation, idea=idea, text="Together")
        wording.rests_on.set([Placement.objects.get(idea=idea).statement])
    with CaptureQueriesContext(connection) as many:
        draft_document(conversation)
    assert len(many) == len(one)


def test_what_was_placed_by_words_that_are_hidden_since_stands_where_the_workbench_has_it():
    conversation = agreeing_conversation()
    late = make_statement(conversation, "The taxi is late.")
    often = make_statement(conversation, "It is often late.")
    put_together(late, often)
    journey = make_idea(conversation, "The journey", late)
    Words.objects.filter(pk=late.pk).update(standing=Standing.NOT_SHOWN)
    late.cluster.listed = often
    late.cluster.save()
    assert [slip.statement for slip in slips_in_idea(journey, 1)] == [often]
    question = conversation.questions.get()
    assert [one.statements for one in ideas_of(conversation, question)] == [1]
    assert [(seen.idea, seen.statements) for seen in Everything(conversation).ideas()] == [
        (journey, 1)
    ]
    assert journey_of(often).ideas == (journey.name,)
    (part,) = draft_document(conversation).questions
    assert reads(part.ideas[0].lines) == ["It is often late."]
    assert part.others == ()
