"""A person's one answer to merged statements."""

import pytest

from commonground.answers import Answer, ClusterAnswer, Given, cluster_answer

AGREE, DISAGREE, NOT_SURE = Answer.AGREE, Answer.DISAGREE, Answer.NOT_SURE


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], None),
        ([Given(AGREE, 1)], ClusterAnswer.AGREE),
        ([Given(NOT_SURE, 1)], ClusterAnswer.NOT_SURE),
        ([Given(AGREE, 1), Given(AGREE, 2)], ClusterAnswer.AGREE),
        ([Given(AGREE, 1), Given(DISAGREE, 2)], ClusterAnswer.MIXED),
        ([Given(AGREE, 1), Given(NOT_SURE, 2)], ClusterAnswer.MIXED),
        ([Given(AGREE, 1), Given(DISAGREE, 2, settles=True)], ClusterAnswer.DISAGREE),
        ([Given(DISAGREE, 2, settles=True), Given(AGREE, 1)], ClusterAnswer.DISAGREE),
        ([Given(DISAGREE, 2, settles=True), Given(AGREE, 3)], ClusterAnswer.MIXED),
        (
            [Given(AGREE, 1, True), Given(AGREE, 2), Given(DISAGREE, 3, settles=True)],
            ClusterAnswer.DISAGREE,
        ),
    ],
)
def test_one_answer_from_all_that_a_person_gave(given, expected):
    assert cluster_answer(given) == expected


def test_a_changed_answer_to_one_statement_is_no_conflict():
    changed = [Given(AGREE, 1, statement="s1"), Given(DISAGREE, 2, statement="s1")]
    assert cluster_answer(changed) == ClusterAnswer.DISAGREE
    conflict = [Given(AGREE, 1, statement="s1"), Given(DISAGREE, 2, statement="s2")]
    assert cluster_answer(conflict) == ClusterAnswer.MIXED


def test_changing_the_settling_answer_later_does_not_bring_back_earlier_ones():
    given = [
        Given(DISAGREE, 1, statement="s2"),
        Given(DISAGREE, 2, settles=True, statement="s1"),
        Given(AGREE, 3, statement="s1"),
    ]
    assert cluster_answer(given) == ClusterAnswer.AGREE
