"""The first section: the whole page in a few sentences, for somebody who reads no further."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from commonground.opinion_groups import Verdict
from commonground.report.contents import Report
from commonground.report.markup import Html, element
from commonground.report.wording import (
    ANSWER_VERBS,
    counted,
    group_name,
    letter,
    listed,
    percent,
    statement_text,
    steadiness,
)

VERDICTS = {
    Verdict.GROUPS: "People answer in {n} different ways. We call each an opinion group.",
    Verdict.ONE_GROUP: "We found no separate opinion groups. If there were two clear camps here, "
    "we would very likely have seen them.",
    Verdict.TOO_FEW: "There are too few answers to tell whether there are opinion groups. "
    "Even two clear camps could have stayed hidden.",
}


def in_short(report: Report) -> Html:
    """Who, how many opinion groups, what they share, what divides them, and how steady it is."""
    return element("ul", *(element("li", said) for said in _sentences(report)), class_="short")


def _sentences(report: Report) -> Iterator[str]:
    votes, groups, said = report.votes, report.groups, report.said
    people = counted(int((votes.answers_given > 0).sum()), "person", "people")
    asked = counted(votes.n_statements, "statement", "statements")
    yield f"{people} gave {counted(votes.n_votes, 'answer', 'answers')} to {asked}."
    several = groups.n_groups > 1
    if several:
        sizes = [
            f"{group_name(group, within=True)} ({counted(int(size), 'person', 'people')})"
            for group, size in enumerate(groups.sizes)
        ]
        yield f"They answer in {groups.n_groups} different ways: {listed(sizes)}."
    else:
        yield VERDICTS[groups.verdict]
    if said.shared:
        first = said.shared[0]
        most = "most in every opinion group" if several else "most people"
        yield (
            f"What all share first of all: {most} {ANSWER_VERBS[first.answer]}: "
            f"“{statement_text(report, first.statement)}”"
        )
    if said.dividing:
        item = said.dividing[0]
        shares = [f"{percent(one.value)} of {letter(at)}" for at, one in enumerate(item.shares)]
        text = statement_text(report, item.statement)
        yield f"What divides most: “{text}” {listed(shares)} agree."
    if several and np.isfinite(report.stability.over_people):
        yield (
            "With half of the people left out, the opinion groups come out "
            f"{steadiness(report.stability.over_people)}."
        )
