"""The sections on statements: told by one opinion group, shared, dividing, alike."""

from __future__ import annotations

from typing import Any

from commonground.duplicates import Relation
from commonground.report.charts import answer_bar
from commonground.report.contents import Report
from commonground.report.markup import Html, bullet_list, element, joined, paragraph, table
from commonground.report.wording import (
    ANSWER_VERBS,
    counted,
    group_name,
    letter,
    listed,
    percent,
    points,
    statement_text,
    with_interval,
)
from commonground.votes import Tallies
from commonground.what_groups_say.counts import FairCounts

RELATIONS = {Relation.SAME: "may say the same", Relation.PART_OF: "one may be part of the other"}
MOST_PAIRS = 40
MOST_IDEAS = 30


def what_each_says(report: Report) -> Html:
    """For each opinion group, what most of it says and the others say less."""
    if report.groups.n_groups == 1:
        return paragraph("There are no opinion groups to compare.")
    parts: list[Html] = [
        paragraph(
            "These are answers that most of an opinion group gives, and clearly more often than "
            "everybody else. The surest comes first."
        )
    ]
    for group, findings in enumerate(report.said.telling):
        parts.append(element("h3", group_name(group)))
        if not findings:
            parts.append(paragraph("No statement tells it from the others clearly enough."))
            continue
        rows = [
            (
                statement_text(report, item.statement),
                ANSWER_VERBS[item.answer],
                with_interval(item.share),
                with_interval(item.others),
                points(item.difference),
            )
            for item in findings
        ]
        name = group_name(group, within=True)
        columns = (
            "Statement",
            "Most of them",
            f"In {name}",
            "Among all others",
            "Apart, in percentage points",
        )
        parts.append(table(f"What {name} says", columns, rows, numbers=3))
    return joined(parts)


def what_all_share(report: Report) -> Html:
    """Statements that more than half of every opinion group answer the same way."""
    found = report.said.shared
    n_groups = report.groups.n_groups
    all_of = "every opinion group gives" if n_groups > 1 else "all people give"
    if not found:
        return paragraph(
            f"There is no statement to which surely more than half of {all_of} the same answer."
        )
    rows = [
        (
            statement_text(report, item.statement),
            f"most {ANSWER_VERBS[item.answer]}",
            _bars(report, item.statement),
            *(with_interval(share) for share in item.shares),
        )
        for item in found
    ]
    return joined(
        (
            paragraph(
                f"Surely more than half of {all_of} the same answer to these. The one that the "
                "least convinced share most comes first."
            ),
            table(
                "What all share",
                (
                    "Statement",
                    "Answer",
                    "Everybody: agree, not sure, disagree",
                    *_group_columns(n_groups),
                ),
                rows,
                numbers=n_groups,
            ),
        )
    )


def what_divides(report: Report) -> Html:
    """Statements on which opinion groups clearly differ, and whom they divide."""
    found = report.said.dividing
    if report.groups.n_groups == 1:
        return paragraph("There are no opinion groups to compare.")
    if not found:
        return paragraph(
            "No statement divides opinion groups by 20 percentage points or more for sure."
        )
    rows = []
    for item in found:
        sides = [
            f"{listed([letter(group) for group in some])} mostly {verb}{'s' * (len(some) == 1)}"
            for some, verb in ((item.agreeing, "agree"), (item.disagreeing, "disagree"))
            if some
        ]
        rows.append(
            (
                statement_text(report, item.statement),
                "; ".join(sides) or "none has a clear majority",
                joined((f"{letter(item.most)} and {letter(item.least)}:", points(item.difference))),
                *(
                    joined((_bar_of(report, item.statement, group), with_interval(share)))
                    for group, share in enumerate(item.shares)
                ),
            )
        )
    n_groups = report.groups.n_groups
    columns = (
        "Statement",
        "Whom",
        "Farthest apart, in percentage points",
        *(f"{letter(group)} agrees" for group in range(n_groups)),
    )
    return joined(
        (
            paragraph(
                "Here opinion groups are at least 20 percentage points apart for sure. The bars "
                "show, from left to right, who agrees, is not sure and disagrees."
            ),
            table("What divides", columns, rows, numbers=n_groups),
        )
    )


def connected_ideas(report: Report) -> Html:
    """Suggested ideas with the statements in them."""
    if report.ideas is None:
        return paragraph("The file has no texts, so there is nothing to connect.")
    ideas = report.ideas.ideas[:MOST_IDEAS]
    parts: list[Html] = [
        paragraph(
            f"A suggestion: {counted(len(report.ideas.ideas), 'idea', 'ideas')}, found from the "
            f"{'meaning of the' if report.by_meaning else 'words in the'} statements. "
            "Their names are words that people used. A person should look at them."
        )
    ]
    for idea in ideas:
        name = idea.name or ", ".join(idea.phrases[:3]) or "Without a name"
        members = [statement_text(report, member) for member in idea.members]
        parts.append(
            element(
                "details",
                element("summary", f"{name} ({counted(len(members), 'statement', 'statements')})"),
                bullet_list(members),
                open="",
            )
        )
    parts += _not_shown(len(report.ideas.ideas), MOST_IDEAS, "the largest ideas")
    alone = len(report.ideas.in_none)
    if alone:
        parts.append(paragraph(f"{counted(alone, 'statement', 'statements')} fit no idea."))
    return joined(parts)


def may_say_the_same(report: Report) -> Html:
    """Proposed pairs, and apart from them, pairs that look alike but may disagree."""
    if report.pairs is None:
        return paragraph("The file has no texts, so there is nothing to compare.")
    parts: list[Html] = []
    if report.pairs.alike:
        rows = [_pair(report, item, RELATIONS) for item in report.pairs.alike[:MOST_PAIRS]]
        parts += [
            paragraph("These are proposals. Only a person should put statements together."),
            table("Pairs that may say the same", ("One", "The other", "What we see", "Why"), rows),
            *_not_shown(len(report.pairs.alike), MOST_PAIRS, "the surest pairs"),
        ]
    else:
        parts.append(paragraph("We found no statements that seem to say the same."))
    if report.pairs.may_disagree:
        rows = [
            _pair(report, item, {Relation.OPPOSITE: "may say the opposite"})
            for item in report.pairs.may_disagree[:MOST_PAIRS]
        ]
        parts += [
            paragraph("These look alike, but may say the opposite. Keep them apart."),
            table("Pairs that may disagree", ("One", "The other", "What we see", "Why"), rows),
            *_not_shown(len(report.pairs.may_disagree), MOST_PAIRS, "the surest pairs"),
        ]
    return joined(parts)


def _not_shown(number: int, most: int, which: str) -> tuple[Html, ...]:
    """A sentence where not all are shown."""
    if number <= most:
        return ()
    return (paragraph(f"Only {which} are shown here: {most} of {number:,}."),)


def _pair(report: Report, item: Any, names: dict[Relation, str]) -> tuple[str, str, str, str]:
    return (
        statement_text(report, item.first),
        statement_text(report, item.second),
        names.get(item.relation, str(item.relation)),
        "; ".join(item.reasons),
    )


def _group_columns(n_groups: int) -> tuple[str, ...]:
    if n_groups == 1:
        return ("Everybody",)
    return tuple(group_name(group) for group in range(n_groups))


def _bars(report: Report, statement: Any) -> Html:
    shares = _shares(report.tallies, report.places[statement])
    return joined((answer_bar(*shares), " / ".join(percent(share) for share in shares)))


def _bar_of(report: Report, statement: Any, group: int) -> Html:
    """The answers of one opinion group, counted as its percentage is."""
    return answer_bar(*_shares(report.said.counts, (group, report.places[statement])))


def _shares(counts: Tallies | FairCounts, place: Any) -> list[float]:
    """Shares of agree, not sure and disagree; nothing where nobody answered."""
    seen = float(counts.seen[place]) or 1.0
    return [float(one[place]) / seen for one in (counts.agree, counts.not_sure, counts.disagree)]
