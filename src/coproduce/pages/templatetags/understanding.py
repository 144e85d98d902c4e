"""Saying a line of the shared understanding: its agreement in words, its marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.defaultfilters import pluralize
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from commonground.rounding import STEP
from coproduce.decisions.queries import IdeaOutcome
from coproduce.pages.templatetags.addresses import address
from coproduce.understanding.contents import Entry
from coproduce.understanding.document import Document, Line, Rule
from coproduce.understanding.figures import GroupShare, ShownFigure

register = template.Library()

# More marks than this are said as a number, so that they fit beside their line on a phone.
MOST_DRAWN = 12


def _labels(rule: Rule | dict[str, str]) -> dict[str, str]:
    """What partner groups are called: by the rule of a version, or as they are called now."""
    return rule if isinstance(rule, dict) else dict(rule.groups)


@register.filter
def agreement(line: Line, rule: Rule | dict[str, str]) -> str:
    """ "Agreed by parent carers. Divided: schools." Nothing where nobody could answer."""
    labels = _labels(rule)
    if not line.figures:
        return ""
    if not line.is_wording:
        return line.figures[0].in_words(labels)
    if len(line.figures) == 1:
        return "What this rests on: " + line.figures[0].in_words(labels)
    if not line.agreeing:
        return "No partner group agrees with everything that this rests on so far."
    names = ", ".join(labels.get(key, key) for key in line.agreeing)
    return f"Everything that this rests on is agreed by {names}."


@register.filter
def agreement_with_wording(line: Line, rule: Rule | dict[str, str]) -> str:
    """ "The wording: agreed by schools." Nothing where nobody could say, or may be told yet."""
    if line.agreed is None or not (told := line.agreed.in_words(_labels(rule))):
        return ""
    return "The wording itself: " + told


@register.filter
def shares(figure: ShownFigure, rule: Rule) -> tuple[GroupShare, ...]:
    """Each partner group's answers in words."""
    return figure.shares(dict(rule.groups))


@register.filter
def in_words(figure: ShownFigure, rule: Rule) -> str:
    return figure.in_words(dict(rule.groups))


@register.filter
def group_label(key: str, rule: Rule) -> str:
    return dict(rule.groups).get(key, key)


@register.filter
def about(people: int) -> str:
    """A rounded number of people: "about 15", or "a few or none"."""
    return f"about {people}" if people >= STEP else "a few or none"


@register.filter
def outcome_of(outcomes: dict[int, IdeaOutcome], idea: int) -> IdeaOutcome | None:
    """What became of an idea since it was published."""
    return outcomes.get(idea)


@register.filter
def line_links(lines: Iterable[tuple[str, str]]) -> SafeString:
    """Names, each leading to the line with its reference: `[("Buses", "K7QP-2M9D")]`."""
    return format_html_join(
        ", ",
        '<a class="tool" href="{}">{}</a>',
        ((address("public:line", (), (("ref", ref),)), name) for name, ref in lines),
    )


@register.filter
def contents_lines(entries: Iterable[Entry]) -> SafeString:
    """Headings of a long document, each leading to the part in which it begins."""
    return format_html_join(
        "",
        '<li><a class="tool" href="?part={}#{}">{}</a> <span class="soft">{} line{}</span></li>',
        (
            (
                entry.part,
                f"idea-{about.idea_id}" if about.idea_id else f"others-{about.question_id}",
                about.name,
                about.lines,
                pluralize(about.lines),
            )
            for entry in entries
            for about in (entry.heading,)
        ),
    )


@register.filter
def quoted(text: str) -> str:
    """Somebody's words in quotation marks, unless they wrote their own around them."""
    if len(text) > 1 and text[0] in "“\"‘'" and text[-1] in "”\"’'":
        return text
    return f"“{text}”"


@register.inclusion_tag("understanding/room_marks.html")
def room_marks(count: int) -> dict[str, Any]:
    """Marks that were counted in a room, as they stood."""
    return {"count": count, "drawn": "✱" * count if count <= MOST_DRAWN else ""}


@register.inclusion_tag("understanding/line.html")
def understanding_line(
    line: Line, document: Document, hide_figures: bool = False
) -> dict[str, Any]:
    """One line with its marks, its agreement in words and what it rests on."""
    return {
        "line": line,
        "rule": document.rule,
        "hide_figures": hide_figures,
    }
