"""The sections on people and opinion groups."""

from __future__ import annotations

import numpy as np

from commonground.report.charts import key_to_shapes, plane_chart
from commonground.report.contents import Report
from commonground.report.in_short import VERDICTS
from commonground.report.markup import Html, element, joined, paragraph, table
from commonground.report.wording import counted, group_name, percent, place_with_range

INTERVAL = 1.96
"""Standard errors on each side of an interval that holds in 19 of 20 cases."""


def who_took_part(report: Report) -> Html:
    """People, statements and answers in numbers."""
    votes = report.votes
    tallies = votes.tallies()
    answered = votes.answers_given
    taking_part = int((answered > 0).sum())
    rows = [
        ("People who answered", f"{taking_part:,}"),
        ("People listed who have not answered", f"{votes.n_participants - taking_part:,}"),
        ("Statements", f"{votes.n_statements:,}"),
        ("Statements that moderators left out", f"{int(votes.moderated_out.sum()):,}"),
        ("Statements about the person, not used for opinion groups", f"{int(votes.meta.sum()):,}"),
        ("Answers (the last one of each person to each statement)", f"{votes.n_votes:,}"),
        ("Agree", f"{int(tallies.agree.sum()):,}"),
        ("Disagree", f"{int(tallies.disagree.sum()):,}"),
        ("Not sure", f"{int(tallies.not_sure.sum()):,}"),
    ]
    if taking_part:
        middle = int(np.median(answered[answered > 0]))
        rows.append(("Half of the people answered at least this many statements", f"{middle:,}"))
    return joined(
        (
            paragraph("Not having seen a statement is not an answer. It is counted nowhere."),
            table("The conversation in numbers", ("What", "How many"), rows, numbers=1),
        )
    )


def opinion_groups(report: Report) -> Html:
    """What was found, the plane, and the same as a table."""
    groups = report.groups
    several = groups.n_groups > 1
    parts: list[Html] = [
        element("p", VERDICTS[groups.verdict].format(n=groups.n_groups), class_="verdict")
    ]
    if several:
        parts.append(
            paragraph(
                "An opinion group is found by arithmetic from the answers alone. "
                "It says nothing about who people are. Nobody chose to be in it."
            )
        )
    filled = (
        " Filled shapes are people who clearly belong to one opinion group. "
        "Outlines are people between."
    )
    parts += [
        paragraph(
            "Each shape below is a person. People who answer alike are near each other. "
            "Left, right, up and down have no meaning of their own." + filled * several
        ),
        paragraph(
            f"A ring shows where the middle of {'an opinion group' if several else 'everybody'} "
            "lies. With other people of the same kind it would lie inside the ring in 19 of 20 "
            "cases. The dashed ring below the picture is for one person: they lie that near to "
            "their dot in 19 of 20 cases. For half of all people the ring is bigger."
        ),
    ]
    parts += [
        element("figure", key_to_shapes(groups.n_groups) if several else "", plane_chart(groups)),
        _groups_table(report),
        _places_table(report),
    ]
    return joined(parts)


def how_sure(report: Report) -> Html:
    """Each check in words, then the numbers."""
    groups, halves = report.groups, report.stability
    parts = [
        paragraph(
            "Do people differ at all? We dealt the answers to each statement out again at random, "
            f"{groups.evidence.shuffles} times, and measured how far people then seem to differ. "
            "That moves by about 1 from deal to deal, by chance alone. "
            f"The real answers lie {abs(groups.evidence.distance):.1f} "
            f"{'above' if groups.evidence.distance >= 0 else 'below'} the middle of the deals. "
            "From 3.5 above we call it a difference."
        ),
        paragraph(
            "How many opinion groups? We kept some answers aside and tried to predict them. "
            "One more opinion group has to make the predictions better, by more than chance. From "
            "three on, halves of the people must also agree on the opinion groups more than they "
            "do on fewer. So the number chosen can be lower than the one that predicts best."
        ),
    ]
    if groups.attempts:
        rows = [
            (
                "None" if attempt.n_groups == 1 else f"{attempt.n_groups} opinion groups",
                f"{100 * attempt.gain:.1f}% (± {196 * attempt.standard_error:.1f})",
                f"{attempt.smallest_group:.0f}",
                "chosen" if attempt.n_groups == groups.n_groups else "",
            )
            for attempt in groups.attempts
        ]
        columns = ("Opinion groups", "Better predictions", "People in the smallest", "Choice")
        parts.append(table("How well answers kept aside were predicted", columns, rows, numbers=3))
    if groups.n_groups > 1:
        halves_rows = [
            ("Half of the people left out", f"{halves.over_people:.2f}"),
            ("Half of the answers left out", f"{halves.over_answers:.2f}"),
        ]
        parts += [
            paragraph(
                "Would others have given the same opinion groups? We left one half out and looked "
                "again, then the other half, and let both say where everybody belongs; five times. "
                "1 means the same opinion groups. 0 means no better than chance."
            ),
            table(
                "How alike the opinion groups of two halves are",
                ("What", "Alike"),
                halves_rows,
                numbers=1,
            ),
        ]
    parts.append(
        paragraph(
            "Every percentage comes with a range. If the same conversation were held many times "
            "with people drawn the same way, 19 of 20 such ranges would hold the true value. "
            "When we compare opinion groups, an answer never helps to decide in which opinion "
            "group it is counted. The numbers are corrected for having looked at all statements."
        )
    )
    return joined(parts)


def _groups_table(report: Report) -> Html:
    groups = report.groups
    placed = max(int(groups.sizes.sum()), 1)
    rows = []
    for group in range(groups.n_groups):
        members = groups.labels == group
        clear = int((members & groups.clear).sum())
        sureness = groups.memberships[members, group]
        rows.append(
            (
                group_name(group) if groups.n_groups > 1 else "Everybody",
                f"{int(groups.sizes[group]):,}",
                percent(groups.sizes[group] / placed),
                f"{clear:,}",
                percent(float(sureness.mean())) if len(sureness) else "",
            )
        )
    not_placed = int((groups.labels < 0).sum())
    caption = "Opinion groups" + (
        f" ({counted(not_placed, 'person', 'people')} took no side on anything)"
        if not_placed
        else ""
    )
    columns = ("Opinion group", "People", "Share", "Clearly in it", "How sure, on average")
    return table(caption, columns, rows, numbers=4)


def _places_table(report: Report) -> Html:
    """The rings of the picture as numbers."""
    groups, middles = report.groups, report.groups.middles
    off = INTERVAL * groups.plane.standard_errors
    rows = []
    for group in range(groups.n_groups):
        members = groups.labels == group
        typical = np.median(off[members], axis=0) if members.any() else np.full(2, np.nan)
        within = INTERVAL * middles.standard_errors[group]
        rows.append(
            (
                group_name(group) if groups.n_groups > 1 else "Everybody",
                *(
                    place_with_range(*pair)
                    for pair in zip(middles.places[group], within, strict=True)
                ),
                *(f"± {one:.2f}" if np.isfinite(one) else "not known" for one in typical),
            )
        )
    columns = (
        "Opinion group",
        "Its middle, across",
        "Its middle, down",
        "One person, across",
        "One person, down",
    )
    caption = "Where the middles lie, and how far off the dot of one person may be"
    return table(caption, columns, rows, numbers=4)
