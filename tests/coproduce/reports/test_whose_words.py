import pytest

from coproduce.conversations.models import Phase
from coproduce.reports.queries.writers import NOT_TOLD, from_whom, told_groups
from coproduce.reports.services.whose_words import may_be_told, settle_whose_words
from tests.coproduce.cast import make_participant
from tests.coproduce.reports.saying import acting, people, say

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("people_of_kind", "told"),
    [
        ({1: 5}, {1}),
        ({1: 4}, set()),
        ({1: 9, 2: 4}, set()),  # four left over: the nine join them
        ({1: 9, 2: 3, 4: 2}, {1}),  # five left over, and two without the largest
        ({1: 9, 2: 4, 4: 1}, set()),  # without the four, one is left over
        ({1: 9, 2: 6, 4: 1}, set()),  # the six join the one, and one is left; so do the nine
        ({1: 9, 2: 6, 4: 1, 8: 1}, {1}),  # the six join the two
        ({1: 5, 2: 5, 4: 5}, {1, 2, 4}),
    ],
)
def test_which_kinds_of_writers_may_be_told(people_of_kind, told):
    assert may_be_told(people_of_kind) == told


def test_a_group_is_named_where_five_wrote_and_the_rest_hide_each_other():
    conversation = acting()
    parents = [
        say(conversation, f"Parents {n}", by=p)
        for n, p in enumerate(people(conversation, 5, "parent_carers"))
    ]
    few = [
        say(conversation, f"Few {n} {key}", by=p)
        for key in ("health", "education")
        for n, p in enumerate(people(conversation, 3, key))
    ]
    settle_whose_words(conversation)
    told = from_whom(conversation)
    assert {told[one.ref] for one in parents} == {"Parent carers"}
    assert {told[one.ref] for one in few} == {NOT_TOLD}


def test_five_statements_of_one_person_are_one_person():
    conversation = acting()
    amina = make_participant(conversation, "parent_carers")
    words = [say(conversation, f"Words {n}", by=amina) for n in range(8)]
    settle_whose_words(conversation)
    assert {from_whom(conversation)[one.ref] for one in words} == {NOT_TOLD}


def test_it_is_decided_once_and_not_while_people_can_still_say_something():
    conversation = acting()
    conversation.phases = [Phase.GATHERING]
    conversation.save()
    first = [
        say(conversation, f"Words {n}", by=p)
        for n, p in enumerate(people(conversation, 4, "health"))
    ]
    settle_whose_words(conversation)
    assert from_whom(conversation) == {}
    conversation.phases = [Phase.ACTING]
    conversation.save()
    settle_whose_words(conversation)
    assert told_groups(conversation) == {}
    # A fifth comes later: told now, they could only be that one. So could the four before.
    say(conversation, "Words 5", by=make_participant(conversation, "health"))
    settle_whose_words(conversation)
    assert told_groups(conversation) == {}
    assert {from_whom(conversation)[one.ref] for one in first} == {NOT_TOLD}


def test_ways_of_giving_words_are_told_apart_and_an_adults_are_never_a_childs():
    conversation = acting()
    children = people(conversation, 6, "children", "parent_carers")
    own = [say(conversation, f"Own {n}", by=p) for n, p in enumerate(children[:5])]
    typed = say(conversation, "A helper typed this.", by=children[5])
    typed.words.how_given = "helper_typed"
    typed.words.save()
    adults = people(conversation, 5, "children", "parent_carers")
    for adult in adults:
        adult.whose_words = "speaks_for"
        adult.save()
    spoken = [say(conversation, f"For my child {n}", by=p) for n, p in enumerate(adults)]
    settle_whose_words(conversation)
    told = from_whom(conversation)
    assert {told[one.ref] for one in own} == {"Children and young people and Parent carers"}
    assert told[typed.ref] == NOT_TOLD
    assert {told[one.ref] for one in spoken} == {"Parent carers"}
