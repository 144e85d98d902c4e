"""Template tags of the pages that organisers use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from coproduce.conversations.models import Doing, Phase
from coproduce.decisions.access import OWES
from coproduce.pages.organising.forms.lists import Rows
from coproduce.people.models import TeamMember

register = template.Library()


@register.filter
def owes(member: TeamMember) -> bool:
    """Whether what we owe comes first for this member now."""
    return member.conversation.allows(Doing.DECIDE) and member.has_role(*OWES)


@register.simple_tag
def phase_names(phases: Iterable[str]) -> str:
    return ", ".join(Phase(phase).label for phase in phases)


@register.inclusion_tag("shared/error_summary.html")
def rows_summary(form: Rows) -> dict[str, Any]:
    """Every problem of a form of rows at the top of the page, each a link to its field."""
    problems = [{"id": "", "words": problem} for problem in form.problems]
    for number, row in enumerate(form, start=1):
        problems += [{"id": "", "words": str(error)} for error in row.non_field_errors()]
        problems += [
            {"id": bound.id_for_label, "words": f"{number}. {bound.label}: {error}"}
            for bound in row
            for error in bound.errors
        ]
    return {"problems": problems}
