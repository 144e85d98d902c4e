"""Each rule with a case in which it speaks and one in which it does not."""

import datetime
from pathlib import Path

import pytest

from commonground.agreement import Stance
from commonground.rounding import ShareWord
from coproduce.genuineness.facts import Facts, GroupSaid, QuestionSaid
from coproduce.genuineness.sentences import (
    RULES,
    contradictions,
    least_heard,
    what_changed,
    what_people_felt,
    what_was_done,
)

TODAY = datetime.date(2026, 3, 10)
EXPLAINED = Path(__file__).parents[3] / "docs" / "explanation" / "was-it-genuine.md"

WELL, BADLY, DIVIDED = Stance.AGREES, Stance.DOES_NOT_AGREE, Stance.DIVIDED


def group(label, stance, good=None, people=10):
    return GroupSaid(label.lower(), label, people, stance, good)


def said(asked, *groups):
    return QuestionSaid(asked, groups)


def facts(**given):
    questions = {one.asked: one for one in given.pop("questions", ())}
    return Facts(today=TODAY, questions=questions, **given)


def voice(**stances):
    return said("voice", *(group(label, stance) for label, stance in stances.items()))


CASES = {
    "heard-but-nothing-decided": (
        facts(questions=[voice(Parents=WELL, Schools=WELL)], ideas=4),
        "People felt heard. Nothing has been decided yet.",
        facts(questions=[voice(Parents=WELL, Schools=DIVIDED)], ideas=4),
    ),
    "heard-unevenly": (
        facts(questions=[voice(Parents=WELL, Schools=WELL, Health=BADLY)]),
        "Most people of Parents and Schools could say what they really think. Of Health, no more "
        "than half could.",
        facts(questions=[voice(Parents=BADLY, Schools=BADLY)]),
    ),
    "promised-more-than-it-was": (
        facts(
            promised="Co-design: we design it together",
            how_far=said("how_far", group("Parents", BADLY), group("Schools", WELL)),
        ),
        "The organiser promised “Co-design: we design it together”. Most people of Parents say "
        "that it did not go that far.",
        facts(promised="Informing: we tell you", how_far=said("how_far", group("Parents", WELL))),
    ),
    "open-but-felt-decided": (
        facts(
            options_fixed=False,
            questions=[said("already_decided", group("Parents", BADLY))],
        ),
        "The organiser says that nothing was fixed at the start. Most people of Parents say that "
        "it had already been decided.",
        facts(
            options_fixed=True,
            questions=[said("already_decided", group("Parents", BADLY))],
        ),
    ),
    "fixed-and-promised-together": (
        facts(options_fixed=True, promised="Co-production: we decide and do it together"),
        "The organiser says that options were fixed at the start, and promised to design or "
        "decide together.",
        facts(options_fixed=True, promised="Informing: we tell you"),
    ),
    "decided-but-not-told": (
        facts(decisions=2, questions=[said("influence", group("Parents", DIVIDED))]),
        "Decisions were made. Of Parents, no more than half say that they saw what changed or "
        "were told why not.",
        facts(decisions=2, questions=[said("influence", group("Parents", WELL))]),
    ),
    "spoke-but-not-in-decisions": (
        facts(
            decisions_to_do=1,
            adopted=said("adopted", group("Parents", DIVIDED), group("Schools", WELL)),
        ),
        "Words of most people of Schools led to a decision to do something. Of Parents, words of "
        "no more than half did.",
        facts(
            decisions_to_do=1,
            adopted=said("adopted", group("Parents", DIVIDED), group("Schools", DIVIDED)),
        ),
    ),
    "late-with-answers": (
        facts(hear_back_by=datetime.date(2026, 3, 1), ideas=3, ideas_answered=2),
        "People were promised to hear back by 1 March 2026. 1 idea still waits.",
        facts(hear_back_by=TODAY, ideas=3, ideas_answered=2),
    ),
    "decided-but-overdue": (
        facts(decisions_to_do=1, overdue=2, actions={"open": 3}),
        "It was decided to act. 2 actions are past the date that was promised.",
        facts(decisions_to_do=1, actions={"open": 3}),
    ),
    "said-done-but-disputed": (
        facts(actions={"disputed": 1, "done": 1}),
        "1 action was said to be done. People whose words it rests on say that it is not.",
        facts(actions={"done": 1}),
    ),
    "said-done-and-nobody-confirms": (
        facts(actions={"said_done": 2}),
        "Actions are said to be done. Nobody whose words they rest on has confirmed one yet.",
        facts(actions={"said_done": 2, "done": 1}),
    ),
    "children-invited-not-there": (
        facts(children_invited=True, children_took_part=False),
        "Children and young people were invited. A few or none took part.",
        facts(children_invited=True, children_took_part=True),
    ),
    "invited-not-there": (
        facts(groups_missing=["Health", "Schools"]),
        "Invited, and a few or none took part: Health, Schools.",
        facts(),
    ),
    "few-answered": (
        facts(asked=40, answered=15),
        "Fewer than half of those who were asked how it was have answered. Satisfied people "
        "answer most.",
        facts(asked=40, answered=20),
    ),
}


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_a_rule_speaks_where_it_holds_and_not_where_it_does_not(name):
    holds, sentence, does_not = CASES[name]
    told = {one.rule: one.sentence for one in contradictions(holds)}
    assert told[name] == sentence
    assert name not in {one.rule for one in contradictions(does_not)}


def test_one_group_that_felt_heard_is_named_and_does_not_stand_for_all():
    known = facts(questions=[voice(Parents=WELL)], ideas=4)
    assert [one.sentence for one in contradictions(known)] == [
        "Parents felt heard. Nothing has been decided yet."
    ]


def test_where_nothing_is_known_no_rule_speaks():
    assert contradictions(facts()) == []


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_every_rule_is_explained_under_its_name(name):
    assert f"`{name}`" in EXPLAINED.read_text()


def test_the_group_that_felt_least_heard_comes_first():
    known = facts(
        asked=40,
        answered=30,
        questions=[
            said(
                "voice",
                group("Parents", WELL, ShareWord.NEARLY_ALL, 15),
                group("Children", DIVIDED, ShareWord.SOME, 10),
                group("Health", Stance.TOO_FEW_TO_TELL, None, 0),
                group("Schools", None, None, 5),
            )
        ],
    )
    assert least_heard(known).label == "Children"
    assert what_people_felt(known) == (
        "About 40 people were asked how it was; about 30 answered. Children felt least heard. They "
        "could say what they really think: Children: some of about 10; Parents: nearly all of "
        "about 15."
    )


def test_where_groups_stand_alike_the_next_question_counts_and_else_none_is_least():
    alike = [
        group("Parents", WELL, ShareWord.MOST),
        group("Schools", WELL, ShareWord.MOST),
    ]
    assert least_heard(facts(questions=[said("voice", *alike)])) is None
    seen = said("audience", group("Parents", WELL, ShareWord.MOST), group("Schools", BADLY, 0, 20))
    assert least_heard(facts(questions=[said("voice", *alike), seen])).label == "Schools"


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (facts(), "How people felt: nobody was asked so far."),
        (
            facts(asked=0, answered=0),
            "A few people or none were asked how it was; a few or none answered. Too few answered "
            "to tell how it felt.",
        ),
    ],
)
def test_what_people_felt_says_how_many_even_where_nothing_else_can_be_told(known, sentence):
    assert what_people_felt(known) == sentence


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (facts(), "Nothing is published yet, so nothing could be decided on it."),
        (
            facts(ideas=1),
            "Nothing has been decided yet. Of 1 published idea, 0 have a decision or a reply, and "
            "1 still waits.",
        ),
        (
            facts(ideas=3, ideas_answered=3, decisions=1, decisions_to_do=1),
            "1 decision was made, 1 of them to do something. Of 3 published ideas, 3 have a "
            "decision or a reply.",
        ),
        (
            facts(ideas=5, ideas_answered=1, decisions=2, decisions_to_do=0),
            "2 decisions were made, 0 of them to do something. Of 5 published ideas, 1 has a "
            "decision or a reply, and 4 still wait.",
        ),
    ],
)
def test_what_was_done_counts_ideas_and_decisions(known, sentence):
    assert what_was_done(known) == sentence


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (
            facts(),
            "Nothing has changed so far that somebody could confirm: there are no actions.",
        ),
        (
            facts(actions={"open": 1, "done": 1}),
            "Of 2 actions, 1 is done and confirmed by people it matters to.",
        ),
        (
            facts(actions={"open": 2, "disputed": 1, "said_done": 1}, overdue=2),
            "Of 4 actions, 0 are done and confirmed by people it matters to; 1 is disputed; 1 is "
            "said to be done and not confirmed yet; 2 are overdue.",
        ),
    ],
)
def test_what_changed_counts_what_people_confirmed(known, sentence):
    assert what_changed(known) == sentence
